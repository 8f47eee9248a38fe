import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { findingAt } from '../object/finding.ts';
import { type KnownForList, sameLists } from '../object/known-once.ts';
import { groupVersionKind, nameOf, type Resource } from '../object/resource.ts';
import type { CustomKinds } from '../schema/custom-kind.ts';
import { namesOfKind } from '../schema/kind-names.ts';
import { formatValue, isMapping, type Mapping, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { builtInPolicies, type PolicyChoice, thirdPartyPolicies, withBuiltIns } from './policy/built-in.ts';
import { type CompileTarget, compilePolicies } from './policy/compile-policies.ts';
import { isNamed, isOfKind, type ParamSources, paramRefPath, resolveParams } from './policy/params.ts';
import { paramsMissing } from './policy/params-missing.ts';
import type { CompiledPolicy } from './policy/policy.ts';
import { asksLess, weakenedFindings } from './policy/weakened.ts';

export interface SetPolicies {
  readonly policies: readonly CompiledPolicy[];
  /** Those that judge objects of third parties. */
  readonly thirdPartyPolicies: readonly CompiledPolicy[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Objects that reach a cluster together, and what their cluster is. */
export interface PolicySet {
  readonly resources: readonly Resource[];
  /** Objects whose policies and parameters count before those of the set. */
  readonly before?: readonly Resource[];
  /** The Kubernetes for which expressions have to compile. */
  readonly kubernetesVersion?: string;
  /** The kinds of the CRDs that the cluster has. */
  readonly customKinds?: CustomKinds;
}

/**
 * The policies that judge each of several sets of resources: its own, those of the other sets (a policy is
 * cluster-wide), and the built-in ones; of two with one name the nearest counts, but for one of another set that asks less than the
 * built-in one. What `known` finds out of the same ones is the same object.
 */
export function withPolicies<T extends PolicySet>(
  sets: readonly T[],
  choice: PolicyChoice = {},
  known: KnownForList<SetPolicies> = (_things, find) => find(),
): (T & SetPolicies)[] {
  const everywhere = [
    ...sets.flatMap(({ before = [] }) => before),
    ...sets.flatMap(({ resources }) => resources),
  ].filter(isPolicy);
  const builtIns = builtInPolicies(choice);
  const forThirdParties = thirdPartyPolicies(choice);
  // What judges an object by the same policies judges it once.
  const sameList = sameLists<CompiledPolicy>();
  const withParams = paramObjects(sets, everywhere, [...builtIns, ...forThirdParties]);
  const words = JSON.stringify([
    choice.parts,
    choice.thirdParty,
    [...(choice.also ?? [])],
    [...(choice.parameters ?? [])].map(([name, object]) => [name, formatValue(object)]),
  ]);
  const judging = (
    resources: readonly Resource[],
    sources: ParamSources,
    target: CompileTarget,
  ): SetPolicies => {
    const ownPolicies = resources.filter(isPolicy);
    const nearest = nearestByName([...ownPolicies, ...everywhere]);
    const { own, elsewhere } = sources;
    const things = [
      words,
      target.kubernetesVersion,
      target.customKinds,
      0,
      ...nearest,
      1,
      ...own,
      2,
      ...elsewhere,
      3,
      ...ownPolicies,
    ];
    const found = known(things, () => {
      const compiled = compilePolicies(nearest, { ...target, params: sources });
      const resolved = builtIns.map((policy) => resolveParams(policy, sources));
      const resolvedForOthers = forThirdParties.map((policy) => resolveParams(policy, sources));
      const isOwn = ({ resource }: CompiledPolicy): boolean =>
        resource !== undefined && ownPolicies.includes(resource);
      const asking = compiled.policies.filter((policy) => isOwn(policy) || !asksLess(policy, builtIns));
      return {
        policies: withBuiltIns(asking, resolved, choice),
        thirdPartyPolicies: withBuiltIns(asking, resolvedForOthers, choice),
        diagnostics: [
          ...compiled.diagnostics,
          ...compiled.policies.flatMap((policy) => withoutParams(policy, target.customKinds)),
          ...weakenedFindings(compiled.policies.filter(isOwn), builtIns),
        ],
      };
    });
    const { policies, thirdPartyPolicies: theirs } = found;
    return { ...found, policies: sameList(policies), thirdPartyPolicies: sameList(theirs) };
  };
  // What brings neither policies nor parameters is judged by the same ones as all others like it.
  const shared = new Map<CustomKinds | undefined, Map<string | undefined, SetPolicies>>();
  const everyParam = withParams.flatMap(({ own }) => own);
  return withParams.map(({ set, own }) => {
    const { kubernetesVersion, customKinds, before = [] } = set;
    const resources = [...before, ...set.resources];
    const target = { kubernetesVersion, customKinds };
    if (own.length > 0 || resources.some(isPolicy)) {
      const elsewhere = withParams.filter((other) => other.set !== set).flatMap((other) => other.own);
      return { ...set, ...judging(resources, { own, elsewhere }, target) };
    }
    const byVersion = shared.get(customKinds) ?? new Map<string | undefined, SetPolicies>();
    shared.set(customKinds, byVersion);
    const known = byVersion.get(kubernetesVersion) ?? judging([], { own: [], elsewhere: everyParam }, target);
    byVersion.set(kubernetesVersion, known);
    return { ...set, ...known };
  });
}

/** Beside each set its objects from which some policy takes its parameters. */
function paramObjects<T extends PolicySet>(
  sets: readonly T[],
  everywhere: readonly Resource[],
  builtIns: readonly CompiledPolicy[],
): { readonly set: T; readonly own: readonly Mapping[] }[] {
  const kinds = everywhere.map(({ object }) => valueAt(object, ['spec', 'paramKind'])).filter(isMapping);
  const refs = everywhere.map(({ object }) => valueAt(object, ['spec', 'paramRef'])).filter(isMapping);
  for (const { bindings, paramKind } of builtIns) {
    const open = bindings.filter(({ params }) => params.length === 0);
    if (paramKind !== undefined && open.length > 0) kinds.push(paramKind);
    refs.push(...open.flatMap(({ paramRef }) => (paramRef === undefined ? [] : [paramRef])));
  }
  const isMeant = (object: Mapping): boolean =>
    kinds.some((kind) => isOfKind(object, kind)) && refs.some((ref) => isNamed(object, ref));
  if (kinds.length === 0) return sets.map((set) => ({ set, own: [] }));
  return sets.map((set) => ({
    set,
    own: [...(set.before ?? []), ...set.resources].map(({ object }) => object).filter(isMeant),
  }));
}

/** Bindings whose parameters nothing brings; what is of a kind that nothing here describes may come with the cluster. */
function withoutParams(policy: CompiledPolicy, customKinds: CustomKinds | undefined): Diagnostic[] {
  const { name: rule, failurePolicy, paramKind } = policy;
  const isDescribed =
    paramKind !== undefined && namesOfKind(groupVersionKind(paramKind), customKinds) !== undefined;
  return policy.bindings.flatMap((binding) => {
    const { resource, paramRef, params, parameterNotFoundAction } = binding;
    if (resource === undefined || paramRef === undefined || params.length > 0) return [];
    if (parameterNotFoundAction === 'Allow') return [];
    const { message, help } = paramsMissing(policy, binding);
    const broken = isDescribed ? 'error' : 'warning';
    const severity = failurePolicy === 'Ignore' ? 'note' : broken;
    return [findingAt(resource, { rule, severity, message, help, path: paramRefPath(binding), part: 'key' })];
  });
}

function isPolicy({ object }: Resource): boolean {
  const { group, kind } = groupVersionKind(object);
  return group === 'admissionregistration.k8s.io' && kind.startsWith('ValidatingAdmissionPolicy');
}

function nearestByName(resources: readonly Resource[]): Resource[] {
  const byName = new Map<string, Resource>();
  for (const resource of resources) {
    const key = `${valueText(resource.object['kind'])}/${nameOf(resource.object)}`;
    if (!byName.has(key)) byName.set(key, resource);
  }
  return [...byName.values()];
}
