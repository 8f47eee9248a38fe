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
    expect(text).toMatch(/^cluster {2}update {2}delete\nprod {10}1 {7}1$/mu);
  });

  it('is a page for a pull request', () => {
    const text = markdownReport(report());
    expect(text).toContain('This merge destroys data');
    expect(text).toContain('| `prod` | 1 | 1 |');
    expect(text).toContain('apps/kustomization.yaml:2:1');
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
