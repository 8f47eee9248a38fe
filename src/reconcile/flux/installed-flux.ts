import { isKind, textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import { newestFlux } from './removed-versions.ts';

/**
 * The newest minor version of Flux 2 that objects install: their source of Flux' own manifests, what `flux install` wrote, or a FluxInstance;
 * undefined where none of them says a version.
 */
export function installedFlux(resources: readonly Resource[]): number | undefined {
  const minors = resources.flatMap((one) => [...ofSource(one), ...ofController(one), ...ofInstance(one)]);
  return minors.length === 0 ? undefined : Math.max(...minors);
}

/** `2.8.x`; a range without a minor version is the newest. */
export function ofInstance(resource: Resource): number[] {
  if (!isKind(resource, 'fluxcd.controlplane.io', 'FluxInstance')) return [];
  const version = textAt(resource.object, 'spec', 'distribution', 'version') ?? '';
  return [minorOf(version) ?? newestFlux];
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
