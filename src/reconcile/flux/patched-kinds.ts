import type { Resource } from '../../object/resource.ts';
import { itemsAt, type Value, valueAt } from '../../source/value.ts';

/** The kinds that Kustomizations and FluxInstances patch in what they apply: their files need not be whole. */
export function patchedKinds(declarations: ReadonlySet<Resource>): Set<string> {
  const kinds = [...declarations].flatMap(({ object }) =>
    [
      ['spec', 'patches'],
      ['spec', 'kustomize', 'patches'],
    ].flatMap((path) => itemsAt(object, path).flatMap(kindsOfPatch)),
  );
  return new Set(kinds);
}

/** As the target and the patch say, and the patches that it brings to Kustomizations in turn. */
function kindsOfPatch(entry: Value): string[] {
  const target = valueAt(entry, ['target', 'kind']);
  const patch = valueAt(entry, ['patch']);
  const named = typeof target === 'string' ? target.split('|') : [];
  const inside = typeof patch === 'string' ? patch.matchAll(/(?:^[\s-]*|[{,]\s*)kind:\s*["']?(\w+)/gmu) : [];
  return [...named, ...[...inside].flatMap(([, kind]) => kind ?? [])];
}
