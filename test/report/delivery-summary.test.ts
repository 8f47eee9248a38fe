import { expect, it } from 'vitest';
import { deliverySummary } from '../../src/report/markdown/delivery-summary.ts';
import { hostileReport } from '../support/hostile-report.ts';
import { lintFiles } from '../support/lint-files.ts';
import { withoutCode } from '../support/markdown-code.ts';

const files = {
  'cdb-lint.yaml': 'environments: {dev: {root: dev}, prod: {root: prod}}\nrequiredWorkloads: [web]\n',
  'base/kustomization.yaml': 'resources: [web.yaml, service.yaml, quota.yaml]\n',
  'base/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: web:1.0.0
          ports: [{containerPort: 80}]
          resources:
            requests: {cpu: 100m, memory: 64Mi}
            limits: {cpu: 200m, memory: 64Mi}
`,
  'base/service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports: [{port: 80}]\n',
  'base/quota.yaml':
    'apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q}\nspec:\n  hard:\n    requests.cpu: 300m\n',
  'dev/kustomization.yaml': 'resources: [../base]\n',
  'prod/kustomization.yaml':
    'resources: [../base]\nreplicas:\n  - name: web\n    count: 2\nimages:\n  - name: web\n    newTag: 1.0.1\n',
};
const summary = deliverySummary(lintFiles(files, { withEvidence: true, now: new Date('2026-01-01') }));

it('gives the line behind each mark', () => {
  expect(summary).toContain('| `web` | exists | ✅ | `base/web.yaml:4` |');
  expect(summary).toContain('| `web` | limits | ✅ | `base/web.yaml:15` `base/web.yaml:16` |');
  expect(summary).toContain('| `web` | image | ✅ | `base/web.yaml:12` |');
  expect(summary).toContain('| `web` | image | ✅ | `prod/kustomization.yaml:7` |');
  expect(summary).toContain('| `web` | wired | ✅ | `base/service.yaml:5` |');
  expect(summary).toContain('| `web` | caps | ❌ 1 | – |');
  expect(summary).toContain('| `web` | secrets | ✅ | no manifest contradicts it |');
});

it('adds up, and holds the sums against the quotas', () => {
  expect(summary).toContain('| `dev` | steady state | 1 | 100m | 200m | 64Mi | 64Mi | 0 |');
  expect(summary).toContain('| `prod` | during rollouts | 3 | 300m | 600m | 192Mi | 192Mi | 0 |');
  expect(summary).toContain('| `prod` | `q` | `requests.cpu` | 300m | 200m | 300m | 300m | ✅ |');
  const small = { ...files, 'base/quota.yaml': files['base/quota.yaml'].replace('300m', '250m') };
  expect(deliverySummary(lintFiles(small))).toContain('| 250m | 200m | 300m | 300m | ❌ during rollouts |');
});

it('says who has what, and who applies what', () => {
  expect(summary).toContain('1 of 5 properties differ between <code>dev</code> and <code>prod</code>.');
  expect(summary).toContain('| `web` | `replicas` | – | ✅ `prod/kustomization.yaml:4` |');
  expect(summary).toContain('| `prod` | `kustomization prod` | `prod` | 3 |');
});

it('is the same on any day', () => {
  const other = lintFiles(files, { withEvidence: true, now: new Date('2031-05-05') });
  expect(deliverySummary(other)).toBe(summary);
  expect(summary).not.toMatch(/20\d\d/u);
});

it('lets no text out of its cell', () => {
  const text = deliverySummary(hostileReport());
  expect(text).toContain('## Findings');
  expect(text).toContain('evil.example');
  expect(withoutCode(text)).not.toMatch(/evil|@team|script|alert|&amp;/u);
});
