import { knownOnce } from '../../object/known-once.ts';
import { textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { Cluster } from '../../reconcile/cluster.ts';

/** A Kustomization whose interval is longer than anybody wants to wait for news of a failure. */
export interface SlowKustomization {
  readonly resource: Resource;
  readonly waits: boolean;
  readonly timesOut: boolean;
  readonly retries: boolean;
}

/** Seconds; what Flux makes by default is reconciled every ten minutes, and is looked at again soon enough. */
const longInterval = 15 * 60;

export const slowKustomizations = knownOnce(
  ({ reconciliations, remote }: Cluster): readonly SlowKustomization[] =>
    [...reconciliations.filter(({ destination }) => destination === undefined), ...remote].flatMap((one) => {
      const { declaration, interval = 0 } = one;
      if (one.kind !== 'Kustomization' || declaration === undefined || interval <= longInterval) return [];
      return [
        {
          resource: declaration,
          waits: one.wait || one.healthChecks.length > 0,
          timesOut: one.timeout !== undefined,
          retries: textAt(declaration.object, 'spec', 'retryInterval') !== undefined,
        },
      ];
    }),
);
