import { describe, expect, test } from 'vitest';
import { type SortOptions, sortResources } from '../../src/build/order.ts';
import type { Mapping } from '../../src/source/value.ts';
import { caseFiles, decodeOutput, hasKustomizeCases } from '../support/kustomize-cases.ts';

function sort(objects: readonly Mapping[], options: SortOptions): Mapping[] {
  return sortResources(
    objects.map((object) => ({ object })),
    options,
  ).map(({ object }) => object);
}

function resource(apiVersion: string, kind: string, name: string, namespace?: string): Mapping {
  return { apiVersion, kind, metadata: namespace === undefined ? { name } : { name, namespace } };
}

describe('sortResources', () => {
  const namespace = resource('v1', 'Namespace', 'n');
  const foreignNamespace = resource('a.example/v1', 'Namespace', 'n');
  const pod = resource('v1', 'Pod', 'p');
  const job = resource('batch/v1', 'Job', 'j');
  const webhook = resource('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'w');

  test('fifo keeps the order', () => {
    expect(sort([webhook, pod, namespace], { order: 'fifo' })).toEqual([webhook, pod, namespace]);
  });

  test('legacy puts namespaces first, webhooks last, the core group after the others', () => {
    expect(sort([webhook, pod, foreignNamespace, job, namespace], { order: 'legacy' })).toEqual([
      namespace,
      foreignNamespace,
      job,
      pod,
      webhook,
    ]);
  });

  test('legacy puts a named namespace before none', () => {
    const cluster = resource('v1', 'Pod', 'a');
    const named = resource('v1', 'Pod', 'b', 'n');
    expect(sort([cluster, named], { order: 'legacy' })).toEqual([named, cluster]);
  });

  test('own lists replace both default lists', () => {
    const options = { order: 'legacy', legacySortOptions: { orderLast: ['Namespace', 'Job'] } } as const;
    expect(sort([job, namespace, webhook, pod], options)).toEqual([webhook, pod, namespace, job]);
  });

  test.skipIf(!hasKustomizeCases)(
    'is that of kustomize (../shared/conformance, skipped where absent)',
    () => {
      const unsorted = new Map([...caseFiles('expected.yaml')].map(({ path, text }) => [path, text]));
      let compared = 0;
      for (const { path, text } of caseFiles('expected-default-order.yaml')) {
        const before = unsorted.get(path.replace('expected-default-order', 'expected'));
        if (before === undefined) continue;
        compared += 1;
        expect(sort(decodeOutput(before), { order: 'legacy' }), path).toEqual(decodeOutput(text));
      }
      expect(compared).toBeGreaterThan(30);
    },
  );
});
