import { mappingAt, textAt } from '../../object/object-field.ts';
import { nameOf, namespaceOf } from '../../object/resource.ts';
import type { ClusterRule } from '../rule.ts';
import { fluxKinds } from './flux-objects.ts';

/** An ImageUpdateAutomation that pushes to the branch which it checks out merges by itself, past every gate. */
export const imageUpdateUnreviewed: ClusterRule = {
  id: 'image-update-unreviewed',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'supply-chain'],
  *judge(cluster) {
    const sources = fluxKinds(cluster, 'GitRepository');
    for (const resource of fluxKinds(cluster, 'ImageUpdateAutomation')) {
      const { object } = resource;
      const sourceName = textAt(object, 'spec', 'sourceRef', 'name');
      const namespace = textAt(object, 'spec', 'sourceRef', 'namespace') ?? namespaceOf(object);
      const source = sources.find(
        (one) => nameOf(one.object) === sourceName && namespaceOf(one.object) === namespace,
      );
      const checkout =
        textAt(object, 'spec', 'git', 'checkout', 'ref', 'branch') ??
        (source === undefined ? undefined : textAt(source.object, 'spec', 'ref', 'branch'));
      const push = textAt(object, 'spec', 'git', 'push', 'branch') ?? checkout;
      const hasRefspec = textAt(object, 'spec', 'git', 'push', 'refspec') !== undefined;
      if (push !== checkout || hasRefspec) continue;
      const at =
        mappingAt(resource, 'spec', 'git', 'push') === undefined
          ? ['spec', 'git']
          : ['spec', 'git', 'push', 'branch'];
      yield {
        at: [resource, ...at],
        message: `new images are committed directly to ${push ?? 'the branch of the source'}, without a review or a check`,
        help: 'push to a separate branch (spec.git.push.branch), and open pull requests from it',
      };
    }
  },
};
