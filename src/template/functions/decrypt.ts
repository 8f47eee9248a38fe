import { decryptBlocks } from '../../source/decrypt-aes.ts';
import { FunctionError } from '../template-error.ts';

const block = 16;

/** As sprig 3.3 decrypts what `encryptAES` made; undefined where nothing here can, and Go's words for what is no such text. */
export function decryptText(password: string, text: string): string | undefined {
  const bytes = bytesOf(text);
  if (bytes.length < block)
    throw new FunctionError(
      `runtime error: slice bounds out of range [:${block}] with capacity ${capacityOf(text)}`,
    );
  if (bytes.length % block !== 0) throw new FunctionError('crypto/cipher: input not full blocks');
  if (bytes.length === block) throw new FunctionError('runtime error: index out of range [-1]');
  const key = new Uint8Array(32);
  key.set(new TextEncoder().encode(password).subarray(0, key.length));
  const plain = decryptBlocks(key, bytes);
  if (plain === undefined) return undefined;
  const end = plain.length - (plain.at(-1) ?? 0);
  if (end < 0) throw new FunctionError(`runtime error: slice bounds out of range [:${end}]`);
  return new TextDecoder().decode(plain.subarray(0, end));
}

function bytesOf(text: string): Uint8Array {
  const digits = text.replaceAll(/[\r\n]/gu, '');
  const wrong = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u.test(digits);
  if (!wrong) throw new FunctionError(`illegal base64 data at input byte ${corruptAt(digits)}`);
  return Uint8Array.from(atob(digits), (one) => one.charCodeAt(0));
}

/** The first byte that is no digit, or the first of a group that ends too soon. */
function corruptAt(digits: string): number {
  const letters = /^[A-Za-z0-9+/]*/u.exec(digits)?.[0].length ?? 0;
  return letters === digits.length ? letters - (letters % 4) : letters;
}

/** How many bytes Go sets aside for what a text in base64 may say. */
function capacityOf(text: string): number {
  return Math.floor(text.length / 4) * 3;
}
