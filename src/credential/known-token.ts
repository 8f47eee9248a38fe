import { isWordCode } from './characters.ts';
import { isPlaceholder } from './not-secret.ts';
import type { Stretch } from './stretch.ts';
import { type Alphabet, type TokenShape, tokenShapes, webhookShapes } from './token-shapes.ts';

const byFirst = new Map<string, readonly TokenShape[]>();
for (const shape of tokenShapes) {
  const first = shape.prefix.charAt(0);
  byFirst.set(first, [...(byFirst.get(first) ?? []), shape]);
}

const longestToken = 512;

/** Tokens whose shape tells whose they are, JSON web tokens, those of Telegram's bots, and addresses of web hooks. */
export function knownTokens(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!isWordCode(code) || isWordCode(text.charCodeAt(at - 1))) continue;
    const end = endOfToken(text, at) ?? endOfJsonWebToken(text, at) ?? endOfBotToken(text, at);
    if (end === undefined) continue;
    found.push({ start: at, end });
    at = end - 1;
  }
  return [...found, ...webhooks(text)];
}

function endOfToken(text: string, at: number): number | undefined {
  for (const { prefix, of, least } of byFirst.get(text.charAt(at)) ?? []) {
    if (!text.startsWith(prefix, at)) continue;
    const start = at + prefix.length;
    const end = endOfRun(text, start, of);
    if (end - start >= least && isVaried(text.slice(start, end))) return end;
  }
  return undefined;
}

/** Examples end in EXAMPLE, or repeat one character. */
function isVaried(body: string): boolean {
  return !/example/iu.test(body) && new Set(body).size >= 5;
}

const digits = '0123456789';
const small = 'abcdefghijklmnopqrstuvwxyz';
const letters = small + small.toUpperCase();

const alphabets: Readonly<Record<Alphabet, ReadonlySet<string>>> = {
  base62: new Set(digits + letters),
  base64url: new Set(`${digits}${letters}_-`),
  hex: new Set(`${digits}abcdef`),
  upper: new Set(digits + small.toUpperCase()),
  dotted: new Set(`${digits}${letters}_.-`),
};

function endOfRun(text: string, from: number, of: Alphabet): number {
  const alphabet = alphabets[of];
  const last = Math.min(text.length, from + longestToken);
  let at = from;
  while (at < last && alphabet.has(text.charAt(at))) at += 1;
  return at;
}

/** Two objects in base64 and a signature: every JSON object begins with `eyJ` there. */
function endOfJsonWebToken(text: string, at: number): number | undefined {
  if (!text.startsWith('eyJ', at)) return undefined;
  const header = endOfRun(text, at, 'base64url');
  if (header - at < 12 || !text.startsWith('.eyJ', header)) return undefined;
  const claims = endOfRun(text, header + 1, 'base64url');
  if (claims - header < 12 || text.charAt(claims) !== '.') return claims - header < 12 ? undefined : claims;
  return endOfRun(text, claims + 1, 'base64url');
}

/** A bot of Telegram: its number and 35 characters that begin with AA. */
function endOfBotToken(text: string, at: number): number | undefined {
  const found = /^\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])/u.exec(text.slice(at, at + 50));
  return found === null ? undefined : at + found[0].length;
}

function webhooks(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (const shape of webhookShapes)
    for (let at = text.indexOf(shape); at >= 0; at = text.indexOf(shape, at + shape.length)) {
      const start = at + shape.length;
      const rest = /[\w/:@-]*/u.exec(text.slice(start, start + longestToken))?.[0] ?? '';
      if (rest.length >= 16 && /\d/u.test(rest) && !isPlaceholder(rest))
        found.push({ start, end: start + rest.length });
    }
  return found;
}
