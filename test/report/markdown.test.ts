import { describe, expect, it } from 'vitest';
import { writeBaseline } from '../../src/report/finding/baseline.ts';
import { placeUrls } from '../../src/report/finding/place-url.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { codeElement, codeSpan, fenced } from '../../src/report/markdown/markdown-text.ts';
import type { Finding } from '../../src/report/report.ts';
import { hostileReport } from '../support/hostile-report.ts';
import { lintFiles } from '../support/lint-files.ts';
import { withoutCode } from '../support/markdown-code.ts';

const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: web:1.0.0\n      imagee: x\n`;
const tree = {
  'base/kustomization.yaml': 'resources: [pod.yaml]\n',
  'base/pod.yaml': pod,
  'dev/kustomization.yaml': 'resources: [../base]\n',
  'prod/kustomization.yaml': 'resources: [../base]\nimages: [{name: web, newTag: latest}]\n',
  'cdb-lint.yaml': 'environments: {dev: {root: dev}, prod: {root: prod}}\n',
};
const only = ['image-not-pinned', 'unknown-field'];

/** What is left when code is taken out: where data must not be. */
describe('the summary', () => {
  const text = markdownReport(lintFiles(tree, { profile: 'acceptance', only }));

  it('starts with the verdict and the counts', () => {
    expect(text).toMatch(
      /^## ❌ cdb-lint failed: 2 errors\n\n2 errors, 0 warnings, 0 notes; 2 environments, 2 objects\n/u,
    );
    expect(markdownReport(lintFiles(tree, { only: ['host-path-mounted'] }))).toMatch(/^## ✅ /u);
  });

  it('has a table of services and criteria for each environment', () => {
    expect(text).toMatch(/^### `dev` \(1 object\)$/mu);
    const rows = text.split('\n').filter((line) => line.startsWith('| <code>web</code>'));
    expect(rows).toHaveLength(2);
    expect(text).toContain('| service | exists | admitted |');
    expect(rows.map((row) => row.match(/❌ 1/gu)?.length)).toEqual([1, 2]);
  });

  it('shows the worst root causes with frames through the layers', () => {
    expect(text).toContain('**error** `image-not-pinned`: ');
    expect(text).toContain('8 |       imagee: x');
    expect(text).toContain('this breaks 2 objects in 2 environments');
    const layers = text.slice(text.indexOf('Set by'));
    expect(layers).toContain('base/pod.yaml:7:');
    expect(layers).toContain('7 |       image: web:1.0.0');
  });

  it('says first what could not be checked', () => {
    const broken = { ...tree, 'prod/kustomization.yaml': 'resources: [gone.yaml]\n' };
    const summary = markdownReport(lintFiles(broken, { only }));
    expect(summary).toMatch(/^## ⚠️ cdb-lint: 1 thing could not be checked/u);
    expect(summary.indexOf('### Not checked')).toBeLessThan(summary.indexOf('### `dev`'));
  });

  it('says what is new and what is fixed since the baseline', () => {
    const baseline = writeBaseline(lintFiles(tree, { profile: 'acceptance', only }), '2026-11-23');
    const files = { ...tree, 'b.json': baseline, 'base/pod.yaml': pod.replace('imagee', 'imageee') };
    const summary = markdownReport(lintFiles(files, { only, baseline: 'b.json' }));
    expect(summary).toContain('new: 1 error, 0 warnings, 0 notes, 1 in the baseline, 1 fixed');
    expect(summary).toContain('1 finding fixed since the baseline');
    expect(summary).toContain('❌ 1');
  });

  it('stays below its limit and counts what did not fit', () => {
    const report = lintFiles(tree, { profile: 'acceptance', only });
    const [finding] = report.findings as [Finding];
    const findings = Array.from(
      { length: 30_000 },
      (_, index): Finding => ({ ...finding, cause: `${index}`, message: `${index} ${'ü'.repeat(40)}` }),
    );
    const bytes = (limit?: number): number =>
      Buffer.byteLength(markdownReport({ ...report, findings }, limit === undefined ? {} : { limit }));
    expect(bytes()).toBeLessThan(1024 * 1024);
    expect(bytes()).toBeGreaterThan(700_000);
    const small = markdownReport({ ...report, findings }, { limit: 20_000 });
    expect(Buffer.byteLength(small)).toBeLessThan(20_000);
    const listed = small.split('\n').filter((line) => line.startsWith('| error')).length;
    expect(small).toContain(`${30_000 - 15 - listed} more root causes did not fit here`);
  });

  it('has findings before everything else, each with its lines, layers and the edit at the commit', () => {
    const urlOf = placeUrls('https://forge.example/o/r/blob/4f1c/{path}#L{line}');
    const plain = { 'a (b).yaml': pod.replace('imagee: x', 'runtime: x').replace('web:1.0.0', 'web') };
    const report = lintFiles({ ...tree, ...plain }, { profile: 'all' });
    const summary = markdownReport(report, { urlOf });
    expect(summary).toContain('[`base/pod.yaml:8:7`](https://forge.example/o/r/blob/4f1c/base/pod.yaml#L8)');
    expect(summary).toContain('https://forge.example/o/r/blob/4f1c/a%20%28b%29.yaml#L');
    expect(summary).toMatch(/Suggested for line \d+ of `[^`]+`:\n\n```suggestion\n/u);
    const tables = summary.indexOf('<summary>Criteria of ');
    expect(tables).toBeGreaterThan(summary.lastIndexOf('**error**'));
    expect(summary.indexOf('more root causes')).toBeLessThan(tables);
  });

  it('says which findings stand on lines of the change, and folds the others', () => {
    const changed = new Map([['base/pod.yaml', [[8, 8]] as const]]);
    const summary = markdownReport(lintFiles(tree, { profile: 'acceptance', only }), { changed });
    const own = summary.slice(
      summary.indexOf('### On the lines of this change'),
      summary.indexOf('<details>\n<summary>1 root cause on lines that are not changed'),
    );
    expect(own).toContain('`unknown-field`');
    expect(own).not.toContain('`image-not-pinned`');
  });

  it('has data in code only', () => {
    const summary = markdownReport(hostileReport());
    expect(summary).toContain('evil.example');
    const rest = withoutCode(summary);
    expect(rest).not.toMatch(/evil|@team|script|alert|&amp;/u);
    expect(summary).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/u);
  });
});

describe('code', () => {
  it.each([
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['``', '``` `` ```'],
    ['`', '`` ` ``'],
    ['a```` b', '`````a```` b`````'],
    ['', '`  `'],
    ['two\nlines', '`two\\nlines`'],
  ])('span of %j', (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });

  it('element for tables has no character with a meaning', () => {
    expect(codeElement('a|b `c` <d> \\| @e [f](g)')).toBe(
      '<code>a&#124;b &#96;c&#96; &#60;d&#62; &#92;&#124; &#64;e &#91;f&#93;&#40;g&#41;</code>',
    );
  });

  it('fence is longer than any run inside', () => {
    expect(fenced(['a', '```', '`````'])).toBe('``````text\na\n```\n`````\n``````');
  });
});
