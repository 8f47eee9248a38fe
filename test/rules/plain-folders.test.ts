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
    'a/web.yaml',
  ]);
  expect(findings({ 'a/web.yaml': deployment('web'), 'b/new.yaml': deployment('new') }, rule)).toEqual([]);
  expect(findings({ 'a/web.yaml': deployment('web'), 'a/web2.yaml': deployment('web') }, rule)).toEqual([]);
});

it('finds in another folder what a Service selects', () => {
  const rule = 'service-selects-nothing';
  expect(findings({ 'a/web.yaml': deployment('web'), 'b/service.yaml': service }, rule)).toEqual([]);
  expect(findings({ 'b/service.yaml': service }, rule)).toEqual(['b/service.yaml']);
});
