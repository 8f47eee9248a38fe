import { expect, it } from 'vitest';
import { untracked } from '../../src/object/provenance.ts';
import {
  controllerKindOf,
  controllerKinds,
  isEntryPoint,
  pathOf,
} from '../../src/reconcile/controller-kinds.ts';
import { controllerGroups, entryGroups } from '../../src/reconcile/mentions.ts';
import { parseDocuments } from '../../src/source/parse.ts';
import { isMapping, type Mapping, newMapping } from '../../src/source/value.ts';

function object(text: string): { object: Mapping; origin: typeof untracked } {
  const value = parseDocuments({ path: 'a.yaml', text }, 'kustomize').documents[0]?.value;
  return { object: isMapping(value) ? value : newMapping(), origin: untracked };
}

it('names each kind once', () => {
  const names = controllerKinds.map(({ group, kind }) => `${group}/${kind}`);
  expect(new Set(names).size).toBe(names.length);
});

it('looks for the groups of its kinds before a file is parsed', () => {
  const groups = controllerKinds.flatMap(({ group, entry, isEntry }) =>
    entry === undefined || isEntry !== undefined ? [] : [group],
  );
  expect([...new Set(groups)].sort()).toEqual([...entryGroups].sort());
  const unseen = controllerKinds.filter(
    ({ group }) => !controllerGroups.some((known) => group === known || group.endsWith(`.${known}`)),
  );
  expect(unseen).toEqual([]);
});

it.each([
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'path: ./apps/', 'apps'],
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'prune: true', ''],
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'path: ../apps', 'apps'],
  ['argoproj.io/v1alpha1', 'Application', 'source: { path: ../apps }', undefined],
  ['fluxcd.controlplane.io/v1', 'FluxInstance', 'sync: { path: clusters/a }', 'clusters/a'],
  ['fluxcd.controlplane.io/v1', 'ResourceSet', 'path: apps', undefined],
  ['argoproj.io/v1alpha1', 'Application', 'source: { path: apps/a }', 'apps/a'],
  ['argoproj.io/v1alpha1', 'Application', 'sourceHydrator: { drySource: { path: dry } }', 'dry'],
  ['argoproj.io/v1alpha1', 'ApplicationSet', 'path: apps', undefined],
])('%s %s with %s applies %s', (apiVersion, kind, spec, path) => {
  const one = object(`apiVersion: ${apiVersion}\nkind: ${kind}\nspec: { ${spec} }\n`);
  expect([isEntryPoint(one), pathOf(one)]).toEqual([true, path]);
});

it('tells a kind by its group', () => {
  const kustomization = object('apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n');
  expect([controllerKindOf(kustomization), isEntryPoint(kustomization)]).toEqual([undefined, false]);
});
