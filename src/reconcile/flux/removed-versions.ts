/** The minor version of Flux 2 that a run judges for where nobody says. */
export const newestFlux = 9;

/** The API versions that Flux 2 no longer serves, by the minor version that took them away. */
const removed: readonly (readonly [minor: number, apiVersion: string])[] = [
  [7, 'source.toolkit.fluxcd.io/v1beta1'],
  [7, 'kustomize.toolkit.fluxcd.io/v1beta1'],
  [7, 'helm.toolkit.fluxcd.io/v2beta1'],
  [7, 'image.toolkit.fluxcd.io/v1beta1'],
  [7, 'notification.toolkit.fluxcd.io/v1beta1'],
  [8, 'source.toolkit.fluxcd.io/v1beta2'],
  [8, 'kustomize.toolkit.fluxcd.io/v1beta2'],
  [8, 'helm.toolkit.fluxcd.io/v2beta2'],
  [8, 'notification.toolkit.fluxcd.io/v1beta2'],
  [9, 'image.toolkit.fluxcd.io/v1beta2'],
];

/** The minor version of Flux that took an API version away. */
export function removedIn(apiVersion: string): number | undefined {
  return removed.find(([, version]) => version === apiVersion)?.[0];
}

/** What takes its place. */
export function replacementFor(apiVersion: string, kind: string): string {
  const [group = ''] = apiVersion.split('/');
  if (group.startsWith('helm.')) return `${group}/v2`;
  return group.startsWith('notification.') && kind !== 'Receiver' ? `${group}/v1beta3` : `${group}/v1`;
}

/** The minor version of `2.8` or `2.8.1`. */
export function fluxMinor(version: string | undefined): number {
  const [, minor] = version?.split('.') ?? [];
  return minor === undefined ? newestFlux : Number(minor);
}

/** API versions that an older Flux still serves. */
export function servedByOlderFlux(version: string | undefined): ReadonlySet<string> {
  const minor = fluxMinor(version);
  return new Set(removed.flatMap(([since, apiVersion]) => (minor < since ? [apiVersion] : [])));
}

/** The minor version of Flux 2; what came before 2.0 and was called 0.x counts as that. */
export function minorOf(version: string): number | undefined {
  const found = /^v?(?:0|2)\.(\d{1,3})(?:\.|$)/u.exec(version);
  if (found === null) return undefined;
  return /^v?0/u.test(version) ? 0 : Number(found[1]);
}
