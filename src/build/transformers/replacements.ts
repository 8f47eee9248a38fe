import { getPart, itemsOf, setItems, type Tracked } from '../../object/provenance.ts';
import { isMapping, isSequence, type Mapping, type Sequence } from '../../source/value.ts';
import { allIds } from '../accumulated-resource.ts';
import { checkFields, replacement, textOf } from '../kustomization.ts';
import { isProblem, type Problem } from '../problem.ts';
import { applyReplacements } from '../replacement.ts';
import { withObject } from '../shared-field.ts';
import type { Resources } from '../transformer.ts';
import { describeSelector, type PatchScope } from './patches.ts';

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
  const [first] = replacements;
  if (first === undefined) return resources;
  const targets = resources.map((resource) => ({
    tracked: resource.tracked,
    previousIds: allIds(resource).slice(0, -1),
  }));
  const list: Tracked<Sequence> = setItems({ value: [], origin: first.origin }, replacements);
  const replaced = applyReplacements(targets, list);
  if (isProblem(replaced)) return { rule: 'replacement-invalid', ...replaced };
  // A component's entry may match in one build, and in another not.
  for (const { entry, selected } of replaced.selections) {
    scope.log({
      by: 'replacements',
      origin: entry.origin,
      selected,
      changed: selected,
      target: describeTarget(entry),
    });
  }
  return resources.map((resource, index) => {
    const tracked = replaced.objects[index];
    return tracked === undefined || tracked === resource.tracked ? resource : withObject(resource, tracked);
  });
}

function describeTarget(target: Tracked): string {
  return isMapping(target.value) ? describeSelector(target as Tracked<Mapping>) : '';
}

function loadReplacements(
  entry: Tracked<Mapping>,
  { loader }: PatchScope,
): readonly Tracked<Mapping>[] | Problem {
  const path = getPart(entry, 'path') as Tracked<string>;
  if (getPart(entry, 'source') !== undefined || getPart(entry, 'targets') !== undefined) {
    return {
      rule: 'replacement-invalid',
      problem: 'a replacement has both a path and a body',
      help: 'keep one of them',
      at: path.origin,
    };
  }
  const documents = loader.documents(path, 'replacements', 'operations');
  if (isProblem(documents)) return documents;
  const document = documents[0];
  if (document === undefined) return noReplacement(path.value, path);
  const found: Tracked<Mapping>[] = [];
  for (const item of isSequence(document.value) ? itemsOf(document) : [document]) {
    const checked = isMapping(item.value)
      ? checkFields(item as Tracked<Mapping>, replacement, 'replacement-invalid')
      : noReplacement(path.value, item);
    if (isProblem(checked)) return checked;
    found.push(checked);
  }
  return found;
}

function noReplacement(path: string, { origin }: Tracked): Problem {
  return {
    rule: 'replacement-invalid',
    problem: `${path} contains no replacement`,
    help: 'add source: and targets: to the file, or remove the entry',
    at: origin,
  };
}
