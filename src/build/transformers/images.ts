import { countEdits } from '../../object/edit-work.ts';
import { getPart, type Origin, replaceValue, setKey, type Tracked } from '../../object/provenance.ts';
import { groupVersionKind } from '../../object/resource.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../../source/value.ts';
import { type FieldSpec, updateFields, updateItems } from '../field-spec.ts';
import { compileGoRegExp, type GoRegExp } from '../go-regexp.ts';
import { holdsContainers } from '../holds.ts';
import { textOf } from '../kustomization.ts';
import { isProblem, type Problem } from '../problem.ts';
import { countChanged, type EffectLog, mapObjects, type Resources } from '../transformer.ts';

/**
 * One entry of `images`. kustomize runs two filters, one over every `containers` and `initContainers` list at any depth
 * and one over the field specs, so what both reach is changed twice (a `tagSuffix` shows it).
 */
export function transformImages(
  resources: Resources,
  entry: Tracked<Mapping>,
  specs: readonly FieldSpec[],
  log: EffectLog,
): Resources | Problem {
  const image = readImage(entry);
  let selected = 0;
  const result = mapObjects(resources, (object) => {
    if (groupVersionKind(object.value).kind === 'CustomResourceDefinition') return object;
    if (withoutImages.get(object.value) === specs) return object;
    let isMatched = false;
    let isAsked = false;
    const set = (field: Tracked): Tracked => {
      isAsked = true;
      if (typeof field.value !== 'string' || !image.matches(field.value)) return field;
      isMatched = true;
      const next = image.apply(field.value);
      return next === field.value ? field : replaceValue(field, next, image.origin);
    };
    const mayMatch = holdsString(object.value, image.matches, 0);
    if (!mayMatch && passed.get(object.value) === specs) return object;
    const walked = mayMatch ? updateContainers(object, set, 0) : object;
    if (isProblem(walked)) return walked;
    const next = updateFields(walked as Tracked<Mapping>, specs, (field) =>
      typeof field.value === 'object' && field.value !== null
        ? {
            problem: 'an image must be a string, but this is a list or a mapping',
            help: 'write the image as a string, or correct the field spec',
            at: field.origin,
          }
        : set(field),
    );
    if (isMatched) selected += 1;
    if (next === object)
      (isAsked || holdsContainers(object.value) ? passed : withoutImages).set(object.value, specs);
    return next;
  });
  if (isProblem(result)) return result;
  const changed = countChanged(resources, result);
  log({ by: 'images', origin: entry.origin, selected, changed, target: textOf(entry, 'name') });
  return result;
}

/** Objects in which field specs found nothing to complain of, and nothing to change: only an entry for an image in them finds more. */
const passed = new WeakMap<Mapping, readonly FieldSpec[]>();
/** Objects without any field where an image may be. */
const withoutImages = new WeakMap<Mapping, readonly FieldSpec[]>();

interface ImageEntry {
  readonly origin: Origin;
  matches(image: string): boolean;
  apply(image: string): string;
}

function readImage(entry: Tracked<Mapping>): ImageEntry {
  const name = textOf(entry, 'name');
  const newName = textOf(entry, 'newName');
  const newTag = textOf(entry, 'newTag');
  const newDigest = textOf(entry, 'digest');
  const tagSuffix = textOf(entry, 'tagSuffix');
  const setting = ['newTag', 'digest', 'newName', 'tagSuffix'].find((field) => textOf(entry, field) !== '');
  return {
    origin: (getPart(entry, setting ?? 'name') ?? entry).origin,
    matches: imageMatcher(name),
    apply: (image) => {
      const parts = splitImage(image);
      let { tag, digest } = parts;
      if (newTag !== '' || newDigest !== '') {
        tag = newTag;
        digest = newDigest;
      } else if (tagSuffix !== '') {
        tag += tagSuffix;
        digest = '';
      }
      return `${newName || parts.name}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`;
    },
  };
}

