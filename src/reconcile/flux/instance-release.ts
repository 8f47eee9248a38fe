import { textAt } from '../../object/object-field.ts';
import { getAt, mappingOf } from '../../object/provenance.ts';
import { groupVersionKind, type Resource, trackedObject } from '../../object/resource.ts';
import { isMapping, type Mapping, valueAt } from '../../source/value.ts';
import type { EntryKind } from '../controller-kind.ts';
import { reconcileInstance } from './flux-operator.ts';

const instancePath = ['spec', 'values', 'instance'] as const;
const chart = 'flux-instance';

/** Whether a HelmRelease is of the chart of the Flux Operator that makes a FluxInstance of its values (flux-operator 0.58, charts/flux-instance). */
export function isInstanceRelease(object: Mapping): boolean {
  return isOfInstanceChart(object) && isMapping(valueAt(object, [...instancePath, 'sync']));
}

/** Whether an object is a release of that chart, wherever its values stand. */
export function isOfInstanceChart(object: Mapping): boolean {
  const named =
    textAt(object, 'spec', 'chartRef', 'name') ?? textAt(object, 'spec', 'chart', 'spec', 'chart');
  return named === chart && groupVersionKind(object).kind === 'HelmRelease';
}

export const instanceReleaseEntry: EntryKind = {
  isWhole: isInstanceRelease,
  pathField: () => [...instancePath, 'sync', 'path'],
  reconcile: (declaration, namespace, context) => {
    const instance = instanceOf(declaration) ?? declaration;
    return { ...reconcileInstance(instance, namespace, context), kind: 'FluxInstance', declaration };
  },
};

/** The FluxInstance that the chart makes: its spec is the values below `instance`. */
export function instanceOf(release: Resource): Resource | undefined {
  const spec = getAt(trackedObject(release), instancePath);
  const metadata = getAt(trackedObject(release), ['metadata']);
  if (spec === undefined || metadata === undefined || !isInstanceRelease(release.object)) return undefined;
  const { origin } = spec;
  const { value, origin: whole } = mappingOf(
    [
      ['apiVersion', { value: 'fluxcd.controlplane.io/v1', origin }],
      ['kind', { value: 'FluxInstance', origin }],
      ['metadata', metadata],
      ['spec', spec],
    ],
    origin,
  );
  return { object: value, origin: whole };
}
