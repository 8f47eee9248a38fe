import process from 'node:process';

/**
 * What AES-256 in CBC mode makes of whole blocks, which stand behind their initialization vector, padding included; undefined where
 * Node's cryptography is not at hand.
 */
export function decryptBlocks(key: Uint8Array, bytes: Uint8Array): Uint8Array | undefined {
  if (typeof process.getBuiltinModule !== 'function') return undefined;
  const crypto = process.getBuiltinModule('node:crypto');
  const cipher = crypto.createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16)).setAutoPadding(false);
  return new Uint8Array(Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]));
}
