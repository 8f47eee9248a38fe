import {
  getPart,
  itemsOf,
  type Origin,
  replaceValue,
  setItem,
  setKey,
  type Tracked,
} from '../../object/provenance.ts';
import { lastPartOf } from '../../source/path.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Value } from '../../source/value.ts';
import { entryFor, findEntry, isListEntry } from '../field-path.ts';
import { isItemStep, isTextAsKey, keyThatIsNoText, splitPath } from '../field-spec.ts';
import { entriesOf, mappingOf, textOf } from '../kustomization.ts';
import type { Loader } from '../loader.ts';
import { checkPlugin } from '../plugin-fields.ts';
import { isProblem, type Problem } from '../problem.ts';
import { scalarSource, writtenOver } from '../scalar-style.ts';
import { mapObjects, type Resources } from '../transformer.ts';
import { setNamespace } from './namespace.ts';
import { selectResources } from './patches.ts';

/** The ValueAddTransformer: writes one value into fields, or into a place of a path they hold (api/filters/valueadd). */
export function addValues(
  resources: Resources,
  config: Tracked<Mapping>,
  loader: Loader,
): Resources | Problem {
  const value = textOf(config, 'value').trim() || lastPartOf(loader.directory);
  const targets = [...entriesOf(config, 'targets')];
  const file = getPart(config, 'targetFilePath');
  if (typeof file?.value === 'string' && file.value !== '') {
    const documents = loader.documents(file as Tracked<string>, 'transformers', 'operations');
    if (isProblem(documents)) return documents;
    const [document] = documents;
    if (document !== undefined && isMapping(document.value)) {
      const checked = checkPlugin('ValueAddTransformer', document as Tracked<Mapping>);
      if (isProblem(checked)) return checked;
      targets.push(...entriesOf(checked, 'targets'));
    }
  }
  let current = resources;
  for (const target of targets) {
    const next = addValue(current, target, value);
    if (isProblem(next)) return next;
    current = next;
  }
  if (targets.length > 0) return current;
  return {
    rule: 'plugin-invalid',
    problem: 'a ValueAddTransformer needs a target',
    help: 'write targets: with a fieldPath',
    at: config.origin,
  };
}

function addValue(resources: Resources, target: Tracked<Mapping>, value: string): Resources | Problem {
  const fieldPath = textOf(target, 'fieldPath');
  if (fieldPath === '')
    return {
      rule: 'plugin-invalid',
      problem: 'the target has no fieldPath',
      help: 'write fieldPath: with a path such as metadata/namespace',
      at: target.origin,
    };
  const position = getPart(target, 'filePathPosition')?.value;
  if (typeof position === 'number' && position < 0) {
    return {
      rule: 'plugin-invalid',
      problem: 'filePathPosition must not be negative',
      help: 'write 0 to replace the value, or the position in the path to insert before, starting at 1',
      at: target.origin,
    };
  }
  const selector = mappingOf(target, 'selector');
  const selected = selector === undefined ? resources : selectResources(resources, selector);
  if (isProblem(selected)) return selected;
  return mapObjects(resources, (object, resource) => {
    if (!selected.includes(resource)) return object;
    if (fieldPath === 'metadata/namespace') return setNamespace(object, value, target.origin, { specs: [] });
    return writeAt(object, splitPath(fieldPath), 0, target.origin, (old) =>
      typeof position === 'number' && position > 0 ? insertPathPart(old, position - 1, value) : value,
    ) as Tracked<Mapping> | Problem;
  });
}

function writeAt(
  node: Tracked,
  steps: readonly string[],
  depth: number,
  origin: Origin,
  change: (old: string) => string,
): Tracked | Problem {
  if (depth === steps.length) {
    if (typeof node.value === 'object' && node.value !== null) {
      return {
        problem: 'a value can be added only to a scalar',
        help: 'use a field that contains a string',
        at: node.origin,
      };
    }
    return replaceValue(node, writtenOver(node, change(scalarSource(node))), origin);
  }
  if (isSequence(node.value)) return writeInList(node, steps, depth, origin, change);
  if (!isMapping(node.value))
    return {
      problem: `there is no mapping to set ${steps[depth] ?? ''} in`,
      help: 'correct the fieldPath',
      at: node.origin,
    };
  const key = steps[depth] ?? '';
  if (isItemStep(key))
    return {
      problem: `${key} stands for an item of a list, and there is a map here`,
      help: 'correct the fieldPath',
      at: origin,
    };
  const found = getPart(node, key);
  if (found === undefined && depth > 0 && !isTextAsKey(key)) return keyThatIsNoText(key, origin);
  const isLast = depth === steps.length - 1;
  const part = found ?? { value: isLast ? '' : emptyBefore(steps[depth + 1] ?? ''), origin };
  const next = writeAt(part, steps, depth + 1, origin, change);
  return isProblem(next) ? next : setKey(node as Tracked<Mapping>, key, next);
}

/** What is created for a step depends on the next one (getPathPartKind of kyaml). */
function emptyBefore(next: string): Value {
  return isListEntry(next) || (isItemStep(next) && /\d/.test(next)) ? [] : newMapping();
}

function writeInList(
  list: Tracked,
  steps: readonly string[],
  depth: number,
  origin: Origin,
  change: (old: string) => string,
): Tracked | Problem {
  const step = steps[depth] ?? '';
  const items = itemsOf(list);
  const index = isListEntry(step) ? findEntry(list, step) : step === '-' ? items.length - 1 : Number(step);
  if (isProblem(index)) return index;
  // Nothing is written behind the end of a list.
  if (index !== undefined && index >= items.length) return list;
  const item = index === undefined ? entryFor(step, origin) : isItemStep(step) ? items[index] : undefined;
  if (item === undefined)
    return {
      problem: `${step} stands for no item of this list, which has ${items.length}`,
      help: 'correct the fieldPath: use an index from 0, or [field=value]',
      at: list.origin,
    };
  if (isProblem(item)) return item;
  const next = writeAt(item, steps, depth + 1, origin, change);
  return isProblem(next) ? next : setItem(list, index ?? items.length, next);
}

// An absolute path stays absolute; a position behind the end appends (kyaml filesys.InsertPathPart).
function insertPathPart(path: string, position: number, part: string): string {
  const isAbsolute = path.startsWith('/');
  const parts = path.split('/').filter((each) => each !== '');
  parts.splice(Math.min(position, parts.length), 0, part);
  return (isAbsolute ? '/' : '') + parts.join('/');
}
