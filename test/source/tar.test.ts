import { describe, expect, it } from 'vitest';
import { readTar } from '../../src/source/tar.ts';
import { type PackedEntry, packTar, paxRecord } from '../support/pack-tar.ts';

const plain = { name: 'a', body: 'b' };
const last = { name: 'z', body: '' };

/** What is read, as `NAME CONTENT`; undefined for what is no archive. */
function read(entries: readonly PackedEntry[], end?: number): string[] | undefined {
  return readTar(packTar(entries, end))?.map(
    ({ name, bytes }) => `${name} ${new TextDecoder('latin1').decode(bytes)}`,
  );
}

const pax = (...records: readonly string[]): PackedEntry => ({
  name: 'n',
  type: 'x',
  body: records.join(''),
});
const path = (value: string): string => paxRecord('path', value);

// As archive/tar of Go 1.26 reads each.
describe('files are read', () => {
  it.each<[string, readonly PackedEntry[], readonly string[]]>([
    ['of none', [], []],
    [
      'of any size',
      [0, 1, 511, 512, 513, 1024].map((size) => ({ name: `f${size}`, body: 'x'.repeat(size) })),
      [0, 1, 511, 512, 513, 1024].map((size) => `f${size} ${'x'.repeat(size)}`),
    ],
    [
      'with what their headers say blank',
      [
        {
          ...last,
          raw: [
            [100, '       \0'],
            [124, ' '.repeat(12)],
          ],
        },
      ],
      ['z '],
    ],
    ['with numbers between spaces', [{ ...plain, raw: [[124, '      01\0x\0 ']] }, last], ['a b', 'z ']],
    ['with numbers before spaces', [{ ...plain, raw: [[124, '00000001    ']] }, last], ['a b', 'z ']],
    [
      'with a mode of another kind',
      [
        { ...plain, mode: '0140755' },
        { ...last, mode: '0007777' },
      ],
      ['a b', 'z '],
    ],
    ['without directories', [{ ...plain, mode: '0040755' }, { ...last, type: '5', size: 512 }, last], ['z ']],
    ['without directories of old', [{ ...last, name: 'a/', type: '\0', size: 512 }, last], ['z ']],
    [
      'with a name of a directory',
      [
        { ...plain, name: 'a/' },
        { ...plain, type: '\0' },
      ],
      ['a/ b', 'a b'],
    ],
    [
      'of links, devices and pipes, which have no content',
      ['1', '2', '3', '4', '6'].map((type) => ({ name: type, type, size: 512 })),
      ['1 ', '2 ', '3 ', '4 ', '6 '],
    ],
    ['with a prefix', [{ ...plain, raw: [[345, 'dir']] }], ['dir/a b']],
    ['without a prefix of no format', [{ ...plain, magic: 'other\x0000', raw: [[345, 'dir']] }], ['a b']],
    ['of GNU', [{ ...plain, magic: 'ustar  \0' }], ['a b']],
    ['of star, but for its sign', [{ ...plain, magic: 'other\x0000', raw: [[508, 'tar']] }], ['a b']],
    ['whose header ends in other letters', [{ ...plain, raw: [[508, 'tax']] }], ['a b']],
    [
      'by the name that stands before them, each by its own',
      [{ name: 'n', type: 'L', body: 'long\0x' }, plain, last],
      ['long b', 'z '],
    ],
    ['by the name that pax says, each by its own', [pax(path('p')), plain, last], ['p b', 'z ']],
    ['by the last that pax says', [pax(path('p'), path('q'), paxRecord('mtime', '1')), plain], ['q b']],
    ['by what the last header of pax says', [pax(path('p')), pax(paxRecord('mtime', '1')), plain], ['a b']],
    [
      'by a long name that another header follows',
      [
        { name: 'n', type: 'L', body: 'long\0' },
        pax(path('p')),
        { name: 'n', type: 'K', body: 'x\0' },
        plain,
      ],
      ['long b'],
    ],
    ['by their own names, where pax says an empty one', [pax(path('')), plain], ['a b']],
    ['by their own names, where pax speaks of all', [{ ...pax(path('p')), type: 'g' }, plain], ['a b']],
    [
      'by their own names, where it was said of a header for all',
      [pax(path('p')), { ...pax(), type: 'g' }, plain],
      ['a b'],
    ],
    ['by a name with a sign of equality', [pax(path('p=q')), plain], ['p=q b']],
    ['by a name of several bytes', [pax(path('\u00e4'.repeat(60))), plain], [`${'\u00e4'.repeat(60)} b`]],
    ['as large as pax says', [pax(paxRecord('size', '1')), { ...plain, size: 0 }, last], ['a b', 'z ']],
    [
      'as large as pax says in several digits',
      [pax(paxRecord('size', '12')), { ...plain, body: 'x'.repeat(12), size: 0 }, last],
      [`a ${'x'.repeat(12)}`, 'z '],
    ],
    [
      'as large as they say, where pax says nothing',
      [pax(paxRecord('size', '')), plain, last],
      ['a b', 'z '],
    ],
    [
      'by a long name as long as its own header says',
      [pax(paxRecord('size', '1')), { name: 'n', type: 'L', body: 'long' }, plain],
      ['long b'],
    ],
    ['by what its own header makes long', [pax(paxRecord('size', '1')), pax(path('p')), plain], ['p b']],
    [
      'with what is said of them by the way',
      [
        pax(
          ...'uid=+1 uid=12 gid=-1 mtime=12.5 atime=1. ctime= comment=\0 c=1'
            .split(' ')
            .map((one) => paxRecord(...(one.split('=') as [string, string]))),
        ),
        plain,
      ],
      ['a b'],
    ],
    [
      'with owners and times in bytes',
      [
        {
          ...plain,
          raw: [
            [108, '\x80\0\0\0\xff'],
            [116, '\xff'.repeat(8)],
            [136, `\x80\0\0\0\x7f${'\xff'.repeat(7)}`],
          ],
        },
        {
          ...last,
          raw: [
            [136, '\xff'.repeat(12)],
            [329, '\x80'],
            [337, '\xff\xff'],
          ],
        },
      ],
      ['a b', 'z '],
    ],
    [
      'without a device, where no format has one',
      [
        {
          ...plain,
          magic: 'other\x0000',
          raw: [
            [329, 'x'],
            [337, 'x'],
          ],
        },
      ],
      ['a b'],
    ],
    [
      'as large as they say, where pax takes back another size',
      [pax(paxRecord('size', '0'), paxRecord('size', '')), plain, last],
      ['a b', 'z '],
    ],
    ['with a name that ends before its field', [{ ...plain, name: 'a\0c' }], ['a b']],
  ])('%s', (_, entries, files) => {
    expect(read(entries)).toEqual(files);
  });

  it('up to the end, whatever there is of it', () => {
    for (const end of [0, 512, 1024, 2048]) expect(read([plain], end)).toEqual(['a b']);
    expect(read([plain], 100)).toBeUndefined();
    expect(read([plain], 1500)).toEqual(['a b']);
    expect(read([plain], 700)).toBeUndefined();
    const behind = Buffer.concat([packTar([plain], 1024), packTar([last])]);
    expect(readTar(behind)?.length).toBe(1);
    expect(readTar(Buffer.concat([packTar([plain], 512), packTar([last])]))).toBeUndefined();
    expect(readTar(packTar([plain]).subarray(0, 512))).toBeUndefined();
  });

  it('of a certain number', () => {
    const some = packTar([plain, { ...last, type: '5' }, last]);
    expect(readTar(some, 2)?.length).toBe(2);
    expect(readTar(some, 1)).toBeUndefined();
  });
});

