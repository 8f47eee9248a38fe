import { behindClose, lexAction } from './lex-action.ts';
import type { Syntax, Token } from './token.ts';

const space = /[ \t\r\n]/u;

/** The tokens of a template (Go 1.26, text/template/parse/lex.go); the last one is an error or the end of the file. */
export function lexTemplate(text: string, { delimiters: [open, close] }: Syntax): Token[] {
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
      : lexAction({ text, open: next, start: inside, close }, tokens);
    if (behind === undefined) return tokens;
    at = behind;
  }
  if (at < text.length) tokens.push({ kind: 'text', text: text.slice(at), start: at });
  tokens.push({ kind: 'end-of-file', text: '', start: text.length });
  return tokens;
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
