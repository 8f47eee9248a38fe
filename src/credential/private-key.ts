import type { Stretch } from './stretch.ts';

const begin = '-----BEGIN ';
const longestKey = 20_000;

/** Private keys in PEM or in PGP's armour, also where line breaks are written as `\n`, and such in base64. */
export function privateKeys(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + begin.length)) {
    const label = /^[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/u.exec(
      text.slice(at + begin.length, at + begin.length + 80),
    )?.[0];
    if (label === undefined) continue;
    const body = at + begin.length + label.length;
    if (!hasBody(text, body)) continue;
    const end = endOfKey(text, body);
    found.push({ start: at, end });
    at = end - begin.length;
  }
  return [...found, ...encodedKeys(text)];
}

/** Behind headers and line breaks something in base64, rather than `<your key here>`. */
function hasBody(text: string, from: number): boolean {
  const lines = text.slice(from, from + 600).split(/\n|\\n|\\r/u);
  const body = lines.map((line) => line.trim()).find((line) => line !== '' && !/^[A-Za-z-]+: /u.test(line));
  return body !== undefined && /^[A-Za-z0-9+/=]{16}/u.test(body);
}

/** Where no end is written, all that follows may belong to it. */
function endOfKey(text: string, from: number): number {
  const rest = text.slice(from, from + longestKey);
  const end = /-----END [A-Z0-9 ]{0,60}-----/u.exec(rest);
  return from + (end === null ? rest.length : end.index + end[0].length);
}

const encodedBegin = btoa(begin).slice(0, 14);

function encodedKeys(text: string): Stretch[] {
  const found: Stretch[] = [];
  let end = 0;
  for (let at = text.indexOf(encodedBegin); at >= 0; at = text.indexOf(encodedBegin, end)) {
    const head = /^[A-Za-z0-9+/]+/u.exec(text.slice(at, at + 80))?.[0] ?? '';
    end = at + head.length;
    if (!atob(head.slice(0, head.length - (head.length % 4))).includes('PRIVATE KEY')) continue;
    while (end < text.length && /[A-Za-z0-9+/=]/u.test(text.charAt(end))) end += 1;
    found.push({ start: at, end });
  }
  return found;
}
