import { addTo } from '../diagnostic/grouped.ts';
import { getAt, getPart, type Origin, removeKey, setKey, type Tracked } from '../object/provenance.ts';
import { encodeBase64 } from '../source/base64.ts';
import { isMapping, type Mapping, newMapping } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import {
  type AccumulatedResource,
  allIds,
  currentId,
  currentKey,
  describeId,
  type ResourceId,
  sameId,
  setMetadata,
  wasNamed,
} from './accumulated-resource.ts';
import { isProblem, type Problem } from './problem.ts';
import { scalarSource } from './scalar-style.ts';
import type { Resources } from './transformer.ts';

/** Puts resources behind those that are there; an identity that is taken is a problem. */
export function appendResources(resources: Resources, added: Resources, at: Origin): Resources | Problem {
  if (added.length === 0) return resources;
  const taken = takenIn.get(resources) ?? new Set(resources.map(currentKey));
  takenIn.delete(resources);
  for (const resource of added) {
    const key = currentKey(resource);
    if (taken.has(key)) {
      return {
        rule: 'id-conflict',
        problem: `${describeId(currentId(resource))} is already in the build`,
        help: 'a build can contain an object only once: remove one of the two, or change its name or namespace',
        at: (getAt(resource.tracked, ['metadata', 'name']) ?? { origin: at }).origin,
      };
    }
    taken.add(key);
  }
  const all = [...resources, ...added];
  takenIn.set(all, taken);
  return all;
}

/** The identities in a list that was put together; each file of thousands that a kustomization names would collect them anew. */
const takenIn = new WeakMap<Resources, Set<string>>();

/** Takes generated resources in as their `behavior` says: new ones, or merged with or in the place of one that is there. */
export interface Absorber {
  absorb(generated: AccumulatedResource, at: Origin): Problem | undefined;
  /** All that are there now. */
  resources(): Resources;
}

export function openAbsorber(start: Resources): Absorber {
  const all = [...start];
  // By every name they have or had: thousands of generators look at thousands of objects else.
  const byName = new Map<string, number[]>();
  const note = (resource: AccumulatedResource, index: number): void => {
    for (const name of new Set([nameNow(resource), ...resource.previous.map((one) => one.name)])) {
      addTo(byName, name, index);
    }
  };
  let isNoted = false;
  return {
    resources: () => all,
    absorb(generated, at) {
      if (!isNoted) all.forEach(note);
      isNoted = true;
      const { name } = currentId(generated);
      const indices = [...new Set(byName.get(name) ?? [])].filter((index) => {
        const other = all[index];
        return other !== undefined && isMeant(other, currentId(generated));
      });
      const [index] = indices;
      const merged = absorbOne(
        indices.flatMap((one) => all[one] ?? []),
        generated,
        at,
      );
      if (isProblem(merged)) return merged;
      if (index === undefined) note(merged, all.push(merged) - 1);
      else {
        all[index] = merged;
        note(merged, index);
      }
      return undefined;
    },
  };
}

function nameNow(resource: AccumulatedResource): string {
  return currentId(resource).name;
}

function isMeant(other: AccumulatedResource, id: ResourceId): boolean {
  return wasNamed(other, id.name) && allIds(other).some((otherId) => sameId(otherId, id));
}

