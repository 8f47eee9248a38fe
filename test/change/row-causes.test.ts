import { describe, expect, it } from 'vitest';
import type { ChangeReport } from '../../src/report/change-report.ts';
import { planFiles, rowLines } from '../support/plan-files.ts';

const web = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: web
          image: web:1.0
          env:
            - {name: A, value: a}
            - {name: B, value: b}
          ports: [{containerPort: 80}]
        - name: proxy
          image: proxy:1.0
`;
const claim = (name: string): string =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: ${name}, namespace: shop}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}\n`;

function editOf(text: string, after: string): ChangeReport {
  const files = { 'app/kustomization.yaml': 'resources: [object.yaml]\n', 'app/object.yaml': text };
  return planFiles(files, { 'app/object.yaml': after });
}

describe('a row', () => {
  it('of an object that leaves a list in one line is at that line, whatever else is edited', () => {
    const list = 'resources: [one.yaml, two.yaml]\n';
    const files = { 'a/kustomization.yaml': list, 'a/one.yaml': claim('one'), 'a/two.yaml': claim('two') };
    const edits = {
      'a/kustomization.yaml': list.replace('one.yaml, ', ''),
      'a/two.yaml': claim('two').replace('5Gi', '6Gi'),
    };
    expect(rowLines(planFiles(files, edits))).toContain('silent left-to-people a/kustomization.yaml:1');
  });

  it('of a file that is gone names the line of the head that listed it as well', () => {
    const nearOf = (list: string, after: string): string | undefined => {
      const files = { 'a/kustomization.yaml': list, 'a/one.yaml': claim('one'), 'a/two.yaml': claim('two') };
      const plan = planFiles(files, { 'a/kustomization.yaml': after, 'a/one.yaml': undefined });
      const { file, start } = plan.rows[0]?.place?.near ?? { file: { path: '', text: '' }, start: 0 };
      return `${file.path}:${file.text.slice(0, start).split('\n').length}`;
    };
    const flow = 'namespace: shop\nresources: [one.yaml, two.yaml]\n';
    expect(nearOf(flow, flow.replace('one.yaml, ', ''))).toBe('a/kustomization.yaml:2');
    const block = 'resources:\n  - two.yaml\n  - one.yaml\nnamespace: shop\n';
    expect(nearOf(block, block.replace('  - one.yaml\n', ''))).toBe('a/kustomization.yaml:3');
  });

  it('stands for all lines of a file that do the same to the same object, counts them and names them', () => {
    const after = web('web')
      .replaceAll(':1.0', ':1.1')
      .replace('value: b', 'value: c')
      .replace(/ +ports.*\n/u, '');
    const plan = editOf(web('web'), after);
    expect(rowLines(plan)).toEqual(['disrupts restarts app/object.yaml:11']);
    const [row] = plan.rows;
    expect(row?.title).toMatch(
      /^Deployment shop\/web restarts its pods: image web 1\.0 → 1\.1; .*\(4 edited lines\)$/u,
    );
    expect(row?.details).toContain('also edited: lines 14 and 16');
    expect(row?.details).toContain('also removed, in the base: line 15');
    expect(row?.further?.map(({ revision }) => revision)).toEqual(['head', 'head', 'base']);
    expect(row?.pods).toBe(1);
  });

  it('is another one for another reason, for the same reason in another object, and in another file', () => {
    const after = web('web').replace('web:1.0', 'web:1.1').replace('spec:\n', 'spec:\n  replicas: 2\n');
    expect(rowLines(editOf(web('web'), after))).toHaveLength(2);
    const two = `${web('web')}---\n${web('api')}`;
    expect(rowLines(editOf(two, two.replaceAll('web:1.0', 'web:1.1')))).toHaveLength(2);
    const files = {
      'app/kustomization.yaml': 'resources: [object.yaml]\npatches: [{path: patch.yaml}]\n',
      'app/object.yaml': web('web'),
      'app/patch.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec: {template: {spec: {priorityClassName: low}}}\n',
    };
    const edits = {
      'app/object.yaml': web('web').replace('web:1.0', 'web:1.1'),
      'app/patch.yaml': files['app/patch.yaml'].replace('low', 'high'),
    };
    expect(
      planFiles(files, edits)
        .rows.map(({ place }) => place?.span.file.path)
        .sort(),
    ).toEqual(['app/object.yaml', 'app/patch.yaml']);
  });

  it('stands for lines that are edited together, whatever objects they reach', () => {
    const files = {
      'app/kustomization.yaml': 'resources:\n  - a.yaml\n  - b.yaml\n  - c.yaml\n  - d.yaml\n',
      'app/a.yaml': claim('a'),
      'app/b.yaml': claim('b'),
      'app/c.yaml': claim('c'),
      'app/d.yaml': claim('d'),
    };
    const apart = planFiles(files, { 'app/kustomization.yaml': 'resources:\n  - b.yaml\n  - d.yaml\n' });
    expect(apart.rows.filter(({ reason }) => reason !== 'without-effect')).toHaveLength(2);
    const together = planFiles(files, { 'app/kustomization.yaml': 'resources:\n  - a.yaml\n  - d.yaml\n' });
    const [row, ...more] = together.rows.filter(({ reason }) => reason !== 'without-effect');
    expect(more).toEqual([]);
    expect(row?.title).toContain('2 PersistentVolumeClaims');
    expect(row?.title).toContain('(2 edited lines)');
    expect(row?.objects.map(({ name }) => name)).toEqual(['b', 'c']);
  });

  const service = (selector: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec:\n  selector:\n${selector}  ports: [{port: 80}]\n`;
  const binding =
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: all}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}\nsubjects: [{kind: ServiceAccount, name: web, namespace: shop}]\n';
  function rowsIn(base: Record<string, string>, edits: Record<string, string>): ChangeReport['rows'] {
    const listed = (files: Record<string, string>): Record<string, string> => ({
      ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`app/${name}`, text])),
    });
    const kustomization = (files: Record<string, string>): string =>
      `resources: [${Object.keys(files)
        .filter((name) => files[name] !== '')
        .join(', ')}]\n`;
    const after = { ...base, ...edits };
    return planFiles(
      { ...listed(base), 'app/kustomization.yaml': kustomization(base) },
      {
        ...Object.fromEntries(
          Object.entries(listed(edits)).map(([path, text]) => [path, text === '' ? undefined : text]),
        ),
        'app/kustomization.yaml': kustomization(after),
      },
    ).rows.filter(({ reason }) => reason !== 'without-effect');
  }

  it.each([
    [
      'a selector',
      { 'web.yaml': web('web'), 'service.yaml': service('    app: web\n') },
      { 'service.yaml': service('    app: site\n') },
      'breaks selects-nothing',
      'Service shop/web changes: spec.selector.app',
    ],
    [
      'a selector of several lines',
      { 'web.yaml': web('web'), 'service.yaml': service('    app: web\n') },
      { 'service.yaml': service('    app: site\n    tier: front\n') },
      'breaks selects-nothing',
      'also edited: line 7',
    ],
    [
      'a new binding',
      { 'web.yaml': web('web') },
      { 'binding.yaml': binding },
      'changes rights-grow',
      'ClusterRoleBinding all is created',
    ],
    [
      'labels that two Services ask for',
      {
        'web.yaml': web('web'),
        'a.yaml': service('    app: web\n'),
        'b.yaml': service('    app: web\n').replace('name: web', 'name: site'),
      },
      { 'web.yaml': web('web').replace('labels: {app: web}', 'labels: {app: other}') },
      'breaks refused',
      '',
    ],
  ])('tells what follows from %s together with it', (_, base, edits, row, detail) => {
    const rows = rowsIn(base, edits);
    expect(rows.map(({ severity, reason }) => `${severity} ${reason}`)).toEqual([row]);
    if (detail !== '') expect(rows[0]?.details).toEqual(expect.arrayContaining([detail]));
  });

  it('tells of one label what restarts, and all that no longer finds the pods', () => {
    const labelled = web('web').replace('labels: {app: web}', 'labels: {app: web, tier: front}');
    const by = service('    tier: front\n');
    const rows = rowsIn(
      { 'web.yaml': labelled, 'a.yaml': by, 'b.yaml': by.replace('name: web', 'name: site') },
      { 'web.yaml': labelled.replace('front', 'back') },
    );
    expect(rows.map(({ severity, title, pods }) => `${severity} ${title}, ${pods} pod`)).toEqual([
      'breaks Service shop/site no longer selects any pods, 1 pod',
    ]);
    expect(rows[0]?.details).toEqual(
      expect.arrayContaining([
        'Service shop/web no longer selects any pods',
        expect.stringMatching(/^Deployment shop\/web restarts its pods: /u),
      ]),
    );
    expect(rows[0]?.objects).toMatchObject([{ kind: 'Deployment', actions: ['update', 'rollout'] }]);
  });
});
