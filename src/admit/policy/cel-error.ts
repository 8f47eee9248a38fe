/** `unknown` is what a file cannot tell (who asks, what RBAC says); `budget` is never absorbed by `||` and the like. */
export type CelErrorKind = 'error' | 'unknown' | 'budget';

/** An expression that could not be evaluated, in cel-go's words; caught where `failurePolicy` is applied. */
export class CelError extends Error {
  readonly kind: CelErrorKind;

  constructor(message: string, kind: CelErrorKind = 'error') {
    super(message);
    this.name = 'CelError';
    this.kind = kind;
  }
}

/** Thrown where no overload takes these operands. */
export function noSuchOverload(): CelError {
  return new CelError('no such overload');
}

/** Whether `||`, `&&` and the quantifiers may go on over this error. */
export function isAbsorbable(error: unknown): error is CelError {
  return error instanceof CelError && error.kind !== 'budget';
}
