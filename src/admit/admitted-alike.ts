import { areSame, type KnownBeside } from '../object/known-once.ts';
import { differences } from '../source/differences.ts';
import { type Mapping, type Path, type Value, valueAt } from '../source/value.ts';
import type { Admission } from './admit.ts';

interface Admitted {
  readonly object: Mapping;
  readonly world: readonly unknown[];
  readonly admissions: readonly Admission[];
}

/** More than names, images and what else an overlay sets. */
const mostDifferences = 40;

/**
 * What API servers said of objects of built-in kinds, to be said again of those that share values with them, as the overlays of a base do,
 * and differ in nothing but texts that no check tells apart: what nothing was said of but that it is accepted.
 */
export function newAdmittedAlike(): KnownBeside<Mapping, readonly Admission[]> {
  const latest = new WeakMap<object, Admitted>();
  return (object, world, find) => {
    const parts = partsOf(object);
    const near = firstKnown(parts, latest);
    if (near !== undefined && areSame(near.world, world) && differsPlainly(near.object, object))
      return near.admissions;
    const admissions = find();
    if (admissions.every(isClean)) for (const part of parts) latest.set(part, { object, world, admissions });
    return admissions;
  };
}

/** What overlays leave as it is, the widest first. */
function partsOf(object: Mapping): readonly object[] {
  if (!plainKinds.has(String(object['kind']))) return [];
  const fields = Object.keys(object).flatMap((key) => (key === 'metadata' ? [] : childrenOf(object[key])));
  return [...fields, ...fields.flatMap((field) => Object.values(field).flatMap(childrenOf))];
}

function childrenOf(value: Value | undefined): readonly object[] {
  return typeof value === 'object' && value !== null ? [value] : [];
}

function firstKnown(parts: readonly object[], latest: WeakMap<object, Admitted>): Admitted | undefined {
  for (const part of parts) {
    const known = latest.get(part);
    if (known !== undefined) return known;
  }
  return undefined;
}

function isClean(admission: Admission): boolean {
  return (
    Object.keys(admission).length === 3 && admission.verdict === 'accept' && admission.warnings.length === 0
  );
}

function differsPlainly(one: Mapping, other: Mapping): boolean {
  const paths = differences(one, other, mostDifferences);
  return (
    paths?.every((path) => [one, other].every((object) => isPlainAt(path, valueAt(object, path)))) === true
  );
}

/** Kinds whose names are names, and no more. */
const plainKinds: ReadonlySet<string> = new Set([
  'ConfigMap',
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Ingress',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'Role',
  'Secret',
  'Service',
  'ServiceAccount',
  'StatefulSet',
]);

/** Whether a text is as good as any other plain one at its place: as a name for every rule that the server has for names. */
function isPlainAt(path: Path, value: Value | undefined): boolean {
  if (typeof value !== 'string') return false;
  const [above, field] = path.slice(-2);
  if (path[0] === 'metadata') {
    if (path.length === 2) return (field === 'name' || field === 'namespace') && isPlainName(value);
    return path.length === 3 && above === 'labels' && isPlainLabel(String(field)) && isPlainName(value);
  }
  if (field === 'image')
    return typeof above === 'number' && containerLists.has(path.at(-3)) && plainImage.test(value);
  return (
    ((field === 'serviceAccountName' && above === 'spec') || (field === 'name' && references.has(above))) &&
    isPlainName(value)
  );
}

const containerLists: ReadonlySet<unknown> = new Set(['containers', 'initContainers']);
const references: ReadonlySet<unknown> = new Set([
  'configMap',
  'configMapKeyRef',
  'configMapRef',
  'secretKeyRef',
  'secretRef',
]);

/** As long as names of CronJobs may be. */
const longestName = 52;
const plainName = /^[a-z][a-z0-9-]*$/;
const plainImage = /^[a-z0-9][a-z0-9._/-]*:\w[\w.-]*$/;

function isPlainName(text: string): boolean {
  return text.length <= longestName && plainName.test(text) && !text.endsWith('-');
}

/** Others mean something to the server, or to the ones that come with it. */
function isPlainLabel(key: string): boolean {
  return !key.includes('kubernetes.io/') || key.startsWith('app.kubernetes.io/');
}
