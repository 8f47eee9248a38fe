import { type EarlierRun, readEarlierRun } from '../report/trend.ts';
import type { ReadFailure } from '../source/file-system.ts';
import { looseText } from '../source/loose-text.ts';
import { lastPartOf } from '../source/path.ts';
import type { Repository } from '../source/working-directory.ts';
import type { Invocation, Option } from './options.ts';
import type { UsageProblem } from './parse-arguments.ts';

export const trend: Option = {
  name: 'trend',
  value: 'FILE',
  words: 'JSON report of an earlier run, oldest first: the page shows the trend; repeatable',
  repeatable: true,
};

const failures: Readonly<Record<ReadFailure, string>> = {
  missing: 'does not exist',
  outside: 'is outside the repository',
  'not-a-file': 'is not a file',
  'too-large': 'is too large',
  'too-much': 'is too large',
  unreadable: 'cannot be read',
  'not-fetched': 'was not fetched',
};

/** The earlier runs that pages compare this one with. */
export function readEarlierRuns(invocation: Invocation, repository: Repository): EarlierRun[] | UsageProblem {
  const runs: EarlierRun[] = [];
  for (const file of invocation.options('trend')) {
    const bytes = repository.large(repository.inside(file));
    const name = lastPartOf(file).replace(/\.json$/u, '');
    const run = typeof bytes === 'string' ? failures[bytes] : readEarlierRun(name, looseText(bytes));
    if (typeof run === 'string')
      return {
        problem: `${file} ${run}`,
        help: 'write reports to compare with by --format json=FILE',
      };
    runs.push(run);
  }
  return runs;
}
