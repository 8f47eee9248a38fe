import { splitImage } from '../../build/transformers/images.ts';
import { nearestName } from '../../diagnostic/closest-word.ts';
import type { Severity } from '../../diagnostic/severity.ts';
import type { Build } from '../../object/build.ts';
import { isKustomizationPath } from '../../object/kustomization-path.ts';
import { groupVersionKind, nameOf, namespaceOf } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { directoryOf } from '../../source/path.ts';
import { isMapping, itemsAt, type Mapping, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { containersOf, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import type { RunRule } from '../rule.ts';
import { fileOfEntry, isOfComponent, type JointEffect, jointEffects, partOfEntry } from './entry-effect.ts';
import { findSetLater } from './set-later.ts';

export const entrySelectsNothing: RunRule = {
  id: 'entry-selects-nothing',
  severity: 'error',
  scope: 'run',
  criterion: 'wired',
  tags: ['kustomize', 'references'],
  *judge(builds, context) {
    for (const effect of jointEffects(builds, context)) {
      // What a variable stands for is told where it is substituted.
      if (effect.selected > 0 || effect.target.includes('${')) continue;
      const problem = effect.by === 'images' ? unusedImage(effect) : unusedSelector(effect);
      const severity = severityOf(effect, context);
      yield severity === undefined ? problem : { ...problem, severity };
    }
  },
};

/** Unless it is that of the problem. */
function severityOf(effect: JointEffect, context: Surroundings): Severity | undefined {
  const isNone = isFilledLater(effect, context) || isEmpty(effect, context) || isOptIn(effect);
  if (isNone) return 'note';
  if (isDone(effect)) return 'warning';
  if (!isOfWholeKind(effect)) return undefined;
  // What a component says of a kind need not be for every kustomization that uses it.
  return isOfComponent(effect, context) ? 'note' : 'warning';
}

// What a patch takes away, and is not there, is as the patch wants it, unless something is nearly what it names.
function isDone({ deletes, target, builds }: JointEffect): boolean {
  return deletes === true && (setLaterHelp(target, builds) ?? helpForMeant(target, builds)) === undefined;
}

// A target without a name is all there is of a kind, which may be nothing; a kind that is nearly one of the build is a mistake.
function isOfWholeKind({ target, builds }: JointEffect): boolean {
  const parts = target.split(', ').map(splitOnce);
  const kind = new Map(parts).get('kind');
  const refused = parts.map(([part, value]) => (part.endsWith('Selector') ? keyRefusedBy(value) : undefined));
  const isWhole = parts.every(
    ([part], index) => /^(?:group|version|kind)$/u.test(part) || refused[index] !== undefined,
  );
  if (kind === undefined || !isWhole) return false;
  const objects = builds.flatMap(({ resources }) => resources.map(({ object }) => object));
  const kinds = new Set(objects.map((object) => valueText(object['kind'])));
  if (!kinds.has(kind)) return nearestName(kind, kinds) === undefined;
  // Objects use it to be left out, and here all of them may.
  return objects
    .filter((object) => object['kind'] === kind)
    .some((object) => refused.some((key) => key !== undefined && keysOf(object).includes(key)));
}

/** The key of a selector that only tells which objects are left out. */
function keyRefusedBy(selector: string): string | undefined {
  return /^\s*!\s*([\w./-]+)\s*$/u.exec(selector)?.[1];
}

// Objects ask for it with a label of its own, which none has yet; what is nearly the label of one is a mistake.
function isOptIn({ target, builds }: JointEffect): boolean {
  const wanted = new Map(target.split(', ').map(splitOnce));
  const selector = wanted.get('labelSelector') ?? wanted.get('annotationSelector');
  if (selector === undefined || wanted.has('name')) return false;
  const known = keysIn(builds);
  const keys = selector.split(',').flatMap((one) => /^\s*([\w./-]+)/u.exec(one)?.[1] ?? []);
  return keys.length > 0 && keys.every((key) => !known.has(key) && nearestName(key, known) === undefined);
}

/** The keys of all labels and annotations. */
function keysIn(builds: readonly Build[]): ReadonlySet<string> {
  const ofObjects = builds.flatMap(({ resources }) => resources).flatMap(({ object }) => keysOf(object));
  const ofPods = builds.flatMap(podTemplatesOf).flatMap(({ labels }) => Object.keys(labels));
  return new Set([...ofObjects, ...ofPods]);
}

/** The keys of the labels and annotations of an object. */
function keysOf(object: Mapping): string[] {
  const maps = ['labels', 'annotations'].map((field) => valueAt(object, ['metadata', field]));
  return maps.flatMap((map) => (isMapping(map) ? Object.keys(map) : []));
}

// A list to which resources come and go: there is nothing that the entry could mean.
function isEmpty(effect: JointEffect, { sources }: Surroundings): boolean {
  const file = fileOfEntry(effect);
  if (!isKustomizationPath(file)) return false;
  const value = sources.load(file, 'kustomize').documents[0]?.value;
  return fieldsWithObjects.every((field) => itemsAt(value, [field]).length === 0);
}

const fieldsWithObjects = [
  'resources',
  'bases',
  'components',
  'helmCharts',
  'generators',
  'configMapGenerator',
  'secretGenerator',
];

// A file without a document beside the entry is filled by a tool, as `flux bootstrap` does.
function isFilledLater(effect: JointEffect, { sources }: Surroundings): boolean {
  const folder = directoryOf(fileOfEntry(effect));
  return effect.builds.some(({ inputs }) =>
    inputs.some(
      (path) =>
        directoryOf(path) === folder &&
        /\.ya?ml$/u.test(path) &&
        sources.load(path, 'kustomize').documents.length === 0,
    ),
  );
}

// An image entry that nothing uses is often left over from a tool that sets tags; one whose name is nearly right is a mistake.
function unusedImage({ origin, target, builds }: JointEffect): RuleProblem {
  const images = imagesOf(builds);
  const last = lastPart(target);
  const meant = images.find((name) => lastPart(name) === last) ?? nearestName(target, images);
  const at = partOfEntry(origin, 'name');
  const message = `no container has the image ${target}, so this entry changes nothing`;
  if (meant !== undefined) return { at, message, help: `write the name as in the containers: ${meant}` };
  return {
    at,
    message,
    severity: 'warning',
    help:
      images.length > 0
        ? `the images are ${images.slice(0, 6).join(', ')}: correct the name, or remove the entry`
        : 'remove the entry',
  };
}

function unusedSelector({ by, origin, target, builds }: JointEffect): RuleProblem {
  const isReplacement = by === 'replacements';
  return {
    at: partOfEntry(origin, isReplacement ? 'select' : 'target'),
    message: `no object matches ${target}, the target of ${isReplacement ? 'this replacement' : 'the patch'}, so it changes nothing`,
    help: (isReplacement ? undefined : setLaterHelp(target, builds)) ?? helpFor(target, builds),
  };
}

/** The usual surprise: what the target names is there, but patches come before what makes it so. */
function setLaterHelp(target: string, builds: readonly Build[]): string | undefined {
  const wanted = new Map(target.split(', ').map(splitOnce));
  const found = findSetLater(
    wanted,
    builds.flatMap(({ resources }) => resources),
  );
  if (found === undefined) return undefined;
  const { part, by } = found;
  const rest = part === 'name' ? 'write the earlier name' : `remove ${part} from the target`;
  return `${by} of this kustomization is applied after its patches: ${rest}`;
}

function helpFor(target: string, builds: readonly Build[]): string {
  const meant = helpForMeant(target, builds);
  if (meant !== undefined) return meant;
  const kind = new Map(target.split(', ').map(splitOnce)).get('kind');
  const kinds = builds.flatMap(({ resources }) => resources.map(({ object }) => object['kind']));
  return kind === undefined || kinds.includes(kind)
    ? 'correct the target, or remove the entry'
    : `the build has no object of kind ${kind}: correct the target, or remove the entry`;
}

/** Where something is there that the target may be meant for. */
function helpForMeant(target: string, builds: readonly Build[]): string | undefined {
  const resources = builds.flatMap((build) => build.resources);
  const objects = resources.map(({ object }) => object);
  const wanted = new Map(target.split(', ').map((part) => splitOnce(part)));
  const kind = wanted.get('kind');
  const kinds = objects.map((object) => valueText(object['kind']));
  if (kind !== undefined && !kinds.includes(kind)) {
    const near = nearestName(kind, new Set(kinds));
    return near === undefined
      ? undefined
      : `the build has no object of kind ${kind}, but has ${near}: correct the kind`;
  }
  const name = wanted.get('name');
  if (name === undefined) return helpForGroup(wanted, objects);
  const twinResource = resources.find(({ object }) => object['kind'] === kind && nameOf(object) === name);
  const twin = twinResource?.object;
  const space = wanted.get('namespace');
  if (
    twinResource !== undefined &&
    twin !== undefined &&
    space !== undefined &&
    space !== namespaceOf(twin)
  ) {
    const later = findSetLater(new Map([['namespace', namespaceOf(twin)]]), [twinResource]);
    if (later !== undefined)
      return `there is a ${kind} ${name}, whose namespace is set after patches by ${later.by} of the kustomization: remove namespace from the target`;
    const own = namespaceOf(twin) === '' ? 'none' : `namespace ${namespaceOf(twin)}`;
    return `there is a ${kind} ${name}, but in ${own}: correct the namespace of the target, or remove it if the kustomization sets it`;
  }
  if (twin !== undefined) {
    const { group, version } = groupVersionKind(twin);
    const where = namespaceOf(twin) === '' ? '' : ` in namespace ${namespaceOf(twin)}`;
    const isSame = (wanted.get('group') ?? group) === group && (wanted.get('version') ?? version) === version;
    if (isSame && ![...wanted.keys()].some((part) => part.endsWith('Selector')))
      return `there is a ${kind} ${name}${where}, which gets that name only at the end of the build: remove name from the target`;
    return `there is a ${kind} ${name}${where}, of group ${group === '' ? '""' : group} and version ${version}: correct the target`;
  }
  const names = objects.filter((object) => kind === undefined || object['kind'] === kind).map(nameOf);
  const near = nearestName(name, new Set(names));
  return near === undefined ? undefined : `there is ${near}: correct the name`;
}

/** Where the objects of a whole kind are of another group or version. */
function helpForGroup(wanted: ReadonlyMap<string, string>, objects: readonly Mapping[]): string | undefined {
  const ids = objects.filter(({ kind }) => kind === wanted.get('kind')).map(groupVersionKind);
  const [first] = ids;
  const isMeant = ids.some(
    ({ group, version }) =>
      (wanted.get('group') ?? group) === group && (wanted.get('version') ?? version) === version,
  );
  if (first === undefined || isMeant) return undefined;
  const group = first.group === '' ? '""' : first.group;
  return `the build has objects of kind ${first.kind}, but of group ${group} and version ${first.version}: correct the target`;
}

function splitOnce(part: string): [string, string] {
  const space = part.indexOf(' ');
  return [part.slice(0, space), part.slice(space + 1)];
}

function imagesOf(builds: readonly Build[]): string[] {
  const images = builds
    .flatMap(podTemplatesOf)
    .flatMap(containersOf)
    .flatMap(({ container }) => (typeof container['image'] === 'string' ? [container['image']] : []));
  return [...new Set(images.map((image) => splitImage(image).name))].sort();
}

function lastPart(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}
