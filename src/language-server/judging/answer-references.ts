import type { Span } from '../../diagnostic/span.ts';
import type { Build } from '../../object/build.ts';
import { isKustomizationPath } from '../../object/kustomization-path.ts';
import { getAt, stepsOf } from '../../object/provenance.ts';
import { nameOf, namespaceOf, type Resource, trackedObject } from '../../object/resource.ts';
import { ownOf } from '../../source/own.ts';
import { isMapping, isSequence, type Path, type Value } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { Kinds } from '../completion/kinds.ts';
import { rangeOf } from '../editor-range.ts';
import { pathInside } from '../file-url.ts';
import { entryAround } from '../yaml/entry.ts';
import { objectsIn } from '../yaml/objects.ts';
import { nodesOf, type OutlineNode, textAt, unquoted } from '../yaml/outline-node.ts';
import { chartValueUses } from './chart-value-uses.ts';
import { spanOf } from './field-span.ts';
import { kindsOf } from './folder-kinds.ts';
import { type JudgedFolder, textOf, uriOf } from './judged-folder.ts';
import type { NamedPlace, ReferencesQuestion } from './messages.ts';
import { namedKind, namespaceNamed } from './naming.ts';
import { partsAt, usesOf } from './part-uses.ts';
import { type FoundIn, valuesAt, valuesWithin } from './reading.ts';
import { variableUses } from './variable-uses.ts';
import { writtenNames } from './written-names.ts';

type Asked = Pick<ReferencesQuestion, 'uri' | 'offset'>;

/** Where the object, the variable or the part of an object is named that stands, or is named, at a place. */
export function answerReferences(folders: Iterable<JudgedFolder>, asked: Asked): NamedPlace[] {
  const all = [...folders];
  for (const folder of all) {
    const path = pathInside(folder.url, asked.uri);
    if (path === undefined) continue;
    const variable = variableUses(folder, path, asked.offset);
    if (variable !== undefined) return variable;
    const values = chartValueUses(folder, { path, text: textOf(folder, path), offset: asked.offset });
    if (values === undefined) continue;
    const places = openPlaces(folder);
    for (const { span, isOwn } of values) places.add(span, isOwn);
    return places.all();
  }
  const named = objectReferences(all, asked);
  return named.length > 0 ? named : fieldReferences(all, asked);
}

/**
 * Where a key, a port, a volume or a label is set and used that stands, or is meant, at a place; of any other field all layers that set it, the
 * base first.
 */
function fieldReferences(folders: readonly JudgedFolder[], { uri, offset }: Asked): NamedPlace[] {
  for (const folder of folders) {
    const path = pathInside(folder.url, uri);
    if (path === undefined) continue;
    const builds = [...folder.judgement.builds.values()];
    const around = { kinds: kindsOf(folder), builds };
    const places = openPlaces(folder);
    const fields = fieldsAt(folder, path, offset);
    const parts = fields.flatMap((field) => partsAt(field, around));
    for (const part of parts) {
      const target = { ...part, kind: valueText(part.resource.object['kind']) };
      for (const use of usesOf(part, [part.build, ...buildsWithout(folder, target)], around))
        for (const span of spanOf(use.resource, use.path)) places.add(span, false);
    }
    for (const { resource, path: field } of parts.length > 0 ? parts : fields)
      for (const [index, span] of layersOf(resource, field).entries()) places.add(span, index === 0);
    return places.all();
  }
  return [];
}

/** The fields that a place sets; those that an entry around sets where it sets none just there. */
function fieldsAt(folder: JudgedFolder, path: string, offset: number): FoundIn[] {
  const builds = [...folder.judgement.builds.values()];
  const entry = entryAround(textOf(folder, path), path, offset);
  const found = valuesAt(builds, path, offset);
  const isWithin =
    entry === undefined || found.some(({ at }) => entry.start <= at.span.start && at.span.end <= entry.end);
  const within = isWithin ? [] : valuesWithin(builds, path, entry);
  return within.length > 0 ? within : found;
}

