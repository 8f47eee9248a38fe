import { countEdits } from '../object/edit-work.ts';
import { getPart, itemsOf, type Origin, setItems, setKey, type Tracked } from '../object/provenance.ts';
import { type GroupVersionKind, groupVersionKind } from '../object/resource.ts';
import { resolveScalar } from '../source/scalar.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Path, type Value } from '../source/value.ts';
import { isProblem, type Problem } from './problem.ts';

/** Where a transformer looks: an object's group, version and kind (empty matches any) and a path below it. */
export interface FieldSpec extends GroupVersionKind {
  /** Keys joined by `/`; a slash inside a key is written `\/`; `[]` marks a list that is never created. */
  readonly path: string;
  readonly steps: readonly string[];
  readonly create: boolean;
}

/** What a missing field becomes before it is set. */
export type CreateKind = 'scalar' | 'mapping' | 'none';

/** Sets one field; gives the same tracked value back where there is nothing to change. */
export type FieldSetter = (field: Tracked) => Tracked | Problem;

/** The field spec with these words; `path` as kustomize writes it. */
export function makeFieldSpec(gvk: Partial<GroupVersionKind>, path: string, create: boolean): FieldSpec {
  return {
    group: gvk.group ?? '',
    version: gvk.version ?? '',
    kind: gvk.kind ?? '',
    path,
    steps: splitPath(path).flatMap(cleanStep),
    create,
  };
}

/** White space around a name is none of it, and a name of nothing else leads nowhere (cleanPath of kyaml v0.21). */
function cleanStep(step: string): string[] {
  const list = step.endsWith('[]') ? '[]' : '';
  const name = trimSpace(step.slice(0, step.length - list.length));
  return name === '' && step !== list ? [] : [name + list];
}

