import { spendEffort } from './effort.ts';

/** `*` for any characters and `?` for one, in time that grows with the product of the lengths. */
export function matchesGlob(pattern: string, text: string): boolean {
  spendEffort(1);
  let at = 0;
  let position = 0;
  let star = -1;
  let resume = 0;
  while (position < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      resume = position;
    } else if (pattern[at] === '?' || pattern[at] === text[position]) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      at = star + 1;
      position = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
