import type { Build } from '../object/build.ts';
import { knownOnce } from '../object/known-once.ts';
import { nameOf, namespaceOf, type Resource } from '../object/resource.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';
import { besideOnce } from './beside.ts';
import { filledNamespace, isOperated } from './custom-resource.ts';
import { describe } from './pod/pod-template.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * What may make an object of this name that no manifest shows: an operator whose custom resource holds the name or gives its own to it, or
 * a program that is told the name in its arguments, as certificate jobs are.
 */
export function possibleMaker(
  resource: Resource,
  name: string,
  build: Build,
  context: Surroundings,
): string | undefined {
  if (!isHeld(name, build, context)) return undefined;
  for (const maker of makersBeside(namespaceOf(resource.object), build, context)) {
    const { object } = maker.resource;
    // It cannot make what it needs before it runs.
    if (object === resource.object) continue;
    if (maker.words.has(name) || (maker.isOwner && isNamedAfter(name, nameOf(object))))
      return describe(maker.resource);
  }
  return undefined;
}

interface Maker {
  readonly resource: Resource;
  /** Whether an operator may derive names from that of the object. */
  readonly isOwner: boolean;
  readonly words: ReadonlySet<string>;
}

const makersOf = knownOnce(({ resources }: Build): readonly Maker[] =>
  resources.flatMap((resource) => {
    const words = new Set<string>();
    const isOwner = isOperated(resource);
    collectWords(resource.object, isOwner ? 'texts' : 'arguments', words, 0);
    return isOwner || words.size > 0 ? [{ resource, isOwner, words }] : [];
  }),
);

/** What makers of any namespace hold: most of what is missing has no maker at all. */
interface Held {
  readonly words: ReadonlySet<string>;
  readonly owners: ReadonlySet<string>;
}

const heldIn = knownOnce((build: Build) => heldBy(makersOf(build)));
const heldInAll = knownOnce((builds: readonly Build[]) => heldBy(builds.flatMap(makersOf)));

function heldBy(makers: readonly Maker[]): Held {
  const words = new Set(makers.flatMap((maker) => [...maker.words]));
  const owners = makers.filter(({ isOwner }) => isOwner).map(({ resource }) => nameOf(resource.object));
  return { words, owners: new Set(owners) };
}

function isHeld(name: string, build: Build, { neighbours }: Surroundings): boolean {
  const held = neighbours === undefined ? [heldIn(build)] : [heldIn(build), heldInAll(neighbours)];
  const owners = possibleOwners(name);
  return held.some((one) => one.words.has(name) || owners.some((owner) => one.owners.has(owner)));
}

/** The names that `isNamedAfter` may be true of. */
function possibleOwners(name: string): readonly string[] {
  const dashes = [...name.matchAll(/-/gu)].map(({ index }) => index);
  return [name, ...dashes.flatMap((at) => [name.slice(0, at), name.slice(at + 1)])];
}

const makersBeside = besideOnce(makersOf, ({ resource, isOwner }) =>
  isOwner ? filledNamespace(resource) : namespaceOf(resource.object),
);

/** Whether a name is one that an owner of another name gives, as in `db-credentials` of `db`. */
export function isNamedAfter(name: string, owner: string): boolean {
  return owner !== '' && (name === owner || name.startsWith(`${owner}-`) || name.endsWith(`-${owner}`));
}

const maximumDepth = 64;

/** Every text of an object, or the words of its arguments alone. */
function collectWords(
  value: Value | undefined,
  what: 'texts' | 'arguments' | 'said',
  words: Set<string>,
  depth: number,
): void {
  if (depth > maximumDepth) return;
  if (typeof value === 'string') {
    if (what === 'texts') words.add(value);
    else if (what === 'said') addSaid(value, words);
  } else if (isSequence(value)) {
    for (const item of value) collectWords(item, what, words, depth + 1);
  } else if (isMapping(value)) {
    for (const key of Object.keys(value)) {
      const isSaid = what === 'arguments' && (key === 'args' || key === 'command');
      collectWords(value[key], isSaid ? 'said' : what, words, depth + 1);
    }
  }
}

function addSaid(text: string, words: Set<string>): void {
  for (const word of text.split(/[\s=,;'"]+/u)) {
    words.add(word);
    words.add(word.slice(word.lastIndexOf('/') + 1));
  }
}
