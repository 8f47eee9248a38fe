import { describe, expect, it } from 'vitest';
import { applyBaseline, writeBaseline } from '../../src/report/finding/baseline.ts';
import { jsonReport } from '../../src/report/machine/json.ts';
import type { Finding, Report } from '../../src/report/report.ts';
import { lintFiles } from '../support/lint-files.ts';

const only = ['unknown-field'];

function pod(...fields: readonly string[]): string {
  const lines = fields.map((field) => `      ${field}: x\n`).join('');
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: web:1.0.0\n${lines}`;
}

function lintWith(text: string, baseline?: string): Report {
  const files = { 'pod.yaml': text, ...(baseline === undefined ? {} : { 'baseline.json': baseline }) };
  return lintFiles(files, {
    only,
    paths: ['pod.yaml'],
    ...(baseline === undefined ? {} : { baseline: 'baseline.json' }),
  });
}

const first = writeBaseline(lintWith(pod('imagee', 'portss')), '2026-01-31');

describe('a baseline', () => {
  it('is one entry a line, sorted, with the day', () => {
    const { version, findings } = JSON.parse(first) as { version: number; findings: object[] };
    expect(version).toBe(2);
    expect(findings).toHaveLength(2);
    expect(findings[0]).toMatchObject({ rule: 'unknown-field', file: 'pod.yaml', since: '2026-01-31' });
    expect(first.split('\n').filter((line) => line.includes('fingerprint'))).toHaveLength(2);
    expect(JSON.parse(writeBaseline(lintWith(pod()), '2026-01-31'))).toEqual({ version: 2, findings: [] });
  });

  it('makes known findings count no more, wherever they moved', () => {
    const report = lintWith(`# moved\n\n${pod('added', 'imagee', 'portss')}`, first);
    expect(report.findings.map(({ message }) => message)).toEqual([expect.stringContaining('added')]);
    expect(report.summary).toEqual({
      error: 1,
      warning: 0,
      note: 0,
      suppressed: 0,
      places: { error: 1, warning: 0, note: 0 },
    });
    expect(report.baseline?.known).toHaveLength(2);
    expect(report.baseline?.fixed).toEqual([]);
    expect(report.exitCode).toBe(1);
    expect(lintWith(pod('imagee', 'portss'), first).exitCode).toBe(0);
  });

  it('says what is fixed', () => {
    const report = lintWith(pod('imagee'), first);
    expect(report.baseline?.fixed).toEqual([
      expect.objectContaining({ rule: 'unknown-field', file: 'pod.yaml' }),
    ]);
    const json = JSON.parse(jsonReport(report)) as { baseline: { known: object[]; fixed: object[] } };
    expect(json.baseline.known).toEqual([expect.objectContaining({ since: '2026-01-31' })]);
    expect(json.baseline.fixed).toHaveLength(1);
  });

  it('keeps the age of what stays when it is written again', () => {
    const next = JSON.parse(writeBaseline(lintWith(pod('imagee', 'added'), first), '2026-11-23')) as {
      findings: { since: string }[];
    };
    expect(next.findings.map(({ since }) => since).sort()).toEqual(['2026-01-31', '2026-11-23']);
  });

  it.each([
    ['{', 'is not JSON'],
    ['[]', 'version 1 or 2'],
    ['{"version": 3, "findings": []}', 'version 1 or 2'],
    [
      '{"version": 2, "findings": [{"fingerprint": "a", "rule": "b", "file": "c", "since": "d", "marks": [1]}]}',
      'is not a finding',
    ],
    ['{"version": 1, "findings": [{"fingerprint": 1}]}', 'is not a finding'],
  ])('that is broken leaves the run unchecked: %s', (text, why) => {
    const report = lintWith(pod('imagee'), text);
    expect(report.exitCode).toBe(2);
    expect(report.findings.find(({ rule }) => rule === 'baseline-invalid')?.message).toContain(why);
    expect(report.unchecked.map(({ what }) => what)).toEqual(['which findings are new']);
  });

  it('that is missing is not an empty one', () => {
    const report = lintFiles({ 'pod.yaml': pod() }, { only, baseline: 'gone.json' });
    expect(report.exitCode).toBe(2);
  });

  it('keeps what a run over a part did not look for', () => {
    const files = { 'pod.yaml': pod(), 'b.json': first };
    const ofPart = lintFiles(files, { only: ['wrong-type'], baseline: 'b.json' });
    expect(ofPart.baseline?.fixed).toEqual([]);
    expect(writeBaseline(ofPart, '2026-11-23')).toBe(first);
    expect(writeBaseline(lintFiles(files, { only, baseline: 'b.json' }), '2026-11-23')).not.toBe(first);
  });

  it('neither accepts nor counts as fixed what could not be checked', () => {
    const broken = { 'k/kustomization.yaml': 'resources: [gone.yaml]\n' };
    const report = lintFiles(broken, { only });
    expect(report.exitCode).toBe(2);
    const text = writeBaseline(report, '2026-11-23');
    expect(JSON.parse(text)).toEqual({ version: 2, findings: [] });
    const listed = report.findings.map(
      ({ fingerprint, rule, span, knownAs: { key, home, written, marks } }) => ({
        ...{ fingerprint, rule, file: span.file.path, home, object: written, key, marks },
        since: '2026-01-31',
      }),
    );
    const accepted = { ...broken, 'b.json': JSON.stringify({ version: 2, findings: listed }) };
    expect(lintFiles(accepted, { only, baseline: 'b.json' }).baseline?.known).toEqual([]);
    const again = lintFiles({ ...broken, 'b.json': first }, { only, baseline: 'b.json' });
    expect(again.exitCode).toBe(2);
    expect(again.baseline?.fixed).toEqual([]);
  });
});

