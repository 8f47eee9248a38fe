import { mentionsController } from '../reconcile/mentions.ts';
import { wordsOf } from '../source/decode-text.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf, normalisePath, pathBelow } from '../source/path.ts';
import { isMapping, itemsAt, type Mapping, type Value, valueAt } from '../source/value.ts';
import type { EntryPoints } from './entry-points.ts';

/** Which kustomizations take a file in, told without building them. */
export interface TakenBy {
  /** The kustomization that names it. */
  readonly owner: string;
  readonly as: 'resource' | 'patch';
  /** This one and all that take it in. */
  readonly all: readonly string[];
}

/** Undefined where no kustomization names the file. */
export function takenBy(
  sources: Sources,
  { kustomizations }: EntryPoints,
  file: string,
): TakenBy | undefined {
  const users = new Map<string, string[]>();
  for (const one of kustomizations)
    for (const path of listedIn(sources, one)) users.set(path, [...(users.get(path) ?? []), one]);
  const all = new Set(users.get(file));
  const [owner] = all;
  // A set is walked in the order of insertion, what is added on the way included.
  for (const one of all) for (const user of users.get(directoryOf(one)) ?? []) all.add(user);
  if (owner !== undefined) return { owner, as: 'resource', all: [...all] };
  const patching = kustomizations.find((one) => patchesIn(sources, one).includes(file));
  return patching === undefined ? undefined : { owner: patching, as: 'patch', all: [patching] };
}

function listedIn(sources: Sources, kustomization: string): string[] {
  const value = valueIn(sources, kustomization);
  const items = ['resources', 'bases', 'components'].flatMap((field) => itemsAt(value, [field]));
  return pathsFrom(kustomization, items);
}

function patchesIn(sources: Sources, kustomization: string): string[] {
  const value = valueIn(sources, kustomization);
  const items = [...patchFields].flatMap((field) => itemsAt(value, [field]));
  return pathsFrom(
    kustomization,
    items.map((item) => valueAt(item, ['path']) ?? item),
  );
}

function pathsFrom(kustomization: string, items: readonly Value[]): string[] {
  const directory = directoryOf(kustomization);
  return items.flatMap((item) =>
    typeof item === 'string' && !item.includes('\n') ? (normalisePath(pathBelow(directory, item)) ?? []) : [],
  );
}

function valueIn(sources: Sources, kustomization: string): Value | undefined {
  return sources.load(kustomization, 'kustomization').documents[0]?.value;
}

/** Fields by which a kustomization changes nothing of an object but names, labels, images and replicas. */
const harmless: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'bases',
  'namespace',
  'namePrefix',
  'nameSuffix',
  'labels',
  'commonLabels',
  'commonAnnotations',
  'images',
  'imageTags',
  'replicas',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
  'buildMetadata',
  'sortOptions',
]);

/** The kinds that kustomizations patch; undefined where they may change whatever they take in. */
export function patchedKinds(sources: Sources, kustomizations: readonly string[]): Set<string> | undefined {
  const kinds = new Set<string>();
  for (const one of kustomizations) {
    const value = valueIn(sources, one);
    if (!isMapping(value)) return undefined;
    for (const field of Object.keys(value)) {
      if (harmless.has(field)) continue;
      const patched = patchFields.has(field) ? kindsIn(sources, value, { field, file: one }) : undefined;
      if (patched === undefined) return undefined;
      for (const kind of patched) kinds.add(kind);
    }
  }
  return kinds;
}

const patchFields: ReadonlySet<string> = new Set(['patches', 'patchesStrategicMerge', 'patchesJson6902']);

function kindsIn(
  sources: Sources,
  kustomization: Mapping,
  { field, file }: { readonly field: string; readonly file: string },
): string[] | undefined {
  const kinds: string[] = [];
  for (const item of itemsAt(kustomization, [field])) {
    const target = valueAt(item, ['target']);
    const found = target === undefined ? writtenKinds(sources, item, file) : [valueAt(target, ['kind'])];
    // A pattern may mean any kind.
    const names = found.filter(
      (kind): kind is string => typeof kind === 'string' && /^[A-Za-z]+$/u.test(kind),
    );
    if (names.length === 0 || names.length < found.length) return undefined;
    kinds.push(...names);
  }
  return kinds;
}

/** The kinds of the objects in a patch, which is a text or a file. */
function writtenKinds(sources: Sources, item: Value, file: string): (Value | undefined)[] {
  const text = valueAt(item, ['patch']) ?? item;
  if (typeof text === 'string' && text.includes('\n'))
    return [...text.matchAll(/^kind:[ \t]*(\S+)[ \t]*$/gmu)].map(([, kind]) => kind);
  const path = valueAt(item, ['path']) ?? item;
  const directory = directoryOf(file);
  const inside = typeof path === 'string' ? normalisePath(pathBelow(directory, path)) : undefined;
  if (inside === undefined) return [];
  return sources.load(inside, 'patch').documents.map(({ value }) => valueAt(value, ['kind']));
}

/** Whether Flux or Argo CD may change objects on their way to a cluster; by the words of files, so nothing is parsed for it. */
export function mayBeChangedByController(
  sources: Sources,
  { plainFiles, kustomizedFiles }: EntryPoints,
): boolean {
  return [...plainFiles, ...kustomizedFiles].some((file) => {
    if (!mentionsController(sources, file)) return false;
    const bytes = sources.bytes(file);
    const words = typeof bytes === 'string' ? '' : wordsOf(bytes);
    return changing.some((word) => words.includes(word));
  });
}

/** What a Kustomization, an Application or a ResourceSet changes objects by. */
const changing = ['patches', 'components', 'postBuild', 'kustomize:', 'plugin:', 'ResourceSet'] as const;
