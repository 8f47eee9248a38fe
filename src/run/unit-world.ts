import type { CompiledPolicy } from '../admit/policy/policy.ts';
import type { ClusterTarget } from '../configuration/cluster-target.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Resource } from '../object/resource.ts';
import type { CustomKinds } from '../schema/custom-kind.ts';
import type { Unit } from '../survey/unit.ts';

/** What one unit is judged in. */
export interface UnitWorld {
  readonly unit: Unit;
  readonly target: ClusterTarget;
  /** Objects of the base whose policies, parameters and Namespaces count before those of the unit. */
  readonly before?: readonly Resource[];
  readonly customKinds: CustomKinds;
  readonly policies: readonly CompiledPolicy[];
  /** Those that judge objects of third parties. */
  readonly thirdPartyPolicies: readonly CompiledPolicy[];
  /** What is wrong with policies that judge the unit. */
  readonly diagnostics: readonly Diagnostic[];
}
