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
// What the words are in base64 at each of the three places where they can begin, without what their neighbours change.
const encodedWords = ['', 'x', 'xx'].map((before) =>
  btoa(`${before}PRIVATE KEY`).slice(before.length && 4, 12),
);
const longestEncoded = 40_000;

function encodedKeys(text: string): Stretch[] {
  return [...encodedBlocks(text), ...encodedFiles(text)];
}

/** A file in base64 that holds a private key, such as that of a service account. Each run is looked at once. */
function encodedFiles(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (const words of encodedWords) {
    let end = 0;
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, end)) {
      const start = startOfRun(text, at, end);
      end = endOfRun(text, at + words.length);
      if (end - start < 100 || !holdsPrivateKey(text.slice(start, end))) continue;
      while (text.charAt(end) === '=') end += 1;
      found.push({ start, end });
    }
  }
  return found;
}

function holdsPrivateKey(encoded: string): boolean {
  const whole = encoded.slice(0, Math.min(encoded.length, longestEncoded));
  return /BEGIN [A-Z ]{0,40}PRIVATE KEY/u.test(atob(whole.slice(0, whole.length - (whole.length % 4))));
}

function startOfRun(text: string, from: number, earliest: number): number {
  let at = from;
  while (at > earliest && isBase64(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

function endOfRun(text: string, from: number): number {
  let at = from;
  while (isBase64(text.charCodeAt(at))) at += 1;
  return at;
}

function isBase64(code: number): boolean {
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isLetter || (code >= 47 && code <= 57) || code === 43;
}

function encodedBlocks(text: string): Stretch[] {
  const found: Stretch[] = [];
  let end = 0;
  for (let at = text.indexOf(encodedBegin); at >= 0; at = text.indexOf(encodedBegin, end)) {
    const head = /[A-Za-z0-9+/]+/u.exec(text.slice(at, at + 80))?.[0] ?? '';
    end = at + head.length;
    if (!atob(head.slice(0, head.length - (head.length % 4))).includes('PRIVATE KEY')) continue;
    while (/[A-Za-z0-9+/=]/u.test(text.charAt(end))) end += 1;
    found.push({ start: at, end });
  }
  return found;
}
