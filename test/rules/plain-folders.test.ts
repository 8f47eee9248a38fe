import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - {name: web, image: "web:1.0.0"}
`;
const service =
  'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports: [{port: 80}]\n';

function findings(files: Readonly<Record<string, string>>, rule: string): readonly string[] {
  return lintFiles(files, { only: [rule] }).findings.map(({ span }) => span.file.path);
}

it('takes files of one folder for one cluster, but not those of two, nor two versions of one object', () => {
  const rule = 'selectors-overlap';
  expect(findings({ 'a/web.yaml': deployment('web'), 'a/new.yaml': deployment('new') }, rule)).toEqual([
    'a/new.yaml',
  ]);
  expect(findings({ 'a/web.yaml': deployment('web'), 'b/new.yaml': deployment('new') }, rule)).toEqual([]);
  expect(findings({ 'a/web.yaml': deployment('web'), 'a/web2.yaml': deployment('web') }, rule)).toEqual([]);
});

it('finds in another folder what a Service selects', () => {
  const rule = 'service-selects-nothing';
  expect(findings({ 'a/web.yaml': deployment('web'), 'b/service.yaml': service }, rule)).toEqual([]);
  expect(findings({ 'b/service.yaml': service }, rule)).toEqual(['b/service.yaml']);
});

it('takes files that hold the same object for alternatives, each with what is next to both', () => {
  const listening = (port: number): string =>
    `${deployment('web').trimEnd().slice(0, -1)}, ports: [{containerPort: ${port}}]}\n`;
  const sending = (name: string, port: number): string =>
    service.replace('name: web', `name: ${name}`).replace('80', String(port));
  const files = {
    'a/plain.yaml': `${listening(8080)}---\n${sending('web', 8080)}`,
    'a/tls.yaml': `${listening(8443)}---\n${sending('web-tls', 8443)}`,
    'a/metrics.yaml': sending('metrics', 9090),
  };
  expect(findings(files, 'service-port-unmatched')).toEqual(['a/metrics.yaml']);
  expect(findings({ ...files, 'a/new.yaml': deployment('new') }, 'selectors-overlap')).toEqual([
    'a/new.yaml',
  ]);
  // A pair is told at the first of its names, which both of the alternatives hold here.
  expect(findings({ ...files, 'a/zoo.yaml': deployment('zoo') }, 'selectors-overlap')).toEqual([
    'a/plain.yaml',
    'a/tls.yaml',
  ]);
});
