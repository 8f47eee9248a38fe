import type { Severity } from '../../diagnostic/severity.ts';
import { lineColumn } from '../finding/line-column.ts';
import type { Report } from '../report.ts';
import { visible } from '../visible.ts';
import { jsonText } from './json-text.ts';

const severities: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', note: 'info' };

/** GitLab's code quality report: what is new against a baseline; GitLab itself compares it with the target branch. */
export function gitlabReport({ findings }: Report): string {
  return jsonText(
    findings.map(({ rule, severity, message, help, span, fingerprint }) => {
      const from = lineColumn(span.file, span.start);
      const to = lineColumn(span.file, Math.max(span.start, span.end));
      return {
        description: visible(help === undefined ? message : `${message}; ${help}`),
        check_name: visible(rule),
        fingerprint,
        severity: severities[severity],
        location: { path: visible(span.file.path), lines: { begin: from.line, end: to.line } },
      };
    }),
  );
}