describe('nothing is read', () => {
  it.each<[string, readonly PackedEntry[]]>([
    ['of a wrong sum', [{ ...plain, sum: '0000001\0' }]],
    ['of a sum that is none', [{ ...plain, sum: 'x'.repeat(8) }]],
    ['of a mode that is none', [{ ...plain, mode: '0000648' }]],
    ['of a size that is none', [{ ...plain, raw: [[124, '0000000001x']] }]],
    ['of a size in the other notation', [{ ...plain, raw: [[124, '\x80\0\0\0\0\0\0\0\0\0\0\x01']] }]],
    ['of more content than there is', [{ ...plain, size: 2000 }]],
    ['of star', [{ ...plain, raw: [[508, 'tar\0']] }]],
    ['of a sparse file', [{ ...plain, type: 'S' }]],
    ['of both GNU and older Go', [{ ...plain, magic: 'ustar  \0', raw: [[345, 'dir']] }]],
    ['of a name with nothing in it', [pax(path('a\0b')), plain]],
    ['of a size in letters', [pax(paxRecord('size', '1x')), plain]],
    ['of a size behind a letter', [pax(paxRecord('size', 'x1')), plain]],
    ...['0x1', '1e0', '1.0', '-1'].map((size): [string, PackedEntry[]] => [
      `of the size ${size}`,
      [pax(paxRecord('size', size)), plain],
    ]),
    ['of a size of nobody', [pax(paxRecord('size', '1'.repeat(13))), plain]],
    ['of pieces', [pax(paxRecord('GNU.sparse.major', '1')), plain]],
    ...['path', 'linkpath', 'uname', 'gname'].map((key): [string, PackedEntry[]] => [
      `of a ${key} with nothing in it`,
      [pax(paxRecord(key, 'a\0b')), plain],
    ]),
    ['of a key with nothing in it', [pax(paxRecord('a\0b', 'x')), plain]],
    ...['uid', 'gid', 'mtime', 'atime', 'ctime'].flatMap((key) =>
      ['x', '1x', 'x1', '+', '1'.repeat(19), ...(key.endsWith('id') ? ['1.5'] : ['.5', '1.x', '1.5.5'])].map(
        (value): [string, PackedEntry[]] => [`of the ${key} ${value}`, [pax(paxRecord(key, value)), plain]],
      ),
    ),
    ['of what pax says of all', [{ ...pax('x'), type: 'g' }, plain]],
    ...[108, 116, 136, 329, 337].map((at): [string, PackedEntry[]] => [
      `of a number at ${at} that is none`,
      [{ ...plain, raw: [[at, 'x']] }],
    ]),
    ['of a device of GNU that is none', [{ ...plain, magic: 'ustar  \0', raw: [[329, 'x']] }]],
    ['of a time that no number holds', [{ ...plain, raw: [[136, `\x80\0\0\0\x80${'\0'.repeat(7)}`]] }]],
    ['of a time before all', [{ ...plain, raw: [[136, `\xff\xff\xff\xff\x7f${'\xff'.repeat(7)}`]] }]],
    ['of a time of too many bytes', [{ ...plain, raw: [[136, `\x80\0\0\x01${'\0'.repeat(8)}`]] }]],
    ['of a link whose size is none', [{ ...last, type: '2', raw: [[124, 'x']] }]],
    ['of a record without a key', [pax(paxRecord('', 'x')), plain]],
    ['of a record without a value', [pax('4 x\n'), plain]],
    ['of a record without a length', [pax('path=p\n'), plain]],
    ['of a record whose length is no number', [pax('x8 path=p\n'), plain]],
    ['of a record that begins before its length', [pax('x11 path=p\n'), plain]],
    ['of a record without an end', [pax('9 path=pq'), plain]],
    ['of a record whose length has no space', [pax('9path=pq\n'), plain]],
    ['of a record of no length', [pax('0 path=p\n'), plain]],
    ['of a record that ends elsewhere', [pax('9 path=pqr\n'), plain]],
    ['of a record that is longer than all', [pax('99 path=p\n'), plain]],
    ['of a record of too many digits', [pax('0000000010 path=p\n'), plain]],
  ])('%s', (_, entries) => {
    expect(read(entries)).toBeUndefined();
  });

  it('of an archive that is none', () => {
    expect(readTar(Buffer.alloc(512, 'x'))).toBeUndefined();
    expect(readTar(Buffer.alloc(100))).toBeUndefined();
    expect(readTar(Buffer.alloc(0))).toEqual([]);
  });
});
