import { textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { ClusterRule } from '../rule.ts';
import { toldOnce } from '../told-once.ts';
import { fluxKinds } from './flux-objects.ts';

/** GitHub takes tokens of persons over HTTPS, unless `provider: github` makes Flux act as a GitHub App (source-controller 1.9). */
export const gitTokenPersonal: ClusterRule = {
  id: 'git-token-personal',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'security'],
  judge(cluster) {
    const all = fluxKinds(cluster, 'GitRepository').filter(
      ({ object }) => textAt(object, 'spec', 'secretRef', 'name') !== undefined,
    );
    return toldOnce(all.filter(isPersonal), all.length, {
      path: ['spec', 'secretRef', 'name'],
      message: (count) =>
        `${count === '' ? 'a GitRepository logs' : `${count}GitRepositories log`} in to GitHub with a personal access token, which is tied to one person`,
      help: 'set provider: github, with a Secret for a GitHub App',
    });
  },
};

function isPersonal({ object }: Resource): boolean {
  const url = textAt(object, 'spec', 'url') ?? '';
  const provider = textAt(object, 'spec', 'provider') ?? 'generic';
  return /^https:\/\/github\.com\//u.test(url) && provider === 'generic';
}
