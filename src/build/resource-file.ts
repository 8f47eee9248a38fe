import { getAt, getPart, itemsOf, type Tracked } from '../object/provenance.ts';
import { nameOf } from '../object/resource.ts';
import { isMapping, isSequence, type Mapping, type Value, valueAt } from '../source/value.ts';
import { isItemOfJson, keepsMergeKey } from './emptied-block.ts';
import { isProblem, type Problem } from './problem.ts';

/**
 * The objects of a file's documents as kustomize takes them in (api/resource/factory.go of v5.8): empty documents are
 * dropped, kinds that end in List are replaced by their items at the end, and each object needs a kind and a name.
 */
export function readObjects(documents: readonly Tracked[]): readonly Tracked<Mapping>[] | Problem {
  const queue: Tracked[] = [];
  for (const document of documents) {
    if (isNothing(document)) continue;
    const problem = checkObject(document);
    if (problem !== undefined) return problem;
    queue.push(document);
  }
  const objects: Tracked<Mapping>[] = [];
  for (let index = 0; index < queue.length; index++) {
    const object = queue[index] as Tracked<Mapping>;
    const items = listItems(object);
    if (items === undefined) {
      objects.push(object);
      continue;
    }
    if (isProblem(items)) return items;
    for (const item of items.some(isItemOfJson) ? items.flatMap(takenApart) : items) {
      if (isNothing(item)) continue;
      const problem = checkObject(item);
      if (problem !== undefined) return problem;
      queue.push(item);
    }
  }
  return objects;
}

function isNothing(object: Tracked): boolean {
  return isEmpty(object.value) && (isItemOfJson(object) || !keepsMergeKey(object));
}

function isEmpty(value: Value): boolean {
  if (value === null) return true;
  return isMapping(value) ? Object.keys(value).length === 0 : isSequence(value) && value.length === 0;
}

/** The items of a `*List` object, undefined for other objects and for lists without `items`. */
function listItems(object: Tracked<Mapping>): readonly Tracked[] | undefined | Problem {
  const kind = object.value['kind'];
  if (typeof kind !== 'string' || !kind.endsWith('List')) return undefined;
  const items = getPart(object, 'items');
  if (items === undefined) return undefined;
  if (items.value === null) return [];
  if (!isSequence(items.value)) {
    return {
      rule: 'resource-invalid',
      problem: `items of a ${kind} must be a list`,
      help: 'start each object with a dash, or write items: []',
      at: items.origin,
    };
  }
  return itemsOf(items);
}

/** What goes through JSON is read again as a file of its own, of which the items of these two kinds are taken at once (kio.ByteReader). */
function takenApart(item: Tracked): readonly Tracked[] {
  const kind = isMapping(item.value) ? item.value['kind'] : undefined;
  const items = kind === 'List' || kind === 'ResourceList' ? getPart(item, 'items') : undefined;
  return items !== undefined && isSequence(items.value) ? itemsOf(items) : [item];
}

function checkObject(object: Tracked): Problem | undefined {
  if (!isMapping(object.value)) {
    return {
      rule: 'resource-invalid',
      problem: 'this is not a Kubernetes object: it is not a mapping',
      help: 'a resource has apiVersion, kind and metadata.name',
      at: object.origin,
    };
  }
  const kind = object.value['kind'];
  if (typeof kind !== 'string' || kind === '') {
    return {
      rule: 'resource-invalid',
      problem: 'the object has no kind',
      help: 'write its kind, or remove the file from resources',
      at: object.origin,
    };
  }
  if (!kind.endsWith('List') && nameOf(object.value) === '') {
    return {
      rule: 'resource-invalid',
      problem: `the ${kind} has no metadata.name`,
      help: 'add a name: kustomize identifies objects by their names',
      at: (getAt(object, ['metadata']) ?? object).origin,
    };
  }
  // Of a list the items alone are taken.
  return kind.endsWith('List') && Object.hasOwn(object.value, 'items') ? undefined : listInMetadata(object);
}

/**
 * Of annotations and labels in a list kustomize takes each second item for the value of the one before it, or it panics
 * (visitMappingNodeFields of kyaml 0.21).
 */
export function listInMetadata(object: Tracked): Problem | undefined {
  for (const path of mapsOfMetadata) {
    const list = valueAt(object.value, path);
    const isList = isSequence(list) && (list.length > 0 || path.length === 1);
    const isText = path.length === 1 && list !== undefined && list !== null && typeof list !== 'object';
    if (!isList && !isText) continue;
    const what = isList ? 'list' : 'scalar';
    return {
      rule: 'resource-invalid',
      problem: `${path.join('.')} is a ${what}, which kustomize reads as a map or not at all`,
      help: 'write a map: each key with its value',
      at: (getAt(object, path) ?? object).origin,
    };
  }
  return undefined;
}

const mapsOfMetadata = [['metadata'], ['metadata', 'annotations'], ['metadata', 'labels']] as const;
