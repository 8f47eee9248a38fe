import { isMapping, isSequence, type Mapping, type Value } from '../../source/value.ts';

/** The text of a template, or why there is none: a parameter that is missing, or something that is not followed here. */
export type TemplateResult =
  | { readonly text: string }
  | { readonly missing: string }
  | { readonly unsupported: string };

interface Piece {
  readonly kind: 'text' | 'action';
  readonly text: string;
}

const maximumPieces = 2_000;
const maximumLength = 1_000_000;

/** Evaluates a Go template of an ApplicationSet: fields, pipelines with the common functions of sprig, and conditions. */
export function evaluateGoTemplate(template: string, parameters: Mapping): TemplateResult {
  const pieces = split(template);
  if (pieces === undefined) return { unsupported: 'a template without end' };
  const state: State = { pieces, at: 0, parameters };
  try {
    const text = evaluateBlock(state, true);
    return state.at < pieces.length ? { unsupported: 'an end without a beginning' } : { text };
  } catch (error) {
    if (error instanceof TemplateStop) return error.result;
    throw error;
  }
}

/** Evaluates `{{name}}` as fasttemplate does, where a name may be a path with dots and every value is a text. */
export function evaluateFastTemplate(template: string, parameters: Mapping): TemplateResult {
  const missing: string[] = [];
  let length = 0;
  const text = template.replaceAll(/\{\{([^{}]*)\}\}/gu, (whole, name: string) => {
    const value = parameters[name.trim()];
    if (value === undefined) missing.push(name.trim());
    const filled = value === undefined ? whole : textOf(value);
    length += filled.length;
    return length > maximumLength ? '' : filled;
  });
  if (length > maximumLength) return { unsupported: 'a text of this length' };
  return missing[0] === undefined ? { text } : { missing: missing[0] };
}

class TemplateStop extends Error {
  readonly result: TemplateResult;
  constructor(result: TemplateResult) {
    super('template');
    this.result = result;
  }
}

interface State {
  readonly pieces: readonly Piece[];
  at: number;
  readonly parameters: Mapping;
}

function split(template: string): Piece[] | undefined {
  const pieces: Piece[] = [];
  let position = 0;
  let trimNext = false;
  while (position <= template.length && pieces.length < maximumPieces) {
    const open = template.indexOf('{{', position);
    let text = template.slice(position, open < 0 ? undefined : open);
    if (trimNext) text = text.trimStart();
    if (open < 0) {
      pieces.push({ kind: 'text', text });
      return pieces;
    }
    const close = template.indexOf('}}', open);
    if (close < 0) return undefined;
    let action = template.slice(open + 2, close);
    if (action.startsWith('- ')) {
      text = text.trimEnd();
      action = action.slice(1);
    }
    trimNext = action.endsWith(' -');
    if (trimNext) action = action.slice(0, -1);
    pieces.push({ kind: 'text', text }, { kind: 'action', text: action.trim() });
    position = close + 2;
  }
  return undefined;
}

/** Evaluates up to an `else` or `end` that belongs to the caller; what is not `active` is only passed over. */
function evaluateBlock(state: State, active: boolean): string {
  let text = '';
  for (let piece = state.pieces[state.at]; piece !== undefined; piece = state.pieces[state.at]) {
    if (piece.kind === 'action' && /^(?:else|end)\b/u.test(piece.text)) return text;
    state.at += 1;
    if (text.length > maximumLength) throw new TemplateStop({ unsupported: 'a text of this length' });
    if (piece.kind === 'text') text += active ? piece.text : '';
    else if (/^if\b/u.test(piece.text)) text += evaluateIf(state, piece.text.slice(2), active);
    else if (/^(?:range|with|define|template|block)\b/u.test(piece.text) || piece.text.includes(':='))
      throw new TemplateStop({ unsupported: piece.text.split(' ')[0] ?? '' });
    else if (active && !piece.text.startsWith('/*'))
      text += textOf(evaluatePipeline(piece.text, state.parameters));
  }
  return text;
}

function evaluateIf(state: State, condition: string, active: boolean): string {
  const isTrue = active && truthOf(evaluatePipeline(condition, state.parameters, true));
  let text = evaluateBlock(state, isTrue);
  const piece = state.pieces[state.at];
  if (piece === undefined) throw new TemplateStop({ unsupported: 'an if without end' });
  state.at += 1;
  if (piece.text === 'end') return text;
  const rest = piece.text.slice('else'.length).trim();
  if (rest.startsWith('if')) return text + evaluateIf(state, rest.slice(2), active && !isTrue);
  text += evaluateBlock(state, active && !isTrue);
  state.at += 1;
  return text;
}

type Token = { readonly text: string; readonly literal?: Value };

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:("(?:[^"\\]|\\.)*")|`([^`]*)`|(-?[0-9]+)(?![\w.])|([()|])|([.\w$][\w.$-]*))/uy;
  while (pattern.lastIndex < text.length) {
    const from = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) {
      if (text.slice(from).trim() === '') break;
      throw new TemplateStop({ unsupported: text.slice(from).trim() });
    }
    const [, quoted, raw, number, mark, word] = match;
    if (quoted !== undefined) tokens.push({ text: quoted, literal: unquote(quoted) });
    else if (raw !== undefined) tokens.push({ text: raw, literal: raw });
    else if (number !== undefined) tokens.push({ text: number, literal: Number(number) });
    else tokens.push({ text: mark ?? word ?? '' });
  }
  return tokens;
}

function unquote(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    throw new TemplateStop({ unsupported: text });
  }
}

