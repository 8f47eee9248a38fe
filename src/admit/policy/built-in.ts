import { builtInProfiles, capped, type ProfilePart, takenBy } from '../../diagnostic/profile.ts';
import type { Severity } from '../../diagnostic/severity.ts';
import { knownBeside } from '../../object/known-once.ts';
import { type Mapping, newMapping } from '../../source/value.ts';
import { catalogue } from './catalogue.ts';
import { type CompiledPolicy, type Param, readPolicy } from './policy.ts';

export interface PolicyChoice {
  /** What the profile takes in; that of `default` where absent. */
  readonly parts?: readonly ProfilePart[];
  /** What the profile for objects of third parties takes in; that of `third-party` where absent. */
  readonly thirdParty?: readonly ProfilePart[];
  /** Policies that judge whatever the profile is, because somebody named them. */
  readonly also?: ReadonlySet<string>;
  /** By policy: what its parameters say, in place of the ConfigMap that it would read in the cluster. */
  readonly parameters?: ReadonlyMap<string, Mapping>;
}

const read = new Map<string, CompiledPolicy>();

/** The chosen policies of the catalogue; each expression is parsed when the first object that needs it comes by. */
export function builtInPolicies(choice: PolicyChoice = {}): readonly CompiledPolicy[] {
  const { parts = builtInProfiles.default, also, parameters } = choice;
  return catalogue.flatMap(({ id, profiles, documents }) => {
    const taken = takenBy(profiles, parts) ?? (also?.has(id) === true ? {} : undefined);
    if (taken === undefined) return [];
    return [withCap(withParameters(readOnce(id, documents), parameters?.get(id)), taken)];
  });
}

/** The policies for objects that others wrote: nobody names those one by one. */
export function thirdPartyPolicies({
  thirdParty = builtInProfiles['third-party'],
  parameters,
}: PolicyChoice): readonly CompiledPolicy[] {
  return builtInPolicies({ parts: thirdParty, ...(parameters === undefined ? {} : { parameters }) });
}

/** Whether a policy of the catalogue stands for the baseline of Pod Security: what takes over a node, whoever wrote it. */
export function isOfBaseline(name: string): boolean {
  return baseline.has(name);
}

const baseline: ReadonlySet<string> = new Set(
  catalogue.flatMap(({ id, profiles }) => (profiles.includes('baseline') ? [id] : [])),
);

function withCap(policy: CompiledPolicy, cap: { readonly atMost?: Severity }): CompiledPolicy {
  const { atMost } = cap;
  if (atMost === undefined) return policy;
  return cappedOnce(policy, [atMost], () => {
    const bindings = policy.bindings.map((one) => ({ ...one, severity: capped(one.severity, cap) }));
    return { ...policy, bindings };
  });
}

// What one run says of an object by its policies, the next one knows by the same ones.
const cappedOnce = knownBeside<CompiledPolicy, CompiledPolicy>();

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

/** What each policy of the catalogue finds, as its page says. */
export function policyWords(): ReadonlyMap<string, string> {
  return new Map(catalogue.map(({ id, summary }) => [id, summary]));
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