function layersOf(resource: Resource, path: Path): Span[] {
  const field = getAt(trackedObject(resource), path);
  return field === undefined ? [] : stepsOf(field.origin).map(({ span }) => span);
}

/** Where the object is named that stands, or is named, at a place. */
export function objectReferences(folders: Iterable<JudgedFolder>, { uri, offset }: Asked): NamedPlace[] {
  for (const folder of folders) {
    const path = pathInside(folder.url, uri);
    if (path === undefined) continue;
    const targets = targetsAt(folder, path, offset);
    return targets.length === 0 ? [] : placesOf(folder, targets);
  }
  return [];
}

/** An object of one build. */
interface Target {
  readonly build: Build;
  readonly resource: Resource;
  readonly kind: string;
}

function targetsAt(folder: JudgedFolder, path: string, offset: number): Target[] {
  const kinds = kindsOf(folder);
  return valuesAt(folder.judgement.builds.values(), path, offset).flatMap(
    ({ build, resource, path: field, value }) => {
      const kind = valueText(resource.object['kind']);
      if (field.join('.') === 'metadata.name' || field.length === 0) return [{ build, resource, kind }];
      const named = typeof value === 'string' ? namedKind(resource, field, kinds) : undefined;
      if (named === undefined) return [];
      const namespace = namespaceNamed(resource.object, field);
      return targetsNamed(folder, build, { kind: named, name: valueText(value), namespace });
    },
  );
}

/** What a reference means: an object of its own build, else the one of its namespace, or of none, that others have. */
function targetsNamed(
  { judgement }: JudgedFolder,
  build: Build,
  wanted: { readonly kind: string; readonly name: string; readonly namespace: string },
): Target[] {
  const { kind, name, namespace } = wanted;
  const found = (one: Build): Target[] =>
    one.resources
      .filter(({ object }) => object['kind'] === kind && nameOf(object) === name)
      .map((resource) => ({ build: one, resource, kind }));
  const own = found(build).slice(0, 1);
  if (own.length > 0) return own;
  return [...judgement.builds.values()]
    .flatMap(found)
    .filter(({ resource }) => ['', namespace].includes(namespaceOf(resource.object)));
}

/** Every place in the files of the builds that have the object: itself, its patches, entries of kustomizations, what names it. */
function placesOf(folder: JudgedFolder, targets: readonly Target[]): NamedPlace[] {
  const kinds = kindsOf(folder);
  const places = openPlaces(folder);
  for (const target of targets) {
    const names = writtenNames(target.resource);
    for (const build of [target.build, ...buildsWithout(folder, target)])
      for (const span of namingSpans({ ...target, build }, names, kinds)) places.add(span, false);
    for (const span of writtenIn(folder, target, names)) places.add(span, true);
  }
  return places.all();
}

/** Collects places, each once, by their files. */
function openPlaces(folder: JudgedFolder): {
  add(span: Span, isOwn: boolean): void;
  all(): NamedPlace[];
} {
  const places = new Map<string, NamedPlace>();
  return {
    add(span, isOwn) {
      const { start, end } = span;
      const uri = uriOf(folder, span.file.path);
      places.set(`${uri} ${start}`, { uri, start, end, range: rangeOf(span), isOwn });
    },
    all: () =>
      [...places.values()].sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.start - b.start)),
  };
}

/** The builds that can name an object of another one: they have none of the name, and no third build has one from elsewhere. */
function buildsWithout({ judgement }: JudgedFolder, { build, resource, kind }: Target): Build[] {
  const builds = [...judgement.builds.values()];
  const isSame = ({ object }: Resource): boolean =>
    object['kind'] === kind &&
    nameOf(object) === nameOf(resource.object) &&
    namespaceOf(object) === namespaceOf(resource.object);
  const [own] = spanOf(resource, ['metadata', 'name']);
  const isFromElsewhere = (one: Resource): boolean => {
    const [span] = spanOf(one, ['metadata', 'name']);
    return isSame(one) && (span?.file.path !== own?.file.path || span?.start !== own?.start);
  };
  if (builds.some(({ resources }) => resources.some(isFromElsewhere))) return [];
  return builds.filter((one) => one.root !== build.root && !one.resources.some(isSame));
}

