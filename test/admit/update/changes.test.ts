import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { changesOf } from '../../../src/admit/update/changes.ts';
import { formatPath } from '../../../src/source/value.ts';
import { mappingOf } from '../../support/values.ts';

function changes(old: string, next: string): readonly string[] {
  const [before, after] = [old, next].map((text) => mappingOf(parse(text)));
  if (before === undefined || after === undefined) throw new Error('no pair');
  return changesOf(before, after, { kubernetesVersion: '1.36' }).map(formatPath);
}

const deployment = (rest: string, container = 'image: "i:1"') =>
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, ${container}}]}}${rest}}}`;

describe('what an apply changes', () => {
  test('is nothing where the same is said in other words', () => {
    expect(changes(deployment(''), deployment(', replicas: 1, strategy: {type: RollingUpdate}'))).toEqual([]);
    const [half, milli] = ['"0.5"', '500m'].map((cpu) =>
      deployment('', `image: "i:1", resources: {requests: {cpu: ${cpu}}}`),
    );
    expect(changes(half ?? '', milli ?? '')).toEqual([]);
  });

  test('is each field that differs', () => {
    expect(changes(deployment(''), deployment(', replicas: 2', 'image: "i:2"'))).toEqual([
      'spec.template.spec.containers[0].image',
      'spec.replicas',
    ]);
  });

  test('is what a removed field falls back to', () => {
    expect(changes(deployment(', replicas: 3'), deployment(''))).toEqual(['spec.replicas']);
    expect(changes(deployment(', replicas: 1'), deployment(''))).toEqual([]);
  });

  test('is told of kinds that no one knows as they are written', () => {
    const wheel = (size: number) => `{apiVersion: example.org/v1, kind: Wheel, spec: {size: ${size}}}`;
    expect(changes(wheel(1), wheel(2))).toEqual(['spec.size']);
  });
});
