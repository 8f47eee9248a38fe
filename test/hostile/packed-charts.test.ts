import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readChartArchive } from '../../src/chart/read-archive.ts';
import { type PackedEntry, packChart, packTar, paxRecord } from '../support/pack-tar.ts';

const chart = { name: 'c/Chart.yaml', body: 'name: c\n' };
const evil = 'evil: true\n';
const plain = { name: 'c/templates/a.yaml', body: evil };
const harmless = { name: 'c/README.md', body: 'x\n' };

function read(entries: readonly PackedEntry[], end?: number): Map<string, string> {
  const files = readChartArchive(packChart([chart, ...entries], end), 'c.tgz');
  return new Map(files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]));
}

// What Helm 4.3 does with each, through archive/tar of Go 1.26.
describe('what Helm finds in an archive is found, however it is written', () => {
  it.each<[string, readonly PackedEntry[]]>([
    ['plainly', [plain]],
    ['on a detour', [{ ...plain, name: 'c/x/../templates/./a.yaml' }]],
    ['with two slashes', [{ ...plain, name: 'c/templates//a.yaml' }]],
    ['on Windows', [{ ...plain, name: 'c\\templates\\a.yaml' }]],
    ['with both kinds of slashes', [{ ...plain, name: 'c\\templates/a.yaml' }]],
    ['in whatever directory', [{ ...plain, name: 'other/templates/a.yaml' }]],
    ['as a file that lies in one piece', [{ ...plain, type: '7' }]],
    ['as a file of a type that nobody knows', [{ ...plain, type: 'Z' }]],
    ['as a file of the oldest type', [{ ...plain, type: '\0' }]],
    [
      'behind a long name of GNU',
      [
        { name: 'n', type: 'L', body: `${plain.name}\0` },
        { ...plain, name: 'c/x' },
      ],
    ],
    [
      'behind a long name and a long link',
      [
        { name: 'n', type: 'L', body: `${plain.name}\0` },
        { name: 'n', type: 'K', body: 'x\0' },
        { ...plain, name: 'c/x' },
      ],
    ],
    [
      'with a long name of GNU and another one of pax',
      [
        { name: 'n', type: 'L', body: `${plain.name}\0` },
        { name: 'n', type: 'x', body: paxRecord('path', harmless.name) },
        { ...plain, name: 'c/x' },
      ],
    ],
    [
      'with a name of pax',
      [
        { name: 'n', type: 'x', body: paxRecord('path', plain.name) },
        { ...plain, name: 'c/x' },
      ],
    ],
    [
      'with a comment that looks like a name of pax',
      [{ name: 'n', type: 'x', body: paxRecord('comment', `a\n${paxRecord('path', harmless.name)}`) }, plain],
    ],
    ['behind a link that claims a size', [{ name: 'c/l', type: '2', size: 1024 }, plain]],
    [
      'behind a size that pax takes back',
      [{ name: 'n', type: 'x', body: paxRecord('size', '0') }, { ...harmless, body: '', size: 1024 }, plain],
    ],
    ['before a directory of its name', [plain, { ...plain, body: 'b: c\n', mode: '0040755' }]],
    ['with a prefix for another format', [{ ...plain, magic: 'xstar\x0000' }]],
  ])('%s', (_, entries) => {
    expect(read(entries).get('templates/a.yaml')).toBe(evil);
  });

  it('a name with a colon that is no drive', () => {
    expect(read([{ ...plain, name: 'c/templates/abc:/a.yaml' }]).get('templates/abc:/a.yaml')).toBe(evil);
  });

  it('a link is an empty file', () => {
    expect(read([{ name: 'c/templates/a.yaml', type: '2' }]).get('templates/a.yaml')).toBe('');
  });

  it('of two files of one name the last counts', () => {
    expect(read([{ ...plain, body: 'b: c\n' }, plain]).get('templates/a.yaml')).toBe(evil);
  });
});

describe('what Helm refuses is refused, and nothing of it left out', () => {
  it.each<[string, readonly PackedEntry[], string]>([
    ['a way out', [{ ...plain, name: 'c/../../a.yaml' }], 'references parent directory'],
    ['a way out by backslashes', [{ ...plain, name: 'c\\..\\..\\a.yaml' }], 'references parent directory'],
    ['an absolute path', [{ ...plain, name: 'c//etc/a.yaml' }], 'contains absolute paths'],
    ['a file without a directory', [{ ...plain, name: 'a.yaml' }], 'outside the base directory'],
    ['a drive', [{ ...plain, name: 'c/c:/a.yaml' }], 'illegally named files'],
    ['its own Chart.yaml outside', [{ ...plain, name: 'Chart.yaml/x' }], 'not in base directory'],
    ['a size that lies', [{ ...harmless, size: 999_999 }], 'not a packaged chart'],
    [
      'a pax header that lies',
      [{ name: 'n', type: 'x', body: `99 path=${plain.name}\n` }, plain],
      'not a packaged chart',
    ],
    ['a sparse file', [{ ...plain, type: 'S' }], 'not a packaged chart'],
    [
      'a sparse file of pax',
      [{ name: 'n', type: 'x', body: paxRecord('GNU.sparse.name', plain.name) }, harmless],
      'not a packaged chart',
    ],
  ])('%s', (_, entries, words) => {
    expect(() => read(entries)).toThrow(words);
  });

  it('what stands behind a single block of nothing', () => {
    const bytes = gzipSync(Buffer.concat([packTar([chart], 512), packTar([plain])]));
    expect(() => readChartArchive(bytes, 'c.tgz')).toThrow('not a packaged chart');
  });
});
