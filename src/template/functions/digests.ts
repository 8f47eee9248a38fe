import { sha1 } from '../../source/sha1.ts';
import { sha256 } from '../../source/sha256.ts';
import { sha512 } from '../../source/sha512.ts';
import { computes } from '../value/go-function.ts';
import type { Functions } from '../value/model.ts';

/** The functions of sprig 3.3 for checksums. */
export const digestFunctions: Functions = {
  sha1sum: computes(['text'], sha1),
  sha256sum: computes(['text'], sha256),
  sha512sum: computes(['text'], sha512),
  adler32sum: computes(['text'], (text) => String(adler32(text))),
};

function adler32(text: string): number {
  let [a, b] = [1, 0];
  for (const byte of new TextEncoder().encode(text)) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}
