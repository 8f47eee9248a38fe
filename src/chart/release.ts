import type { GoMap, Known } from '../template/value/model.ts';

export type HelmVersion = 3 | 4;

/** What a chart is rendered for. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  /** What a user gives above the chart's own values. */
  readonly values: GoMap;
  /** Of these what comes from Secrets: no message shows it. */
  readonly secrets?: readonly Known[] | undefined;
  readonly kubernetesVersion: string;
  /** What the cluster serves: `apps/v1`, and `apps/v1/Deployment` where that is known. */
  readonly apiVersions: readonly string[];
  /** Told of each version that a template asked for in vain, and of nothing where it read the whole list. */
  readonly whenMissing?: ((apiVersion?: string) => void) | undefined;
  readonly isUpgrade: boolean;
  /** By which Helm; they differ in white space and in what they call themselves. */
  readonly helm: HelmVersion;
}
