import { describe, expect, it } from 'vitest';
import type { FieldChange } from '../../src/report/change-report.ts';
import { htmlReport } from '../../src/report/html/html.ts';
import { judge } from '../../src/run/judge.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { planFiles } from '../support/plan-files.ts';

const web = (image: string, password: string, replicas = 2): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: ${image}
          env:
            - {name: MODE, value: fast}
            - {name: DB_PASSWORD, value: ${password}}
`;
const list = 'resources: [object.yaml]\n';

function fieldsOf(before: string, after: string): readonly FieldChange[] | undefined {
  const files = { 'app/kustomization.yaml': list, 'app/object.yaml': before };
  return planFiles(files, { 'app/object.yaml': after }).objects[0]?.fields;
}

describe('what differs in an object', () => {
  it('is told field by field, before and after', () => {
    const after = web('web:1.1', 'x', 3).replace('  replicas', '  paused: false\n  replicas');
    expect(fieldsOf(web('web:1.0', 'x'), after)).toEqual([
      { path: 'spec.replicas', before: '2', after: '3' },
      { path: 'spec.template.spec.containers[0].image', before: 'web:1.0', after: 'web:1.1' },
      { path: 'spec.paused', after: 'false' },
    ]);
  });

  it('is dots where it is secret, by its kind, its name, its shape or a name next to it', () => {
    const secret = (data: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: key}\nstringData: ${data}\n`;
    const told = [
      fieldsOf(web('web:1.0', 'hunter2canary'), web('web:1.0', 'hunter3canary')),
      fieldsOf(web('web:1.0', 'hunter2canary'), web('web:1.0', 'a').replace(/ {12}- .*PASSWORD.*\n/u, '')),
      fieldsOf(secret('{a: firstcanary}'), secret('{a: secondcanary, b: thirdcanary}')),
      fieldsOf(
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {url: "postgres://u:p4ssw0rdcanary@db/x"}\n',
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {url: "postgres://u:p5ssw0rdcanary@db/x"}\n',
      ),
      fieldsOf(
        'apiVersion: example.com/v1\nkind: Shop\nmetadata: {name: a}\nspec: {db: {user: a, password: n0tFoundcanary}}\n',
        'apiVersion: example.com/v1\nkind: Shop\nmetadata: {name: a}\nspec: {db: {user: b}, more: 1}\n',
      ),
    ];
    expect(told.every((one) => one !== undefined && one.length > 0)).toBe(true);
    expect(JSON.stringify(told)).toContain('••••••');
    expect(JSON.stringify(told)).not.toContain('canary');
  });

  it('is told with the names of objects, even where a Secret holds one of their words', () => {
    const secret = (user: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {user: ${user}, password: xk7canary}\n`;
    const role = (rule: string): string =>
      `---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: shop-admin-cr}\nrules: [{apiGroups: [""], resources: [pods], verbs: [${rule}]}]\n`;
    const files = { 'app/kustomization.yaml': list, 'app/object.yaml': secret('admin') + role('get') };
    const after = { 'app/object.yaml': secret('admin') + role('get, xk7canary') };
    expect(planFiles(files, after).rows.map(({ title }) => title)).toContain(
      'ClusterRole shop-admin-cr grants more permissions: •••••• pods',
    );
  });

  it('says how many fields more there are, and cuts long strings', () => {
    const map = (value: (index: number) => string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n${Array.from({ length: 40 }, (_, index) => `  k${index}: ${value(index)}\n`).join('')}`;
    const files = { 'app/kustomization.yaml': list, 'app/object.yaml': map((index) => `v${index}`) };
    const plan = planFiles(files, { 'app/object.yaml': map((index) => `${'w'.repeat(500)}${index}`) });
    const [object] = plan.objects;
    expect(object?.fields).toHaveLength(25);
    expect(object?.moreFields).toBe(15);
    expect(object?.fields?.[0]?.after).toBe(`${'w'.repeat(240)}…`);
  });

  it('stands side by side on the page, and rows are hidden by their severity', () => {
    const files = { 'app/kustomization.yaml': list, 'app/object.yaml': web('web:1.0', 'x') };
    const change = planFiles(files, { 'app/object.yaml': web('web:1.1', 'x') });
    const { report } = judge({ fileSystem: memoryFileSystem(files), paths: [''] });
    const page = htmlReport({ ...report, change });
    expect(page).toMatch(
      /<th scope="row">spec\.template\.spec\.containers\[0\]\.image<\/th><td><pre>web&#58;1\.0<\/pre><\/td><td><pre>web&#58;1\.1<\/pre><\/td>/u,
    );
    expect(page).toContain('id="x-disrupts"');
    expect(page).toContain('<details class="x-disrupts"');
    // The one script of the page is not what hides them.
    expect(page.match(/<script/gu)).toHaveLength(1);
  });
});
