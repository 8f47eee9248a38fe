import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { admitObject } from '../../../src/admit/admit.ts';
import { builtInPolicies, policyNames } from '../../../src/admit/policy/built-in.ts';
import { openBuilder } from '../../../src/build/build.ts';
import { diskFileSystem } from '../../../src/source/disk.ts';
import { openSources } from '../../../src/source/load.ts';
import { memoryFileSystem } from '../../../src/source/memory.ts';
import { type Mapping, valueAt } from '../../../src/source/value.ts';

const root = new URL('../../../', import.meta.url).pathname;
const builder = openBuilder(openSources(diskFileSystem(root)));

function rendered(directory: string): { policies: Mapping[]; bindings: Mapping[] } {
  const { resources, diagnostics } = builder.build(directory);
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  const objects = resources.map(({ object }) => object);
  return {
    policies: objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy'),
    bindings: objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding'),
  };
}

const nameOf = (object: Mapping) => valueAt(object, ['metadata', 'name']);
const actionsOf = (objects: readonly Mapping[]) => [
  ...new Set(objects.map((object) => JSON.stringify(valueAt(object, ['spec', 'validationActions'])))),
];

describe('policies/', () => {
  const { policies, bindings } = rendered('policies');

  test('holds every policy but the one about what is committed', () => {
    expect(policies.map(nameOf)).toEqual(policyNames().filter((name) => name !== 'secret-in-git'));
    expect(bindings.map((binding) => valueAt(binding, ['spec', 'policyName']))).toEqual(policies.map(nameOf));
  });

  test.each(['1.30', '1.33', '1.36'])('is admitted by Kubernetes %s', (kubernetesVersion) => {
    for (const object of [...policies, ...bindings])
      expect(admitObject(object, { kubernetesVersion })).toMatchObject({ verdict: 'accept', warnings: [] });
  });

  test('fails closed, and leaves the namespaces of the cluster alone', () => {
    expect(new Set(policies.map((policy) => valueAt(policy, ['spec', 'failurePolicy'])))).toEqual(
      new Set(['Fail']),
    );
    for (const binding of bindings)
      expect(
        valueAt(binding, ['spec', 'matchResources', 'namespaceSelector', 'matchExpressions', 0]),
      ).toMatchObject({ operator: 'NotIn', values: ['kube-system', 'kube-public', 'kube-node-lease'] });
  });

  test('takes the stance of its profile', () => {
    const labels = (binding: Mapping) => Object.keys(valueAt(binding, ['metadata', 'labels']) as object);
    const stanceOf = (profile: string) =>
      actionsOf(bindings.filter((binding) => labels(binding).includes(`profile.cdb-lint.dev/${profile}`)));
    expect(stanceOf('acceptance')).toEqual(['["Deny"]']);
    expect(stanceOf('restricted')).toEqual(['["Deny"]']);
    expect(stanceOf('recommended').sort()).toEqual(['["Deny"]', '["Warn"]']);
    expect(stanceOf('all').sort()).toEqual(['["Audit"]', '["Deny"]', '["Warn"]']);
  });
});

test('a development cluster warns where production denies', () => {
  const prod = rendered('policies/overlays/prod');
  const dev = rendered('policies/overlays/dev');
  expect(prod.policies).toHaveLength(20);
  expect(dev.policies.map(nameOf)).toEqual(prod.policies.map(nameOf));
  expect(actionsOf(prod.bindings)).toEqual(['["Deny"]']);
  expect(actionsOf(dev.bindings)).toEqual(['["Warn","Audit"]']);
  // The stance is all that differs.
  const withoutStance = (binding: Mapping) => ({
    ...binding,
    spec: { ...(binding['spec'] as Mapping), validationActions: [] },
  });
  const withoutAnnotations = (policy: Mapping) => {
    const { annotations: _, ...metadata } = policy['metadata'] as Mapping;
    return { ...policy, metadata };
  };
  expect(dev.policies.map(withoutAnnotations)).toEqual(prod.policies);
  expect(dev.bindings.map(withoutStance)).toEqual(prod.bindings.map(withoutStance));
});

test('a cluster with the default profile denies what cdb-lint calls an error, and warns of the rest', () => {
  const builder = openBuilder(
    openSources(
      memoryFileSystem({
        ...policyFiles(),
        'policies/mine/kustomization.yaml': 'resources: [../base]\ncomponents: [../profiles/default]\n',
      }),
    ),
  );
  const { resources, diagnostics } = builder.build('policies/mine');
  expect(diagnostics).toEqual([]);
  const stances = new Map(
    resources
      .filter(({ object }) => object['kind'] === 'ValidatingAdmissionPolicyBinding')
      .map(({ object }) => [nameOf(object), valueAt(object, ['spec', 'validationActions', 0])]),
  );
  const expected = builtInPolicies()
    .filter(({ name }) => name !== 'secret-in-git')
    .map(({ name, bindings }) => [name, bindings[0]?.severity === 'error' ? 'Deny' : 'Warn']);
  expect([...stances].sort()).toEqual(expected.sort());
});

function policyFiles(): Record<string, string> {
  const paths = readdirSync(`${root}policies`, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths
      .filter((path) => path.endsWith('.yaml'))
      .map((path) => [`policies/${path}`, readFileSync(`${root}policies/${path}`, 'utf8')]),
  );
}

test('the components of use one of of one form', () => {
  const read = (profile: string) =>
    readFileSync(`${root}policies/profiles/${profile}/kustomization.yaml`, 'utf8').replaceAll(profile, '');
  for (const profile of ['baseline', 'restricted', 'recommended'])
    expect(read(profile)).toBe(read('acceptance'));
});
