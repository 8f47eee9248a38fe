import { nearestName } from '../../diagnostic/closest-word.ts';
import type { SourceFile } from '../../diagnostic/source-file.ts';
import { originOfEntry, type Tracked } from '../../object/provenance.ts';
import { nameOf, namespaceOf } from '../../object/resource.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import { isHelmRelease, renderedReleases } from '../../reconcile/flux/helm-release.ts';
import type { ClusterRule } from '../rule.ts';
import { fluxKinds } from './flux-objects.ts';

const marker = '$imagepolicy';

/** Image automation leaves alone what a setter comment marks for a policy that is not there (pkg/update/setters). */
export const imagePolicyMissing: ClusterRule = {
  id: 'image-policy-missing',
  severity: 'warning',
  scope: 'cluster',
  tags: ['flux', 'references', 'supply-chain'],
  *judge(cluster, { sources }) {
    // Where nothing of image automation is, somebody else may change the lines.
    if (fluxKinds(cluster, 'ImagePolicy', 'ImageUpdateAutomation').length === 0) return;
    const files = new Set(cluster.reconciliations.flatMap(({ build }) => build.inputs));
    const policies = fluxKinds(cluster, 'ImagePolicy').map(
      ({ object }) => `${namespaceOf(object) || 'default'}:${nameOf(object)}`,
    );
    const mayBring = bringersIn(cluster);
    for (const path of files) {
      const file = sources.file(path);
      if (file === undefined || !file.text.includes(marker)) continue;
      for (const { policy, at } of settersIn(file)) {
        if (policies.includes(policy)) continue;
        const near = nearestName(policy, policies);
        if (policy !== '' && near === undefined && mayBring(policy)) continue;
        yield {
          at: [at],
          message:
            policy === ''
              ? 'this comment cannot be read, so image automation does not change the line'
              : `there is no ImagePolicy ${policy.replace(':', '/')}, so image automation does not change this line`,
          help:
            policy === ''
              ? 'write it as # {"$imagepolicy": "namespace:name"}, with :tag or :name after the name for a part of the image'
              : near === undefined
                ? 'add the ImagePolicy, or remove the comment'
                : `there is ${near}: correct the name`,
        };
      }
    }
  },
};

/** Asks whether a policy may come from what is not here: the chart of a release that it is named after, or what a build lacks. */
function bringersIn({ reconciliations }: Cluster): (policy: string) => boolean {
  const isWhole = reconciliations.every(
    ({ build, notRendered }) => build.complete && notRendered.length === 0,
  );
  const rendered = renderedReleases(reconciliations);
  const releases = reconciliations.flatMap(({ build }) =>
    build.resources
      .filter((one) => isHelmRelease(one) && !rendered.has(one))
      .map(({ object }) => nameOf(object)),
  );
  return (policy) => {
    const [, name = ''] = policy.split(':');
    return !isWhole || releases.some((release) => name.startsWith(release));
  };
}

function* settersIn(file: SourceFile): Iterable<{ readonly policy: string; readonly at: Tracked }> {
  const { text } = file;
  let end = 0;
  for (let found = text.indexOf(marker); found >= 0; found = text.indexOf(marker, end)) {
    end = text.indexOf('\n', found);
    if (end < 0) end = text.length;
    const line = text.slice(text.lastIndexOf('\n', found) + 1, end).trimEnd();
    const comment = line.lastIndexOf('#', line.indexOf(marker));
    const json = line.slice(comment + 1).trim();
    if (comment < 0 || !json.startsWith('{')) continue;
    const start = text.lastIndexOf('\n', found) + 1 + comment;
    const span = { file, start, end: start + line.length - comment };
    yield { policy: policyIn(json), at: { value: json, origin: originOfEntry('resources', span) } };
  }
}

/** `namespace:name` without the part of the image behind it, empty where it cannot be read. */
function policyIn(json: string): string {
  try {
    const { $imagepolicy: reference } = JSON.parse(json) as Readonly<Record<string, unknown>>;
    const [namespace, name] = typeof reference === 'string' ? reference.split(':') : [];
    return namespace && name ? `${namespace}:${name}` : '';
  } catch {
    return '';
  }
}
