import type { Resource } from '../build/resource.ts';
import { textAt } from '../reconcile/object-field.ts';
import type { Path } from '../source/value.ts';
import { fluxKinds } from './flux-objects.ts';
import type { ClusterRule } from './rule.ts';
import { toldOnce } from './told-once.ts';

/** GitHub takes tokens of persons over HTTPS, unless `provider: github` makes Flux act as a GitHub App (source-controller 1.9). */
export const gitTokenPersonal: ClusterRule = {
  id: 'git-token-personal',
  severity: 'note',
  scope: 'cluster',
  *judge(cluster) {
    for (const [kind, spec, secret] of logins) {
      const all = fluxKinds(cluster, kind).filter(
        ({ object }) => textAt(object, ...spec, ...secret) !== undefined,
      );
      const found = all.filter((resource) => isPersonal(resource, spec));
      yield* toldOnce(found, all.length, {
        path: [...spec, ...secret],
        message: (count) =>
          count === ''
            ? `the ${kind} logs in to GitHub with the token of a person, who may leave`
            : `${count}of kind ${kind} log in to GitHub with the token of a person, who may leave`,
        help: 'set provider: github, with a Secret for a GitHub App',
      });
    }
  },
};

const logins: readonly (readonly [kind: string, spec: Path, secret: Path])[] = [
  ['GitRepository', ['spec'], ['secretRef', 'name']],
  ['FluxInstance', ['spec', 'sync'], ['pullSecret']],
];

function isPersonal({ object }: Resource, spec: Path): boolean {
  const url = textAt(object, ...spec, 'url') ?? '';
  return (
    /^https:\/\/github\.com\//u.test(url) && (textAt(object, ...spec, 'provider') ?? 'generic') === 'generic'
  );
}
