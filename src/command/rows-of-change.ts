import type { ChangeReport, ChangeRow } from '../report/change-report.ts';
import { lineColumn } from '../report/finding/line-column.ts';
import { wholeChange } from '../run/change-by-base.ts';
import type { RunJudgement } from '../run/judge.ts';
import { judgeTwo } from '../run/judge-two.ts';
import type { Repository } from '../source/working-directory.ts';
import { complain, type Io } from './io.ts';
import type { Invocation } from './options.ts';

/** The rows of a change that a digest or a line names, with the two revisions. */
export interface NamedRows {
  readonly rows: readonly ChangeRow[];
  readonly change: ChangeReport;
  readonly base: RunJudgement;
  readonly head: RunJudgement;
  readonly repository: Repository;
}

/** Finds rows of what the working tree does against a base; undefined where there are none, which is said. */
export function namedRows(invocation: Invocation, io: Io): NamedRows | undefined {
  const [name = '', path = '.'] = invocation.operands;
  const repository = io.files.repository(path, invocation.option('root'));
  const before = repository.base(invocation.option('base'));
  if ('problem' in before) {
    complain(io, before.problem, before.help);
    return undefined;
  }
  const request = {
    fileSystem: repository.fileSystem,
    paths: [repository.inside(path)],
    now: io.now(),
  };
  const names = { base: { name: before.name }, head: { name: 'working tree' } };
  const two = judgeTwo(request, before);
  const change = wholeChange(request, { ...two, names });
  const [problem] = change.problems ?? [];
  if (problem !== undefined) {
    complain(io, problem.message, problem.help ?? 'see cdb-lint plan');
    return undefined;
  }
  const rows = change.rows.filter((row) => isMeant(row, name, repository));
  if (rows.length > 0) return { rows, change, base: two.base, head: two.head, repository };
  complain(io, `the change has no row ${name}`, 'see cdb-lint plan');
  return undefined;
}

function isMeant({ digest, place, further = [] }: ChangeRow, name: string, { inside }: Repository): boolean {
  const at = /^(.*?):(\d+)(?::\d+)?$/u.exec(name);
  if (at === null) return digest.startsWith(name);
  if (place === undefined) return false;
  return [place, ...further].some(
    ({ span: { file, start } }) =>
      file.path === inside(at[1] ?? '') && lineColumn(file, start).line === Number(at[2]),
  );
}
