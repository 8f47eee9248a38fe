import type { Span } from '../diagnostic/span.ts';

/** Where the values stand that satisfy something. */
export interface EvidenceItem {
  readonly name: string;
  readonly spans: readonly Span[];
}

export interface ServiceEvidence {
  readonly service: string;
  /** By the names of the matrix's columns. */
  readonly criteria: readonly EvidenceItem[];
  readonly safeguards: readonly (EvidenceItem & { readonly holds: boolean })[];
}

/** What the manifests of an environment show for the criteria. */
export interface EvidenceReport {
  readonly environment: string;
  readonly entryPoint: string;
  readonly services: readonly ServiceEvidence[];
}
