import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { findingAt } from '../object/finding.ts';
import { objectReference, type Resource } from '../object/resource.ts';
import type { Path } from '../source/value.ts';

/** A declaration that makes more than is followed here: nobody knows what else there is, so that it is not checked. */
export function tooMuch(declaration: Resource, what: string, path: Path): Diagnostic {
  const { kind, name } = objectReference(declaration.object);
  return findingAt(declaration, {
    rule: 'too-large',
    severity: 'error',
    message: `${what}, which exceeds the limit`,
    help: 'split it into several smaller ones',
    path,
    part: 'key',
    unchecked: `the output of ${kind} ${name}`,
  });
}
