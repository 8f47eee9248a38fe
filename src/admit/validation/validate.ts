import type { Mapping } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';

/** What validation needs to know besides the object. */
export interface ValidationContext {
  /** Minor version, `1.36`. */
  readonly kubernetesVersion: string;
  readonly namespaced: boolean;
  readonly appliedBy: 'create' | 'server-side-apply' | 'client-side-apply';
}

export function validateObject(_object: Mapping, _context: ValidationContext): readonly FieldError[] {
  return [];
}
