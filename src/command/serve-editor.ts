import { serveLanguage } from '../language-server/serve.ts';
import { knownOnce } from '../object/known-once.ts';
import { rulePages } from '../run/rule-pages.ts';
import type { Thread } from '../source/thread.ts';
import type { ExitCode, Io } from './io.ts';
import { openRepository } from './open-repository.ts';

interface Served {
  readonly root: string | undefined;
  /** Starts what judges; the first one may have been started before. */
  readonly startJudging: () => Thread;
}

/** Serves an editor until it is gone. */
export async function serveEditor(io: Io, { root, startJudging }: Served): Promise<ExitCode> {
  const pagesOf = knownOnce((_io: Io) => rulePages());
  const { close, ...streams } = io.converse();
  const exitCode = await serveLanguage(streams, {
    open: (folder) => openRepository(io, folder, root),
    startJudging,
    rulePages: () => pagesOf(io),
  });
  close();
  return exitCode;
}
