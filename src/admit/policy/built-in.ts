import type { Mapping } from '../../source/value.ts';
import { catalogue } from './catalogue.ts';
import { type CompiledPolicy, readPolicy } from './policy.ts';

let policies: readonly CompiledPolicy[] | undefined;

/** The catalogue's policies; each expression is parsed when the first object that needs it comes by. */
export function builtInPolicies(): readonly CompiledPolicy[] {
  policies ??= catalogue.map(({ documents }) => {
    const [policy, ...bindings] = JSON.parse(documents) as [Mapping, ...Mapping[]];
    return readPolicy(policy, bindings, []);
  });
  return policies;
}

/** The repository's own policies, and those of the catalogue that it does not replace by one of the same name. */
export function withBuiltIns(own: readonly CompiledPolicy[]): readonly CompiledPolicy[] {
  const names = new Set(own.map((policy) => policy.name));
  return [...own, ...builtInPolicies().filter((policy) => !names.has(policy.name))];
}

/** The page of a built-in policy, for `explain` and reports. */
export function policyPage(id: string): string | undefined {
  return catalogue.find((entry) => entry.id === id)?.page;
}
