import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';
import {
  configMap,
  discoverFiles,
  findingsOf,
  fluxKustomization,
  scaledDeployment,
} from './discover-files.ts';

describe('spec.ignore', () => {
  it.each([
    ['nothing', [], true],
    ['replicas of all', ['ignore: [{ paths: [/spec/replicas] }]'], false],
    [
      'replicas of Deployments',
      ['ignore: [{ paths: [/spec/replicas], target: { kind: Deployment } }]'],
      false,
    ],
    ['replicas of others', ['ignore: [{ paths: [/spec/replicas], target: { kind: StatefulSet } }]'], true],
    ['another field', ['ignore: [{ paths: [/spec/paused] }]'], true],
  ])('leaves %s to an autoscaler', (_, spec, expected) => {
    const { findings } = lintFiles({
      'clusters/dev/apps.yaml': fluxKustomization('apps', './apps', ...spec),
      'apps/web.yaml': scaledDeployment('app'),
    });
    expect(findings.some(({ rule }) => rule === 'replicas-under-autoscaler')).toBe(expected);
  });
});

describe('expressions', () => {
  const invalid = (...spec: readonly string[]): string[] =>
    lintFiles({
      'clusters/dev/flux-system/sync.yaml': fluxKustomization('flux-system', './clusters/dev'),
      'clusters/dev/apps.yaml': fluxKustomization('apps', './apps', ...spec),
      'clusters/dev/db.yaml': fluxKustomization('db', './db'),
      'apps/web.yaml': configMap('web', 'k: v'),
      'db/web.yaml': configMap('db', 'k: v'),
    })
      .findings.filter(({ rule }) => rule === 'flux-expression-invalid')
      .map(({ message, span: { file, start, end } }) => `${file.text.slice(start, end)}: ${message}`);
  const ready = (text: string): string[] => invalid(`dependsOn: [{ name: db, readyExpr: "${text}" }]`);
  const stalls = 'Flux cannot use this expression, and the Kustomization stalls: ';

  it('that say when a dependency is ready are compiled', () => {
    expect(ready("dep.status.conditions.exists(c, c.type == 'Ready') && self.metadata.name != ''")).toEqual(
      [],
    );
    expect(ready('has(dep.status) &&')).toHaveLength(1);
    expect(ready("object.status.ready == 'yes'")[0]).toMatch(/^object: .*stalls: .*object/u);
    expect(ready('dep.metadata.name')).toEqual([
      `dep: ${stalls}it evaluates to dyn, but must evaluate to a boolean`,
    ]);
  });

  it('that say what is healthy are parsed, whatever fields they name', () => {
    const health = (text: string): string[] =>
      invalid(`healthCheckExprs: [{ apiVersion: example.com/v1, kind: Cluster, current: "${text}" }]`);
    expect(health("status.phase == 'Ready'")).toEqual([]);
    expect(health("status.phase == 'Ready")).toHaveLength(1);
  });

  it('are no circle, and take the place of wait', () => {
    const files = (expression: string) => ({
      'clusters/dev/a.yaml': fluxKustomization(
        'a',
        './apps',
        `dependsOn: [{ name: b${expression} }]`,
      ).replace('wait: true', 'wait: false'),
      'clusters/dev/b.yaml': fluxKustomization('b', './apps', `dependsOn: [{ name: a${expression} }]`),
      'apps/web.yaml': configMap('web', 'k: v'),
    });
    const found = (expression: string): string[] => findingsOf(discoverFiles(files(expression)));
    expect(found('')).toContain('dependency-cycle clusters/dev/a.yaml:12');
    expect(found(', readyExpr: dep.status.observedGeneration > 0')).not.toContain(
      'dependency-cycle clusters/dev/a.yaml:12',
    );
  });
});
