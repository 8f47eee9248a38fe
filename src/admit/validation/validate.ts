import type { Mapping } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';

export interface ValidationContext {
  /** The Kubernetes that judges, such as `1.36`. */
  readonly kubernetesVersion: string;
}

export function validateObject(_object: Mapping, _context: ValidationContext): readonly FieldError[] {
  return [];
}
