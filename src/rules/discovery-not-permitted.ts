import type { Build } from '../build/build.ts';
import { objectsNamed } from './cluster-objects.ts';
import { podReferencesOf } from './pod-reference.ts';
import { describe, type PodTemplate, podTemplatesOf } from './pod-template.ts';
import type { BuildRule, Place, RuleContext, RuleProblem } from './rule.ts';
import { type Discovery, discoveriesOf, type ScrapeJob, scrapeJobs } from './scrape-configuration.ts';
import {
  type Account,
  accountObject,
  accountOf,
  type Grant,
  grantsTo,
  hasToken,
  maysList,
} from './service-account-grants.ts';
import { isPartlyBuilt, unseenMaker } from './unseen-maker.ts';

export const discoveryNotPermitted: BuildRule = {
  id: 'discovery-not-permitted',
  severity: 'error',
  scope: 'build',
  *judge(build, context) {
    for (const template of podTemplatesOf(build)) {
      const seen = new Set<string>();
      for (const job of jobsOf(template, build, context)) {
        for (const discovery of discoveriesOf(job)) {
          const problem = judgeDiscovery(template, { job, discovery }, build, context);
          // A second job that lacks the same right says nothing new.
          if (problem === undefined || seen.has(problem.message)) continue;
          seen.add(problem.message);
          yield problem;
        }
      }
    }
  },
};

/** The scrape jobs in the ConfigMaps that pods of a template mount. */
function jobsOf({ resource, namespace }: PodTemplate, build: Build, context: RuleContext): ScrapeJob[] {
  const names = new Set(
    podReferencesOf(resource).flatMap(({ kind, name }) => (kind === 'ConfigMap' ? [name] : [])),
  );
  return [...names].flatMap((name) =>
    objectsNamed({ kind: 'ConfigMap', name, namespace }, build, context).slice(0, 1).flatMap(scrapeJobs),
  );
}

interface Asked {
  readonly group: string;
  readonly resource: string;
}

/** What Prometheus lists and watches for each role of its discovery. */
const askedFor: Readonly<Record<string, readonly Asked[]>> = {
  pod: [{ group: '', resource: 'pods' }],
  node: [{ group: '', resource: 'nodes' }],
  service: [{ group: '', resource: 'services' }],
  endpoints: ['endpoints', 'services', 'pods'].map((resource) => ({ group: '', resource })),
  endpointslice: [
    { group: 'discovery.k8s.io', resource: 'endpointslices' },
    { group: '', resource: 'services' },
    { group: '', resource: 'pods' },
  ],
  ingress: [{ group: 'networking.k8s.io', resource: 'ingresses' }],
};

function judgeDiscovery(
  template: PodTemplate,
  { job, discovery }: { readonly job: ScrapeJob; readonly discovery: Discovery },
  build: Build,
  context: RuleContext,
): RuleProblem | undefined {
  const account = accountOf(template);
  const object = accountObject(account, build, context);
  const at = job.placeOf('kubernetes_sd_configs', discovery.index, 'role');
  const who = `${describe(template.resource)} finds targets by role ${discovery.role}`;
  if (!hasToken(template, object)) {
    return {
      at,
      message: `${who}, and gets no token for the API server: automountServiceAccountToken is false`,
      help: 'write automountServiceAccountToken: true in the pod, and give its account the rights',
      related: [{ at: [template.resource, ...template.path, 'spec'], message: 'the pod without a token' }],
    };
  }
  const grants = grantsTo(account, build, context);
  // Roles that no manifest shows may well grant it.
  if (grants.some(({ rules }) => rules === undefined)) return undefined;
  const lacking = (askedFor[discovery.role] ?? []).find(
    (asked) => !isGranted(asked, discovery, grants, account),
  );
  if (lacking === undefined) return undefined;
  const maker = unseenMaker(template.resource, build, context);
  return {
    at,
    message: `${who}${whereOf(discovery)}, and its ServiceAccount ${account.name} may not list ${lacking.resource} there${maker === undefined ? '' : `, unless ${maker} lets it`}`,
    help: helpFor(lacking, discovery, grants),
    ...(maker !== undefined || isPartlyBuilt(context) ? { severity: 'note' } : {}),
    related: [
      { at: placeOfAccount(template), message: `the account of ${describe(template.resource)}` },
      ...grants.map(({ binding }) => ({ at: [binding, 'roleRef'] as const, message: 'what it is granted' })),
    ],
  };
}

function isGranted(
  asked: Asked,
  { role, namespaces }: Discovery,
  grants: readonly Grant[],
  account: Account,
): boolean {
  const giving = grants.filter(({ rules }) => rules !== undefined && maysList(rules, asked));
  if (giving.some(({ namespace }) => namespace === undefined)) return true;
  if (namespaces === undefined || role === 'node') return false;
  const wanted = namespaces === 'own' ? [account.namespace] : namespaces;
  return wanted.every((one) => giving.some(({ namespace = '' }) => [one, ''].includes(namespace)));
}

function whereOf({ namespaces }: Discovery): string {
  if (namespaces === 'own') return ' in its own namespace';
  return namespaces === undefined ? ' in the whole cluster' : ` in ${namespaces.join(', ')}`;
}

function helpFor({ resource }: Asked, { namespaces }: Discovery, grants: readonly Grant[]): string {
  const isNarrow = grants.some(({ namespace }) => namespace !== undefined);
  if (namespaces === undefined && isNarrow)
    return 'write namespaces: {own_namespace: true}, or bind a ClusterRole by a ClusterRoleBinding';
  return `grant get, list and watch of ${resource} by a ${namespaces === undefined ? 'ClusterRoleBinding' : 'RoleBinding in that namespace'}`;
}

function placeOfAccount({ resource, path, spec }: PodTemplate): Place {
  const field = spec['serviceAccountName'] === undefined ? [] : ['serviceAccountName'];
  return [resource, ...path, 'spec', ...field];
}
