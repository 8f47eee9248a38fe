import type { Report } from '../../src/report/report.ts';
import { judgeGate } from '../../src/run/gate.ts';
import type { LintOptions } from '../../src/run/request.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

export type Files = Readonly<Record<string, string>>;

/** The report of a change from files to others. */
export function gate(base: Files, head: Files, options: Partial<LintOptions> = {}): Report {
  const asked = {
    fileSystem: memoryFileSystem(head),
    paths: ['k8s'],
    profile: 'acceptance',
    ...options,
  };
  return judgeGate(asked, { name: 'base', files: () => memoryFileSystem(base) }).report;
}

export function without(files: Files, ...paths: readonly string[]): Files {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)));
}

export const deployment = (tag: string, name = 'web'): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
      - name: main
        image: registry.example.com/web${tag}
`;

export const plain: Files = {
  'k8s/app/kustomization.yaml': 'resources: [web.yaml]\n',
  'k8s/app/web.yaml': deployment(':1.0'),
  'k8s/beside.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: beside}\n',
};

/** The rules of errors. */
export function rulesOf({ findings }: Report): string[] {
  return [...new Set(findings.filter(({ severity }) => severity === 'error').map((one) => one.rule))];
}

export function weakenings({ findings }: Report): string[] {
  return findings.filter((one) => one.rule === 'gate-weakened').map(({ message }) => message);
}
