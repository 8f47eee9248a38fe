import type { Build } from '../build/build.ts';
import { nameOf, namespaceOf, type Resource } from '../build/resource.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';
import { isOperated } from './custom-resource.ts';
import { nearestName } from './nearest-name.ts';
import { type Reference, referencesOf } from './pod-reference.ts';
import { describe } from './pod-template.ts';
import { type Provided, providedObjects } from './provided-objects.ts';
import type { BuildRule, RuleContext, RuleProblem } from './rule.ts';

export const referenceMissing: BuildRule = {
  id: 'reference-missing',
  severity: 'error',
  scope: 'build',
  *judge(build, context) {
    const provided = byKind(providedObjects(build, context));
    for (const resource of build.resources) {
      for (const reference of distinct(referencesOf(resource))) {
        const candidates = provided.get(reference.kind) ?? [];
        const matches = candidates.filter((one) => one.name === reference.name && isWithin(one, resource));
        if (matches.length > 0) yield* missingKeys(resource, reference, matches);
        else yield missingObject(resource, reference, { build, context, candidates });
      }
    }
  },
};

function byKind(provided: readonly Provided[]): ReadonlyMap<string, readonly Provided[]> {
  const kinds = new Map<string, Provided[]>();
  for (const one of provided) {
    const known = kinds.get(one.kind);
    if (known === undefined) kinds.set(one.kind, [one]);
    else known.push(one);
  }
  return kinds;
}

interface Surroundings {
  readonly build: Build;
  readonly context: RuleContext;
  readonly candidates: readonly Provided[];
}

// Each name once for an object: a second reference to it says nothing new. References with keys are kept.
function distinct(references: readonly Reference[]): Reference[] {
  const seen = new Set<string>();
  return references.filter(({ kind, name, keys }) => {
    const key = `${kind}/${name}/${keys.map((one) => one.key).join()}`;
    return seen.size < seen.add(key).size;
  });
}

/** Without a namespace, whoever applies the manifests decides. */
function isWithin({ namespace }: Provided, { object }: Resource): boolean {
  const own = namespaceOf(object);
  return namespace === undefined || namespace === '' || own === '' || namespace === own;
}

function* missingKeys(
  resource: Resource,
  { kind, name, keys }: Reference,
  matches: readonly Provided[],
): Iterable<RuleProblem> {
  if (matches.some((one) => one.keys === undefined)) return;
  const known = matches.flatMap((one) => one.keys ?? []);
  for (const { key, path } of keys) {
    if (known.includes(key)) continue;
    const near = nearestName(key, known);
    const [owner] = matches.flatMap(({ by }) => by ?? []);
    yield {
      at: [resource, ...path],
      message: `${describe(resource)} asks for the key ${key} of ${kind} ${name}, which it does not have`,
      help:
        near === undefined
          ? known.length > 0
            ? `use one of its keys (${known.slice(0, 8).join(', ')}), or add this one there`
            : 'add the key there'
          : `there is ${near}: correct the key, or add this one there`,
      related:
        owner === undefined
          ? []
          : [{ at: [owner, 'metadata', 'name'], message: `${describe(owner)} comes from here` }],
    };
  }
}

function missingObject(resource: Resource, reference: Reference, around: Surroundings): RuleProblem {
  const { kind, name, path, isNeeded } = reference;
  const maker = possibleMaker(resource, name, around);
  const isUnknown = maker !== undefined || isKeptOutOfGit(reference, around) || isPartlyBuilt(around);
  const what = `${describe(resource)} needs ${kind} ${name}, which nothing provides`;
  return {
    at: [resource, ...path],
    message: maker === undefined ? what : `${what}, unless ${maker} makes it`,
    help: helpFor(resource, reference, around.candidates),
    ...(isUnknown ? { severity: 'note' } : isNeeded && !isPart(around) ? {} : { severity: 'warning' }),
  };
}

// Secrets are kept out of Git for good reasons. Only where the configuration lists those that are there is a missing one known.
function isKeptOutOfGit({ kind }: Reference, { context }: Surroundings): boolean {
  return kind === 'Secret' && !context.provided.some((one) => one.kind === 'Secret');
}

/** Several kustomizations that nobody uses may be parts of one cluster, and there may be more of them elsewhere. */
function isPart({ context }: Surroundings): boolean {
  return (context.neighbours ?? []).length > 1;
}

function isPartlyBuilt({ context }: Surroundings): boolean {
  return context.neighbours?.some(({ complete }) => !complete) === true;
}

function helpFor(resource: Resource, { kind, name }: Reference, candidates: readonly Provided[]): string {
  const elsewhere = candidates.find((one) => one.name === name);
  if (elsewhere !== undefined) {
    return `it is in namespace ${elsewhere.namespace ?? ''}, and ${describe(resource)} in ${namespaceOf(resource.object)}: bring them together`;
  }
  const near = nearestName(
    name,
    candidates.filter((one) => isWithin(one, resource)).map((one) => one.name),
  );
  if (near !== undefined) return `there is ${near}: correct the name`;
  return `add the ${kind} to the build, or name it under provided in cdb-lint.yaml if it is made elsewhere`;
}

/**
 * What may make an object of this name that no manifest shows: an operator whose custom resource holds the name or gives its own to it, or
 * a program that is told the name in its arguments, as certificate jobs are.
 */
function possibleMaker(
  resource: Resource,
  name: string,
  { build, context }: Surroundings,
): string | undefined {
  const own = namespaceOf(resource.object);
  for (const { resources } of new Set([build, ...(context.neighbours ?? [])])) {
    for (const other of resources) {
      const isNear = own === '' || ['', own].includes(namespaceOf(other.object));
      if (
        isNear &&
        isOperated(other) &&
        (isNamedAfter(name, nameOf(other.object)) || holds(other.object, name, 0))
      )
        return describe(other);
      if (isNear && isToldInArguments(other.object, name, 0)) return describe(other);
    }
  }
  return undefined;
}

function isNamedAfter(name: string, owner: string): boolean {
  return owner !== '' && (name === owner || name.startsWith(`${owner}-`) || name.endsWith(`-${owner}`));
}

const maximumDepth = 64;

function holds(value: Value | undefined, name: string, depth: number): boolean {
  if (typeof value === 'string') return value === name;
  if (depth > maximumDepth) return false;
  if (isSequence(value)) return value.some((item) => holds(item, name, depth + 1));
  return isMapping(value) && Object.keys(value).some((key) => holds(value[key], name, depth + 1));
}

function isToldInArguments(value: Value | undefined, name: string, depth: number): boolean {
  if (depth > maximumDepth) return false;
  if (isSequence(value)) return value.some((item) => isToldInArguments(item, name, depth + 1));
  if (!isMapping(value)) return false;
  return Object.keys(value).some((key) =>
    key === 'args' || key === 'command'
      ? saysName(value[key], name)
      : isToldInArguments(value[key], name, depth + 1),
  );
}

function saysName(value: Value | undefined, name: string): boolean {
  if (typeof value === 'string')
    return value.split(/[\s=,;'"]+/u).some((word) => word === name || word.endsWith(`/${name}`));
  return isSequence(value) && value.some((item) => saysName(item, name));
}
