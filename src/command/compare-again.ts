import type { GatedChange, NamedBase } from '../run/gate.ts';
import type { RunJudgement } from '../run/judge.ts';
import type { LintOptions } from '../run/request.ts';
import type { Base } from '../source/open-base.ts';
import type { Repository } from '../source/working-directory.ts';
import type { WatchedRun } from './watch.ts';

/** Compares run after run with a base, which is opened anew each time, because branches move on, and judged anew where it is another commit. */
export function compareAgain(
  { base }: Pick<Repository, 'base'>,
  given: string | undefined,
  compare: (options: LintOptions, before: Base & NamedBase) => GatedChange,
): WatchedRun {
  let known: { readonly commit: string | undefined; readonly judged: RunJudgement } | undefined;
  return (request) => {
    const before = base(given);
    if ('problem' in before) return before;
    const { commit } = before;
    // A folder may have changed meanwhile.
    const isSame = commit !== undefined && commit === known?.commit;
    const compared = compare(
      request,
      known !== undefined && isSame ? { ...before, judged: known.judged } : before,
    );
    known = { commit, judged: compared.base };
    return compared.report;
  };
}
