import { mappingAt, textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { Path } from '../../source/value.ts';
import type { ClusterRule } from '../rule.ts';
import { describeObject, fluxKinds } from './flux-objects.ts';

/** A policy that takes every tag also takes those of feature branches, and of whoever may push. */
export const imagePolicyOpen: ClusterRule = {
  id: 'image-policy-open',
  severity: 'warning',
  scope: 'cluster',
  tags: ['flux', 'supply-chain'],
  *judge(cluster) {
    for (const resource of fluxKinds(cluster, 'ImagePolicy')) {
      const at = openField(resource);
      if (at !== undefined)
        yield {
          at: [resource, ...at],
          message: `${describeObject(resource)} accepts any tag of the image`,
          help: 'set an upper bound in the semver range, or a filterTags pattern that matches only releases',
        };
    }
  },
};

function openField(resource: Resource): Path | undefined {
  if (mappingAt(resource, 'spec', 'filterTags') !== undefined) return undefined;
  const range = textAt(resource.object, 'spec', 'policy', 'semver', 'range');
  if (range !== undefined)
    return /^(?:\*|x|>=\s*0(?:\.0){0,2}(?:-0)?)$/u.test(range)
      ? ['spec', 'policy', 'semver', 'range']
      : undefined;
  const kind = ['alphabetical', 'numerical'].find(
    (one) => mappingAt(resource, 'spec', 'policy', one) !== undefined,
  );
  return kind === undefined ? undefined : ['spec', 'policy', kind];
}
