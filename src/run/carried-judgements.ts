import { type Judged, nothingJudged } from '../admit/judge.ts';
import { kindsFor } from '../admit/said-of-contents.ts';
import type { BuildCarrier, TakenBuilds } from '../build/carried-builds.ts';
import { isSameTracked } from '../build/same-tracked.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { areSame, knownOnce } from '../object/known-once.ts';
import { type Resource, trackedObject } from '../object/resource.ts';
import type { KnownOfRules } from '../rules/known-rules.ts';
import { ownOf } from '../source/own.ts';
import type { Mapping } from '../source/value.ts';
import { type Unit, unitKey } from '../survey/unit.ts';
import type { Surroundings } from '../workload/surroundings.ts';
import type { KnownOfObjects, UnitJudging } from './unit-judging.ts';
import type { UnitWorld } from './unit-world.ts';

/** What is found in units, for another machine; numbers are nodes of the graph of the builds. */
export interface CarriedJudgements {
  readonly units: readonly CarriedUnit[];
  /** Of the rules. */
  readonly kubernetesVersion: string;
  /** What it took, so that whoever takes it knows that no limit was near. */
  readonly spent: Spent;
}

export interface Spent {
  readonly mostOfOne: number;
  readonly costly: number;
  readonly effort: number;
}

interface CarriedUnit {
  /** Its key, and all else that tells it and its world apart. */
  readonly words: string;
  /** Its objects; -1 for those that must not leave. */
  readonly resources: readonly number[];
  /** What its entries selected, and what was taken out again; -1 where that must not leave. */
  readonly others: number;
  /** By the place of an object: what is found of it alone, and whether it is sent server-side; those of which nothing is known are absent. */
  readonly objects: readonly (readonly [place: number, judged: number, isByFlux: boolean])[];
  /** What rules find that asked nothing beyond the unit, those that find something. */
  readonly rules: readonly (readonly [rule: string, found: number])[];
  /** The rules of which nothing is known. */
  readonly open: readonly string[];
}

/** What a unit is, beside its objects, and what it is judged in; undefined where something of the repository has a say that is not written down. */
function wordsOf({ unit, target, policies, thirdPartyPolicies }: UnitWorld): string | undefined {
  const { build, id, title = null, hasPlaceholders } = unit;
  const isCatalogued = [...policies, ...thirdPartyPolicies].every(
    ({ resource, bindings }) => resource === undefined && bindings.every(({ params }) => params.length === 0),
  );
  if (!isCatalogued) return undefined;
  const { root, inputs, data = null, unrendered = null, unknown = null, variables, complete } = build;
  return JSON.stringify([
    unitKey(id),
    [title, hasPlaceholders, target],
    policies.map(({ name }) => name),
    [root, inputs, data, unrendered, unknown, [...(variables ?? [])], complete],
    build.diagnostics.map(({ rule, message, span }) => [rule, message, span.file.path, span.start, span.end]),
  ]);
}

/** All of a build that rules look at beside its objects, and that is there as it was made. */
function othersOf({ build: { effects, dropped = [] } }: Unit): readonly object[] {
  return [...effects, ...dropped];
}

const nothing: Judged = nothingJudged();

/** Notes down what is found in units. */
export interface Notes extends UnitJudging {
  /** Whether it was noted down what is found of an object. */
  knows(object: Mapping): boolean;
  carry(kubernetesVersion: string, spent: Spent): CarriedJudgements;
}

interface Noted {
  readonly world: UnitWorld;
  readonly objects: Map<Resource, readonly [judged: Judged, isByFlux: boolean]>;
  readonly rules: Map<string, readonly Diagnostic[]>;
  readonly open: Set<string>;
}

export function openNotes({ write }: Pick<BuildCarrier, 'write'>): Notes {
  const noted = new Map<Unit, Noted>();
  const objectsNoted = new WeakSet<Mapping>();
  return {
    objects(world, known) {
      const objects: Noted['objects'] = new Map();
      noted.set(world.unit, { world, objects, rules: new Map(), open: new Set() });
      return (resource, beside, find) => {
        const judged = known(resource, beside, find);
        if (isOfContent(resource, beside, world)) {
          objects.set(resource, [isNothing(judged) ? nothing : judged, isByFlux(beside)]);
          objectsNoted.add(resource.object);
        }
        return judged;
      };
    },
    rules(unit, known) {
      const ofUnit = noted.get(unit);
      if (ofUnit === undefined) return known;
      return (rule, _build, context, judge) => {
        const { context: within, isBeyond } = withinUnit(context);
        const found = judge(within);
        if (isBeyond()) ofUnit.open.add(rule.id);
        else if (found.length > 0) ofUnit.rules.set(rule.id, found);
        return found;
      };
    },
    knows: (object) => objectsNoted.has(object),
    carry: (kubernetesVersion, spent) => ({
      units: [...noted].flatMap(([unit, one]) => carriedUnit(unit, one, write) ?? []),
      kubernetesVersion,
      spent,
    }),
  };
}

