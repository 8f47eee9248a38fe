import type { ChangeRow } from '../report/change-report.ts';
import { lineColumn } from '../report/finding/line-column.ts';
import { terminalRows } from '../report/terminal/terminal.ts';
import { wholeChange } from '../run/change-by-base.ts';
import { judgeTwo } from '../run/judge-two.ts';
import type { Repository } from '../source/working-directory.ts';
import { complain, type ExitCode, type Io, say } from './io.ts';
import type { Invocation } from './options.ts';
import { terminalOptions } from './terminal-options.ts';

/** Prints the rows of a plan that a digest or a line names, each with all of its objects. */
export function explainRows(invocation: Invocation, io: Io): ExitCode {
  const [name = '', path = '.'] = invocation.operands;
  const repository = io.files.repository(path, invocation.option('root'));
  const before = repository.base(invocation.option('base'));
  if ('problem' in before) return complain(io, before.problem, before.help);
  const request = {
    fileSystem: repository.fileSystem,
    paths: [repository.inside(path)],
    now: io.now(),
  };
  const names = { base: { name: before.name }, head: { name: 'working tree' } };
  const change = wholeChange(request, { ...judgeTwo(request, before), names });
  const rows = change.rows.filter((row) => isMeant(row, name, repository));
  if (rows.length === 0) return complain(io, `the change has no row that ${name} names`, 'see cdb-lint plan');
  return say(io, terminalRows(rows, change, terminalOptions(io, io.stdout, repository.url)));
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
