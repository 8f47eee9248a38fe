/** A text with variables as fluxcd/pkg/envsubst v1.9 parses it. */
export type TemplateNode =
  | {
      readonly text: string;
      /** Where it stands in the template, letter by letter but for what is escaped in arguments. */
      readonly offset: number;
    }
  | {
      readonly name: string;
      /** The operator: empty for `${name}`, else `:=`, `//`, `^^` and their like. */
      readonly operator: string;
      readonly args: readonly TemplateNode[];
      /** As it was written, and where in the text. */
      readonly source: string;
      readonly offset: number;
    };

export type VariableNode = Extract<TemplateNode, { name: string }>;

/** Why a text is no template; `offset` is where the expression starts that cannot be read. */
export interface TemplateError {
  readonly error: string;
  readonly offset: number;
}

interface Cursor {
  readonly text: string;
  position: number;
}

const maximumDepth = 50;

/** Parses a text; `$$` stands for a dollar sign outside of expressions. */
export function parseTemplate(text: string): readonly TemplateNode[] | TemplateError {
  const cursor: Cursor = { text, position: 0 };
  const nodes: TemplateNode[] = [];
  let plain = 0;
  const addText = (end: number): void => {
    if (end > plain) nodes.push({ text: text.slice(plain, end), offset: plain });
  };
  while (cursor.position < text.length) {
    const dollar = text.indexOf('$', cursor.position);
    if (dollar < 0) break;
    const next = text[dollar + 1];
    cursor.position = dollar + (next === '$' ? 2 : 1);
    if (next === '$') {
      addText(dollar);
      plain = dollar + 1;
    }
    if (next !== '{') continue;
    cursor.position = dollar + 2;
    const node = parseExpression(cursor, dollar, 0);
    if (typeof node === 'string') return { error: node, offset: dollar };
    addText(dollar);
    plain = cursor.position;
    nodes.push(node);
  }
  addText(text.length);
  return nodes;
}

/** Parses behind `${`, up to and with the closing brace; a text says what is wrong. */
function parseExpression(cursor: Cursor, start: number, depth: number): VariableNode | string {
  if (depth > maximumDepth) return 'the expressions are nested too deeply';
  const isLength = peek(cursor) === '#';
  if (isLength) cursor.position += 1;
  const name = take(cursor, /[\p{L}\p{Nd}_]*/uy);
  if (name === '') return 'a variable name is missing';
  if (isLength) return close(cursor, start, name, '#', []);
  switch (peek(cursor)) {
    case ':':
      return /[=?+-]/u.test(cursor.text[cursor.position + 1] ?? '')
        ? parseDefault(cursor, start, name, depth, 2)
        : parseSubstring(cursor, start, name, depth);
    case '=':
      return parseDefault(cursor, start, name, depth, 1);
    case ',':
    case '^':
      return close(cursor, start, name, take(cursor, /[,^]{1,2}/y), []);
    case '/':
      return parseReplace(cursor, start, name, depth);
    case '#':
      return parseRemove(cursor, start, name, depth, take(cursor, /#{1,2}/y));
    case '%':
      return parseRemove(cursor, start, name, depth, take(cursor, /%{1,2}/y));
    default:
      return close(cursor, start, name, '', []);
  }
}

function parseDefault(
  cursor: Cursor,
  start: number,
  name: string,
  depth: number,
  length: number,
): VariableNode | string {
  const operator = cursor.text.slice(cursor.position, cursor.position + length);
  cursor.position += length;
  const args: TemplateNode[] = [];
  while (peek(cursor) !== '}') {
    const arg = parseArgument(cursor, depth, '}', false);
    if (typeof arg === 'string') return arg;
    args.push(arg);
  }
  return close(cursor, start, name, operator, args);
}

function parseSubstring(cursor: Cursor, start: number, name: string, depth: number): VariableNode | string {
  cursor.position += 1;
  // The scanner goes back by the width of this character in place of the colon's.
  if (peek(cursor) > '\x7f') return 'bad substitution';
  const first = parseArgument(cursor, depth, ':}', false);
  if (typeof first === 'string') return first;
  // Several colons, or slashes below, are one delimiter.
  if (take(cursor, /:+/y) === '') return close(cursor, start, name, ':', [first]);
  const second = parseArgument(cursor, depth, '}', false);
  return typeof second === 'string' ? second : close(cursor, start, name, ':', [first, second]);
}

function parseReplace(cursor: Cursor, start: number, name: string, depth: number): VariableNode | string {
  const operator = take(cursor, /\/[/#%]?/y);
  const pattern = parseArgument(cursor, depth, '/', true);
  if (typeof pattern === 'string') return pattern;
  if (take(cursor, /\/+/y) === '') return 'the pattern has no end';
  if (peek(cursor) === '}') return close(cursor, start, name, operator, [pattern]);
  const replacement = parseArgument(cursor, depth, '}', true);
  return typeof replacement === 'string'
    ? replacement
    : close(cursor, start, name, operator, [pattern, replacement]);
}

function parseRemove(
  cursor: Cursor,
  start: number,
  name: string,
  depth: number,
  operator: string,
): VariableNode | string {
  const pattern = parseArgument(cursor, depth, '}', false);
  return typeof pattern === 'string' ? pattern : close(cursor, start, name, operator, [pattern]);
}

/** An expression, or text up to one of `ends` or the next expression; with `escapes` a backslash or dollar escapes. */
function parseArgument(cursor: Cursor, depth: number, ends: string, escapes: boolean): TemplateNode | string {
  const { text } = cursor;
  if (text.startsWith('${', cursor.position)) {
    const start = cursor.position;
    cursor.position += 2;
    return parseExpression(cursor, start, depth + 1);
  }
  const offset = cursor.position;
  let argument = '';
  while (cursor.position < text.length && !text.startsWith('${', cursor.position)) {
    const pair = text.slice(cursor.position, cursor.position + 2);
    const isEscaped = escapes && (pair === '$$' || pair === '\\/' || pair === '\\\\');
    const character = isEscaped ? pair.charAt(1) : pair.charAt(0);
    if (!isEscaped && ends.includes(character)) break;
    argument += character;
    cursor.position += isEscaped ? 2 : 1;
  }
  return argument === '' ? 'an argument is missing' : { text: argument, offset };
}

function close(
  cursor: Cursor,
  start: number,
  name: string,
  operator: string,
  args: readonly TemplateNode[],
): VariableNode | string {
  if (peek(cursor) !== '}') return 'the closing brace is missing';
  cursor.position += 1;
  return { name, operator, args, source: cursor.text.slice(start, cursor.position), offset: start };
}

function peek({ text, position }: Cursor): string {
  return text[position] ?? '';
}

/** Takes what a sticky expression matches here. */
function take(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.position;
  const [match = ''] = pattern.exec(cursor.text) ?? [];
  cursor.position += match.length;
  return match;
}
