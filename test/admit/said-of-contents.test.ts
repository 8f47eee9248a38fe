import { expect, it } from 'vitest';
import { type JudgeOptions, judgeResources } from '../../src/admit/judge.ts';
import { builtInPolicies } from '../../src/admit/policy/built-in.ts';
import { newSaidOfContents } from '../../src/admit/said-of-contents.ts';
import { untracked } from '../../src/object/provenance.ts';
import type { Resource } from '../../src/object/resource.ts';
import { newSameContents } from '../../src/object/same-contents.ts';
import { type Mapping, mappingOf } from '../../src/source/value.ts';
import { countWork } from '../support/count-work.ts';

const container = mappingOf({ name: 'app', image: 'app:latest', securityContext: mappingOf({}) });
const spec = mappingOf({
  replicas: 2,
  selector: mappingOf({ matchLabels: mappingOf({ app: 'a' }) }),
  template: mappingOf({
    metadata: mappingOf({ labels: mappingOf({ app: 'a' }) }),
    spec: mappingOf({ containers: [container] }),
  }),
});
const brokenSpec = mappingOf({ ...spec, replicas: -1 });

function deployment(name: string, namespace: string, of: Mapping): Resource {
  const metadata = mappingOf({ name, namespace });
  return {
    object: mappingOf({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: of }),
    origin: untracked,
  };
}

function secret(name: string, password: string): Resource {
  const metadata = mappingOf({ name, namespace: 'shop' });
  const stringData = mappingOf({ password });
  return { object: mappingOf({ apiVersion: 'v1', kind: 'Secret', metadata, stringData }), origin: untracked };
}

const options: JudgeOptions = { policies: builtInPolicies(), kubernetesVersions: ['1.36'] };

it('says of objects what is said of each by itself, whatever was judged before', () => {
  const contents = newSaidOfContents();
  const names = ['one', 'two', 'Not A Name', 'a'.repeat(300)];
  // Policies do not judge the namespaces of the cluster itself.
  const namespaces = ['shop', 'kube-system', 'other'];
  const all = names.flatMap((name) =>
    namespaces.flatMap((namespace) => [
      deployment(name, namespace, spec),
      deployment(name, namespace, brokenSpec),
      deployment(name, namespace, mappingOf({ ...spec })),
    ]),
  );
  const resources = [...all, secret('s', 'changeme'), secret('t', 'changeme'), ...all];
  const alone = resources.map((resource) => judgeResources([resource], options));
  const together = resources.map((resource) => judgeResources([resource], { ...options, contents }));
  expect(together).toEqual(alone);
  expect(new Set(together.map(({ diagnostics }) => diagnostics.length)).size).toBeGreaterThan(2);
});

it('judges objects by the policies of the cluster they are in', () => {
  const contents = newSaidOfContents();
  const resource = deployment('one', 'shop', spec);
  const found = [options.policies, [], options.policies.slice(0, 10)].map(
    (policies) => judgeResources([resource], { ...options, policies, contents }).diagnostics,
  );
  expect(found.map(({ length }) => length > 0)).toEqual([true, false, true]);
  expect(found[2]?.length).toBeLessThan(found[0]?.length ?? 0);
});

it('asks policies once for all objects of a base that differ in their names', () => {
  const workOf = (count: number): number => {
    const contents = newSaidOfContents();
    const resources = Array.from({ length: count }, (_, index) => deployment(`d${index}`, 'shop', spec));
    return countWork(() => judgeResources(resources, { ...options, contents }));
  };
  const apart = (count: number): number => {
    const resources = Array.from({ length: count }, (_, index) => deployment(`d${index}`, 'shop', spec));
    return countWork(() => judgeResources(resources, options));
  };
  apart(2);
  workOf(2);
  expect(workOf(60)).toBeLessThan(apart(60) / 2);
});

it('forgets what the last runs did not have', () => {
  const contents = newSameContents();
  const [first, second] = [deployment('one', 'shop', spec).object, deployment('one', 'shop', spec).object];
  contents.begin();
  expect(contents.firstOf(first)).toBe(first);
  expect(contents.firstOf(second)).toBe(first);
  for (let run = 0; run < 6; run++) contents.begin();
  const third = deployment('one', 'shop', spec).object;
  expect(contents.firstOf(third)).toBe(third);
});

it('tells objects apart whose keys stand in another order, or whose numbers are not the same', () => {
  const contents = newSameContents();
  const of = (data: Mapping): Mapping => mappingOf({ apiVersion: 'v1', kind: 'ConfigMap', data });
  const all = [
    of(mappingOf({ a: 1, b: 2 })),
    of(mappingOf({ b: 2, a: 1 })),
    of(mappingOf({ a: 1n, b: 2 })),
    of(mappingOf({ a: 0, b: 2 })),
    of(mappingOf({ a: -0, b: 2 })),
  ];
  expect(all.map(contents.firstOf)).toEqual(all);
  expect(new Set(all.map(contents.firstOf)).size).toBe(all.length);
});