describe('an entry', () => {
  const finding = (file: string, rule: string, fingerprint: string, knownAs: object): Finding =>
    ({ fingerprint, rule, span: { file: { path: file } }, knownAs }) as unknown as Finding;
  const written = (...findings: readonly Finding[]): unknown =>
    (JSON.parse(writeBaseline({ findings } as unknown as Report, 'day')) as { findings: unknown }).findings;

  it('says what the rest of it does not say', () => {
    const same = finding('a', 'r', 'f', { key: 'f', home: 'a', written: '', marks: [] });
    expect(written(same)).toEqual([{ fingerprint: 'f', rule: 'r', file: 'a', since: 'day' }]);
    const more = { key: 'k', home: 'b', written: 'w', marks: ['m'] };
    expect(written(finding('a', 'r', 'f', more))).toEqual([
      {
        fingerprint: 'f',
        rule: 'r',
        file: 'a',
        home: 'b',
        object: 'w',
        key: 'k',
        marks: ['m'],
        since: 'day',
      },
    ]);
  });

  it('is sorted by its file, its rule and its fingerprint, on a line of its own', () => {
    const of = (file: string, rule: string, fingerprint: string): Finding =>
      finding(file, rule, fingerprint, { key: fingerprint, home: file, written: '', marks: [] });
    const [first, second, third, fourth] = [
      of('a', 'r', 'z'),
      of('a', 's', 'x'),
      of('a', 's', 'y'),
      of('b', 'q', 'w'),
    ] as const;
    const fingerprints = (written(fourth, third, second, first) as { fingerprint: string }[]).map(
      (one) => one.fingerprint,
    );
    expect(fingerprints).toEqual(['z', 'x', 'y', 'w']);
    expect(writeBaseline({ findings: [] } as unknown as Report, 'day')).toBe(
      '{\n  "version": 2,\n  "findings": []\n}\n',
    );
  });
});

describe('a baseline of version 1', () => {
  const other = { fingerprint: 'f', rule: 'unknown-field', file: 'pod.yaml', since: '2026-01-01' };
  const asked = JSON.stringify({ version: 1, findings: [other] });
  const entries = lintWith(pod('imagee', 'portss'), asked).findings.map(({ formerly = [], rule, span }) => ({
    fingerprint: formerly.at(-1),
    rule,
    file: span.file.path,
    since: '2026-01-01',
  }));
  const old = JSON.stringify({ version: 1, findings: entries });

  it('knows findings by what they were called then, and is written anew with their age', () => {
    const report = lintWith(pod('imagee', 'portss', 'added'), old);
    expect(report.findings).toHaveLength(1);
    expect(report.baseline?.known.map(({ since }) => since)).toEqual(['2026-01-01', '2026-01-01']);
    expect(lintWith(pod('imagee'), old).baseline?.fixed).toHaveLength(1);
    const again = writeBaseline(lintWith(pod('imagee', 'portss'), old), '2026-11-23');
    expect(again).toBe(first.replaceAll('2026-01-31', '2026-01-01'));
  });

  it('knows a finding by any of its former names', () => {
    const report = lintWith(pod('imagee'));
    const named = report.findings.map((one) => ({ ...one, formerly: ['of yesterday', 'f', 'of long ago'] }));
    const knowledge = { isLookedFor: () => true, holds: () => true };
    const { baseline } = applyBaseline(
      { ...report, findings: named },
      { file: 'b', entries: [other] },
      knowledge,
    );
    expect(baseline?.known.map(({ since }) => since)).toEqual(['2026-01-01']);
  });

  it('keeps what nobody looks for as it is', () => {
    const files = { 'pod.yaml': pod(), 'b.json': old };
    const ofPart = writeBaseline(lintFiles(files, { only: ['wrong-type'], baseline: 'b.json' }), 'day');
    const kept = (JSON.parse(ofPart) as { findings: object[] }).findings;
    expect(kept).toHaveLength(2);
    expect(kept).toEqual(expect.arrayContaining(entries));
  });
});

it('what a comment accepts is known, and not fixed', () => {
  const ignored = pod('imagee', 'portss').replaceAll(
    /( +)(imagee|portss): x/gu,
    '$1# cdb-lint-ignore: unknown-field -- known\n$1$2: x',
  );
  const report = lintWith(ignored, first);
  expect(report.suppressed.length).toBeGreaterThan(0);
  expect(report.baseline?.fixed).toEqual([]);
});
