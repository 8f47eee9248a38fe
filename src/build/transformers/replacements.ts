import { isSequence, type Mapping } from '../../source/value.ts';
import { allIds } from '../accumulated-resource.ts';
import { textOf } from '../kustomization.ts';
import { isProblem, type Problem } from '../problem.ts';
import { getPart, itemsOf, type Tracked } from '../provenance.ts';
import { applyReplacements } from '../replacement.ts';
import type { Resources } from '../transformer.ts';
import type { PatchScope } from './patches.ts';

/** `replacements`: entries that stand inline, or files that hold one or a list of them. */
export function transformReplacements(
  resources: Resources,
  entries: readonly Tracked<Mapping>[],
  scope: PatchScope,
): Resources | Problem {
  const replacements: Tracked<Mapping>[] = [];
  for (const entry of entries) {
    if (textOf(entry, 'path') === '') {
      replacements.push(entry);
      continue;
    }
    const loaded = loadReplacements(entry, scope);
    if (isProblem(loaded)) return loaded;
    replacements.push(...loaded);
  }
  const targets = resources.map((resource) => ({ tracked: resource.tracked, ids: allIds(resource).reverse() }));
  const replaced = applyReplacements(targets, replacements);
  if (isProblem(replaced)) return { rule: 'replacement-invalid', ...replaced };
  return resources.map((resource, index) => {
    const tracked = replaced[index];
    return tracked === undefined || tracked === resource.tracked ? resource : { ...resource, tracked };
  });
}

function loadReplacements(entry: Tracked<Mapping>, { loader }: PatchScope): readonly Tracked<Mapping>[] | Problem {
  const path = getPart(entry, 'path') as Tracked<string>;
  if (getPart(entry, 'source') !== undefined || getPart(entry, 'targets') !== undefined) {
    return { rule: 'replacement-invalid', problem: 'a replacement has both a path and a body', help: 'keep one of them', at: path.origin };
  }
  const documents = loader.documents(path, 'replacements', 'api-server');
  if (isProblem(documents)) return documents;
  const document = documents[0];
  if (document === undefined) {
    return { rule: 'replacement-invalid', problem: `${path.value} holds no replacement`, at: path.origin };
  }
  return (isSequence(document.value) ? itemsOf(document) : [document]) as Tracked<Mapping>[];
}
