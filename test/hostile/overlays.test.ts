import { expect, it } from 'vitest';
import { callsOf, countIn } from '../support/call-counts.ts';
import { lintFiles } from '../support/lint-files.ts';

const base = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "example.com/web:1.0", envFrom: [{ configMapRef: { name: web } }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data: { MODE: a }
`;
const kinds = 3;

const overlays = (count: number): Record<string, string> => ({
  'base/kustomization.yaml': 'resources: [a.yaml]\n',
  'base/a.yaml': base,
  ...Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `o${index}/kustomization.yaml`,
      `resources: [../base]\nnamespace: n${index}\nnamePrefix: o${index}-\nlabels: [{ pairs: { team: t${index} } }]\nimages: [{ name: example.com/web, newTag: v${index} }]\n`,
    ]),
  ),
});

it('what overlays have in common is judged once, and of what they set only what policies read', () => {
  const few = countIn(() => lintFiles(overlays(10)));
  const many = countIn(() => lintFiles(overlays(60)));
  const more = (name: string): number => callsOf(name, many.calls) - callsOf(name, few.calls);
  expect(many.result.exitCode).toBe(few.result.exitCode);
  expect(callsOf('admitObject', few.calls)).toBe(kinds);
  expect(more('admitObject')).toBe(0);
  // Those that read the image, or the reference beside it.
  const readers = 6;
  expect(more('evaluateWith')).toBeLessThanOrEqual(50 * readers);
  expect(more('evaluateWith')).toBeGreaterThan(0);
});

it('what a server makes of the objects of a base is made once, and again only with other texts', () => {
  // Two of one shape that differ in labels that select, so that neither tells what the other is.
  const twice = (count: number): Record<string, string> => ({
    ...overlays(count),
    'base/a.yaml': `${base}---\n${base.replaceAll('web', 'api')}`,
  });
  const few = countIn(() => lintFiles(twice(10)));
  const many = countIn(() => lintFiles(twice(60)));
  const made = callsOf('builtInObject', few.calls);
  expect(made).toBeGreaterThan(0);
  expect(callsOf('builtInObject', many.calls)).toBe(made);
});

it('what a step leaves as it was is not looked at again', () => {
  const few = countIn(() => lintFiles(overlays(10)));
  const many = countIn(() => lintFiles(overlays(60)));
  const more = callsOf('listInMetadata', many.calls) - callsOf('listInMetadata', few.calls);
  // Namespace, name and labels change each of them, and images one.
  expect(more).toBeLessThanOrEqual(50 * (3 * kinds + 1));
});

it('claims are looked for once in a build, however many services there are', () => {
  const callsFor = (count: number): number | undefined => {
    const services = Array.from({ length: count }, (_, index) => base.replaceAll('web', `web${index}`));
    const files = { 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': services.join('---\n') };
    return countIn(() => lintFiles(files)).calls.get('claimsOf src/workload/capacity/resource-sums.ts');
  };
  const few = callsFor(10);
  expect(few).toBeGreaterThan(0);
  expect(callsFor(60)).toBe(few);
});
