import { type GlobToken, tokensOf } from './path-match.ts';

/** Which of several beginnings that a pattern matches. */
export type Which = 'shortest' | 'longest';

/**
 * How much of a text's beginning a pattern matches, with `*` for any characters, `?` for one and classes; undefined where it matches none
 * that is longer than nothing. The parts between the stars are looked for one after the other, and never again.
 */
export function prefixLength(text: string, pattern: string, which: Which): number | undefined {
  // Where characters take more than one unit of a string, they are counted one by one.
  return /[[\\]/u.test(pattern) || /[\u{10000}-\u{10ffff}]/u.test(text)
    ? prefixByTokens(text, pattern, which)
    : prefixByParts(text, pattern, which);
}

function prefixByParts(text: string, pattern: string, which: Which): number | undefined {
  const [first = '', ...more] = pattern.split(/\*+/u);
  if (!standsAt(text, first, 0)) return undefined;
  const last = more.pop();
  if (last === undefined) return first.length || undefined;
  let at = first.length;
  for (const part of more) {
    const found = findForward(text, part, at);
    if (found === undefined) return undefined;
    at = found + part.length;
  }
  if (last === '')
    return which === 'longest' ? text.length || undefined : at || (text === '' ? undefined : 1);
  const found = which === 'longest' ? findBackward(text, last, at) : findForward(text, last, at);
  return found === undefined ? undefined : found + last.length;
}

function standsAt(text: string, part: string, at: number): boolean {
  if (at + part.length > text.length) return false;
  if (!part.includes('?')) return text.startsWith(part, at);
  for (let index = 0; index < part.length; index++)
    if (part[index] !== '?' && part[index] !== text[at + index]) return false;
  return true;
}

function findForward(text: string, part: string, from: number): number | undefined {
  if (!part.includes('?')) {
    const found = text.indexOf(part, from);
    return found < 0 ? undefined : found;
  }
  for (let at = from; at + part.length <= text.length; at++) if (standsAt(text, part, at)) return at;
  return undefined;
}

function findBackward(text: string, part: string, from: number): number | undefined {
  if (!part.includes('?')) {
    const found = text.lastIndexOf(part);
    return found < from ? undefined : found;
  }
  for (let at = text.length - part.length; at >= from; at--) if (standsAt(text, part, at)) return at;
  return undefined;
}

/** The same for patterns with classes and escapes, which match a character at a time. */
function prefixByTokens(text: string, pattern: string, which: Which): number | undefined {
  const tokens = tokensOf(pattern);
  if (tokens === undefined) return undefined;
  const characters = [...text];
  const [first = [], ...more] = partsOf(tokens);
  if (!fitsAt(characters, first, 0)) return undefined;
  const last = more.pop();
  let at = first.length;
  for (const part of more) {
    const found = findPart(characters, part, at, 'shortest');
    if (found === undefined) return undefined;
    at = found + part.length;
  }
  if (last !== undefined) {
    const found = findPart(characters, last, at, which);
    if (found === undefined) return undefined;
    at = found + last.length;
  }
  if (at === 0 && last?.length === 0 && characters.length > 0) at = 1;
  return characters.slice(0, at).join('').length || undefined;
}

function partsOf(tokens: readonly GlobToken[]): Exclude<GlobToken, 'any'>[][] {
  const parts: Exclude<GlobToken, 'any'>[][] = [[]];
  for (const token of tokens)
    if (token === 'any') parts.push([]);
    else parts.at(-1)?.push(token);
  return parts;
}

function findPart(
  characters: readonly string[],
  part: readonly Exclude<GlobToken, 'any'>[],
  from: number,
  which: Which,
): number | undefined {
  const end = characters.length - part.length;
  const step = which === 'longest' ? -1 : 1;
  for (let at = which === 'longest' ? end : from; at >= from && at <= end; at += step)
    if (fitsAt(characters, part, at)) return at;
  return undefined;
}

function fitsAt(
  characters: readonly string[],
  part: readonly Exclude<GlobToken, 'any'>[],
  at: number,
): boolean {
  return (
    at + part.length <= characters.length &&
    part.every((accepts, index) => accepts(characters[at + index] ?? ''))
  );
}
