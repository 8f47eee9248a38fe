import { nearestName } from '../../diagnostic/closest-word.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { isKustomizationPath } from '../../object/kustomization-path.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { objectReferencesOf } from '../../workload/object-reference.ts';
import { podReferencesOf, type Reference } from '../../workload/pod/pod-reference.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import { possibleMaker } from '../../workload/possible-maker.ts';
import { type Provided, type ProvidedObjects, providedObjects } from '../../workload/provided-objects.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import { isPartlyBuilt } from '../../workload/unseen-maker.ts';
import type { BuildRule } from '../rule.ts';

export const referenceMissing: BuildRule = {
  id: 'reference-missing',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['references'],
  *judge(build, context) {
    const provided = providedObjects(build, context);
    for (const resource of build.resources) {
      for (const reference of distinct([...podReferencesOf(resource), ...objectReferencesOf(resource)])) {
        const matches = matchesOf(resource, reference, provided);
        if (matches === 'whole') continue;
        if (matches.length > 0) yield* missingKeys(resource, reference, matches);
        else yield* missingObject(resource, reference, { build, context, provided });
      }
    }
  },
};

/** What may be meant; whoever finds one that has all that is asked for looks at no other. */
function matchesOf(
  resource: Resource,
  reference: Reference,
  provided: ProvidedObjects,
): readonly Provided[] | 'whole' {
  const { kind, name, namespace = namespaceOf(resource.object), keys } = reference;
  const matches: Provided[] = [];
  for (const one of provided.named(kind, name, namespace)) {
    if (!isWithin(one, reference, resource)) continue;
    if (one.keys === undefined || keys.every(({ key }) => keysIn(one).has(key))) return 'whole';
    matches.push(one);
  }
  return matches;
}

interface Judging {
  readonly build: Build;
  readonly context: Surroundings;
  readonly provided: ProvidedObjects;
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
function isWithin({ namespace }: Provided, reference: Reference, { object }: Resource): boolean {
  const own = reference.namespace ?? namespaceOf(object);
  return namespace === undefined || namespace === '' || own === '' || namespace === own;
}

function* missingKeys(
  resource: Resource,
  { kind, name, keys }: Reference,
  matches: readonly Provided[],
): Iterable<RuleProblem> {
  for (const { key, path } of keys) {
    if (matches.some((one) => keysIn(one).has(key))) continue;
    const known = [...new Set(matches.flatMap((one) => one.keys ?? []))];
    const near = nearestName(key, known);
    const [owner] = matches.flatMap(({ by }) => by ?? []);
    yield {
      at: [resource, ...path],
      message: `${describe(resource)} uses the key ${key} of ${kind} ${name}, which has no such key`,
      help:
        near === undefined
          ? known.length > 0
            ? `use one of its keys (${known.slice(0, 8).join(', ')}), or add this one there`
            : 'add the key there'
          : `there is ${near}: correct the key, or add this one`,
      // What is there without a key is mostly there to be filled in.
      ...(known.length === 0 ? { severity: 'note' } : {}),
      related:
        owner === undefined
          ? []
          : [{ at: [owner, 'metadata', 'name'], message: `${describe(owner)} comes from here` }],
    };
  }
}

// Thousands of variables may each name one of thousands of keys.
const keysIn = knownOnce(({ keys }: Provided): ReadonlySet<string> => new Set(keys));

function* missingObject(resource: Resource, reference: Reference, around: Judging): Iterable<RuleProblem> {
  const { kind, name, path, isNeeded } = reference;
  const near = nearestOf(resource, reference, around.provided);
  if (near === undefined && isOfPlatform(reference, around)) return;
  const maker = possibleMaker(resource, name, around.build, around.context);
  const isUnknown = maker !== undefined || isKeptOutOfGit(reference, around) || isPartlyBuilt(around.context);
  const what = `${describe(resource)} needs ${kind} ${name}, which nothing provides`;
  yield {
    at: [resource, ...path],
    message: maker === undefined ? what : `${what}, unless ${maker} creates it`,
    cause: `nothing provides ${kind} ${name}`,
    help:
      near === undefined
        ? helpFor(resource, reference, around.provided)
        : `there is ${near}: correct the name`,
    ...(isUnknown ? { severity: 'note' } : isNeeded && !isPart(around) ? {} : { severity: 'warning' }),
  };
}

// Clusters bring classes and roles that no repository holds. Only where the configuration lists some are those that are missing known.
function isOfPlatform({ kind, owner }: Reference, { context }: Judging): boolean {
  return owner === 'platform' && !context.provided.some((one) => one.kind === kind);
}

// Secrets are kept out of Git for good reasons. Only where the configuration lists those that are there is a missing one known.
function isKeptOutOfGit({ kind }: Reference, { context }: Judging): boolean {
  return kind === 'Secret' && !context.provided.some((one) => one.kind === 'Secret');
}

/**
 * Several kustomizations that nobody uses may be parts of one cluster, and there may be more of them elsewhere; and of manifests without
 * any, nobody says that they are all there is.
 */
function isPart({ build, context }: Judging): boolean {
  const isCluster = (context.clusters ?? []).some(({ root }) => root === build.root);
  const isListed = isCluster || build.inputs.some(isKustomizationPath);
  return (context.neighbours ?? []).length > 1 || !isListed;
}

function nearestOf(resource: Resource, reference: Reference, provided: ProvidedObjects): string | undefined {
  return nearestName(reference.name, namesNear(resource, reference, provided));
}

function* namesNear(resource: Resource, reference: Reference, provided: ProvidedObjects): Iterable<string> {
  for (const one of provided.near(reference.kind, reference.namespace ?? namespaceOf(resource.object)))
    if (isWithin(one, reference, resource)) yield one.name;
}

function helpFor(
  resource: Resource,
  { kind, name, namespace }: Reference,
  provided: ProvidedObjects,
): string {
  const [elsewhere] = provided.named(kind, name);
  if (elsewhere !== undefined) {
    const where = namespace === undefined ? `and ${describe(resource)} in` : 'not in';
    return `it is in namespace ${elsewhere.namespace ?? ''}, ${where} ${namespace ?? namespaceOf(resource.object)}: put both in one namespace`;
  }
  return `add the ${kind} to the build, or list it under provided in cdb-lint.yaml if something else creates it`;
}
