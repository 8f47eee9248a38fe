import { describe, expect, it } from 'vitest';
import type { Severity } from '../../src/diagnostic/severity.ts';
import type { Finding, Report, Unchecked } from '../../src/report/report.ts';
import { confirmPart } from '../../src/run/confirm.ts';
import { madeFinding } from '../support/made-finding.ts';

function finding(name: string, severity: Severity, more: Partial<Finding> = {}): Finding {
  return madeFinding(name, severity, { rule: 'r', ...more });
}

function report(findings: readonly Finding[], unchecked: readonly Unchecked[] = []): Report {
  const exitCode = 'as before';
  return {
    ...{ findings, unchecked, policies: [], failOn: 'error' },
    ...{ summary: { suppressed: 7 }, exitCode },
  } as unknown as Report;
}

const doubtful = finding('doubtful', 'error', { isDoubtful: true });
const sure = finding('sure', 'warning');

describe('the report of a part', () => {
  it('stays as it is where nothing is in doubt, and nothing else is judged for it', () => {
    const part = report([sure]);
    const never = (): Report => {
      throw new Error('the whole is not asked for');
    };
    expect(confirmPart(part, never)).toBe(part);
  });

  it('is what the whole says of what is in doubt, and what it says itself of all else', () => {
    const confirmed = finding('doubtful', 'note');
    const { findings, summary, exitCode } = confirmPart(report([doubtful, sure]), () =>
      report([confirmed, finding('sure', 'error'), finding('elsewhere', 'error')]),
    );
    expect(findings).toEqual([confirmed, sure]);
    expect(summary).toMatchObject({ error: 0, warning: 1, note: 1, suppressed: 7 });
    expect(exitCode).toBe(0);
  });

  it('knows what the whole says of it in whatever object of the file it stands', () => {
    const moved = finding('renamed', 'error', {
      knownAs: { key: 'doubtful', home: 'doubtful.yaml', written: '', marks: ['m'] },
    });
    const marked = { ...doubtful, knownAs: { ...doubtful.knownAs, written: 'w', marks: ['m'] } };
    expect(confirmPart(report([marked]), () => report([moved])).findings).toEqual([moved]);
    const gone = { ...moved, knownAs: { ...moved.knownAs, home: 'other.yaml' } };
    expect(confirmPart(report([marked]), () => report([gone])).findings).toEqual([]);
  });

  it.each([
    ['is clean where the whole says none of it', [], [], 0],
    ['fails where the whole says it too', [finding('doubtful', 'error')], [], 1],
    ['stays unchecked', [], [{ what: 'a', why: 'b' }], 2],
  ])('%s', (_, whole, unchecked, exitCode) => {
    const confirmed = confirmPart(report([doubtful, sure], unchecked), () => report(whole));
    expect(confirmed).toMatchObject({ exitCode, unchecked, summary: { error: whole.length, warning: 1 } });
  });
});