/** What comes of a generated resource and those that it may mean. */
function absorbOne(
  matches: readonly AccumulatedResource[],
  resource: AccumulatedResource,
  at: Origin,
): AccumulatedResource | Problem {
  const id = currentId(resource);
  const old = matches[0];
  const merges = resource.behavior === 'merge' || resource.behavior === 'replace';
  if (old === undefined) {
    if (!merges) return resource;
    return {
      rule: 'generator-target-missing',
      problem: `behavior: ${resource.behavior} needs an existing ${describeId(id)}, but there is none`,
      help: 'write behavior: create, or correct the name or the namespace',
      at,
    };
  }
  if (matches.length > 1) {
    return {
      rule: 'generator-target-ambiguous',
      problem: `${matches.length} objects match ${describeId(id)}`,
      help: 'add the namespace',
      at,
    };
  }
  if (!merges) {
    return {
      rule: 'id-conflict',
      problem: `${describeId(id)} is already in the build`,
      help: 'write behavior: merge or behavior: replace, or choose another name',
      at,
    };
  }
  const tracked = resource.behavior === 'merge' ? mergeData(resource.tracked, old.tracked) : resource.tracked;
  // What replaces an object comes from where it is generated, what merges into one does not.
  const { originAnnotation } =
    resource.behavior === 'merge' && old.originAnnotation !== undefined ? old : resource;
  return {
    ...old,
    isMade: true,
    ...(originAnnotation === undefined ? {} : { originAnnotation }),
    tracked: mergeMetadata(tracked, old.tracked),
    needsHash: old.needsHash && resource.needsHash,
  };
}

function mergeMetadata(resource: Tracked<Mapping>, old: Tracked<Mapping>): Tracked<Mapping> {
  let current = resource;
  for (const field of ['labels', 'annotations']) {
    current = setMetadata(
      current,
      field,
      asTexts(mergeEntries(getAt(old, ['metadata', field]), getAt(resource, ['metadata', field]))),
    );
  }
  current = setMetadata(current, 'name', getAt(old, ['metadata', 'name']));
  return setMetadata(current, 'namespace', getAt(old, ['metadata', 'namespace']));
}

// kustomize reads these maps as texts before it writes them anew; a null is one, too, save for data.
function asTexts(map: Tracked | undefined, nothing?: string): Tracked | undefined {
  if (map === undefined || !isMapping(map.value)) return map;
  let texts = map as Tracked<Mapping>;
  for (const key of Object.keys(map.value)) {
    const part = getPart(map, key) as Tracked;
    const text = part.value === null && nothing !== undefined ? nothing : scalarSource(part);
    if (text !== part.value) texts = setKey(texts, key, { value: text, origin: part.origin });
  }
  return texts;
}

function mergeData(resource: Tracked<Mapping>, old: Tracked<Mapping>): Tracked<Mapping> {
  const before =
    old.value['kind'] === 'Secret' && old.value['apiVersion'] === 'v1' ? withEncodedStringData(old) : old;
  let current = resource;
  for (const [field, source] of [
    ['data', before],
    ['binaryData', old],
  ] as const) {
    const merged = asTexts(mergeEntries(getPart(source, field), getPart(resource, field)), '');
    if (merged !== undefined) current = setKey(current, field, merged);
    else if (getPart(current, field) !== undefined) current = removeKey(current, field);
  }
  return current;
}

// As the API server takes it: stringData goes into data, encoded, and wins over a key of the same name there.
function withEncodedStringData(secret: Tracked<Mapping>): Tracked<Mapping> {
  const stringData = getPart(secret, 'stringData');
  if (stringData === undefined || !isMapping(stringData.value)) return secret;
  const encoded = newMapping();
  for (const key of Object.keys(stringData.value))
    encoded[key] = encodeBase64(valueText(stringData.value[key] ?? ''));
  const data = mergeEntries(getPart(secret, 'data'), { value: encoded, origin: stringData.origin });
  return data === undefined ? secret : setKey(secret, 'data', data);
}

/** The entries of both, those of `own` winning; undefined where there are none. */
function mergeEntries(old: Tracked | undefined, own: Tracked | undefined): Tracked | undefined {
  if (old === undefined || !isMapping(old.value)) return nonEmpty(own);
  if (own === undefined || !isMapping(own.value)) return nonEmpty(old);
  let merged = old as Tracked<Mapping>;
  for (const key of Object.keys(own.value)) merged = setKey(merged, key, getPart(own, key) as Tracked);
  return nonEmpty(merged);
}

function nonEmpty(map: Tracked | undefined): Tracked | undefined {
  return map !== undefined && isMapping(map.value) && Object.keys(map.value).length > 0 ? map : undefined;
}
