import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { applyValue, patchValue } from '../../../src/admit/update/apply.ts';
import { shapeOf } from '../../../src/admit/update/shape.ts';
import { factsFor, findKind } from '../../../src/schema/facts.ts';
import { itemsAt, type Mapping } from '../../../src/source/value.ts';
import { mappingOf } from '../../support/values.ts';

const facts = factsFor('1.36');
const deployment = findKind(facts, 'apps', 'v1', 'Deployment');
if (deployment === undefined) throw new Error('no Deployment');
const shape = shapeOf(facts, deployment.type);

/** The spec after an apply, as plain JSON. */
function applied(live: string, before: string, next: string): unknown {
  const states = { live: spec(live), applied: spec(before), next: spec(next) };
  return JSON.parse(JSON.stringify(applyValue(states, shape))).spec;
}

function spec(text: string): Mapping {
  return mappingOf({ spec: parse(text) as unknown });
}

describe('a server-side apply', () => {
  test('keeps what others set, and takes away what it gives up', () => {
    expect(applied('{replicas: 2, paused: true}', '{replicas: 2}', '{minReadySeconds: 1}')).toEqual({
      paused: true,
      minReadySeconds: 1,
    });
  });

  test('keeps the defaults of a strategy whose type it changes', () => {
    const live = '{strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%}}}';
    expect(applied(live, '{strategy: {type: RollingUpdate}}', '{strategy: {type: Recreate}}')).toEqual({
      strategy: { type: 'Recreate', rollingUpdate: { maxSurge: '25%' } },
    });
    expect(applied(live, '{strategy: {type: RollingUpdate}}', '{}')).toEqual(null);
  });

  test('tells containers apart by their names, and ports by number and protocol', () => {
    const containers = (list: string) => `{template: {spec: {containers: [${list}]}}}`;
    const live = containers('{name: a, image: i, tty: true}, {name: b, image: j}, {name: other, image: k}');
    const before = containers('{name: a, image: i}, {name: b, image: j}');
    const next = containers('{name: c, image: l}, {name: a, image: m}');
    expect(applied(live, before, next)).toEqual({
      template: {
        spec: {
          containers: [
            { name: 'c', image: 'l' },
            { name: 'a', image: 'm', tty: true },
            { name: 'other', image: 'k' },
          ],
        },
      },
    });
  });

  test('replaces atomic lists and mappings as a whole', () => {
    const live = '{selector: {matchLabels: {a: b, c: d}}}';
    expect(applied(live, '{selector: {matchLabels: {a: b}}}', '{selector: {matchLabels: {e: f}}}')).toEqual({
      selector: { matchLabels: { e: 'f' } },
    });
  });
});

describe('a client-side apply', () => {
  test('makes one of items with the same key', () => {
    const env = (list: string) => spec(`{template: {spec: {containers: [{name: a, env: [${list}]}]}}}`);
    const states = {
      live: env('{name: A, value: "1"}'),
      applied: env('{name: A, value: "1"}'),
      next: env('{name: B, value: "2"}, {name: B, value: "3"}'),
    };
    const patched = patchValue(states, shapeOf(facts, deployment.type, true));
    expect(itemsAt(patched, ['spec', 'template', 'spec', 'containers', 0, 'env'])).toEqual([
      mappingOf({ name: 'B', value: '3' }),
    ]);
  });

  test('merges by the keys of a strategic merge patch', () => {
    const ports = (list: string) => spec(`{template: {spec: {containers: [{name: a, ports: [${list}]}]}}}`);
    const states = {
      live: ports('{containerPort: 80, protocol: UDP}'),
      applied: ports('{containerPort: 80}'),
      next: ports('{containerPort: 80, name: http}'),
    };
    const patched = patchValue(states, shapeOf(facts, deployment.type, true));
    expect(itemsAt(patched, ['spec', 'template', 'spec', 'containers', 0, 'ports'])).toEqual([
      mappingOf({ containerPort: 80, protocol: 'UDP', name: 'http' }),
    ]);
  });
});
