import { serveLooking } from '../language-server/judging/looking.ts';
import type { LookingHost } from '../language-server/language-host.ts';
import { lookAt } from '../run/first-look.ts';
import { rememberFiles, withKnownBytes } from '../source/remembered-files.ts';
import type { OwnThread } from '../source/thread.ts';
import type { Io } from './io.ts';
import { type KeptFolders, keptFolders } from './kept-folders.ts';
import { openRepository } from './open-repository.ts';

/** What a judging thread is started with. */
export interface JudgingStart {
  readonly root: string | undefined;
}

/** What a thread does that was started by a server: it judges for it. Most of the tool is loaded when the first look is told. */
export function judgeInThread(thread: OwnThread, io: Pick<Io, 'files' | 'now'>): void {
  const { root } = thread.given as JudgingStart;
  const keptOf = keptFolders();
  const host = lookingHost(io, root, keptOf);
  serveLooking(thread, host, async (looking) => {
    const { openJudging, judgingHost } = await import('./judging-host.ts');
    return openJudging(looking, judgingHost(io, host, keptOf));
  });
}

function lookingHost(
  io: Pick<Io, 'files' | 'now'>,
  root: string | undefined,
  keptOf: KeptFolders,
): LookingHost {
  return {
    open(folder) {
      const opened = openRepository(io, folder, root);
      if (opened === undefined) return undefined;
      const { bytes } = keptOf(opened);
      // What changed last and all the rest are runs over the same files, and so are those of the next keystrokes.
      return { ...opened, fileSystem: rememberFiles(() => withKnownBytes(opened.fileSystem, bytes)) };
    },
    look({ url, fileSystem, path }, file) {
      const { bytes, memory } = keptOf({ url, path });
      const files = withKnownBytes(fileSystem, bytes);
      return lookAt({ fileSystem: files, paths: [path], now: io.now(), memory }, file);
    },
  };
}
