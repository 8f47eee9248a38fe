import type { ServiceEvidence } from '../workload/environment/evidence.ts';

/** What the manifests of an environment show for the criteria. */
export interface EvidenceReport {
  readonly environment: string;
  readonly entryPoint: string;
  readonly services: readonly ServiceEvidence[];
}
