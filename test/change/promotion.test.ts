import { describe, expect, it } from 'vitest';
import { type Files, planFiles } from '../support/plan-files.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: web}]
`;
const overlay = (tag: string): string =>
  `resources: [../../base]\nimages:\n  - name: web\n    newTag: ${tag}\n`;

const base: Files = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': deployment,
  'overlays/dev/kustomization.yaml': overlay('1.1.0'),
  'overlays/prod/kustomization.yaml': overlay('1.0.0'),
};

function details(edits: Readonly<Record<string, string>>, files = base): string {
  return planFiles(files, edits)
    .rows.flatMap((row) => row.details)
    .join('\n');
}

describe('the order of environments', () => {
  it('is broken by an image that production gets first', () => {
    const said = details({ 'overlays/prod/kustomization.yaml': overlay('1.2.0') });
    expect(said).toContain('web:1.2.0 reaches production first: earlier environments have web:1.1.0');
    expect(details({ 'overlays/prod/kustomization.yaml': overlay('1.1.0') })).not.toContain('first');
    expect(details({ 'overlays/dev/kustomization.yaml': overlay('1.2.0') })).not.toContain('first');
  });

  it('is nothing to a line that reaches all of them at once', () => {
    const more = deployment.replace('metadata: {labels: {app: web}}', 'metadata: {labels: {app: web, a: b}}');
    expect(details({ 'base/web.yaml': more })).toContain(
      'reaches production (overlays/prod) at the same time as overlays/dev',
    );
  });

  it('is what the configuration says', () => {
    const promotion = 'promotion: [[prod], [dev]]\n';
    const files = { ...base, 'cdb-lint.yaml': promotion };
    const said = details({ 'overlays/dev/kustomization.yaml': overlay('1.2.0') }, files);
    expect(said).toContain('web:1.2.0 reaches production first: earlier environments have web:1.0.0');
  });
});
