import { findingAt } from '../build/finding.ts';
import { objectReference, type Resource } from '../build/resource.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isMapping, isSequence, type Path, valueAt } from '../source/value.ts';
import type { PolicyViolation } from './policy/evaluate.ts';

/** What policies say of a resource, at the element or field for which they say it. */
export function policyFindings(
  resource: Resource,
  violations: readonly PolicyViolation[],
  entryPoint?: string,
): Diagnostic[] {
  return violations.map(({ policy, severity, message, help, path, failed }) =>
    findingAt(
      resource,
      {
        rule: policy,
        severity,
        message,
        path: placeOf(resource, path),
        part: isContainerAt(resource, path) ? 'key' : 'value',
        ...(help === undefined ? {} : { help }),
        // What the API server would refuse for a policy's own fault is refused here too; only what no file can know stays open.
        ...(failed === 'unknown' ? { unchecked: `${policy} for ${nameOf(resource)}` } : {}),
      },
      entryPoint,
    ),
  );
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