function evaluatePipeline(text: string, parameters: Mapping, mayMiss = false): Value {
  const tokens = tokensOf(text);
  const cursor = { at: 0 };
  const value = pipeline(tokens, cursor, { parameters, mayMiss }, 0);
  if (cursor.at < tokens.length) throw new TemplateStop({ unsupported: text.trim() });
  return value;
}

interface Scope {
  readonly parameters: Mapping;
  /** Whether a field that is missing is nothing, as in a condition. */
  readonly mayMiss: boolean;
}

function pipeline(tokens: readonly Token[], cursor: { at: number }, scope: Scope, depth: number): Value {
  if (depth > 20) throw new TemplateStop({ unsupported: 'parentheses nested this deeply' });
  let piped: Value | undefined;
  for (;;) {
    const args: Value[] = [];
    const head = tokens[cursor.at];
    const isCall =
      head !== undefined &&
      head.literal === undefined &&
      /^[a-zA-Z]\w*$/u.test(head.text) &&
      !/^(?:true|false|nil)$/u.test(head.text);
    if (isCall) cursor.at += 1;
    for (
      let token = tokens[cursor.at];
      token !== undefined && token.text !== '|' && token.text !== ')';
      token = tokens[cursor.at]
    ) {
      cursor.at += 1;
      if (token.literal === undefined && token.text === '(') {
        args.push(pipeline(tokens, cursor, scope, depth + 1));
        cursor.at += 1;
      } else args.push(operand(token, scope.parameters, scope.mayMiss || isDefaulted(tokens, cursor.at)));
    }
    if (piped !== undefined) args.push(piped);
    piped = isCall ? call(head.text, args) : (args[0] ?? null);
    if (tokens[cursor.at]?.text !== '|') return piped;
    cursor.at += 1;
  }
}

/** Whether what follows gives a default for what may be missing. */
function isDefaulted(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.text === '|' && tokens[at + 1]?.text === 'default';
}

function operand(token: Token, parameters: Mapping, mayMiss: boolean): Value {
  if (token.literal !== undefined) return token.literal;
  if (token.text === 'true' || token.text === 'false') return token.text === 'true';
  if (!token.text.startsWith('.') && !token.text.startsWith('$.'))
    throw new TemplateStop({ unsupported: token.text });
  let value: Value = parameters;
  for (const name of token.text
    .replace(/^\$?\./u, '')
    .split('.')
    .filter((part) => part !== '')) {
    const next: Value | undefined = isMapping(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    if (next === undefined) {
      if (mayMiss) return null;
      throw new TemplateStop({ missing: token.text });
    }
    value = next;
  }
  return value;
}

function call(name: string, args: readonly Value[]): Value {
  const [first = null, second = null, third = null] = args;
  const last = textOf(args.at(-1) ?? null);
  switch (name) {
    case 'lower':
      return last.toLowerCase();
    case 'upper':
      return last.toUpperCase();
    case 'title':
      return last.replaceAll(/\b[a-z]/gu, (letter) => letter.toUpperCase());
    case 'trim':
      return last.trim();
    case 'trimPrefix':
      return last.startsWith(textOf(first)) ? last.slice(textOf(first).length) : last;
    case 'trimSuffix':
      return last.endsWith(textOf(first)) ? last.slice(0, last.length - textOf(first).length) : last;
    case 'replace':
      return textOf(third).split(textOf(first)).join(textOf(second));
    case 'trunc':
      return Number(first) < 0 ? last.slice(Number(first)) : last.slice(0, Number(first));
    case 'default':
      return args.length > 1 && truthOf(second) ? second : first;
    case 'quote':
      return JSON.stringify(last);
    case 'squote':
      return `'${last}'`;
    case 'toString':
      return last;
    case 'normalize':
      return normalizeName(last);
    case 'splitList':
      return textOf(second).split(textOf(first));
    case 'join':
      return isSequence(second) ? second.map(textOf).join(textOf(first)) : last;
    case 'index':
      return args.slice(1).reduce<Value>(item, first);
    case 'printf':
      return args
        .slice(1)
        .reduce<string>((text, arg) => text.replace(/%[svd]/u, () => textOf(arg)), textOf(first));
    case 'eq':
      return args.slice(1).some((arg) => textOf(arg) === textOf(first));
    case 'ne':
      return textOf(first) !== textOf(second);
    case 'not':
      return !truthOf(first);
    case 'and':
      return args.find((arg) => !truthOf(arg)) ?? args.at(-1) ?? null;
    case 'or':
      return args.find(truthOf) ?? args.at(-1) ?? null;
    case 'hasPrefix':
      return last.startsWith(textOf(first));
    case 'hasSuffix':
      return last.endsWith(textOf(first));
    case 'contains':
      return last.includes(textOf(first));
    default:
      throw new TemplateStop({ unsupported: name });
  }
}

function item(value: Value, key: Value): Value {
  const found = isSequence(value) ? value[Number(key)] : isMapping(value) ? value[textOf(key)] : undefined;
  if (found === undefined) throw new TemplateStop({ missing: `index ${textOf(key)}` });
  return found;
}

function truthOf(value: Value): boolean {
  if (isSequence(value)) return value.length > 0;
  if (isMapping(value)) return Object.keys(value).length > 0;
  return value !== null && value !== false && value !== '' && value !== 0;
}

function textOf(value: Value): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '<no value>');
}

/** A name as Kubernetes takes it (applicationset/utils SanitizeName). */
export function normalizeName(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^-a-z0-9.]/gu, '-');
  return plain.slice(0, 253).replaceAll(/^[-.]+|[-.]+$/gu, '');
}