/** What names the object in a build, where that says no other namespace. */
function namingSpans({ build, resource, kind }: Target, names: ReadonlySet<string>, kinds: Kinds): Span[] {
  const rendered = nameOf(resource.object);
  const namespace = namespaceOf(resource.object);
  const isHere = (one: string): boolean => namespace === '' || one === '' || one === namespace;
  return build.resources.flatMap((one) =>
    textsOf(one.object, rendered).flatMap((path) => {
      if (path.join('.') === 'metadata.name' || namedKind(one, path, kinds) !== kind) return [];
      if (!isHere(namespaceNamed(one.object, path))) return [];
      const field = getAt(trackedObject(one), path);
      return field === undefined ? [] : stepsOf(field.origin).flatMap(({ span }) => wordIn(span, names));
    }),
  );
}

const deepest = 64;

/** The paths of the fields with just that text. */
function textsOf(value: Value, text: string, path: Path = []): Path[] {
  if (value === text) return [path];
  if (path.length > deepest) return [];
  if (isSequence(value)) return value.flatMap((item, index) => textsOf(item, text, [...path, index]));
  return isMapping(value)
    ? Object.keys(value).flatMap((key) => textsOf(value[key] ?? null, text, [...path, key]))
    : [];
}

/** Where one of the names stands as a word of its own, the last time in a span. */
function wordIn(span: Span, names: ReadonlySet<string>): Span[] {
  const text = span.file.text.slice(span.start, span.end);
  const words = [...text.matchAll(/[\w.-]+/gu)].filter(([word]) => names.has(word));
  const last = words.at(-1);
  if (last === undefined) return [];
  const start = span.start + last.index;
  return [{ file: span.file, start, end: start + last[0].length }];
}

/** The object's own documents and patches in the files of a build, and entries of kustomizations that select it. */
function writtenIn(
  folder: JudgedFolder,
  { build, resource, kind }: Target,
  names: ReadonlySet<string>,
): Span[] {
  const namespace = namespaceOf(resource.object);
  return build.inputs.flatMap((path) => {
    const text = textOf(folder, path);
    if (![...names].some((name) => text.includes(name))) return [];
    const file = { path, text };
    const nodes = objectsIn(text).flatMap((object) => {
      if (isKustomizationPath(path))
        return nodesOf(object.outline.root).filter((node) => selects(node, kind));
      const isIt = object.kind === kind && (object.namespace === '' || object.namespace === namespace);
      return isIt && object.nameNode !== undefined ? [object.nameNode] : [];
    });
    return nodes.flatMap((node) => {
      if (!names.has(unquoted(node.value))) return [];
      const start = node.valueStart + (/^["']/u.test(node.value) ? 1 : 0);
      return [{ file, start, end: start + unquoted(node.value).length }];
    });
  });
}

const generated: Readonly<Record<string, string>> = {
  configMapGenerator: 'ConfigMap',
  secretGenerator: 'Secret',
};

/** Whether a node of a kustomization is the name of an object of the kind. */
function selects(node: OutlineNode, kind: string): boolean {
  if (node.key !== 'name' || node.parent === undefined) return false;
  const holder = node.parent.is === 'item' ? (node.parent.parent?.key ?? '') : node.parent.key;
  const made = ownOf(generated, holder);
  if (made !== undefined) return made === kind;
  if (holder === 'replicas') return /^(?:Deployment|StatefulSet|ReplicaSet)$/u.test(kind);
  const named = textAt(node.parent, 'kind');
  return ['target', 'source', 'select', 'objref'].includes(holder) && (named === undefined || named === kind);
}
