import type { Edit, Fix, IntendedChange } from '../diagnostic/fix.ts';
import { getAt, type Tracked } from '../object/provenance.ts';
import { type Resource, trackedObject } from '../object/resource.ts';
import { spanAt } from '../source/position.ts';
import {
  isMapping,
  isSequence,
  type Mapping,
  type Path,
  type PathElement,
  type Value,
  valueAt,
} from '../source/value.ts';
import { valueNumber } from '../source/value-text.ts';
import type { FieldFixer } from './fixer.ts';
import { addItem, type NewValue, setField } from './set-field.ts';
import { lastWrittenNode, type WrittenNode, writtenNodes } from './written-nodes.ts';

type Step = readonly string[];

/** Sets a field of the container that the finding is about. */
export function containerField(below: Step, value: NewValue): FieldFixer {
  return ({ resource, path }) => {
    const container = containerPath(resource.object, path);
    return container === undefined ? undefined : setBelow(resource, container, below, value);
  };
}

/** Makes the root file system read-only, where nobody knows what the program writes. */
export const requireReadOnly: FieldFixer = ({ resource, path }) => {
  const container = containerPath(resource.object, path);
  if (container === undefined) return undefined;
  const below = ['securityContext', 'readOnlyRootFilesystem'];
  const isSaid = valueAt(resource.object, [...container, ...below]) !== undefined;
  const risk = isSaid ? 'the manifest says that the program writes there' : 'the program may write there';
  return withRisk(setBelow(resource, container, below, true), risk);
};

function withRisk(fix: Fix | undefined, risk: string | undefined): Fix | undefined {
  return fix === undefined || risk === undefined ? fix : { ...fix, risk };
}

/** Why containers may have to run as root; undefined where a user other than root is named for each. */
function rootRisk(object: Mapping, containers: readonly Value[]): string | undefined {
  const pod = valueAt(object, podSpecPath(object));
  const userOf = (one: Value | undefined, field: string): Value | undefined =>
    valueAt(one, ['securityContext', field]);
  const isOther = (container: Value): boolean => {
    const user = userOf(container, 'runAsUser') ?? userOf(pod, 'runAsUser');
    const isNonRoot = userOf(container, 'runAsNonRoot') ?? userOf(pod, 'runAsNonRoot');
    return (user !== undefined && valueNumber(user) > 0) || isNonRoot === true;
  };
  return containers.every(isOther)
    ? undefined
    : 'the image may run as root, and may then not start or not work';
}

function containersOf(pod: Value | undefined): Value[] {
  return [...containerLists].flatMap((list) => {
    const items = isMapping(pod) ? valueAt(pod, [String(list)]) : undefined;
    return isSequence(items) ? items : [];
  });
}

/** Sets a field of the pod. */
export function podField(below: Step, value: NewValue): FieldFixer {
  return ({ resource }) => setBelow(resource, podSpecPath(resource.object), below, value);
}

/** Asks for a user other than root, where nobody chose root by its number: such a pod would not start any more. */
export const requireNonRoot: FieldFixer = ({ resource, path }) => {
  const spec = podSpecPath(resource.object);
  if (usersOf(valueAt(resource.object, spec)).includes(0)) return undefined;
  const container = containerPath(resource.object, path);
  const below = ['securityContext', 'runAsNonRoot'];
  const isSaid = container !== undefined && valueAt(resource.object, [...container, ...below]) !== undefined;
  const concerned = isSaid
    ? [valueAt(resource.object, container) ?? null]
    : containersOf(valueAt(resource.object, spec));
  return withRisk(
    setBelow(resource, isSaid ? container : spec, below, true),
    rootRisk(resource.object, concerned),
  );
};

/** Gives the pod the runtime's profile; one that somebody switched off was switched off for a reason. */
export const requireSeccomp: FieldFixer = ({ resource, path }) => {
  if (path.includes('seccompProfile') && valueAt(resource.object, path) !== undefined) return undefined;
  const below = ['securityContext', 'seccompProfile', 'type'];
  return setBelow(resource, podSpecPath(resource.object), below, 'RuntimeDefault');
};

/** Drops all capabilities, beside those that are dropped by name. */
export const dropCapabilities: FieldFixer = ({ resource, path }) => {
  const container = containerPath(resource.object, path);
  if (container === undefined) return undefined;
  const below = ['securityContext', 'capabilities', 'drop'];
  const risk = rootRisk(resource.object, [valueAt(resource.object, container) ?? null]);
  const dropped = getAt(trackedObject(resource), [...container, ...below]);
  if (dropped === undefined) return withRisk(setBelow(resource, container, below, ['ALL']), risk);
  const node = isSequence(dropped.value) ? lastWrittenNode(dropped.origin) : undefined;
  const edit = node === undefined ? undefined : addItem(node, 'ALL');
  if (node === undefined || edit === undefined) return undefined;
  const change = { anchor: spanAt(node.positions, node.index, 'whole'), below: [0], value: 'ALL' };
  return withRisk(fixOf(edit, change, 'drop ALL'), risk);
};

/**
 * Sets the field where it was set wrongly, else beside the part that needs it in the file that wrote this first: what is
 * missing there is missing for everyone who builds on it.
 */
function setBelow(resource: Resource, parent: Path, below: Step, value: NewValue): Fix | undefined {
  const object = trackedObject(resource);
  const description = `set ${below.join('.')} to ${typeof value === 'object' ? `[${value.join(', ')}]` : String(value)}`;
  const present = getAt(object, [...parent, ...below]);
  const leaf = Array.isArray(value) ? (value[0] ?? '') : (value as string | boolean);
  if (present !== undefined && present.value !== null) {
    const node = lastWrittenNode(present.origin);
    const edit = node === undefined ? undefined : setField(node, [], value);
    if (node === undefined || edit === undefined) return undefined;
    const anchor = spanAt(node.positions, node.index, 'whole');
    return fixOf(edit, { anchor, below: [], value: leaf }, description);
  }
  const part = getAt(object, parent);
  const node = part === undefined ? undefined : firstWritten(part);
  const edit = node === undefined ? undefined : setField(node, below, value);
  if (node === undefined || edit === undefined) return undefined;
  const anchor = spanAt(node.positions, node.index, 'whole');
  const intended = Array.isArray(value) ? [...below, 0] : below;
  return fixOf(edit, { anchor, below: intended, value: leaf }, description);
}

function firstWritten({ origin }: Tracked): WrittenNode | undefined {
  return writtenNodes(origin)[0];
}

function fixOf(edit: Edit, change: IntendedChange, description: string): Fix {
  return { description, edits: [edit], changes: [change] };
}

function podSpecPath({ kind }: Mapping): Path {
  if (kind === 'Pod') return ['spec'];
  if (kind === 'CronJob') return ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
  return ['spec', 'template', 'spec'];
}

const containerLists = new Set<PathElement | undefined>([
  'containers',
  'initContainers',
  'ephemeralContainers',
]);

function containerPath(object: Mapping, path: Path): Path | undefined {
  const { length } = podSpecPath(object);
  return containerLists.has(path[length]) && path.length >= length + 2
    ? path.slice(0, length + 2)
    : undefined;
}

function usersOf(pod: Value | undefined): (Value | undefined)[] {
  if (!isMapping(pod)) return [];
  return [pod, ...containersOf(pod)].map((one) => valueAt(one, ['securityContext', 'runAsUser']));
}
