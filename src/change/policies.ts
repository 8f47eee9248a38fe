import type { PolicyViolation } from '../admit/policy/evaluate.ts';
import type { CompiledPolicy } from '../admit/policy/policy.ts';
import { knownOnce } from '../object/known-once.ts';
import type { Mapping } from '../source/value.ts';
import type { JudgedIn } from './side.ts';

/** The policies of the repository that a cluster enforces: those of the catalogue are nobody's there. */
export function denyingPolicies(judgedIn: JudgedIn | undefined): readonly CompiledPolicy[] {
  return judgedIn === undefined ? [] : denying(judgedIn.policies);
}

const denying = knownOnce((policies: readonly CompiledPolicy[]): readonly CompiledPolicy[] =>
  policies.flatMap((policy) => {
    const bindings = policy.bindings.filter(
      ({ resource, severity }) => resource !== undefined && severity === 'error',
    );
    return policy.resource === undefined || bindings.length === 0 ? [] : [{ ...policy, bindings }];
  }),
);

/** What a policy says of an object; of a Secret, from which it may have made its message, only its name. */
export function violationWords({ policy, message }: PolicyViolation, object: Mapping): string {
  return object['kind'] === 'Secret' ? `policy ${policy}` : `policy ${policy}: ${message}`;
}
