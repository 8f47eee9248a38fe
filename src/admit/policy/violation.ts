import type { Severity } from '../../diagnostic/severity.ts';
import type { Resource } from '../../object/resource.ts';
import type { Path } from '../../source/value.ts';

/** Why a validation gave no verdict. */
export type PolicyFailure = 'runtime-error' | 'over-budget' | 'unknown' | 'missing-params' | 'unjudged';

/** A validation that an object does not pass. */
export interface PolicyViolation {
  readonly policy: string;
  /** The index in `spec.validations`; -1 where the policy failed before them. */
  readonly validation: number;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  /** The element or field responsible; a missing field is part of the path. */
  readonly path: Path;
  /** The part of the text there that is responsible. */
  readonly within?: { readonly start: number; readonly end: number };
  readonly reason?: string;
  readonly failed?: PolicyFailure;
  /** The line of the policy or its binding that is at fault, rather than the object. */
  readonly cause?: { readonly resource: Resource; readonly path: Path };
}
