import type { Origin } from '../../object/provenance.ts';

/** One key of a generator's data; bytes where the content is not UTF-8. */
export interface DataPair {
  readonly key: string;
  readonly content: string | Uint8Array;
  readonly origin: Origin;
}
