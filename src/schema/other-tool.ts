import type { Mapping } from '../source/value.ts';
import { factsFor, isBuiltInGroup, kindsOf, supportedVersions } from './facts.ts';
import { closestField } from './suggestion.ts';

/** A kubeconfig, what `oc process` makes objects of, and what kubectl keeps of what a server told about its kinds. */
const ofClients: ReadonlySet<string> = new Set([
  ...['Config', 'Template', 'APIGroup', 'APIGroupList', 'APIResourceList', 'APIVersions'],
]);

/**
 * Whether an object is a configuration that no API server is meant to see, such as that of Skaffold: the group of a CRD has
 * a dot, and nothing of it looks like a misspelled kind or group of Kubernetes. Without a group it is Kubernetes' own `v1` and no
 * other version, as in the machine configuration of Talos (`v1alpha1`). Some kinds of `v1` are for clients alone.
 */
export function isOfOtherTool({ apiVersion, kind }: Mapping): boolean {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return false;
  if (apiVersion === 'v1' && ofClients.has(kind)) return true;
  const [group = '', version] = apiVersion.split('/');
  const known = kindsOf(factsFor(supportedVersions().at(-1) ?? ''));
  const isLikeKind =
    closestField(
      kind,
      known.map((one) => one.kind),
    ) !== undefined;
  if (version === undefined) return /^v\d+(?:alpha|beta)\d+$/u.test(apiVersion) && !isLikeKind;
  if (group.includes('.') || isBuiltInGroup(group)) return false;
  return closestField(group, new Set(known.map((one) => one.group))) === undefined && !isLikeKind;
}
