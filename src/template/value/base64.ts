import { looseBytes, looseText } from '../../source/loose-text.ts';

const chunk = 8192;

/** The bytes of a text in base64. */
export function encodeBytes(text: string): string {
  const bytes = looseBytes(text);
  let binary = '';
  for (let start = 0; start < bytes.length; start += chunk)
    binary += String.fromCharCode(...bytes.subarray(start, start + chunk));
  return btoa(binary);
}

/** The text whose bytes these are in base64, or Go's words where they are none. */
export function decodeBytes(text: string): string {
  const plain = text.replaceAll(/[\r\n]/gu, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u.test(plain))
    return `illegal base64 data at input byte ${brokenAt(text)}`;
  return looseText(Uint8Array.from(atob(plain), (one) => one.charCodeAt(0)));
}

/** Where Go stops: at what is no digit, before a group that is not whole, or behind what is whole. */
function brokenAt(text: string): number {
  const digits = /^(?:[\r\n]*[A-Za-z0-9+/])*[\r\n]*/u.exec(text)?.[0].length ?? 0;
  const count = text.slice(0, digits).replaceAll(/[\r\n]/gu, '').length % 4;
  if (digits === text.length) return count === 0 ? digits : digits - count;
  if (text[digits] !== '=' || count < 2) return digits;
  const padding = count === 2 ? /^=[\r\n]*=/u : /^=/u;
  const found = padding.exec(text.slice(digits))?.[0].length;
  return found === undefined ? Math.min(text.length, digits + 1) : digits + found;
}
