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
    expect(row?.details).toContain('edited as well: lines 14 and 16');
    expect(row?.details).toContain('gone as well, of the base: line 15');
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
});
