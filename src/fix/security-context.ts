import type { Edit, Fix, IntendedChange } from '../diagnostic/fix.ts';
import { getAt, type Tracked } from '../object/provenance.ts';
import { type Resource, trackedObject } from '../object/resource.ts';
import { spanAt } from '../source/position.ts';
import {
  isMapping,
  isSequence,
  itemsAt,
  type Mapping,
  type Path,
  type Value,
  valueAt,
} from '../source/value.ts';
import type { FieldFixer, FixContext } from './fixer.ts';
import { containerPath, containersOf, podSpecPath, securityField } from './pod-fields.ts';
import { capabilityRisk, escalationRisk, rootRisk, tokenRisk } from './pod-risk.ts';
import { addItem, type NewValue, setField } from './set-field.ts';
import { lastWrittenNode, type WrittenNode, writtenNodes } from './written-nodes.ts';

type Step = readonly string[];

/** Why a program may not work any more with a fix of a part of its object; undefined is no reason. */
type RiskOf = (object: Mapping, part: Value) => string | undefined;

/** Keeps a program from gaining rights; the API server refuses that of a container which has them all. */
export const forbidEscalation: FieldFixer = ({ resource, path }, context) => {
  const place = containerPath(resource.object, path);
  if (place === undefined || hasAllRights(valueAt(resource.object, place) ?? null)) return undefined;
  const fix = setBelow(resource, place, ['securityContext', 'allowPrivilegeEscalation'], false);
  return weighed(fix, { resource, path: place }, context, escalationRisk);
};

function hasAllRights(container: Value): boolean {
  const added = valueAt(securityField(container, 'capabilities'), ['add']);
  const isAll = (name: Value): boolean => name === 'SYS_ADMIN' || name === 'CAP_SYS_ADMIN';
  return securityField(container, 'privileged') === true || (isSequence(added) && added.some(isAll));
}

/** Makes the root file system read-only, where nobody knows what the program writes. */
export const requireReadOnly: FieldFixer = ({ resource, path }, context) => {
  const container = containerPath(resource.object, path);
  if (container === undefined) return undefined;
  const fix = setBelow(resource, container, ['securityContext', 'readOnlyRootFilesystem'], true);
  return weighed(fix, { resource, path: container }, context, (_, part) =>
    securityField(part, 'readOnlyRootFilesystem') === undefined
      ? 'the program may write there'
      : 'the manifest says that the program writes there',
  );
};

/** The fix with the first reason against it in any object that its text is a part of: what one environment bears stops another. */
function weighed(
  fix: Fix | undefined,
  { resource, path }: { readonly resource: Resource; readonly path: Path },
  { sharing }: FixContext,
  riskOf: RiskOf,
): Fix | undefined {
  if (fix === undefined) return undefined;
  const objects = new Set([resource, ...fix.changes.flatMap(({ anchor }) => sharing(anchor))]);
  const risks = [...objects].map(({ object }) => {
    const part = samePart(resource.object, path, object);
    return part === undefined ? undefined : riskOf(object, part);
  });
  const risk = risks.find((one) => one !== undefined);
  return risk === undefined ? fix : { ...fix, risk };
}

/** The same container of another object, or its pod. */
function samePart(object: Mapping, path: Path, other: Mapping): Value | undefined {
  const pod = podSpecPath(object);
  const own = podSpecPath(other);
  const list = path[pod.length];
  if (list === undefined) return valueAt(other, own);
  const name = valueAt(object, [...path, 'name']);
  return itemsAt(other, [...own, list]).find((item) => valueAt(item, ['name']) === name);
}

/** Takes the token for the API server away from the pod. */
export const withoutToken: FieldFixer = ({ resource }, context) => {
  const path = podSpecPath(resource.object);
  const fix = setBelow(resource, path, ['automountServiceAccountToken'], false);
  return weighed(fix, { resource, path }, context, (object) => tokenRisk(object, context.isBound(object)));
};

/** Asks for a user other than root, where nobody chose root by its number: such a pod would not start any more. */
export const requireNonRoot: FieldFixer = ({ resource, path }, context) => {
  const spec = podSpecPath(resource.object);
  const container = containerPath(resource.object, path);
  const below = ['securityContext', 'runAsNonRoot'];
  const isSaid = container !== undefined && valueAt(resource.object, [...container, ...below]) !== undefined;
  const place = isSaid ? container : spec;
  const fix = setBelow(resource, place, below, true);
  const sharing = fix?.changes.flatMap(({ anchor }) => context.sharing(anchor)) ?? [];
  if ([resource, ...sharing].some(({ object }) => usersOf(valueAt(object, podSpecPath(object))).includes(0)))
    return undefined;
  return weighed(fix, { resource, path: place }, context, (object, part) =>
    rootRisk(object, isSaid ? [part] : containersOf(part)),
  );
};

/** Gives the pod the runtime's profile; one that somebody switched off was switched off for a reason. */
export const requireSeccomp: FieldFixer = ({ resource, path }) => {
  if (path.includes('seccompProfile') && valueAt(resource.object, path) !== undefined) return undefined;
  const below = ['securityContext', 'seccompProfile', 'type'];
  return setBelow(resource, podSpecPath(resource.object), below, 'RuntimeDefault');
};

/** Drops all capabilities, beside those that are dropped by name. */
export const dropCapabilities: FieldFixer = ({ resource, path }, context) => {
  const container = containerPath(resource.object, path);
  if (container === undefined) return undefined;
  return weighed(dropAll(resource, container), { resource, path: container }, context, capabilityRisk);
};

function dropAll(resource: Resource, container: Path): Fix | undefined {
  const below = ['securityContext', 'capabilities', 'drop'];
  const dropped = getAt(trackedObject(resource), [...container, ...below]);
  if (dropped === undefined) return setBelow(resource, container, below, ['ALL']);
  const node = isSequence(dropped.value) ? lastWrittenNode(dropped.origin) : undefined;
  const edit = node === undefined ? undefined : addItem(node, 'ALL');
  if (node === undefined || edit === undefined) return undefined;
  const change = { anchor: spanAt(node.positions, node.index, 'whole'), below: [0], value: 'ALL' };
  return fixOf(edit, change, 'drop ALL');
}

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

function usersOf(pod: Value | undefined): (Value | undefined)[] {
  if (!isMapping(pod)) return [];
  return [pod, ...containersOf(pod)].map((one) => securityField(one, 'runAsUser'));
}
