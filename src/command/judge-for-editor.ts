import { type BuildMemory, newBuildMemory } from '../build/build-memory.ts';
import { serveJudging } from '../language-server/judging/serve-judging.ts';
import type { JudgingHost, OpenedRepository } from '../language-server/language-host.ts';
import { rules } from '../rules/judge.ts';
import { lookAt } from '../run/first-look.ts';
import { judge, type RunJudgement, refuteFix } from '../run/judge.ts';
import { judgeChange } from '../run/judge-change.ts';
import { judgeTwo } from '../run/judge-two.ts';
import type { LintOptions } from '../run/request.ts';
import type { Base } from '../source/open-base.ts';
import { rememberFiles, withKnownBytes } from '../source/remembered-files.ts';
import type { OwnThread } from '../source/thread.ts';
import type { Io } from './io.ts';
import { openRepository } from './open-repository.ts';

/** What a judging thread is started with. */
export interface JudgingStart {
  readonly root: string | undefined;
}

/** What a thread does that was started by a server: it judges for it. */
export function judgeInThread(thread: OwnThread, io: Pick<Io, 'files' | 'now'>): void {
  const { root } = thread.given as JudgingStart;
  serveJudging(thread, judgingHost(io, root));
}

/** What is kept of a folder of the editor between its runs. */
interface KeptFolder {
  readonly bytes: Map<string, Uint8Array>;
  readonly memory: BuildMemory;
  /** What HEAD was, and what was said of it. */
  head?: { readonly base: Base; readonly judged: RunJudgement };
}

function judgingHost(io: Pick<Io, 'files' | 'now'>, root: string | undefined): JudgingHost {
  const folders = new Map<string, KeptFolder>();
  const wide = new Set(rules.flatMap(({ id, scope }) => (scope === 'resource' ? [] : [id])));
  const keptOf = ({ url, path }: Pick<OpenedRepository, 'url' | 'path'>): KeptFolder => {
    const key = JSON.stringify([url, path]);
    const kept = folders.get(key) ?? { bytes: new Map(), memory: newBuildMemory() };
    folders.set(key, kept);
    return kept;
  };
  return {
    open(folder) {
      const opened = openRepository(io, folder, root);
      if (opened === undefined) return undefined;
      const { bytes } = keptOf(opened);
      // What changed last and all the rest are runs over the same files, and so are those of the next keystrokes.
      return { ...opened, fileSystem: rememberFiles(() => withKnownBytes(opened.fileSystem, bytes)) };
    },
    judge({ url, fileSystem, path, repository }, judging) {
      const kept = keptOf({ url, path });
      const { bytes, memory } = kept;
      const files = withKnownBytes(fileSystem, bytes);
      const request = { fileSystem: files, paths: [path], now: io.now(), memory, ...judging };
      return judging.touched === undefined ? judgeEdited(kept, repository, request) : judge(request);
    },
    look({ url, fileSystem, path }, file) {
      const { bytes, memory } = keptOf({ url, path });
      const files = withKnownBytes(fileSystem, bytes);
      return lookAt({ fileSystem: files, paths: [path], now: io.now(), memory }, file);
    },
    refute: (fileSystem, path, fixable) => refuteFix({ fileSystem, paths: [path], now: io.now() }, fixable),
    today: () => io.now().toISOString().slice(0, 10),
    needsWhole: (rule) => wide.has(rule),
  };
}

/** What is found in a folder, and what the way from HEAD to it does to each cluster, where there is a commit. */
function judgeEdited(
  folder: KeptFolder,
  repository: OpenedRepository['repository'],
  request: LintOptions,
): RunJudgement {
  const known = folder.head?.base.commit === repository.commit('HEAD') ? folder.head : undefined;
  const before = known?.base ?? repository.base('HEAD');
  if ('problem' in before || before.commit === undefined) return judge(request);
  const { base, head } = judgeTwo(
    request,
    known === undefined ? before : { ...before, judged: known.judged },
  );
  folder.head = { base: before, judged: base };
  const change = judgeChange({ base, head, names: { base: before, head: { name: 'the editor' } } });
  return { ...head, report: { ...head.report, change } };
}