function carriedUnit(
  unit: Unit,
  { world, objects, rules, open }: Noted,
  write: BuildCarrier['write'],
): CarriedUnit | undefined {
  const words = wordsOf(world);
  if (words === undefined || write(words) === undefined) return undefined;
  const resources = unit.build.resources.map((one) => (isHidden(one) ? -1 : (write(one) ?? -1)));
  const unwritten = new Set<string>();
  const ofRules = [...rules].flatMap(([rule, found]) => {
    const node = write(found);
    if (node === undefined) unwritten.add(rule);
    return node === undefined ? [] : [[rule, node] as const];
  });
  return {
    words,
    resources,
    others: resources.includes(-1) ? -1 : (write(othersOf(unit)) ?? -1),
    objects: unit.build.resources.flatMap((resource, place) => {
      const one = objects.get(resource);
      const node = one === undefined || resources[place] === -1 ? undefined : write(one[0]);
      return one === undefined || node === undefined ? [] : [[place, node, one[1]] as const];
    }),
    rules: ofRules,
    open: [...open, ...unwritten],
  };
}

function isHidden({ object }: Resource): boolean {
  return object['kind'] === 'Secret';
}

function isNothing(judged: Judged): boolean {
  return Object.values(judged).every((list: readonly unknown[]) => list.length === 0);
}

/** Whether what is found of an object depends on nothing but it, its namespace, the catalogue and Kubernetes. */
function isOfContent(
  { object }: Resource,
  [, , before, theirs]: readonly unknown[],
  { customKinds, target }: UnitWorld,
): boolean {
  return (
    before === undefined &&
    theirs === undefined &&
    kindsFor(object, target.kubernetesVersions, customKinds) === undefined
  );
}

function isByFlux([, way]: readonly unknown[]): boolean {
  return way === 'server-side-apply';
}

/** What a rule asks beyond the build that it judges. */
const beyond: ReadonlySet<keyof Surroundings> = new Set([
  'neighbours',
  'clusters',
  'files',
  'documents',
  'sources',
]);

/** Surroundings that say whether they were asked for anything that another machine may know otherwise. */
function withinUnit(context: Surroundings): { readonly context: Surroundings; isBeyond(): boolean } {
  let isAsked = false;
  const noting = new Proxy(context, {
    get(target, key: keyof Surroundings) {
      if (beyond.has(key)) isAsked = true;
      return target[key];
    },
  });
  return { context: noting, isBeyond: () => isAsked };
}

/** Takes what is found in units that are as they were; of the others everything is found out again. */
export function takeJudgements(
  carried: readonly { readonly results: CarriedJudgements; readonly taken: TakenBuilds }[],
): UnitJudging {
  const byWords = new Map(
    carried.flatMap(({ results, taken }) =>
      results.units.map((one) => [one.words, { one, read: taken.read }] as const),
    ),
  );
  const versions = new Set(carried.map(({ results }) => results.kubernetesVersion));
  const heldOf = new Map<Unit, Held | undefined>();
  const heldIn = knownOnce((world: UnitWorld): Held | undefined => {
    const found = byWords.get(wordsOf(world) ?? '');
    const held = found && heldBy(world.unit, found.one, found.read);
    heldOf.set(world.unit, held);
    return held;
  });
  return {
    objects(world, known) {
      const held = heldIn(world);
      return held === undefined ? known : knownOfObjects(held, world, known);
    },
    rules(unit, known) {
      const rules = heldOf.get(unit)?.rules;
      return rules === undefined ? known : knownOfRules(rules, versions, known);
    },
  };
}

/** What is taken of a unit. */
interface Held {
  readonly objects: ReadonlyMap<Resource, readonly [judged: Judged, isByFlux: boolean]>;
  /** By rule; absent where something of the unit is not what it was, or must not leave. */
  readonly rules?: ReadonlyMap<string, readonly Diagnostic[] | 'open'>;
}

