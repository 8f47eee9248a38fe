import type { Diagnostic } from '../diagnostic/diagnostic.ts';

/** What counts, and what somebody accepted. */
export interface Settled {
  readonly kept: readonly Diagnostic[];
  readonly accepted: readonly { readonly diagnostic: Diagnostic; readonly reason: string }[];
}
