import {
  contentsIn,
  formerIdsIn,
  idIn,
  messageIn,
  parentsIn,
  sizesIn,
  treeIn,
} from '../../../src/source/git-answers.ts';
import { treeFileSystem } from '../../../src/source/tree-files.ts';
import { shownFiles } from '../shown-files.ts';
import { numbersOf, requireSame } from './numbers.ts';

const names = ['a', 'b', 'c.yaml', '..', '.', '', '.git', '\t', '\n', '\xff', '/', 'a/', '/b'];
const targets = ['a', 'b', '..', '../b', '/r/a', '/r', '/', 'a/b/../c.yaml', '', 'c.yaml', 'C:\\a', 'a\0'];

/** What Git prints of trees, blobs and commits: every other input is bytes, the rest a listing and contents that are known. */
export function fuzz(data: Uint8Array): void {
  const isBytes = ((data[0] ?? 0) & 1) === 0;
  const rest = Buffer.from(data.subarray(1));
  requireSame(() => (isBytes ? answersIn(rest) : shownOf(rest)));
}

function answersIn(answer: Buffer): unknown {
  return [
    treeIn(answer),
    [...contentsIn(answer)].map(([id, bytes]) => [id, bytes.length]),
    [...sizesIn(answer)],
    idIn(answer),
    parentsIn(answer),
    messageIn(answer),
    formerIdsIn(answer),
  ];
}

function shownOf(data: Buffer): unknown {
  const number = numbersOf(data);
  const one = <T>(list: readonly T[]): T => list[Math.floor(number() * list.length)] as T;
  const blobs = Array.from({ length: 1 + Math.floor(number() * 5) }, (_, index) => ({
    id: String(index).repeat(40),
    bytes: number() < 0.5 ? Buffer.from(one(targets)) : data.subarray(Math.floor(number() * data.length)),
  }));
  const contents = contentsIn(
    Buffer.concat(
      blobs.flatMap(({ id, bytes }) => [
        Buffer.from(`${id} blob ${bytes.length}\n`),
        bytes,
        Buffer.from('\n'),
      ]),
    ),
  );
  for (const { id, bytes } of blobs)
    if (!bytes.equals(contents.get(id) ?? Buffer.from('none')))
      throw new Error(`the content of ${id} is another`);
  const listing = Array.from({ length: Math.floor(number() * 8) }, () => {
    const path = Array.from({ length: 1 + Math.floor(number() * 3) }, () => one(names)).join('/');
    return `${one(['100644', '120000', '160000', '100755'])} blob ${one(blobs).id}\t${path}\0`;
  });
  const entries = treeIn(Buffer.from(listing.join(''), 'latin1'));
  if (entries === undefined) return 'refused';
  const contentOf = (id: string): Uint8Array | 'not-fetched' => contents.get(id) ?? 'not-fetched';
  const files = treeFileSystem(entries, {
    rootPath: '/r',
    read: ({ id }) => contentOf(id),
    targets: (ids) => new Map(ids.map((id) => [id, contentOf(id)])),
  });
  const shown = shownFiles(files);
  const leaves = shown.filter(({ isFolder }) => !isFolder).length;
  const expected = entries.filter(({ kind }) => kind !== 'submodule').length;
  if (leaves !== expected) throw new Error(`shows ${leaves} files of ${expected}`);
  return [shown, targets.map((path) => [path, files.realPath(path), files.kind(path)])];
}
