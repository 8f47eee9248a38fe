import { type FSWatcher, watch } from 'node:fs';
import { join, sep } from 'node:path';
import { errorText } from './error-text.ts';

/** Tells what changes in folders of a repository. */
export interface Watcher {
  /** The folders to watch from now on; why one of them cannot be. */
  follow(folders: readonly string[]): string | undefined;
  /** The paths that change next, those that change in one go together. */
  next(): Promise<readonly string[]>;
  close(): void;
}

// Editors write a file in several steps, and a checkout writes many files.
const quietMilliseconds = 20;

/** Watches folders below `root`, each by itself: watching a tree as a whole is not the same everywhere. */
export function watchFolders(root: string): Watcher {
  const watchers = new Map<string, FSWatcher>();
  const changed = new Set<string>();
  let wake: (() => void) | undefined;

  const note = (folder: string, name: string | null): void => {
    changed.add([folder, (name ?? '').replaceAll(sep, '/')].filter((part) => part !== '').join('/'));
    wake?.();
  };

  const open = (folder: string): void => {
    const watcher = watch(join(root, folder), (_event, name) => note(folder, name));
    // A folder that goes away is told by the one around it.
    watcher.on('error', () => watcher.close());
    watchers.set(folder, watcher);
  };

  return {
    follow(folders) {
      for (const [folder, watcher] of watchers) {
        if (folders.includes(folder)) continue;
        watcher.close();
        watchers.delete(folder);
      }
      for (const folder of folders) {
        try {
          if (!watchers.has(folder)) open(folder);
        } catch (error) {
          return `${folder || '.'}: ${errorText(error)}`;
        }
      }
      return undefined;
    },
    async next() {
      while (changed.size === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      await new Promise((resolve) => setTimeout(resolve, quietMilliseconds));
      const paths = [...changed];
      changed.clear();
      return paths;
    },
    close() {
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}
