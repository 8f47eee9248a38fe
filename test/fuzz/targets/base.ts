import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { memoryFileSystem } from '../../../src/source/memory.ts';
import { openBase } from '../../../src/source/open-base.ts';
import { shownFiles } from '../shown-files.ts';
import { numbersOf, requireSame } from './numbers.ts';

const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-fuzz-base-'));
const store = join(folder, '.git/objects');
mkdirSync(join(folder, '.git/refs'), { recursive: true });
writeFileSync(join(folder, '.git/config'), '[core]\n\trepositoryformatversion = 0\n\tbare = false\n');
writeFileSync(join(folder, 'outside'), 'what stands outside\n');

const names = 'a,b,a.yaml,k.yaml,..,.,,.git,a/b,/a,a/../b,\xff,a\n,A'.split(',');
const modes = '100644,100755,120000,160000,40000,40000,100664,0,1000000,777777,x'.split(',');
const texts = [
  'a: 1\n',
  ...`,a,b,..,a/b,b/..,../outside,${folder}/outside,${folder}/a,/etc/hostname,.git/HEAD,a\0b`.split(','),
];
const refusals = /^the files of [0-9a-f]{7} cannot be listed|^there is no commit /u;

interface Entry {
  readonly mode: string;
  readonly name: string;
  readonly id: string;
}

/** Two commits in Git's object store, made by hand, and what is shown of one of them as the base of the other. */
export function fuzz(data: Uint8Array): void {
  const number = numbersOf(data);
  const one = <T>(list: readonly T[]): T => list[Math.floor(number() * list.length)] as T;
  rmSync(store, { recursive: true, force: true });
  mkdirSync(store);
  const blobs = new Map<string, string>();
  const trees = new Map<string, readonly Entry[]>();
  const ids = ['0'.repeat(39).concat('1')];
  const addBlob = (text: string): void => {
    const id = write('blob', Buffer.from(text));
    blobs.set(id, Buffer.from(text).toString('latin1'));
    ids.push(id);
  };
  const addTree = (): void => {
    const entries = Array.from({ length: Math.floor(number() * 5) }, () => ({
      mode: one(modes),
      name: one(names),
      id: one(ids),
    }));
    const id = write('tree', Buffer.concat(entries.map(writtenEntry)));
    trees.set(id, entries);
    ids.push(id);
  };
  addBlob(one(texts));
  for (let more = Math.floor(number() * 10); more > 0; more -= 1)
    if (number() < 0.4) addBlob(one(texts));
    else addTree();
  const tree = ids.at(-1) ?? '';
  const commit = write('commit', writtenCommit(tree, one(texts)));
  writeFileSync(join(folder, '.git/HEAD'), `${write('commit', writtenCommit(one(ids), 'b'))}\n`);
  requireSame(() => {
    const base = openBase(folder, commit);
    if ('problem' in base) {
      if (!refusals.test(base.problem)) throw new Error(base.problem);
      return base;
    }
    const shown = shownFiles(base.files(memoryFileSystem({ 'a.yaml': 'a: 1\n', b: 'a' })));
    const leaves = shown.filter(({ isFolder }) => !isFolder).map(({ path }) => path);
    requireEqual(leaves, leavesOf(tree, trees));
    const contents = new Set(blobs.values());
    const failures = new Set(['missing', 'outside', 'not-a-file', 'unreadable', 'not-fetched']);
    for (const { path, content } of shown)
      if (!contents.has(content) && !failures.has(content)) throw new Error(`${path} shows ${content}`);
    return [shown, [...(base.committed?.() ?? [])]];
  });
}

function write(kind: string, content: Buffer): string {
  const object = Buffer.concat([Buffer.from(`${kind} ${content.length}\0`), content]);
  const id = createHash('sha1').update(object).digest('hex');
  const file = join(store, id.slice(0, 2), id.slice(2));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, deflateSync(object, { level: 1 }));
  return id;
}

function writtenEntry({ mode, name, id }: Entry): Buffer {
  return Buffer.concat([Buffer.from(`${mode} ${name}\0`, 'latin1'), Buffer.from(id, 'hex')]);
}

function writtenCommit(tree: string, message: string): Buffer {
  return Buffer.from(`tree ${tree}\nauthor a <a@b> 0 +0000\ncommitter a <a@b> 0 +0000\n\n${message}`);
}

/** The paths of files and links in a tree, by its objects. */
function leavesOf(tree: string, trees: ReadonlyMap<string, readonly Entry[]>, above = ''): string[] {
  return (trees.get(tree) ?? []).flatMap(({ mode, name, id }) => {
    const path = above + Buffer.from(name, 'latin1').toString('utf8');
    const type = Number.parseInt(mode, 8) & 0o170000;
    if (type === 0o040000) return leavesOf(id, trees, `${path}/`);
    return type === 0o100000 || type === 0o120000 ? [path] : [];
  });
}

function requireEqual(shown: readonly string[], real: readonly string[]): void {
  const [one, other] = [shown, real].map((paths) => JSON.stringify([...paths].sort()));
  if (one !== other) throw new Error(`shows ${one} of a tree that has ${other}`);
}
