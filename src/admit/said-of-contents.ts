import { type KnownBeside, knownBeside, knownOnce, sameLists } from '../object/known-once.ts';
import { groupVersionKind } from '../object/resource.ts';
import { newSameContents } from '../object/same-contents.ts';
import { type CustomKinds, customKindVersions, noCustomKinds } from '../schema/custom-kind.ts';
import { factsFor, findKind } from '../schema/facts.ts';
import type { Mapping } from '../source/value.ts';
import type { Admission } from './admit.ts';
import { newAdmittedAlike } from './admitted-alike.ts';
import { looksAtNoName } from './policy/alike.ts';
import { type JudgedAlike, newJudgedAlike } from './policy/judged-alike.ts';
import type { CompiledPolicy } from './policy/policy.ts';
import type { PolicyViolation } from './policy/violation.ts';

/**
 * What API server and policies said of objects by their content alone: which build renders them, what applies them and which lines
 * they come from have no part in it.
 */
export interface SaidOfContents {
  /** The first that was seen of all objects of one content. */
  firstOf(object: Mapping): Mapping;
  readonly admissions: KnownBeside<Mapping, readonly Admission[]>;
  /** The same of objects that differ where no server looks closely. */
  readonly admittedAlike: KnownBeside<Mapping, readonly Admission[]>;
  /** By policies of the repository. */
  readonly violationsOfOwn: KnownBeside<Mapping, readonly PolicyViolation[]>;
  /** By those of the catalogue. */
  readonly violations: KnownBeside<Mapping, readonly PolicyViolation[]>;
  /** By their specs, whatever their names are. */
  readonly violationsBesideNames: KnownBeside<Mapping, readonly PolicyViolation[]>;
  /** By single policies, of objects that differ where they do not look. */
  readonly alike: JudgedAlike;
  /** Begins a run; what was said of objects that the last few did not have is forgotten. */
  begin(): void;
}

/** Worlds of one content: those of a repository whose clusters differ in their versions and kinds. */
const mostWorlds = 16;
/** Worlds that hold objects of their own, which an edit makes old: as few as there are in one run mostly. */
const mostOwnWorlds = 2;

export function newSaidOfContents(): SaidOfContents {
  const { firstOf, begin } = newSameContents();
  return {
    firstOf,
    begin,
    admissions: knownBeside(mostWorlds),
    admittedAlike: newAdmittedAlike(),
    // What a budget left over, another run may be able to judge.
    violationsOfOwn: knownBeside(mostOwnWorlds, isLasting),
    violations: knownBeside(mostWorlds, isLasting),
    violationsBesideNames: knownBeside(4, isLasting),
    alike: newJudgedAlike(),
  };
}

function isLasting(found: readonly PolicyViolation[]): boolean {
  return found.every(({ failed }) => failed !== 'unjudged');
}

/** The custom kinds as far as an object is judged by them: none of them where Kubernetes alone defines its kind. */
export function kindsFor(
  object: Mapping,
  kubernetesVersions: readonly string[],
  customKinds: CustomKinds = noCustomKinds,
): CustomKinds | undefined {
  const { group, version, kind } = groupVersionKind(object);
  const isBuiltIn =
    kubernetesVersions.every((one) => findKind(factsFor(one), group, version, kind) !== undefined) &&
    customKindVersions(customKinds, group, kind).length === 0;
  return isBuiltIn ? undefined : customKinds;
}

/** The policies of a repository, which each cluster may have others of, and those of the catalogue, which all have in common. */
export interface PolicyParts {
  readonly own: readonly CompiledPolicy[];
  /** Of the catalogue those that look at the name or the namespace of an object, and those that do not. */
  readonly named: readonly CompiledPolicy[];
  readonly unnamed: readonly CompiledPolicy[];
}

export const policyParts = knownOnce((policies: readonly CompiledPolicy[]): PolicyParts => {
  const ofCatalogue = policies.filter(({ resource }) => resource === undefined);
  return {
    own: policies.filter(({ resource }) => resource !== undefined),
    named: sameList(ofCatalogue.filter((policy) => !looksAtNoName(policy))),
    unnamed: sameList(ofCatalogue.filter(looksAtNoName)),
  };
});

/** What several parts found, in the order of all policies. */
export function inOrderOf(
  policies: readonly CompiledPolicy[],
  found: readonly PolicyViolation[],
): readonly PolicyViolation[] {
  if (found.length < 2) return found;
  const places = placesOf(policies);
  return found.toSorted((a, b) => (places.get(a.policy) ?? 0) - (places.get(b.policy) ?? 0));
}

const placesOf = knownOnce(
  (policies: readonly CompiledPolicy[]) => new Map(policies.map(({ name }, place) => [name, place])),
);

const sameList = sameLists<CompiledPolicy>();

/** Whether objects of the kinds of CRDs tell policies what they ask for. */
export function haveCustomParams(policies: readonly CompiledPolicy[]): boolean {
  return policies.some(({ paramKind, bindings }) => {
    const apiVersion = paramKind?.['apiVersion'];
    return (
      apiVersion !== undefined && apiVersion !== 'v1' && bindings.some(({ params }) => params.length > 0)
    );
  });
}
