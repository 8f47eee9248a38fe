import type { Path, Value } from '../source/value.ts';

/** The causes of an API server's Status, in the spelling of `k8s.io/apimachinery/pkg/util/validation/field`. */
export type FieldErrorType =
  | 'Required'
  | 'Invalid'
  | 'Duplicate'
  | 'NotSupported'
  | 'Forbidden'
  | 'NotFound'
  | 'TooLong'
  | 'TooMany'
  | 'TypeInvalid'
  | 'UnknownField'
  | 'InternalError';

/** One reason to refuse an object, at a field of it. */
export interface FieldError {
  readonly type: FieldErrorType;
  readonly field: Path;
  readonly badValue?: Value;
  readonly detail: string;
  /** What to write instead, where it is known. */
  readonly help?: string;
  /** The other field that it is about just as much: which of the two is named goes by their order. */
  readonly twin?: Path;
  /** The change that an update is refused for, where the server names only what holds it. */
  readonly change?: Path;
  /** A feature gate or an API version, off by default, with which the server would accept it: nobody knows here whether a cluster has it on. */
  readonly gate?: string;
  /** Whether another release of the product than the one known here may well take it. */
  readonly isOfRelease?: true;
}
