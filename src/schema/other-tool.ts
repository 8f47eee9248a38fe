import type { Mapping } from '../source/value.ts';
import { factsFor, isBuiltInGroup, kindsOf, supportedVersions } from './facts.ts';
import { closestField } from './suggestion.ts';

/**
 * Whether an object is a configuration that no API server is meant to see, such as that of Skaffold: the group of a CRD has
 * a dot, and nothing of it looks like a misspelled kind or group of Kubernetes.
 */
export function isOfOtherTool({ apiVersion, kind }: Mapping): boolean {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return false;
  const [group = '', version] = apiVersion.split('/');
  if (version === undefined || group.includes('.') || isBuiltInGroup(group)) return false;
  const known = kindsOf(factsFor(supportedVersions().at(-1) ?? ''));
  const groups = new Set(known.map((one) => one.group));
  return (
    closestField(group, groups) === undefined &&
    closestField(
      kind,
      known.map((one) => one.kind),
    ) === undefined
  );
}
