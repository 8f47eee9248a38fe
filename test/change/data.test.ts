import { describe, expect, it } from 'vitest';
import type { ChangeReport } from '../../src/report/change-report.ts';
import { type Files, fluxCluster, fluxKustomization, objectLines, planFiles } from '../support/plan-files.ts';

const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {storageClassName: fast, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;

const statefulSet = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  replicas: 3
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "db:1.4.0"}]}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;

function filesOf(objects: Files): Files {
  const list = Object.keys(objects).map((name) => `  - ${name}\n`);
  const files = Object.entries(objects).map(([name, text]) => [`apps/${name}`, text] as const);
  return {
    ...fluxCluster('clusters/prod'),
    'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
    'apps/kustomization.yaml': `resources:\n${list.join('')}`,
    ...Object.fromEntries(files),
  };
}

function without(files: Files, name: string): Record<string, string> {
  const text = files['apps/kustomization.yaml'] ?? '';
  return { 'apps/kustomization.yaml': text.replace(`  - ${name}\n`, '') };
}

function rowOf(plan: ChangeReport, kind: string): string[] {
  const row = plan.rows.find(({ objects }) => objects.some((one) => one.kind === kind));
  return [`${row?.severity} ${row?.reason}`, ...(row?.details ?? [])];
}

describe('the data of a claim that is deleted', () => {
  it('goes with it where nothing keeps it', () => {
    const files = filesOf({ 'claim.yaml': claim, 'set.yaml': statefulSet });
    expect(rowOf(planFiles(files, without(files, 'claim.yaml')), 'PersistentVolumeClaim')).toEqual([
      'destroys pruned',
    ]);
  });

  it('stays in a volume of the repository that is retained', () => {
    const volume = `apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec:
  persistentVolumeReclaimPolicy: Retain
  claimRef: {name: data, namespace: shop}
  accessModes: [ReadWriteOnce]
  capacity: {storage: 1Gi}
  nfs: {server: nfs.example.com, path: /data}
`;
    const files = filesOf({ 'claim.yaml': claim, 'volume.yaml': volume });
    expect(rowOf(planFiles(files, without(files, 'claim.yaml')), 'PersistentVolumeClaim')).toEqual([
      'breaks pruned',
      'PersistentVolume disk keeps the data (Retain), and stays unbound until someone clears its claimRef',
    ]);
  });

  it('stays in a volume that it shares nothing with but a class that makes none', () => {
    const volume = (policy: string): string => `apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec:
  storageClassName: fast
${policy}  accessModes: [ReadWriteOnce]
  capacity: {storage: 1Gi}
  nfs: {server: nfs.example.com, path: /data}
`;
    const severityWith = (policy: string): string | undefined => {
      const files = filesOf({ 'claim.yaml': claim, 'volume.yaml': volume(policy) });
      return rowOf(planFiles(files, without(files, 'claim.yaml')), 'PersistentVolumeClaim')[0];
    };
    expect(severityWith('')).toBe('breaks pruned');
    expect(severityWith('  persistentVolumeReclaimPolicy: Retain\n')).toBe('breaks pruned');
    expect(severityWith('  persistentVolumeReclaimPolicy: Delete\n')).toBe('destroys pruned');
    expect(severityWith('  claimRef: {name: other, namespace: shop}\n')).toBe('destroys pruned');
  });

  it('stays in volumes of a class that retains them', () => {
    const storage = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: example.com/disk
reclaimPolicy: Retain
`;
    const files = filesOf({ 'claim.yaml': claim, 'class.yaml': storage });
    expect(rowOf(planFiles(files, without(files, 'claim.yaml')), 'PersistentVolumeClaim')[0]).toBe(
      'breaks pruned',
    );
  });

  it('does not follow to another namespace', () => {
    const files = filesOf({ 'claim.yaml': claim });
    const plan = planFiles(files, {
      'apps/claim.yaml': claim.replace('namespace: shop', 'namespace: store'),
    });
    expect(rowOf(plan, 'PersistentVolumeClaim')).toEqual([
      'destroys pruned',
      'the new one starts with an empty volume, without the data',
    ]);
  });
});

describe('a stateful set', () => {
  it('that is deleted leaves the claims of its pods', () => {
    const files = filesOf({ 'claim.yaml': claim, 'set.yaml': statefulSet });
    expect(rowOf(planFiles(files, without(files, 'set.yaml')), 'StatefulSet')).toEqual([
      'breaks pruned',
      'its claims data-db-0 to -2 stay behind with their data',
    ]);
  });

  it('that gets another name begins with empty volumes', () => {
    const files = filesOf({ 'set.yaml': statefulSet });
    const suffixed = `nameSuffix: -two\n${files['apps/kustomization.yaml']}`;
    const plan = planFiles(files, { 'apps/kustomization.yaml': suffixed });
    expect(rowOf(plan, 'StatefulSet').slice(1)).toEqual([
      'its claims data-db-0 to -2 stay behind with their data',
      'the new one starts with an empty volume, without the data',
    ]);
  });

  it('cannot change its claim templates, and says how to go about it', () => {
    const files = filesOf({ 'set.yaml': statefulSet });
    const plan = planFiles(files, { 'apps/set.yaml': statefulSet.replace('storage: 1Gi', 'storage: 2Gi') });
    expect(objectLines(plan)).toEqual(['prod StatefulSet/db refused refused']);
    expect(plan.rows[0]?.safe.map(({ text }) => text)).toContain(
      'kubectl delete statefulset db -n shop --cascade=orphan: its pods and claims stay',
    );
  });
});

describe('a volume of a workload', () => {
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "web:1.4.0"}]
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: data}
`;

  it.each([
    ['persistentVolumeClaim: {claimName: other}', 'claim data → claim other'],
    ['emptyDir: {}', 'claim data → emptyDir'],
  ])('that becomes %s leaves its data behind', (to, what) => {
    const files = filesOf({ 'web.yaml': deployment });
    const plan = planFiles(files, {
      'apps/web.yaml': deployment.replace('persistentVolumeClaim: {claimName: data}', to),
    });
    expect(plan.rows.map(({ reason, title }) => `${reason} ${title}`)).toContain(
      `volume-replaced Deployment shop/web no longer mounts a volume with data: ${what}`,
    );
  });

  it('that is retained no longer is said', () => {
    const volume = `apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec:
  persistentVolumeReclaimPolicy: Retain
  accessModes: [ReadWriteOnce]
  capacity: {storage: 1Gi}
  csi: {driver: disk.example.com, volumeHandle: a}
`;
    const files = filesOf({ 'volume.yaml': volume });
    const plan = planFiles(files, { 'apps/volume.yaml': volume.replace('Retain', 'Delete') });
    expect(plan.rows.map(({ title }) => title)).toEqual([
      'PersistentVolume disk is deleted with its claim from now on: Retain → Delete',
    ]);
  });
});
