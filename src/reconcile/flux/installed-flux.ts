import { isKind, textAt } from '../../object/object-field.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { isMap } from '../../template/value/datum.ts';
import type { GoMap } from '../../template/value/model.ts';
import { isOfInstanceChart } from './instance-release.ts';
import { releaseValues } from './release-values.ts';
import { newestFlux } from './removed-versions.ts';

/**
 * The newest minor version of Flux 2 that objects install: their source of Flux' own manifests, what `flux install` wrote, or a FluxInstance;
 * undefined where none of them says a version.
 */
export function installedFlux(resources: readonly Resource[]): number | undefined {
  const minors = resources.flatMap((one) => [
    ...ofSource(one),
    ...ofController(one),
    ...ofInstance(one),
    ...ofRelease(one, resources),
  ]);
  return minors.length === 0 ? undefined : Math.max(...minors);
}

/** `2.8.x`; a range without a minor version is the newest. */
export function ofInstance(resource: Resource): number[] {
  if (!isKind(resource, 'fluxcd.controlplane.io', 'FluxInstance')) return [];
  const version = textAt(resource.object, 'spec', 'distribution', 'version') ?? '';
  return [minorOf(version) ?? newestFlux];
}

/** A release of the chart that makes a FluxInstance; a version that its values do not say is that of the chart, a range. */
function ofRelease(release: Resource, resources: readonly Resource[]): number[] {
  if (!isOfInstanceChart(release.object)) return [];
  const namespace = namespaceOf(release.object);
  const find = (kind: string, _: string, name: string): Resource | undefined =>
    resources.find(
      (one) => isKind(one, '', kind) && nameOf(one.object) === name && namespaceOf(one.object) === namespace,
    );
  const found = releaseValues(release, namespace, find);
  const version = 'missing' in found ? undefined : versionIn(found.values);
  return [minorOf(version ?? '') ?? newestFlux];
}

function versionIn(values: GoMap): string | undefined {
  const instance = values.entries.get('instance')?.value;
  const distribution = isMap(instance) ? instance.entries.get('distribution')?.value : undefined;
  const version = isMap(distribution) ? distribution.entries.get('version')?.value : undefined;
  return typeof version === 'string' ? version : undefined;
}

/** A source whose manifests are those of Flux, at a tag. */
export function ofSource(resource: Resource): number[] {
  if (!isKind(resource, 'source.toolkit.fluxcd.io', 'OCIRepository', 'GitRepository')) return [];
  const url = textAt(resource.object, 'spec', 'url') ?? '';
  if (!/\/(?:flux-manifests|fluxcd\/flux2(?:\.git)?)$/u.test(url)) return [];
  return [minorOf(textAt(resource.object, 'spec', 'ref', 'tag') ?? '') ?? newestFlux];
}

/** The labels that `flux install` writes on its controllers. */
function ofController(resource: Resource): number[] {
  if (!isKind(resource, 'apps', 'Deployment')) return [];
  const label = (name: string): string | undefined => textAt(resource.object, 'metadata', 'labels', name);
  if (label('app.kubernetes.io/part-of') !== 'flux') return [];
  const minor = minorOf(label('app.kubernetes.io/version') ?? '');
  return minor === undefined ? [] : [minor];
}

/** The minor version of Flux 2; what came before 2.0 and was called 0.x counts as that. */
export function minorOf(version: string): number | undefined {
  const found = /^v?(?:0|2)\.(\d{1,3})(?:\.|$)/u.exec(version);
  if (found === null) return undefined;
  return /^v?0/u.test(version) ? 0 : Number(found[1]);
}
