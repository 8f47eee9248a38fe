import { type Files, requireSameReport } from '../judge-alike.ts';
import { textsOf } from './numbers.ts';

const base = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "web:1", env: [{name: A, value: b}]}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b, c.yaml: "d: [e, f]"}
`;

const filesOf = ([kustomization = '', patch = '', other = '', manifest = '']: readonly string[]): Files => ({
  'base/kustomization.yaml': 'resources: [base.yaml]\n',
  'base/base.yaml': base,
  'over/kustomization.yaml': `resources: [../base]\n${kustomization}`,
  'over/patch.yaml': patch,
  'over/other.yaml': other,
  'over/manifest.yaml': manifest,
});

/** A kustomization, a patch, a further file and a manifest beside a base. */
export function fuzz(data: Uint8Array): void {
  requireSameReport(textsOf(data), filesOf);
}
