import { isTrueAt } from '../../object/object-field.ts';
import { getAt, itemsOf } from '../../object/provenance.ts';
import { nameOf, namespaceOf, type Resource, trackedObject } from '../../object/resource.ts';
import { generate } from '../../reconcile/argocd/generators.ts';
import type { Sources } from '../../source/load.ts';
import { isMapping, type Mapping } from '../../source/value.ts';

/** The names of the parameters that the generators of an ApplicationSet bring, with dots between those of mappings. */
export function setParameters(set: Resource, sources: Sources): string[] {
  const generators = getAt(trackedObject(set), ['spec', 'generators']);
  const isGoTemplate = isTrueAt(set.object, 'spec', 'goTemplate');
  const context = { sources, isHere: () => true, isGoTemplate, isStrict: false };
  const names = new Set<string>();
  for (const generator of generators === undefined ? [] : itemsOf(generators))
    for (const { value } of generate(generator, context).parameters.slice(0, most))
      addNames(value, '', names);
  return [...names].sort();
}

/** What further ones bring is mostly the same. */
const most = 50;
const deepest = 6;

function addNames(mapping: Mapping, before: string, names: Set<string>, depth = 0): void {
  for (const key of Object.keys(mapping)) {
    const value = mapping[key];
    names.add(before + key);
    if (isMapping(value) && depth < deepest) addNames(value, `${before}${key}.`, names, depth + 1);
  }
}

/** What an ApplicationSet is known by. */
export function setKey({ object }: Resource): string {
  return `${namespaceOf(object)}/${nameOf(object)}`;
}
