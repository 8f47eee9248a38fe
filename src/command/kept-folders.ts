import { type BuildMemory, newBuildMemory } from '../build/build-memory.ts';
import type { OpenedRepository } from '../language-server/language-host.ts';
import type { RunJudgement } from '../run/judge.ts';
import type { Base } from '../source/open-base.ts';

/** What is kept of a folder of the editor between its runs. */
export interface KeptFolder {
  readonly bytes: Map<string, Uint8Array>;
  readonly memory: BuildMemory;
  /** What HEAD was, and what was said of it. */
  head?: { readonly base: Base; readonly judged: RunJudgement };
}

export type KeptFolders = (folder: Pick<OpenedRepository, 'url' | 'path'>) => KeptFolder;

export function keptFolders(): KeptFolders {
  const folders = new Map<string, KeptFolder>();
  return ({ url, path }) => {
    const key = JSON.stringify([url, path]);
    const kept = folders.get(key) ?? { bytes: new Map(), memory: newBuildMemory() };
    folders.set(key, kept);
    return kept;
  };
}