// Fixed, and no two parts of it match the same characters: linear on any input.
const tagAndDigest = /^(:[a-zA-Z0-9_.{}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?$/;

// `images[].name` goes into a regular expression as it stands; one that does not compile matches nothing.
function imageMatcher(name: string): (image: string) => boolean {
  if (/^[A-Za-z0-9/_:@.-]*$/.test(name)) return plainMatcher(name);
  let compiled: GoRegExp | Problem | undefined;
  return (image) => {
    compiled ??= compileGoRegExp(`^${name}${tagAndDigest.source.slice(1)}`);
    return !isProblem(compiled) && compiled.test(image);
  };
}

/** A registry's name has dots, and a dot takes any one character. */
function plainMatcher(name: string): (image: string) => boolean {
  const parts = name.split('.');
  return (image) => {
    let at = 0;
    for (const [index, part] of parts.entries()) {
      if (index > 0) {
        const code = image.codePointAt(at);
        if (code === undefined || code === 10) return false;
        at += code > 0xffff ? 2 : 1;
      }
      if (!image.startsWith(part, at)) return false;
      at += part.length;
    }
    return tagAndDigest.test(image.slice(at));
  };
}

/** Name, tag and digest of an image; a registry's port is no tag (api/internal/image). */
export function splitImage(image: string): { name: string; tag: string; digest: string } {
  const slash = image.indexOf('/');
  const from = slash > 0 ? slash : 0;
  const at = image.indexOf('@', from);
  const colon = image.indexOf(':', from);
  if (at < 0 && colon < 0) return { name: image, tag: '', digest: '' };
  if (at >= 0 && (colon < 0 || at < colon)) {
    return { name: image.slice(0, at), tag: '', digest: image.slice(at + 1) };
  }
  if (at >= 0) {
    return { name: image.slice(0, colon), tag: image.slice(colon + 1, at), digest: image.slice(at + 1) };
  }
  return { name: image.slice(0, colon), tag: image.slice(colon + 1), digest: '' };
}

const maximumDepth = 1000;

// Most objects name no such image: looking first is cheaper than walking with origins.
function holdsString(value: Value, matches: (text: string) => boolean, depth: number): boolean {
  if (typeof value === 'string') return matches(value);
  if (typeof value !== 'object' || value === null || depth > maximumDepth) return false;
  countEdits(1);
  if (isSequence(value)) {
    for (const item of value) if (holdsString(item, matches, depth + 1)) return true;
    return false;
  }
  const mapping = value as Mapping;
  for (const key in mapping) if (holdsString(mapping[key] as Value, matches, depth + 1)) return true;
  return false;
}

function updateContainers(node: Tracked, set: (field: Tracked) => Tracked, depth: number): Tracked | Problem {
  if (depth > maximumDepth)
    return { problem: 'the object is nested too deeply', help: 'flatten the object', at: node.origin };
  if (isSequence(node.value)) {
    const isNested = node.value.some((item) => typeof item === 'object' && item !== null);
    return isNested ? updateItems(node, (item) => updateContainers(item, set, depth + 1)) : node;
  }
  if (!isMapping(node.value)) return node;
  let current = node as Tracked<Mapping>;
  for (const key of Object.keys(node.value)) {
    const value = node.value[key];
    if (typeof value !== 'object' || value === null) continue;
    const part = getPart(current, key) as Tracked;
    let next = updateContainers(part, set, depth + 1);
    if (isProblem(next)) return next;
    const holdsContainers = key === 'containers' || key === 'initContainers';
    if (holdsContainers && isSequence(next.value)) next = updateImages(next, set);
    if (isProblem(next)) return next;
    if (next !== part) current = setKey(current, key, next);
  }
  return current;
}

function updateImages(containers: Tracked, set: (field: Tracked) => Tracked): Tracked | Problem {
  return updateItems(containers, (container) => {
    const image = getPart(container, 'image');
    if (image === undefined) return container;
    const next = set(image);
    return next === image ? container : setKey(container as Tracked<Mapping>, 'image', next);
  });
}
