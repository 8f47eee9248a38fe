import type { Path } from '../source/value.ts';

/** Something the server accepts, but that has no effect, or soon none. */
export interface AdmissionWarning {
  readonly field: Path;
  readonly detail: string;
  readonly help?: string;
  /** As in `FieldError`. */
  readonly twin?: Path;
}