function heldBy(unit: Unit, one: CarriedUnit, read: TakenBuilds['read']): Held | undefined {
  const { resources } = unit.build;
  if (one.resources.length !== resources.length) return undefined;
  const isThere = resources.map((resource, place) => isSame(resource, one.resources[place] ?? -1, read));
  // A namespace that is another one may let other policies judge what stands in it.
  if (!resources.every((resource, place) => isThere[place] === true || isHidden(resource))) return undefined;
  const objects = new Map(
    one.objects.flatMap(([place, node, byFlux]) => {
      const resource = resources[place];
      const judged = read(node);
      if (resource === undefined || isThere[place] !== true || !isJudged(judged, resource)) return [];
      return [[resource, [judged, byFlux] as const] as const];
    }),
  );
  const others = read(one.others);
  const isWhole = isThere.every((is) => is) && Array.isArray(others) && areSame(others, othersOf(unit));
  if (!isWhole) return { objects };
  const rules = new Map<string, readonly Diagnostic[] | 'open'>(one.open.map((rule) => [rule, 'open']));
  for (const [rule, node] of one.rules) {
    const found = read(node);
    rules.set(rule, Array.isArray(found) && found.every(isDiagnostic) ? found : 'open');
  }
  return { objects, rules };
}

function isSame(resource: Resource, node: number, read: TakenBuilds['read']): boolean {
  const other = read(node);
  if (other === resource) return true;
  if (!isResource(other)) return false;
  return (
    resource.unhashedName === other.unhashedName &&
    resource.chart === undefined &&
    other.chart === undefined &&
    isSameTracked(trackedObject(resource), trackedObject(other))
  );
}

function knownOfObjects({ objects }: Held, world: UnitWorld, known: KnownOfObjects): KnownOfObjects {
  return (resource, beside, find) => {
    const one = objects.get(resource);
    const isIt = one !== undefined && isOfContent(resource, beside, world) && one[1] === isByFlux(beside);
    return isIt ? one[0] : known(resource, beside, find);
  };
}

function knownOfRules(
  rules: NonNullable<Held['rules']>,
  versions: ReadonlySet<string>,
  known: KnownOfRules,
): KnownOfRules {
  return (rule, build, context, judge) => {
    const isOfVersion = versions.size === 1 && versions.has(context.kubernetesVersion);
    const found = isOfVersion ? (rules.get(rule.id) ?? []) : 'open';
    return found === 'open' ? known(rule, build, context, judge) : found;
  };
}

// Whoever writes a report may write anything, as long as it is a graph.

function isResource(value: unknown): value is Resource {
  return isObject(value) && isObject(value['object']) && isObject(value['origin']);
}

function isJudged(value: unknown, resource: Resource): value is Judged {
  if (!isObject(value)) return false;
  const { diagnostics, accepted, withoutSchema, usedLooseKinds, ...lists } = value;
  return (
    isListOf(diagnostics, isDiagnostic) &&
    isListOf(accepted, (one) => isObject(one) && isDiagnostic(one['diagnostic']) && isText(one['reason'])) &&
    isListOf(withoutSchema, isText) &&
    isListOf(usedLooseKinds, () => false) &&
    ['undecoded', 'schemaless', 'ruleless'].every((name) =>
      isListOf(ownOf(lists, name), (one) => one === resource),
    )
  );
}

const severities: ReadonlySet<unknown> = new Set(['error', 'warning', 'note']);

function isDiagnostic(value: unknown): value is Diagnostic {
  return isObject(value) && hasOnly(value, ofDiagnostic, ['rule', 'severity', 'message', 'span', 'related']);
}

const ofObject: Checks = new Map(['apiVersion', 'kind', 'namespace', 'name'].map((name) => [name, isText]));
const ofIdentity: Checks = new Map(
  ['subject', 'field', 'object', 'home', 'written'].map((name) => [name, isText]),
);

/** A fix is proposed where all is known, and of a chart or a difference no part speaks that is carried. */
const ofDiagnostic: Checks = new Map<string, (value: unknown) => boolean>([
  ...['rule', 'message', 'help', 'field', 'entryPoint', 'unchecked', 'cause'].map(
    (name) => [name, isText] as const,
  ),
  ['severity', (value) => severities.has(value)],
  ['span', isSpan],
  [
    'related',
    (value) => isListOf(value, (one) => isObject(one) && isText(one['message']) && isSpan(one['span'])),
  ],
  ['object', (value) => isObject(value) && hasOnly(value, ofObject, ['apiVersion', 'kind', 'name'])],
  ['identity', (value) => isObject(value) && hasOnly(value, ofIdentity, [...ofIdentity.keys()])],
  ['isOfRun', (value) => value === true],
]);

type Checks = ReadonlyMap<string, (value: unknown) => boolean>;

/** Whether an object has these fields at least, and no others than those that are checked. */
function hasOnly(value: object, checks: Checks, needed: readonly string[]): boolean {
  return (
    needed.every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, part]) => checks.get(name)?.(part) === true)
  );
}

function isSpan(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { file, start, end } = value;
  if (!isObject(file)) return false;
  const { path, text } = file;
  return typeof path === 'string' && typeof text === 'string' && isWithin(start, text) && isWithin(end, text);
}

function isWithin(place: unknown, { length }: string): boolean {
  return typeof place === 'number' && Number.isInteger(place) && place >= 0 && place <= length;
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
