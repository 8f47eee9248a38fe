import type { Mapping, Value } from '../../source/value.ts';
import {
  hasNameRules,
  matchesNamespace,
  matchesObject,
  matchesResources,
  matchesRules,
  type Target,
} from './match.ts';
import type { CompiledPolicy, PolicyBinding } from './policy.ts';

/** A policy whose rules take a type of objects, and what is left to ask of each of them. */
export interface Applicable {
  readonly policy: CompiledPolicy;
  readonly bindings: readonly PolicyBinding[];
  readonly selects: (target: Target, results: SelectorResults) => boolean;
}

/** What selectors said of one object; most policies have the same ones. */
export type SelectorResults = (boolean | undefined)[];

const byType = new WeakMap<readonly CompiledPolicy[], Map<string, readonly Applicable[]>>();

/** The policies that may judge objects of the target's type; found once for each type. */
export function applicable(policies: readonly CompiledPolicy[], target: Target): readonly Applicable[] {
  let types = byType.get(policies);
  if (types === undefined) {
    types = new Map();
    byType.set(policies, types);
  }
  let found = types.get(target.type);
  if (found === undefined) {
    found = policies.flatMap((policy) => applicableOf(policy, target));
    types.set(target.type, found);
  }
  return found;
}

function applicableOf(policy: CompiledPolicy, target: Target): Applicable[] {
  const { matchConstraints, bindings } = policy;
  if (bindings.length === 0 || matchConstraints === undefined) return [];
  // `resourceNames` look at more than the type.
  if (hasNameRules(matchConstraints))
    return [{ policy, bindings, selects: (one) => matchesResources(matchConstraints, one, true) }];
  if (!matchesRules(matchConstraints, target, true)) return [];
  return [{ policy, bindings, selects: selectorsOf(matchConstraints) }];
}

function selectorsOf(match: Mapping): Applicable['selects'] {
  const { namespaceSelector, objectSelector } = match;
  const ofNamespace = numberOf('namespace', namespaceSelector);
  const ofObject = numberOf('object', objectSelector);
  return (target, results) => {
    results[ofNamespace] ??= matchesNamespace(namespaceSelector, target);
    if (results[ofNamespace] !== true) return false;
    results[ofObject] ??= matchesObject(objectSelector, target.request);
    return results[ofObject] === true;
  };
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
