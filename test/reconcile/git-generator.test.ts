import { expect, it } from 'vitest';
import { directoriesMatching } from '../../src/reconcile/argocd/git-generator.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

/** A repository in which each directory holds the same two, as two links to the directory that they stand in do. */
function linked() {
  let lists = 0;
  const entries = [
    { name: 'a', kind: 'directory' },
    { name: 'b', kind: 'directory' },
  ] as const;
  const list = () => {
    lists += 1;
    return [...entries];
  };
  return { fileSystem: { ...memoryFileSystem({}), list }, lists: () => lists };
}

it('ends where links make more paths than anyone means, and says that it is a part', () => {
  const { fileSystem, lists } = linked();
  expect(directoriesMatching(fileSystem, `${'*/'.repeat(22)}x`)).toEqual({ paths: [], isPart: true });
  expect(lists()).toBeLessThanOrEqual(200_000);
});

it('finds all below the bound', () => {
  const { fileSystem } = linked();
  const { paths, isPart } = directoriesMatching(fileSystem, '*/*/*/b');
  expect([paths.length, isPart]).toEqual([8, false]);
});
