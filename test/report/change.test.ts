import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../src/report/html/html.ts';
import { jsonReport } from '../../src/report/machine/json.ts';
import { sarifReport } from '../../src/report/machine/sarif.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { terminalReport } from '../../src/report/terminal/terminal.ts';
import { lintFiles } from '../support/lint-files.ts';
import { type Files, fluxCluster, fluxKustomization, planFiles } from '../support/plan-files.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../schema/report.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv({ strict: true, strictRequired: false, allErrors: true }).compile(schema);

const secret = `apiVersion: v1
kind: Secret
metadata: {name: login, namespace: shop}
type: Opaque
stringData:
  password: hunter2-and-more
`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: web:2.0
`;

const base: Files = {
  ...fluxCluster('clusters/prod'),
  'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
  'apps/kustomization.yaml': 'resources:\n  - login.yaml\n  - settings.yaml\n',
  'apps/login.yaml': secret,
  'apps/settings.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {A: "1"}\n',
};

function report() {
  const change = planFiles(base, {
    'apps/kustomization.yaml': 'resources:\n  - settings.yaml\n',
    'apps/settings.yaml': base['apps/settings.yaml']?.replace('"1"', '"2"'),
  });
  return { ...lintFiles(base), change };
}

describe('a change', () => {
  it('is data as schema/report.json describes it', () => {
    const json = JSON.parse(jsonReport(report()));
    validate(json);
    expect(validate.errors).toBeNull();
    expect(json.change.objects).toEqual([
      {
        cluster: 'prod',
        owner: 'Kustomization flux-system/apps',
        root: 'apps',
        apiVersion: 'v1',
        kind: 'ConfigMap',
        namespace: 'shop',
        name: 'settings',
        actions: ['update'],
        reason: 'updated',
        severity: 'changes',
        fields: [{ path: 'data.A', before: '1', after: '2' }],
      },
      {
        cluster: 'prod',
        owner: 'Kustomization flux-system/apps',
        root: 'apps',
        apiVersion: 'v1',
        kind: 'Secret',
        namespace: 'shop',
        name: 'login',
        actions: ['delete'],
        reason: 'pruned',
        severity: 'destroys',
      },
    ]);
  });

  it('is words for a terminal, the gravest row whole', () => {
    const text = terminalReport(report(), { colours: false, width: 100, guardCommands: false });
    expect(text).toContain('✗ destroys  Secret shop/login is deleted');
    expect(text).toContain('--> apps/kustomization.yaml:2:1 (of the base)');
    expect(text).toContain(': 1 consequence stops the merge, ');
    expect(text).toMatch(/^cluster {2}update {2}delete\nprod {10}1 {7}1$/mu);
  });

  it('is a page for a pull request', () => {
    const text = markdownReport(report());
    expect(text).toContain('This merge destroys data');
    expect(text).toContain('| `prod` | 1 | 1 |');
    expect(text).toContain('apps/kustomization.yaml:2:1');
  });

  it('has its verdict once in Markdown, and what else is known of each row', () => {
    const change = planFiles(
      { ...base, 'apps/web.yaml': deployment, 'apps/kustomization.yaml': 'resources: [web.yaml]\n' },
      { 'apps/web.yaml': deployment.replace('web:2.0', 'web:1.0') },
    );
    const text = markdownReport({ ...lintFiles(base), findings: [], change, exitCode: 0 });
    expect(text.match(/This merge restarts pods/gu)).toHaveLength(1);
    expect(text).toContain('### In the clusters');
    expect(text).toMatch(/ 1&#46;0<\/code><br><code>image web goes back to an earlier version<\/code>/u);
  });

  it('says in Markdown that what stops nothing is meant, and that nobody may acknowledge what is protected', () => {
    const { change } = report();
    const said = (more: object): string =>
      markdownReport({
        ...lintFiles(base),
        findings: [],
        exitCode: 0,
        change: { ...change, rows: change.rows.map((row) => ({ ...row, ...more })) },
      });
    expect(said({ acknowledged: { by: 'the commit', reason: 'it is not used' } })).toMatch(
      /^## ✅ This merge destroys data or identity in 1 cluster, as acknowledged$[\s\S]*^Meant: `it is not used` \(`the commit`\)$/mu,
    );
    const mild = said({ severity: 'changes', protected: 'the only copy' });
    expect(mild).toMatch(
      /^## ❌ This merge deletes protected objects$[\s\S]*^Protected: `the only copy`\./mu,
    );
    expect(mild).not.toContain('cdb-ack');
  });

  it('says in SARIF and on the page what is meant, and what is protected', () => {
    const { change } = report();
    const changedBy = (more: object) => ({
      ...lintFiles(base),
      change: { ...change, rows: change.rows.map((row) => ({ ...row, ...more })) },
    });
    const resultsOf = (text: string): { ruleId: string; level: string; suppressions?: unknown }[] =>
      JSON.parse(text).runs[0].results.filter((one: { ruleId: string }) => one.ruleId === 'pruned');
    const meant = changedBy({ acknowledged: { by: 'the commit', reason: 'it is not used' } });
    expect(resultsOf(sarifReport(meant, new Map()))[0]?.suppressions).toEqual([
      { kind: 'external', justification: 'it is not used' },
    ]);
    expect(htmlReport(meant)).toContain('<b>Meant</b> it is not used (the commit)');
    const kept = changedBy({ severity: 'changes', protected: 'the only copy' });
    expect(resultsOf(sarifReport(kept, new Map()))[0]).toMatchObject({ level: 'error' });
    expect(htmlReport(kept)).toContain('<b>Protected</b> the only copy');
    expect(htmlReport(report())).toContain('<code>cdb-ack: pruned ');
  });

  it('counts in Markdown the rows that do not fit', () => {
    const { change } = report();
    const [first] = change.rows;
    const rows = Array.from({ length: 400 }, (_, index) => ({ ...first, digest: String(index) }));
    const text = markdownReport(
      { ...lintFiles(base), change: { ...change, rows: rows as typeof change.rows } },
      { limit: 20_000 },
    );
    const told = text.match(/^> \[!CAUTION\]/gmu)?.length ?? 0;
    expect(told).toBeGreaterThan(0);
    expect(text).toContain(`${400 - told} more rows of what the change does did not fit here`);
  });

  it('is a result of SARIF at the line of the head, where a line of the base is gone', () => {
    const [run] = JSON.parse(sarifReport(report(), new Map())).runs;
    const rows = run.results.filter((one: { ruleId: string }) => one.ruleId === 'pruned');
    expect(rows).toHaveLength(1);
    const [result] = rows;
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe('pruned');
    expect(result).toMatchObject({
      ruleId: 'pruned',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'apps/kustomization.yaml' },
            region: { startLine: 2, startColumn: 1 },
          },
        },
      ],
    });
  });

  it('is a part of the page, with a row for each cause', () => {
    const page = htmlReport(report());
    expect(page).toContain('<h2 id="change">This change</h2>');
    expect(page).toContain('<b class="error">destroys</b> Secret shop/login is deleted');
    expect(page.match(/<details/gu)?.length).toBeGreaterThan(3);
  });

  it('shows no value of a Secret', () => {
    const change = planFiles(base, {
      'apps/login.yaml': secret.replace('hunter2-and-more', 'other-long-text'),
    });
    const changed = { ...lintFiles(base), change };
    for (const text of [
      jsonReport(changed),
      markdownReport(changed),
      htmlReport(changed),
      sarifReport(changed, new Map()),
      terminalReport(changed, { colours: false, width: 100, guardCommands: false }),
    ]) {
      expect(text).toContain('login');
      expect(text).not.toMatch(/hunter2|other-long/u);
    }
  });
});
