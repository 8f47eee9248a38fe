import { type Mapping, type Path, type Value, valueAt, withValueAt } from '../source/value.ts';

/**
 * Whether two objects differ, at these places of both, in nothing but texts of which a server takes one for as good as another: it
 * accepts both or neither, and makes the same of them but for the texts themselves.
 */
export function isPlainDifference(one: Mapping, other: Mapping, paths: readonly Path[]): boolean {
  return hasPlainPlaces(one) && paths.every((path) => isPlainAt(path, one) && isPlainAt(path, other));
}

/**
 * What a server makes of an object that differs plainly, at these places, from one of which it made `made`: the same with texts of its own.
 * Undefined where it made something else of such a text.
 */
export function madeAlike(
  made: Mapping,
  one: Mapping,
  other: Mapping,
  paths: readonly Path[],
): Mapping | undefined {
  let result: Value = made;
  for (const path of paths) {
    const [text, now] = [valueAt(one, path), valueAt(other, path)];
    if (now === undefined || valueAt(result, path) !== text) return undefined;
    result = withValueAt(result, path, now);
    for (const beside of writtenBeside(path))
      if (valueAt(result, beside) === text) result = withValueAt(result, beside, now);
  }
  return result as Mapping;
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

/** Whether a text or number is as good as any other plain one at its place: as a name for every rule that the server has for names. */
function isPlainAt(path: Path, object: Mapping): boolean {
  const value = valueAt(object, path);
  if (typeof value === 'number') return isPlainCount(path, value, object);
  if (typeof value !== 'string') return false;
  const [above, field] = path.slice(-2);
  if (path[0] === 'metadata') {
    if (path.length === 2) return (field === 'name' || field === 'namespace') && isPlainName(value);
    return path.length === 3 && above === 'labels' && isPlainLabel(String(field)) && isPlainName(value);
  }
  if (field === 'image')
    return typeof above === 'number' && containerLists.has(path.at(-3)) && plainImage.test(value);
  if (isOfProgram(path)) return plainText.test(value);
  if (isSelectedLabel(path, object)) return isPlainLabel(String(field)) && isPlainName(value);
  return (
    ((field === 'serviceAccountName' && above === 'spec') || (field === 'name' && references.has(above))) &&
    isPlainName(value)
  );
}

/** Whether a server only keeps what stands there for the program: the value of a variable, or a word of a command line. */
function isOfProgram(path: Path): boolean {
  if (path.at(-1) === 'value') return path.at(-3) === 'env' && containerLists.has(path.at(-5));
  return commandLines.has(path.at(-2)) && containerLists.has(path.at(-4));
}

const commandLines: ReadonlySet<unknown> = new Set(['args', 'command']);

/** Whether a label stands there that something selects: of its own pods, which have to have it, or of any. */
function isSelectedLabel(path: Path, object: Mapping): boolean {
  const { kind } = object;
  if (typeof kind !== 'string') return false;
  const key = path.at(-1) ?? '';
  const ofOthers = selectorsOfOthers.get(kind);
  if (ofOthers !== undefined) return isSamePath(path, [...ofOthers, key]);
  if (!workloads.has(kind) || valueAt(object, ['spec', 'selector', 'matchExpressions']) !== undefined)
    return false;
  const places = [ownSelector, ownLabels].map((place) => [...place, key]);
  const [selected, own] = places.map((place) => valueAt(object, place));
  return places.some((place) => isSamePath(path, place)) && (selected === undefined || selected === own);
}

const ownSelector: Path = ['spec', 'selector', 'matchLabels'];
const ownLabels: Path = ['spec', 'template', 'metadata', 'labels'];
const workloads: ReadonlySet<string> = new Set(['DaemonSet', 'Deployment', 'StatefulSet']);
const selectorsOfOthers: ReadonlyMap<string, Path> = new Map([
  ['NetworkPolicy', ['spec', 'podSelector', 'matchLabels']],
  ['PodDisruptionBudget', ownSelector],
  ['Service', ['spec', 'selector']],
]);

function isSamePath(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index]);
}

/** As many pods as anyone asks for. */
function isPlainCount(path: Path, value: number, { kind }: Mapping): boolean {
  const isReplicas = path.length === 2 && path[0] === 'spec' && path[1] === 'replicas';
  return isReplicas && (kind === 'Deployment' || kind === 'StatefulSet') && value >= 0 && value <= 1_000;
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

/** Nothing that stands for anything else. */
const plainText = /^[\w./:-][\x20-\x23\x25-\x7e]{0,199}$/;

/** Others mean something to the server, or to the ones that come with it. */
function isPlainLabel(key: string): boolean {
  return !key.includes('kubernetes.io/') || key.startsWith('app.kubernetes.io/');
}
