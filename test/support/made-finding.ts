import type { Severity } from '../../src/diagnostic/severity.ts';
import type { Finding } from '../../src/report/report.ts';

/** A finding that is known by its name alone, for what tells findings apart and never looks into them. */
export function madeFinding(name: string, severity: Severity, more: object = {}): Finding {
  return {
    rule: name,
    severity,
    message: name,
    fingerprint: name,
    span: { file: { path: `${name}.yaml`, text: '' }, start: 0, end: 0 },
    related: [],
    occurrences: [],
    knownAs: { key: name, home: `${name}.yaml`, written: '', marks: [] },
    ...more,
  } as unknown as Finding;
}
