import type { Mapping, Value } from '../../source/value.ts';
import { hasNameRules, matchedVersion, matchesNamespace, matchesObject, ruleVersion } from './match.ts';
import type { CompiledPolicy, PolicyBinding } from './policy.ts';
import { apiVersionOf, type Target } from './target.ts';

/** Asks what the type of an object does not tell: the version in which it is judged, or undefined where it is not. */
export type Selects = (target: Target, results: SelectorResults) => string | undefined;

/** A policy whose rules take a type of objects, and what is left to ask of each of them. */
export interface Applicable {
  readonly policy: CompiledPolicy;
  readonly bindings: readonly { readonly binding: PolicyBinding; readonly selects: Selects }[];
  readonly selects: Selects;
}

/** What selectors said of one object; most policies have the same ones. */
export type SelectorResults = (boolean | undefined)[];

const byType = new WeakMap<readonly CompiledPolicy[], Map<string, readonly Applicable[]>>();

// The server never asks policies about policies, lest one locks out its own repair.
const exempt =
  /^admissionregistration\.k8s\.io\/[^/]*\/(?:validating|mutating)admissionpolic(?:ies|ybindings)\//u;

/** The policies that may judge objects of the target's type; found once for each type. */
export function applicable(policies: readonly CompiledPolicy[], target: Target): readonly Applicable[] {
  let types = byType.get(policies);
  if (types === undefined) {
    types = new Map();
    byType.set(policies, types);
  }
  let found = types.get(target.type);
  if (found === undefined) {
    found = exempt.test(target.type) ? [] : policies.flatMap((policy) => applicableOf(policy, target));
    types.set(target.type, found);
  }
  return found;
}

function applicableOf(policy: CompiledPolicy, target: Target): Applicable[] {
  const { matchConstraints } = policy;
  const selects = matchConstraints === undefined ? undefined : selectsOf(matchConstraints, target, true);
  if (selects === undefined) return [];
  const bindings = policy.bindings.flatMap((binding) => {
    const ofBinding = selectsOf(binding.matchResources, target, false);
    return ofBinding === undefined ? [] : [{ binding, selects: ofBinding }];
  });
  return bindings.length === 0 ? [] : [{ policy, bindings, selects }];
}

/** What is left to ask of the objects of a type; undefined where the rules leave the type out. */
function selectsOf(match: Mapping | undefined, target: Target, needsRules: boolean): Selects | undefined {
  if (match === undefined) return needsRules ? undefined : apiVersionOf;
  // `resourceNames` look at more than the type.
  if (hasNameRules(match)) return (one) => matchedVersion(match, one, needsRules);
  const apiVersion = ruleVersion(match, target, needsRules);
  return apiVersion === undefined ? undefined : selectorsOf(match, apiVersion);
}

function selectorsOf(match: Mapping, apiVersion: string): Selects {
  const { namespaceSelector, objectSelector } = match;
  const ofNamespace = numberOf('namespace', namespaceSelector);
  const ofObject = numberOf('object', objectSelector);
  return (target, results) => {
    results[ofNamespace] ??= ofItsNamespace(ofNamespace, namespaceSelector, target);
    if (results[ofNamespace] !== true) return undefined;
    results[ofObject] ??= matchesObject(objectSelector, target);
    return results[ofObject] === true ? apiVersion : undefined;
  };
}

const byNamespace = new WeakMap<Mapping, SelectorResults>();

/** One answer for all objects of a namespace; Namespaces and what is in none are asked one by one. */
function ofItsNamespace(number: number, selector: Value | undefined, target: Target): boolean {
  const { namespaceObject } = target;
  if (namespaceObject === undefined) return matchesNamespace(selector, target);
  const results = byNamespace.get(namespaceObject) ?? [];
  byNamespace.set(namespaceObject, results);
  results[number] ??= matchesNamespace(selector, target);
  return results[number] === true;
}

const numbers = new Map<string, number>();

/** One number for all selectors that are written alike. */
function numberOf(scope: string, selector: Value | undefined): number {
  // JSON has no bigint, and a selector of a faulty policy may hold one.
  const text = JSON.stringify(selector ?? null, (_, value) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
  const key = `${scope} ${text}`;
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}
