/** Which of several beginnings that a pattern matches. */
export type Which = 'shortest' | 'longest';

/**
 * How much of a text's beginning a pattern matches, with `*` for any characters and `?` for one; undefined where it matches none that is
 * longer than nothing. The parts between the stars are looked for one after the other, and never again.
 */
export function prefixLength(text: string, pattern: string, which: Which): number | undefined {
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
