import { expect } from 'vitest';
import type { ChangeReport } from '../../src/report/change-report.ts';
import { judgeChange } from '../../src/run/judge-change.ts';
import { judgeTwo } from '../../src/run/judge-two.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

export type Files = Readonly<Record<string, string>>;

/** What the way from some files to others does; `undefined` takes a file of the base away. */
export function planFiles(base: Files, edits: Readonly<Record<string, string | undefined>>): ChangeReport {
  const after = new Map(Object.entries({ ...base, ...edits }));
  const head: Record<string, string> = {};
  for (const [path, text] of after) if (text !== undefined) head[path] = text;
  const options = { fileSystem: memoryFileSystem(head), paths: [''] };
  const judged = judgeTwo(options, { files: () => memoryFileSystem(base) });
  const names = { base: { name: 'base' }, head: { name: 'head' } };
  const report = judgeChange({ ...judged, names });
  expect(toldTwice(report), 'what one line does to one object is one row').toEqual([]);
  return report;
}

/** Objects of a cluster that two rows at the same line are about. */
export function toldTwice({ rows }: ChangeReport): string[] {
  const seen = new Map<string, string>();
  return rows.flatMap(({ place, reason, objects }) =>
    objects.flatMap(({ cluster, apiVersion, kind, namespace = '', name }) => {
      if (place === undefined) return [];
      const { file, start } = place.span;
      const line = `${place.revision} ${file.path}:${file.text.slice(0, start).split('\n').length}`;
      const key = [line, cluster, apiVersion, kind, namespace, name].join(' ');
      const other = seen.get(key);
      seen.set(key, reason);
      return other === undefined ? [] : [`${other}, ${reason}: ${key}`];
    }),
  );
}

/** Each object of a plan as a line: `prod Deployment/web update,rollout restarts`. */
export function objectLines({ objects }: ChangeReport): string[] {
  return objects
    .map(
      ({ cluster, kind, name, actions, reason }) => `${cluster} ${kind}/${name} ${actions.join()} ${reason}`,
    )
    .sort();
}

/** Each row of a plan as a line: `breaks refused apps/web.yaml:9 (base)`. */
export function rowLines({ rows }: ChangeReport): string[] {
  return rows.map(({ severity, reason, place }) => {
    if (place === undefined) return `${severity} ${reason}`;
    const { file, start } = place.span;
    const line = file.text.slice(0, start).split('\n').length;
    return `${severity} ${reason} ${file.path}:${line}${place.revision === 'base' ? ' (base)' : ''}`;
  });
}

const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, url: ssh://git@example.com/team/fleet, ref: {branch: main}}
---
`;

/** A Flux Kustomization of this repository, with more lines of its spec. */
export function fluxKustomization(name: string, path: string, more = 'prune: true'): string {
  const lines = more.split('\n').map((line) => `  ${line}\n`);
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 10m
  path: ./${path}
  sourceRef: {kind: GitRepository, name: flux-system}
${lines.join('')}`;
}

/** A cluster that Flux keeps as its directory says. */
export function fluxCluster(directory: string): Files {
  return { [`${directory}/gotk-sync.yaml`]: source + fluxKustomization('flux-system', directory) };
}
