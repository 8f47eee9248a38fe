import { expect, it } from 'vitest';
import { looseBytes, looseText } from '../../src/source/loose-text.ts';
import { resolveTagged } from '../../src/source/tagged-scalar.ts';

it.each([
  ['a string', [0x61, 0xc3, 0xa9, 0xe2, 0x9c, 0x93, 0xf0, 0x9f, 0x8e, 0x89]],
  ['bytes of a packed file', [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0xff, 0x00, 0x80, 0xc3]],
  ['a character that is cut off', [0x61, 0xe2, 0x9c]],
])('loses nothing of %s', (_, bytes) => {
  const read = looseText(new Uint8Array(bytes));
  expect([...looseBytes(read)]).toEqual(bytes);
});

it('reads text as it is', () => {
  expect(looseText(new TextEncoder().encode('é✓🎉'))).toBe('é✓🎉');
});

it('has a sign for each byte of `!!binary` that is no part of a character', () => {
  expect(resolveTagged('aGnullk=', 'tag:yaml.org,2002:binary', false, 'kustomize')).toBe('hi\ufffd\ufffdY');
});
