import { textAt } from '../../object/object-field.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { chartOf, sourcesOf } from '../../reconcile/argocd/application-source.ts';
import type { ClusterRule } from '../rule.ts';
import { type Application, applicationsOf } from './argo-application.ts';
import { isProduction } from './production.ts';

/**
 * Sources that change without a change of this repository: charts by a range of versions, and branches of other repositories
 * where production follows them. A branch of this repository is what pull requests are judged for.
 */
export const applicationRevisionNotPinned: ClusterRule = {
  id: 'application-revision-not-pinned',
  severity: 'warning',
  scope: 'cluster',
  tags: ['argo-cd', 'supply-chain'],
  *judge(cluster) {
    for (const application of applicationsOf(cluster)) yield* judgeSources(application);
  },
};

function* judgeSources(application: Application): Iterable<RuleProblem> {
  const { declaration, foreignRepositories = [] } = application;
  for (const { source, path } of sourcesOf(declaration)) {
    const { value } = source;
    const revision = textAt(value, 'targetRevision') ?? '';
    const at = [declaration, ...path, ...(revision === '' ? [] : ['targetRevision'])] as const;
    const chart = chartOf(value);
    if (chart !== undefined && isRange(revision)) {
      yield {
        at,
        message: `the chart ${chart} has no fixed version (${revision || 'none'}): a new release of it is deployed without a commit here`,
        help: 'write one version',
      };
    }
    const url = textAt(value, 'repoURL') ?? '';
    if (chart !== undefined || !foreignRepositories.includes(url) || isFixed(revision)) continue;
    if (!isProduction(application)) continue;
    yield {
      at,
      message: `production follows ${revision || 'HEAD'} of ${url}, which changes without a pull request here`,
      help: 'write a tag or a commit',
    };
  }
}

/** Ranges as Masterminds/semver reads them. */
function isRange(version: string): boolean {
  return version === '' || /[*^~<>|,]|\bx\b| - /iu.test(version) || /^v?\d+(?:\.\d+)?$/u.test(version);
}

/** A commit, or what looks like the tag of a version. */
function isFixed(revision: string): boolean {
  return (
    /^(?:refs\/tags\/.+|[0-9a-f]{7,64}|.*\d+\.\d+.*|v\d+.*)$/u.test(revision) && !/[*^~<>]/u.test(revision)
  );
}
