import type { Span } from '../diagnostic/span.ts';
import type { ParityState } from '../workload/environment/parity.ts';

export interface ParityCell {
  readonly state: ParityState;
  /** Where it is set. */
  readonly span?: Span;
  /** Why it is accepted that the environment lacks it. */
  readonly approved?: string;
}

export interface ParityRow {
  /** Absent where the property is one of the environment as a whole. */
  readonly service?: string;
  readonly property: string;
  /** One for each environment, in their order. */
  readonly cells: readonly ParityCell[];
}

/** Which safeguards environments of the same services have. */
export interface ParityReport {
  /** From the first that a change reaches to the last. */
  readonly environments: readonly { readonly name: string; readonly entryPoint: string }[];
  readonly rows: readonly ParityRow[];
}

/** Whether an environment has the property and another one, which has the service, lacks it. */
export function differs({ cells }: ParityRow): boolean {
  return (
    new Set(cells.map(({ state }) => state).filter((state) => state === 'has' || state === 'lacks')).size > 1
  );
}
