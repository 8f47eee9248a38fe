import { type Mapping, newMapping } from '../../source/value.ts';
import { catalogue } from './catalogue.ts';
import { type CompiledPolicy, type Param, readPolicy } from './policy.ts';

/** Which policies of the catalogue judge: each names its profiles in labels. */
export const profileNames = ['acceptance', 'baseline', 'restricted', 'recommended', 'all'] as const;
export type Profile = (typeof profileNames)[number];

export interface PolicyChoice {
  readonly profile?: Profile;
  /** Policies that judge whatever the profile is, because somebody named them. */
  readonly also?: ReadonlySet<string>;
  /** By policy: what its parameters say, in place of the ConfigMap that it would read in the cluster. */
  readonly parameters?: ReadonlyMap<string, Mapping>;
}

const read = new Map<string, CompiledPolicy>();

/** The chosen policies of the catalogue; each expression is parsed when the first object that needs it comes by. */
export function builtInPolicies(choice: PolicyChoice = {}): readonly CompiledPolicy[] {
  const { profile = 'acceptance', also, parameters } = choice;
  return catalogue
    .filter(({ id, profiles }) => profiles.includes(profile) || also?.has(id) === true)
    .map(({ id, documents }) => withParameters(readOnce(id, documents), parameters?.get(id)));
}

/** The repository's own policies, and those of the catalogue that it does not replace by one of the same name. */
export function withBuiltIns(
  own: readonly CompiledPolicy[],
  builtIns: readonly CompiledPolicy[],
  choice: PolicyChoice = {},
): readonly CompiledPolicy[] {
  const names = new Set(own.map((policy) => policy.name));
  const ownPolicies = own.map((policy) => withParameters(policy, choice.parameters?.get(policy.name)));
  return [...ownPolicies, ...builtIns.filter((policy) => !names.has(policy.name))];
}

/** The names of all policies of the catalogue. */
export function policyNames(): string[] {
  return catalogue.map(({ id }) => id);
}

function readOnce(id: string, documents: string): CompiledPolicy {
  let policy = read.get(id);
  if (policy === undefined) {
    const [object, ...bindings] = JSON.parse(documents) as [Mapping, ...Mapping[]];
    policy = readPolicy(
      object,
      bindings.map((binding) => ({ object: binding })),
    );
    read.set(id, policy);
  }
  return policy;
}

function withParameters(policy: CompiledPolicy, parameters: Mapping | undefined): CompiledPolicy {
  if (parameters === undefined || !policy.usesParams) return policy;
  const object = Object.assign(newMapping(), { data: parameters });
  const params: Param[] = [{ namespace: '', alternatives: [object] }];
  return {
    ...policy,
    bindings: policy.bindings.map((binding) => ({ ...binding, paramRef: newMapping(), params })),
  };
}
