import { plural } from '../../diagnostic/plural.ts';
import type { StepName } from '../../diagnostic/step.ts';
import type { Report } from '../report.ts';

/** What a run looked at, and how long each step of it took, in milliseconds. */
export function statsReport(report: Report, times: ReadonlyMap<StepName | 'start', number>): string {
  const { coverage, environments, rules, findings } = report;
  const looked: Readonly<Record<StepName | 'start', string>> = {
    start: '',
    read: `${plural(coverage.filesRead, 'file')}, ${Math.ceil(coverage.bytes / 1024)} KiB`,
    build: `${plural(coverage.builds, 'build')}, ${plural(coverage.documents, 'document')}, ${plural(coverage.objects, 'object')}`,
    admit: `${plural(environments.length, 'environment')}, ${plural(coverage.policies, 'policy', 'policies')}`,
    rules: plural(rules.length, 'rule'),
    report: plural(findings.length, 'finding'),
  };
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  const rows = [...times].map(([name, time]) => [name, time, looked[name]] as const);
  return [...rows, ['total', total, ''] as const]
    .map(([name, time, text]) =>
      `${name.padEnd(7)} ${String(Math.round(time)).padStart(6)} ms  ${text}`.trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
