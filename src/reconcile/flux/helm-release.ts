import { textAt } from '../../object/object-field.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { inventoryKey } from '../cluster.ts';
import { type ControllerKind, isOf } from '../controller-kind.ts';
import type { FieldReference, Reconciliation } from '../reconciliation.ts';
import { referencesIn } from './references.ts';

export const helmReleaseKind: ControllerKind = {
  group: 'helm.toolkit.fluxcd.io',
  kind: 'HelmRelease',
  links: [
    { path: ['spec', 'chart', 'spec', 'sourceRef'], kind: '' },
    { path: ['spec', 'chartRef'], kind: '' },
  ],
  isAwaited: true,
};

/** A HelmRelease, which helm-controller makes a release of a chart of. */
export interface HelmRelease {
  readonly kind: 'HelmRelease';
  readonly name: string;
  readonly namespace: string;
  readonly declaration: Resource;
  readonly dependsOn: readonly FieldReference[];
  /** The chart and where it comes from, in words. */
  readonly chart: string;
}

export function isHelmRelease(resource: Resource): boolean {
  return isOf(helmReleaseKind, resource);
}

/** The HelmReleases whose charts are rendered here, so that they are owners like others. */
export function renderedReleases(
  owners: readonly Pick<Reconciliation, 'kind' | 'declaration'>[],
): ReadonlySet<Resource> {
  return new Set(
    owners.flatMap(({ kind, declaration }) => (kind === 'HelmRelease' ? (declaration ?? []) : [])),
  );
}

/** What says of HelmReleases that their charts are not rendered here. */
export function chartsNotRendered(
  resources: readonly Resource[],
  whys: ReadonlyMap<Resource, string>,
): string[] {
  return resources.filter(isHelmRelease).map((resource) => {
    const why = whys.get(resource) ?? 'charts are not rendered';
    return `HelmRelease ${namespaceOf(resource.object)}/${nameOf(resource.object)}: ${why}`;
  });
}

/** The HelmReleases among objects, each once. */
export function helmReleasesIn(resources: readonly Resource[]): HelmRelease[] {
  const byKey = new Map<string, HelmRelease>();
  for (const resource of resources.filter(isHelmRelease)) {
    const key = inventoryKey(resource);
    if (!byKey.has(key)) byKey.set(key, helmRelease(resource));
  }
  return [...byKey.values()];
}

export function helmRelease(declaration: Resource): HelmRelease {
  const { object } = declaration;
  const namespace = namespaceOf(object) || 'default';
  return {
    kind: 'HelmRelease',
    name: nameOf(object),
    namespace,
    declaration,
    dependsOn: referencesIn(declaration, 'dependsOn', { kind: 'HelmRelease', namespace }),
    chart: chartOf(declaration),
  };
}

function chartOf({ object }: Resource): string {
  const text = (...path: readonly string[]): string => textAt(object, 'spec', ...path) ?? '';
  const words =
    text('chartRef', 'name') === ''
      ? [
          text('chart', 'spec', 'chart'),
          text('chart', 'spec', 'version'),
          text('chart', 'spec', 'sourceRef', 'name'),
        ]
      : [text('chartRef', 'kind'), text('chartRef', 'name')];
  return words.filter((word) => word !== '').join(' ');
}
