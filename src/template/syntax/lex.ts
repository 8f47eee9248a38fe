import { knownOnce } from '../../object/known-once.ts';
import { type ActionText, behindClose, lexAction } from './lex-action.ts';
import type { Syntax, Token } from './token.ts';

const space = /[ \t\r\n]/u;

/** The tokens of a template (Go 1.26, text/template/parse/lex.go); the last one is an error or the end of the file. */
export function lexTemplate(text: string, syntax: Syntax): Token[] {
  const [open, close] = syntax.delimiters;
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    const next = text.indexOf(open, at);
    if (next < 0) break;
    const trims = text[next + open.length] === '-' && space.test(text[next + open.length + 1] ?? '');
    const end = trims ? withoutSpaceBefore(text, at, next) : next;
    if (end > at) tokens.push({ kind: 'text', text: text.slice(at, end), start: at });
    const inside = next + open.length + (trims ? 1 : 0);
    const comment = inside + (trims ? 1 : 0);
    const behind = text.startsWith('/*', comment)
      ? skipComment(text, comment, close, tokens)
      : lexOnce({ text, open: next, start: inside }, syntax, tokens);
    if (behind === undefined) return tokens;
    at = behind;
  }
  if (at < text.length) tokens.push({ kind: 'text', text: text.slice(at), start: at });
  tokens.push({ kind: 'end-of-file', text: '', start: text.length });
  return tokens;
}

interface KnownAction {
  /** As if the action stood at the beginning of a text. */
  readonly tokens: readonly Token[];
  readonly trims: boolean;
}

/** Actions that were read lately, by what is written. */
const knownActions = knownOnce((_: Syntax) => new Map<string, KnownAction>());

const longestKnown = 120;
const mostKnown = 4096;

type ActionPlace = Omit<ActionText, 'close'>;

/** Reads an action; charts write the same ones hundreds of times, and each is read once. */
function lexOnce(place: ActionPlace, syntax: Syntax, tokens: Token[]): number | undefined {
  const { text, open, start } = place;
  const [, close] = syntax.delimiters;
  const last = text.indexOf(close, start);
  const end = last + close.length;
  if (last < 0 || end - open > longestKnown) return lexAction({ ...place, close }, tokens);
  const actions = knownActions(syntax);
  const written = text.slice(open, end);
  const known = actions.get(written);
  if (known !== undefined) {
    for (const one of known.tokens) tokens.push({ kind: one.kind, text: one.text, start: open + one.start });
    return behindClose(text, end, known.trims);
  }
  const before = tokens.length;
  const behind = lexAction({ ...place, close }, tokens);
  // A delimiter in a quoted text ends nothing: then the action is longer than what is written up to there.
  if (behind === undefined || tokens.at(-1)?.start !== last) return behind;
  const own = tokens.slice(before).map((one) => ({ ...one, start: one.start - open }));
  if (actions.size >= mostKnown) actions.clear();
  actions.set(written, { tokens: own, trims: /[ \t\r\n]-$/u.test(text.slice(open, last)) });
  return behind;
}

function withoutSpaceBefore(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && space.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

function skipComment(text: string, start: number, close: string, tokens: Token[]): number | undefined {
  const end = text.indexOf('*/', start + 2);
  const fail = (words: string): undefined => {
    tokens.push({ kind: 'error', text: words, start });
    return undefined;
  };
  if (end < 0) return fail('unclosed comment');
  const trims = space.test(text[end + 2] ?? '') && text[end + 3] === '-' && text.startsWith(close, end + 4);
  if (!trims && !text.startsWith(close, end + 2)) return fail('comment ends before closing delimiter');
  return behindClose(text, end + 2 + (trims ? 2 : 0) + close.length, trims);
}
