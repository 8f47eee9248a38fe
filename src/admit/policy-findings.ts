import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { findingAgain, findingAt } from '../object/finding.ts';
import { objectReference, type Resource } from '../object/resource.ts';
import { haveSamePart } from '../object/same-part.ts';
import { isMapping, isSequence, type Path, valueAt } from '../source/value.ts';
import type { PolicyViolation } from './policy/violation.ts';

/** What a policy says of a resource. */
export interface PolicyFinding {
  readonly finding: Diagnostic;
  /** Whether the field that it points at has a value, and is not missed. */
  readonly isSet: boolean;
}

/** What policies say of a resource, at the element or field for which they say it. */
export function policyFindings(
  resource: Resource,
  violations: readonly PolicyViolation[],
  entryPoint?: string,
): PolicyFinding[] {
  return violations.map((violation) => {
    const value = valueAt(resource.object, violation.path);
    return {
      finding: sharedFinding(resource, violation, entryPoint),
      isSet:
        violation.path.length > 0 && value !== undefined && (value === null || typeof value !== 'object'),
    };
  });
}

/** The last finding that was made of each violation: what one policy found in many objects is one violation. */
const latest = new WeakMap<PolicyViolation, { readonly resource: Resource; readonly finding: Diagnostic }>();

function sharedFinding(
  resource: Resource,
  violation: PolicyViolation,
  entryPoint: string | undefined,
): Diagnostic {
  const { path, failed, cause } = violation;
  const [field] = path;
  if (failed !== undefined || cause !== undefined || typeof field !== 'string' || field === 'metadata')
    return policyFinding(resource, violation, entryPoint);
  const known = latest.get(violation);
  const isKnown =
    known !== undefined &&
    (known.finding.entryPoint === undefined) === (entryPoint === undefined) &&
    haveSamePart(known.resource, resource, field);
  if (isKnown) return findingAgain(known.finding, resource, entryPoint);
  const finding = policyFinding(resource, violation, entryPoint);
  latest.set(violation, { resource, finding });
  return finding;
}

function policyFinding(
  resource: Resource,
  violation: PolicyViolation,
  entryPoint: string | undefined,
): Diagnostic {
  const { policy: rule, severity, message, help, path, within, failed, cause } = violation;
  const words = { rule, severity, message, ...(help === undefined ? {} : { help }) };
  if (cause !== undefined && failed === 'missing-params')
    return findingAt(cause.resource, { ...words, path: cause.path, part: 'key' }, entryPoint);
  if (cause !== undefined && failed === 'over-budget') {
    const related = [{ resource, path: placeOf(resource, []), message: 'while it checks this' }];
    return findingAt(cause.resource, { ...words, path: cause.path, related }, entryPoint);
  }
  const at = {
    ...words,
    path: placeOf(resource, path),
    knownBy: 'item' as const,
    part: isContainerAt(resource, path) ? ('key' as const) : ('value' as const),
    ...(within === undefined ? {} : { within }),
    ...(cause === undefined ? {} : { related: [{ ...cause, message: 'the expression that fails' }] }),
    // What the API server would refuse for a policy's own fault is refused here too; only what nobody evaluated stays open.
    ...(failed === 'unjudged' ? { unchecked: `${rule} for ${nameOf(resource)}` } : {}),
  };
  return findingAt(resource, at, entryPoint);
}

// A policy that speaks of the whole object is best shown at its name.
function placeOf({ object }: Resource, path: Path): Path {
  return path.length === 0 && valueAt(object, ['metadata', 'name']) !== undefined
    ? ['metadata', 'name']
    : path;
}

function isContainerAt({ object }: Resource, path: Path): boolean {
  const value = valueAt(object, path);
  return isMapping(value) || isSequence(value);
}

function nameOf({ object }: Resource): string {
  const { kind, name } = objectReference(object);
  return `${kind}/${name}`;
}
