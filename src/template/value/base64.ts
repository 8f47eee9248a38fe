import { looseBytes } from '../../source/loose-text.ts';

const chunk = 8192;

/** The bytes of a text in base64. */
export function encodeBytes(text: string): string {
  const bytes = looseBytes(text);
  let binary = '';
  for (let start = 0; start < bytes.length; start += chunk)
    binary += String.fromCharCode(...bytes.subarray(start, start + chunk));
  return btoa(binary);
}

/** The text whose UTF-8 this is in base64; undefined where it is none. */
export function decodeBytes(text: string): string | undefined {
  const plain = text.replaceAll(/[\r\n]/gu, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u.test(plain)) return undefined;
  return new TextDecoder().decode(Uint8Array.from(atob(plain), (one) => one.charCodeAt(0)));
}