const space = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** What Go's strings.TrimSpace leaves. */
function trimSpace(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && space.test(text.charAt(start))) start += 1;
  while (end > start && space.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Splits at slashes that are not escaped by a backslash; one in front stands for the root (kyaml utils.PathSplitter, v0.21). */
export function splitPath(path: string, separator = '/'): string[] {
  const steps: string[] = [];
  const parts = path.split(separator);
  for (const part of parts.length > 1 && parts[0] === '' ? parts.slice(1) : parts) {
    const last = steps.at(-1);
    if (last?.endsWith('\\')) steps[steps.length - 1] = `${last.slice(0, -1)}${separator}${part}`;
    else steps.push(part);
  }
  return steps;
}

/** Whether an object of this kind is meant; empty parts of `selector` match anything (resid.Gvk IsSelected). */
export function isSelected(gvk: GroupVersionKind, selector: GroupVersionKind): boolean {
  return (
    (selector.group === '' || selector.group === gvk.group) &&
    (selector.version === '' || selector.version === gvk.version) &&
    (selector.kind === '' || selector.kind === gvk.kind)
  );
}

/**
 * Applies `set` to every field of the object that the spec names, as api/filters/fieldspec of kustomize v5.8 does:
 * lists on the way are entered without a step of their own, missing fields are created only where spec and kind say so.
 */
export function updateField(
  object: Tracked<Mapping>,
  spec: FieldSpec,
  set: FieldSetter,
  createKind: CreateKind = 'none',
): Tracked<Mapping> | Problem {
  if (!isSelected(groupVersionKind(object.value), spec)) return object;
  countEdits(10);
  return updateSteps(object, spec, 0, set, createKind) as Tracked<Mapping> | Problem;
}

/** `updateField` for several specs, one after the other. */
export function updateFields(
  object: Tracked<Mapping>,
  specs: readonly FieldSpec[],
  set: FieldSetter,
  createKind: CreateKind = 'none',
): Tracked<Mapping> | Problem {
  countEdits(specs.length);
  let current = object;
  for (const spec of specs) {
    const next = updateField(current, spec, set, createKind);
    if (isProblem(next)) return next;
    current = next;
  }
  return current;
}

function updateSteps(
  node: Tracked,
  spec: FieldSpec,
  depth: number,
  set: FieldSetter,
  createKind: CreateKind,
): Tracked | Problem {
  if (depth === spec.steps.length) return set(node);
  if (node.value === null) return node;
  if (isSequence(node.value))
    return updateItems(node, (item) => updateSteps(item, spec, depth, set, createKind));
  if (!isMapping(node.value)) {
    return {
      problem: `the path ${spec.path} goes through a value that is neither a mapping nor a list`,
      help: 'correct the path, or the type of this field',
      at: node.origin,
    };
  }
  const step = spec.steps[depth] ?? '';
  const isList = step.endsWith('[]');
  const key = isList ? step.slice(0, -2) : step;
  if (key === '')
    return {
      problem: `the path ${spec.path} has an empty field name`,
      help: 'separate the names with a single slash; write a slash in a name as \\/',
      at: node.origin,
    };
  if (isItemStep(key)) {
    return {
      problem: `the path ${spec.path} has a part ${key}, but kustomize accepts only field names`,
      help: 'write only field names; kustomize goes through lists without a part for them',
      at: node.origin,
    };
  }
  const found = getPart(node, key);
  // A null where the path says list becomes an empty list, created or not (fieldspec.go handleMap).
  if (isList && found?.value === null)
    return setKey(node as Tracked<Mapping>, key, { value: [], origin: found.origin });
  const mayCreate = spec.create && createKind !== 'none' && !isList;
  let field = found;
  if (mayCreate && (found === undefined || found.value === null)) {
    if (depth > 0 && !isTextAsKey(key)) return keyThatIsNoText(key, node.origin);
    const created = depth === spec.steps.length - 1 && createKind === 'scalar' ? '' : newMapping();
    field = { value: created, origin: found?.origin ?? node.origin };
  }
  if (field === undefined) return node;
  const next = updateSteps(field, spec, depth + 1, set, createKind);
  if (isProblem(next) || next === found) return next === found ? node : next;
  return setKey(node as Tracked<Mapping>, key, next);
}

export function isTextAsKey(key: string): boolean {
  return resolveScalar(key, 'kustomize') === key;
}

export function keyThatIsNoText(key: string, at: Origin): Problem {
  const problem = `kustomize creates the key ${key} here, which is not a string`;
  return { rule: 'not-json', problem, help: 'use another field in the path', at };
}

/** In kyaml's paths these stand for items of a list, and a wildcard is refused. */
export function isItemStep(key: string): boolean {
  return /^(?:\*|-|\[.*\])$/.test(key) || isIndex(key);
}

/** Go's strconv.Atoi takes 64 bits; longer digits are a name. */
function isIndex(key: string): boolean {
  return /^[-+]?\d+$/.test(key) && BigInt.asIntN(64, integerOf(key)) === integerOf(key);
}

function integerOf(key: string): bigint {
  return key.startsWith('+') ? BigInt(key.slice(1)) : BigInt(key);
}

/** The paths of the fields that the spec names and that exist. */
export function findFields(object: Mapping, spec: FieldSpec): readonly Path[] {
  if (!isSelected(groupVersionKind(object), spec)) return [];
  const found: Path[] = [];
  collectFields(object, spec.steps, [], found);
  return found;
}

function collectFields(node: Value | undefined, steps: readonly string[], path: Path, found: Path[]): void {
  const [step, ...rest] = steps;
  if (node === undefined) return;
  if (step === undefined) found.push(path);
  else if (isSequence(node)) {
    for (const [index, item] of node.entries()) collectFields(item, steps, [...path, index], found);
  } else if (isMapping(node)) {
    const key = step.endsWith('[]') ? step.slice(0, -2) : step;
    if (Object.hasOwn(node, key)) collectFields(node[key], rest, [...path, key], found);
  }
}

/** The sequence with each item replaced by what `update` makes of it; the same tracked value where nothing changed. */
export function updateItems(
  sequence: Tracked,
  update: (item: Tracked) => Tracked | Problem,
): Tracked | Problem {
  const items = itemsOf(sequence);
  countEdits(items.length);
  let changed = false;
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as Tracked;
    const next = update(item);
    if (isProblem(next)) return next;
    if (next !== item) {
      items[index] = next;
      changed = true;
    }
  }
  return changed ? setItems(sequence, items) : sequence;
}

/** A setter that writes one entry into the mapping it is given (labels, annotations). */
export function entrySetter(key: string, value: string, origin: Origin): FieldSetter {
  return (field) => {
    if (!isMapping(field.value))
      return {
        problem: `a mapping is needed to set ${key} in it`,
        help: 'write key: value pairs here',
        at: field.origin,
      };
    return setKey(field as Tracked<Mapping>, key, { value, origin });
  };
}
