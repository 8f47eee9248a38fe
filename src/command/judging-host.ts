import type { JudgingHost, LookingHost, OpenedRepository } from '../language-server/language-host.ts';
import { rules } from '../rules/registry.ts';
import { judge, type RunJudgement, refuteFix } from '../run/judge.ts';
import { judgeChange } from '../run/judge-change.ts';
import { judgeTwo } from '../run/judge-two.ts';
import type { LintOptions } from '../run/request.ts';
import { withKnownBytes } from '../source/remembered-files.ts';
import type { Io } from './io.ts';
import type { KeptFolder, KeptFolders } from './kept-folders.ts';

export { openJudging } from '../language-server/judging/judging.ts';

/** What judges for an editor, beside what looks at single files. */
export function judgingHost(
  { now }: Pick<Io, 'now'>,
  looking: LookingHost,
  keptOf: KeptFolders,
): JudgingHost {
  const wide = new Set(rules.flatMap(({ id, scope }) => (scope === 'resource' ? [] : [id])));
  return {
    ...looking,
    judge({ url, fileSystem, path, repository }, judging) {
      const kept = keptOf({ url, path });
      const { bytes, memory } = kept;
      const files = withKnownBytes(fileSystem, bytes);
      const request = { fileSystem: files, paths: [path], now: now(), memory, ...judging };
      return judging.touched === undefined ? judgeEdited(kept, repository, request) : judge(request);
    },
    refute: (fileSystem, path, fixable) => refuteFix({ fileSystem, paths: [path], now: now() }, fixable),
    today: () => now().toISOString().slice(0, 10),
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
