import { type PackedEntry, packTar, paxRecord } from '../../support/pack-tar.ts';

type Random = () => number;

function oneOf<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)] as T;
}

function upTo(random: Random, most: number): number {
  return Math.floor(random() * (most + 1));
}

const inner = Buffer.from(packTar([{ name: 'inner' }], 0)).toString('latin1');
const types = '00000\0\0\x001234567xxxxggLLKSZDVNX'.split('');
const magics = [
  'ustar\x0000',
  'ustar\x0000',
  'ustar  \0',
  'ustar  \0',
  '\0'.repeat(8),
  'ustar\x0001',
  'xstar\x0000',
];
const modes = ['0000644', '0000644', '0000644', '0040755', '644 ', ''];
const names = ['a', 'b/', 'c/d', 'e\0f', '', '/g', 'h\\i', '../j'];
const longNames = ['long', 'long\0', 'l\0m', '', 'dir/', 'dir/\0'];
const bodies = ['', '', 'x', 'y'.repeat(512), 'z'.repeat(600), inner];
const numbers = [
  ...[
    '0',
    '1',
    '7',
    '644',
    '0000644',
    '40755',
    '8',
    'x',
    ' ',
    '',
    '\0',
    ' 1',
    '1 ',
    '1\0',
    '\x001',
    '1 \0',
    '1\0x',
  ],
  ...[' 1 x', '\t1', '\x80', '\xff', '\x80\0\0\0\xff', '-1', '+1', '0x1', '00000000001', '777777777777'],
];
// Where numbers, a device, a prefix, the times of GNU and the sign of star stand.
const places = [100, 108, 116, 124, 136, 157, 265, 297, 329, 337, 345, 357, 476, 482, 500, 508];
const sizes = ['', '0', '1', '512', '600', 'x', '-1', ' 1', '1 ', '01', '+1', '9'.repeat(20), '0x1'];
const keys = [
  ...[
    'mtime',
    'atime',
    'ctime',
    'uid',
    'gid',
    'uname',
    'gname',
    'linkpath',
    'comment',
    'hdrcharset',
    'path ',
    '',
  ],
  ...['SCHILY.xattr.a', 'VENDOR.x', 'a\0b', 'GNU.sparse.major', 'GNU.sparse.x'],
];
const values = ['1', 'x', '', '1.5', '1.x', '.5', '-1', 'a=b', 'a\nb', 'a\0b', 'BINARY'];
const brokenRecords = [
  ...[
    '5 a=\n',
    '6 a=b\n',
    '0 a=b\n',
    '3 \n',
    '99 a=b\n',
    '6 a=b ',
    ' 6 a=b\n',
    '06 a=b\n',
    '+6 a=b\n',
    '6  a=\n',
  ],
  ...['x', '6\ta=b\n', '10 path=p\n7', '0000000009 p=1\n', '4 a\n'],
];

function recordOf(random: Random): string {
  const kind = random();
  if (kind < 0.3) return paxRecord('path', oneOf(random, names));
  if (kind < 0.5) return paxRecord('size', oneOf(random, sizes));
  if (kind < 0.85) return paxRecord(oneOf(random, keys), oneOf(random, values));
  return oneOf(random, brokenRecords);
}

function bodyOf(random: Random, type: string): string {
  if (type === 'x' || type === 'g')
    return Array.from({ length: upTo(random, 2) }, () => recordOf(random)).join('');
  return oneOf(random, type === 'L' || type === 'K' ? longNames : bodies);
}

function entryOf(random: Random): PackedEntry {
  const type = oneOf(random, types);
  const raw: (readonly [number, string])[] = [];
  if (random() < 0.3) raw.push([oneOf(random, places), oneOf(random, numbers)]);
  if (random() < 0.1)
    raw.push([oneOf(random, [157, 345, 386, 508]), oneOf(random, ['dir', 'tar\0', 'tar', 'p/q'])]);
  return {
    name: oneOf(random, names),
    body: bodyOf(random, type),
    type,
    raw,
    magic: oneOf(random, magics),
    mode: oneOf(random, modes),
    ...(random() < 0.2 ? { size: oneOf(random, [0, 1, 512, 600, 2000]) } : {}),
    ...(random() < 0.02 ? { sum: oneOf(random, ['', '0', '12345']) } : {}),
  };
}

/** An archive of a few entries, most of which are as tar writes them. */
export function generateArchive(random: Random): Uint8Array {
  const entries = Array.from({ length: 1 + upTo(random, 3) }, () => entryOf(random));
  return packTar(entries, oneOf(random, [0, 512, 1024, 1024, 1024, 100, 1500]));
}
