import { isKind, textAt } from '../../object/object-field.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { itemsAt, valueAt } from '../../source/value.ts';
import { isMap } from '../../template/value/datum.ts';
import type { GoMap } from '../../template/value/model.ts';
import { minorOfDistribution } from './distribution-version.ts';
import { isOfInstanceChart } from './instance-release.ts';
import { releaseValues } from './release-values.ts';
import { minorOf, newestFlux } from './removed-versions.ts';

/**
 * The newest minor version of Flux 2 that objects install: their source of Flux' own manifests, what `flux install` wrote, or a FluxInstance;
 * undefined where none of them says a version.
 */
export function installedFlux(resources: readonly Resource[]): number | undefined {
  const installed = resources.flatMap((one) => [
    ...ofController(one),
    ...ofInstance(one),
    ...ofRelease(one, resources),
  ]);
  const minors = installed.length > 0 ? installed : ofSources(resources);
  return minors.length === 0 ? undefined : Math.max(...minors);
}

export function ofInstance(resource: Resource): number[] {
  if (!isKind(resource, 'fluxcd.controlplane.io', 'FluxInstance')) return [];
  const said = (key: string): string | undefined => textAt(resource.object, 'spec', 'distribution', key);
  return [minorOfDistribution(said('version'), said('artifact'))];
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
  const said = (key: string): string | undefined =>
    'missing' in found ? undefined : saidOfDistribution(found.values, key);
  return [minorOfDistribution(said('version'), said('artifact'))];
}

function saidOfDistribution(values: GoMap, key: string): string | undefined {
  const instance = values.entries.get('instance')?.value;
  const distribution = isMap(instance) ? instance.entries.get('distribution')?.value : undefined;
  const said = isMap(distribution) ? distribution.entries.get(key)?.value : undefined;
  return typeof said === 'string' ? said : undefined;
}

/** The sources whose manifests are those of Flux, at their tags: artifacts, or else its own repository, which may be there for the dashboards. */
export function ofSources(resources: readonly Resource[]): number[] {
  const artifacts = resources.flatMap(ofSourceAt('OCIRepository', /\/flux-manifests$/u));
  return artifacts.length > 0
    ? artifacts
    : resources.flatMap(ofSourceAt('GitRepository', /\/fluxcd\/flux2(?:\.git)?$/u));
}

function ofSourceAt(kind: string, address: RegExp): (resource: Resource) => number[] {
  return (resource) => {
    const url = textAt(resource.object, 'spec', 'url') ?? '';
    if (!isKind(resource, 'source.toolkit.fluxcd.io', kind) || !address.test(url)) return [];
    return [minorOf(textAt(resource.object, 'spec', 'ref', 'tag') ?? '') ?? newestFlux];
  };
}

/** What `flux install` writes: the version in the labels of its controllers, or else in their images. */
function ofController(resource: Resource): number[] {
  if (!isKind(resource, 'apps', 'Deployment')) return [];
  const label = (name: string): string | undefined => textAt(resource.object, 'metadata', 'labels', name);
  const isOfFlux = label('app.kubernetes.io/part-of') === 'flux';
  const minor = isOfFlux ? minorOf(label('app.kubernetes.io/version') ?? '') : undefined;
  return minor === undefined ? imagesOf(resource).flatMap(minorOfImage) : [minor];
}

function imagesOf({ object }: Resource): string[] {
  return itemsAt(object, ['spec', 'template', 'spec', 'containers']).flatMap((container) => {
    const image = valueAt(container, ['image']);
    return typeof image === 'string' ? [image] : [];
  });
}

/** Version 1.N of these controllers is part of Flux 2.N; older ones are of Flux 0. */
function minorOfImage(image: string): number[] {
  const [, major, minor] =
    /(?:^|\/)(?:kustomize|notification|source)-controller:v([01])\.(\d{1,3})\./u.exec(image) ?? [];
  if (major === undefined) return [];
  return [major === '0' ? 0 : Number(minor)];
}
