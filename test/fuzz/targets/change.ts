import { report } from '../../../src/index.ts';
import { judgePlan } from '../../../src/run/judge-plan.ts';
import { memoryFileSystem } from '../../../src/source/memory.ts';
import { requireSame, textsOf } from './numbers.ts';

const cluster = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec:
  path: apps
  prune: true
  interval: 1h
  sourceRef: {kind: GitRepository, name: flux-system}
`;
const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}
`;
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1"}]}
`;
const objects = { 'apps/claim.yaml': claim, 'apps/web.yaml': deployment };
const kustomization = 'namespace: shop\nresources: [claim.yaml, web.yaml]\n';

/** The way from one revision to another: what the input adds to the entry point and the kustomization of each, and an object of each. */
export function fuzz(data: Uint8Array): void {
  const [flux = '', before = '', after = '', old = '', young = ''] = textsOf(data);
  const base = revision(cluster, kustomization + before, old);
  const head = revision(cluster + flux.replace(/^/gmu, '  '), kustomization + after, young);
  requireSame(() => {
    const request = { fileSystem: memoryFileSystem(head), paths: [''] };
    return report(judgePlan(request, { name: 'base', files: () => memoryFileSystem(base) }).report, 'json');
  });
}

function revision(entry: string, apps: string, more: string): Record<string, string> {
  return {
    'clusters/a/apps.yaml': entry,
    'clusters/a/more.yaml': more,
    'apps/kustomization.yaml': apps,
    ...objects,
  };
}
