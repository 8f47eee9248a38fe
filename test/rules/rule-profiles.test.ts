import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const workload = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "shop/web:1.4.2" }]
`;
const files = {
  'overlays/prod/kustomization.yaml': 'resources: [web.yaml]\n',
  'overlays/prod/web.yaml': workload,
};
const rule = 'production-unguarded';

function isTold(options: Parameters<typeof lintFiles>[1]): boolean {
  return lintFiles(files, options).findings.some((one) => one.rule === rule);
}

it('a rule of some profiles checks in those, and wherever someone names it', () => {
  expect(isTold({ profile: 'recommended' })).toBe(true);
  expect(isTold({ profile: 'all' })).toBe(true);
  expect(isTold({ only: [rule] })).toBe(true);
  expect(isTold({})).toBe(true);
  expect(isTold({ profile: 'acceptance' })).toBe(false);
  expect(isTold({ profile: 'restricted' })).toBe(false);
});
