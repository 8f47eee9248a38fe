import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeAsIs, decodeText, wordsOf } from '../../src/source/decode-text.ts';
import { gunzip, unbrotli } from '../../src/source/gunzip.ts';

const encoder = new TextEncoder();

function bytesOf(text: string, encoding: 'le' | 'be'): Uint8Array {
  const bytes = [...text].flatMap((one) => [one.charCodeAt(0) % 256, one.charCodeAt(0) >> 8]);
  return Uint8Array.from(encoding === 'le' ? bytes : bytes.flatMap((_, at) => bytes[at ^ 1] ?? 0));
}

function read(bytes: ArrayLike<number>): unknown {
  const { file, diagnostic } = decodeText('a.yaml', Uint8Array.from(bytes));
  const { path: _, ...said } = file;
  if (diagnostic === undefined) return said;
  const { rule, message, unchecked, span } = diagnostic;
  return [said, rule, message, unchecked, [span.start, span.end]];
}

function unread(what: string): unknown {
  return [{ text: '' }, 'not-utf8', `the file is ${what}`, 'a.yaml', [0, 0]];
}

describe('a file is read as UTF-8', () => {
  it.each([
    'a: b\n',
    '',
    'a\0',
    '\0a',
    '\0\0\0\0',
    'ab\0\0',
    '\0ab',
    'a\0bc',
    // Whose bytes begin, or go on, as those of a byte order mark.
    '\ufefe: 1',
    '\uf8bf: 1',
    '\u2eff: 1',
    'b\ufeff: 1',
  ])('without a byte order mark: %j', (text) => {
    expect(read(encoder.encode(text))).toEqual({ text });
  });

  it('behind a byte order mark, which is none of its text', () => {
    expect(read(encoder.encode('\ufeffa: b'))).toEqual({ text: 'a: b', hasByteOrderMark: true });
    expect(read(encoder.encode('\ufeff\ufeffa'))).toEqual({ text: '\ufeffa', hasByteOrderMark: true });
  });

  it('and not where a byte is none of it', () => {
    expect(read([0x61, 0xff])).toEqual(unread('not UTF-8: line 1'));
    expect(read([0x61, 0x0a, 0x0a, 0x62, 0xff, 0x0a])).toEqual(unread('not UTF-8: line 3'));
    expect(read([0xff])).toEqual(unread('not UTF-8: line 1'));
    expect(read([0xff, 0xff, 0x61])).toEqual(unread('not UTF-8: line 1'));
    expect(read([0xfe, 0xfe, 0x61])).toEqual(unread('not UTF-8: line 1'));
    expect(read([0x61, 0xfe])).toEqual(unread('not UTF-8: line 1'));
  });
});

describe('a file is read as UTF-16', () => {
  it.each(['le', 'be'] as const)('with its mark alone: %s', (order) => {
    expect(read(bytesOf('\ufeffa: b', order))).toEqual({ text: 'a: b', isUtf16: true });
    expect(read(bytesOf('a: b', order))).toEqual(unread('UTF-16'));
    expect(read([...bytesOf('\ufeffa', order), 0x61])).toEqual(
      unread('not UTF-16, although its byte order mark says so'),
    );
  });
});

it('a text as its bytes are has its mark, and a sign for what is no character', () => {
  expect(decodeAsIs(encoder.encode('\ufeffa'))).toBe('\ufeffa');
  expect(decodeAsIs(Uint8Array.of(0x61, 0xff))).toBe('a\ufffd');
  expect(decodeAsIs(bytesOf('\ufeffa', 'be'))).toBe('\ufeffa');
});

it('words are found in bytes of either width', () => {
  expect(wordsOf(encoder.encode('kind: a\0b'))).toBe('kind: a\0b');
  expect(wordsOf(bytesOf('\ufeffkind', 'le')).slice(2)).toBe('kind');
});

it('what is packed is unpacked up to a limit', () => {
  const packed = gzipSync(Buffer.alloc(1000, 'a'));
  expect(gunzip(packed, 1000)?.length).toBe(1000);
  expect(gunzip(packed, 999)).toBeUndefined();
  expect(gunzip(packed.subarray(0, -5), 1000)).toBeUndefined();
  expect(gunzip(encoder.encode('none'), 1000)).toBeUndefined();
  expect(unbrotli(brotliCompressSync('a')).toString()).toBe('a');
});
