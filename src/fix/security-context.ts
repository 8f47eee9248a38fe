import type { Edit, Fix, IntendedChange } from '../diagnostic/fix.ts';
import { getAt, type Tracked } from '../object/provenance.ts';
import { type Resource, trackedObject } from '../object/resource.ts';
import { spanAt } from '../source/position.ts';
import {
  formatValue,
  isMapping,
  isSequence,
  itemsAt,
  type Mapping,
  type Path,
  type Value,
  valueAt,
} from '../source/value.ts';
import type { FieldFinding, FieldFixer, FixContext } from './fixer.ts';
import { containerPath, containersOf, podSpecPath, securityField } from './pod-fields.ts';
import { capabilityRisk, escalationRisk, rootRisk, tokenRisk } from './pod-risk.ts';
import { addItem, type NewValue, setField } from './set-field.ts';
import { lastWrittenNode, type WrittenNode, writtenNodes } from './written-nodes.ts';

type Step = readonly string[];

/** Why a program may not work any more with a fix of a part of its object; undefined is no reason, null one not to make it at all. */
type RiskOf = (object: Mapping, part: Value) => string | null | undefined;

/** Keeps a program from gaining rights; the API server refuses that of a container which has them all. */
export const forbidEscalation: FieldFixer = ({ finding, resource, path }, context) => {
  const place = containerPath(resource.object, path);
  if (place === undefined || hasAllRights(valueAt(resource.object, place) ?? null)) return undefined;
  const fix = setBelow(resource, place, ['securityContext', 'allowPrivilegeEscalation'], false);
  return weighed(fix, { finding, resource, path: place }, context, escalationRisk);
};

function hasAllRights(container: Value): boolean {
  const added = valueAt(securityField(container, 'capabilities'), ['add']);
  const isAll = (name: Value): boolean => name === 'SYS_ADMIN' || name === 'CAP_SYS_ADMIN';
  return securityField(container, 'privileged') === true || (isSequence(added) && added.some(isAll));
}

/** Makes the root file system read-only, where nobody knows what the program writes. */
export const requireReadOnly: FieldFixer = ({ finding, resource, path }, context) => {
  const container = containerPath(resource.object, path);
  if (container === undefined) return undefined;
  const fix = setBelow(resource, container, ['securityContext', 'readOnlyRootFilesystem'], true);
  return weighed(fix, { finding, resource, path: container }, context, (_, part) =>
    securityField(part, 'readOnlyRootFilesystem') === undefined
      ? 'the program may write there'
      : 'the manifest shows that the program writes there',
  );
};

/** The fix with the first reason against it in any object that its text is a part of: what one environment bears stops another. */
function weighed(
  fix: Fix | undefined,
  { finding, resource, path }: FieldFinding,
  context: FixContext,
  riskOf: RiskOf,
): Fix | undefined {
  if (fix === undefined) return undefined;
  const { object } = resource;
  const risks = [
    riskOf(object, valueAt(object, path) ?? null),
    ...sharedRisks(fix, { finding, resource, path }, context, riskOf),
  ].filter((one) => one !== undefined);
  if (risks.includes(null)) return undefined;
  const [risk] = risks;
  return typeof risk === 'string' ? { ...fix, risk } : fix;
}

const knownRisks = new WeakMap<FixContext, Map<string, readonly ReturnType<RiskOf>[]>>();

/** Of the objects that share what the fix changes, found out once for all of them. */
function sharedRisks(
  { changes }: Fix,
  { finding, resource: { object }, path }: FieldFinding,
  context: FixContext,
  riskOf: RiskOf,
): readonly ReturnType<RiskOf>[] {
  const anchors = changes.map(({ anchor: { file, start, end } }) => [file.path, start, end]);
  const part = [path[podSpecPath(object).length] ?? null, valueAt(object, [...path, 'name']) ?? null];
  const key = formatValue([finding.rule, anchors, part]);
  const known = knownRisks.get(context) ?? new Map<string, readonly ReturnType<RiskOf>[]>();
  knownRisks.set(context, known);
  const found = known.get(key);
  if (found !== undefined) return found;
  const others = new Set(changes.flatMap(({ anchor }) => context.sharing(anchor)));
  const risks = [...others].map((other) => {
    const same = samePart(object, path, other.object);
    return same === undefined ? undefined : riskOf(other.object, same);
  });
  const gravest = risks.includes(null) ? null : risks.find((one) => one !== undefined);
  known.set(key, [gravest]);
  return [gravest];
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
export const withoutToken: FieldFixer = ({ finding, resource }, context) => {
  const path = podSpecPath(resource.object);
  const fix = setBelow(resource, path, ['automountServiceAccountToken'], false);
  return weighed(fix, { finding, resource, path }, context, (object) =>
    tokenRisk(object, context.isBound(object)),
  );
};

/** Asks for a user other than root, where nobody chose root by its number: such a pod would not start any more. */
export const requireNonRoot: FieldFixer = ({ finding, resource, path }, context) => {
  const spec = podSpecPath(resource.object);
  const container = containerPath(resource.object, path);
  const below = ['securityContext', 'runAsNonRoot'];
  const isSaid = container !== undefined && valueAt(resource.object, [...container, ...below]) !== undefined;
  const place = isSaid ? container : spec;
  const fix = setBelow(resource, place, below, true);
  return weighed(fix, { finding, resource, path: place }, context, (object, part) =>
    usersOf(valueAt(object, podSpecPath(object))).includes(0)
      ? null
      : rootRisk(object, isSaid ? [part] : containersOf(part)),
  );
};

/** Gives the pod the runtime's profile; one that somebody switched off was switched off for a reason. */
export const requireSeccomp: FieldFixer = ({ resource, path }) => {
  if (path.includes('seccompProfile') && valueAt(resource.object, path) !== undefined) return undefined;
  const below = ['securityContext', 'seccompProfile', 'type'];
  return setBelow(resource, podSpecPath(resource.object), below, 'RuntimeDefault');
};

/** Drops all capabilities, beside those that are dropped by name. */
export const dropCapabilities: FieldFixer = ({ finding, resource, path }, context) => {
  const container = containerPath(resource.object, path);
  if (container === undefined) return undefined;
  return weighed(
    dropAll(resource, container),
    { finding, resource, path: container },
    context,
    capabilityRisk,
  );
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
