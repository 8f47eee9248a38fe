import { type Mapping, type Path, type Value, valueAt } from '../source/value.ts';

/**
 * Whether two objects differ, at these places of both, in nothing but texts of which a server takes one for as good as another: it
 * accepts both or neither, and makes the same of them but for the texts themselves.
 */
export function isPlainDifference(one: Mapping, other: Mapping, paths: readonly Path[]): boolean {
  return (
    hasPlainPlaces(one) &&
    paths.every((path) => isPlainAt(path, valueAt(one, path)) && isPlainAt(path, valueAt(other, path)))
  );
}

/** Where else a server writes such a text than at its place. */
export function writtenBeside(path: Path): readonly Path[] {
  return path.at(-1) === 'serviceAccountName' ? [[...path.slice(0, -1), 'serviceAccount']] : [];
}

/** Whether objects of a kind have such places. */
export function hasPlainPlaces({ kind }: Mapping): boolean {
  return typeof kind === 'string' && plainKinds.has(kind);
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
/** `latest` is pulled more often. */
const plainImage = /^[a-z0-9][a-z0-9._/-]*:(?!latest$)\w[\w.-]*$/;

function isPlainName(text: string): boolean {
  return text.length <= longestName && plainName.test(text) && !text.endsWith('-');
}

/** Others mean something to the server, or to the ones that come with it. */
function isPlainLabel(key: string): boolean {
  return !key.includes('kubernetes.io/') || key.startsWith('app.kubernetes.io/');
}
