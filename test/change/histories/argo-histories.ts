import type { Files } from '../../support/plan-files.ts';
import type { History } from './histories.ts';

/** The directory that a person applies, with the first Application. */
export const root = 'clusters/prod';

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:2.4.1"}]}
`;
const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
  namespace: shop
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 5Gi}}
`;
const settings = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: shop
data: {mode: old}
`;
const secret = `apiVersion: v1
kind: Secret
metadata:
  name: key
  namespace: shop
type: Opaque
data: {key: a2V5}
`;
const job = `apiVersion: batch/v1
kind: Job
metadata:
  name: seed
  namespace: shop
spec:
  template:
    spec: {restartPolicy: Never, containers: [{name: seed, image: "seed:1.0.0"}]}
`;

/** An object with annotations, as `argocd.argoproj.io/sync-options: Prune=false`. */
function marked(text: string, ...marks: readonly string[]): string {
  return text.replace('  namespace: shop\n', `  namespace: shop\n  annotations: {${marks.join(', ')}}\n`);
}

const options = (...words: readonly string[]): string =>
  `argocd.argoproj.io/sync-options: "${words.join(',')}"`;
const wave = (number: number): string => `argocd.argoproj.io/sync-wave: "${number}"`;
const hook = (phase: string): string => `argocd.argoproj.io/hook: ${phase}`;
const list = (...names: readonly string[]): string =>
  `resources:\n${names.map((name) => `  - ${name}\n`).join('')}`;

interface ApplicationParts {
  readonly sync?: string;
  readonly options?: readonly string[];
  readonly finalizer?: boolean;
}

function application(name: string, path: string, parts: ApplicationParts = {}): string {
  const { sync = 'automated: {prune: true}', options: words = [], finalizer = true } = parts;
  const finalizers = finalizer ? '  finalizers: [resources-finalizer.argocd.argoproj.io]\n' : '';
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
${finalizers}spec:
  project: default
  source: {repoURL: https://git.example.com/team/fleet.git, path: ${path}, targetRevision: main}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  syncPolicy:
    ${sync}
    syncOptions: [${words.join(', ')}]
`;
}

/** `apps` with these objects, below an Application that holds all of them. */
function apps(objects: Files, parts: ApplicationParts = {}, rootSync?: string): Files {
  const files = Object.entries(objects).map(([name, text]) => [`apps/${name}`, text] as const);
  return {
    'clusters/prod/kustomization.yaml': list('root.yaml'),
    'clusters/prod/root.yaml': application(
      'root',
      'argocd',
      rootSync === undefined ? {} : { sync: rootSync },
    ),
    'argocd/kustomization.yaml': list('apps.yaml', 'other.yaml'),
    'argocd/apps.yaml': application('apps', 'apps', parts),
    // Without another one the root would lose all that it has.
    'argocd/other.yaml': application('other', 'other'),
    'other/kustomization.yaml': list('other.yaml'),
    'other/other.yaml': settings.replace('name: settings', 'name: other'),
    'apps/kustomization.yaml': list(...Object.keys(objects)),
    ...Object.fromEntries(files),
  };
}

const three = { 'web.yaml': web, 'claim.yaml': claim, 'settings.yaml': settings };
const withoutClaim = { 'apps/kustomization.yaml': list('web.yaml', 'settings.yaml') };
const edit = (name: string, text: string): Files => ({ [`apps/${name}`]: text });
const gone = { 'argocd/kustomization.yaml': list('other.yaml'), 'argocd/apps.yaml': undefined };
const renamed = (parts: ApplicationParts = {}): Files => ({
  'argocd/apps.yaml': application('workloads', 'apps', parts),
});
const selector = web.replaceAll('{app: web}', '{app: site}');

function leaving(mark?: string, parts: ApplicationParts = {}): Pick<History, 'base' | 'edits'> {
  const own = mark === undefined ? claim : marked(claim, mark);
  return { base: apps({ ...three, 'claim.yaml': own }, parts), edits: withoutClaim };
}

/** The claim moves from `apps` to `other`. */
function beside(parts: ApplicationParts = {}, object = claim): Pick<History, 'base' | 'edits'> {
  return {
    base: apps({ ...three, 'claim.yaml': object }, parts),
    edits: {
      ...withoutClaim,
      'apps/claim.yaml': undefined,
      'other/kustomization.yaml': list('other.yaml', 'claim.yaml'),
      'other/claim.yaml': object,
    },
  };
}

function updating(
  before: string,
  after: string,
  parts: ApplicationParts = {},
): Pick<History, 'base' | 'edits'> {
  return { base: apps({ ...three, 'web.yaml': before }, parts), edits: edit('web.yaml', after) };
}

/** Histories of Applications, with what Argo CD alone knows: sync options, waves and hooks. */
export const argoHistories: readonly History[] = [
  { name: 'an image changes', ...updating(web, web.replace('2.4.1', '2.5.0')) },
  {
    name: 'an object is new',
    base: apps(three),
    edits: {
      'apps/kustomization.yaml': list('web.yaml', 'claim.yaml', 'settings.yaml', 'key.yaml'),
      'apps/key.yaml': secret,
    },
  },
  { name: 'an object leaves', ...leaving() },
  {
    name: 'an object leaves an Application that does not prune',
    ...leaving(undefined, { sync: 'automated: {prune: false}' }),
  },
  {
    name: 'an object leaves an Application that a person syncs',
    ...leaving(undefined, { sync: 'retry: {limit: 1}' }),
  },
  {
    name: 'an object leaves an Application that is switched off',
    ...leaving(undefined, { sync: 'automated: {prune: true, enabled: false}' }),
  },
  { name: 'a protected object leaves', ...leaving(options('Prune=false')) },
  {
    name: 'an object leaves an Application that protects all',
    ...leaving(undefined, { options: ['Prune=false'] }),
  },
  {
    name: 'an object that may go leaves an Application that protects all',
    ...leaving(options('Prune=true'), { options: ['Prune=false'] }),
  },
  { name: 'an object leaves that Helm would keep', ...leaving('helm.sh/resource-policy: keep') },
  { name: 'an object leaves that somebody has to confirm', ...leaving(options('Prune=confirm')) },
  {
    name: 'an object leaves that somebody has to confirm, while others come and go',
    base: apps({ ...three, 'claim.yaml': marked(claim, options('Prune=confirm')), 'key.yaml': secret }),
    edits: {
      'apps/kustomization.yaml': list('web.yaml', 'settings.yaml', 'job.yaml'),
      'apps/job.yaml': job,
    },
  },
  {
    name: 'an object leaves last that somebody has to confirm, while another comes',
    base: apps({ ...three, 'claim.yaml': marked(claim, options('Prune=confirm', 'PruneLast=true')) }),
    edits: {
      'apps/kustomization.yaml': list('web.yaml', 'settings.yaml', 'key.yaml'),
      'apps/key.yaml': secret,
    },
  },
  { name: 'all objects leave', base: apps(three), edits: { 'apps/kustomization.yaml': 'resources: []\n' } },
  {
    name: 'all objects leave an Application that may be empty',
    base: apps(three, { sync: 'automated: {prune: true, allowEmpty: true}' }),
    edits: { 'apps/kustomization.yaml': 'resources: []\n' },
  },
  {
    name: 'an object leaves while prune goes off',
    base: apps(three),
    edits: {
      ...withoutClaim,
      'argocd/apps.yaml': application('apps', 'apps', { sync: 'automated: {prune: false}' }),
    },
  },
  { name: 'an Application gets another name', base: apps(three), edits: renamed() },
  {
    name: 'an Application without finalizer gets another name',
    base: apps(three, { finalizer: false }),
    edits: renamed(),
  },
  {
    name: 'an Application loses its finalizer and gets another name',
    base: apps(three),
    edits: renamed({ finalizer: false }),
  },
  {
    name: 'an Application with a protected object gets another name',
    base: apps({ ...three, 'claim.yaml': marked(claim, options('Delete=false')) }),
    edits: renamed(),
  },
  { name: 'an Application goes', base: apps(three), edits: gone },
  { name: 'an Application without finalizer goes', base: apps(three, { finalizer: false }), edits: gone },
  {
    name: 'an Application with a protected object goes',
    base: apps({ ...three, 'claim.yaml': marked(claim, options('Delete=false')) }),
    edits: gone,
  },
  {
    name: 'an Application with an object that is only not pruned goes',
    base: apps({ ...three, 'claim.yaml': marked(claim, options('Prune=false')) }),
    edits: gone,
  },
  {
    name: 'an Application with an object that Helm keeps goes',
    base: apps({ ...three, 'claim.yaml': marked(claim, 'helm.sh/resource-policy: keep') }),
    edits: gone,
  },
  {
    name: 'an Application goes that its parent does not prune',
    base: apps(three, {}, 'automated: {prune: false}'),
    edits: gone,
  },
  { name: 'an object moves beside', ...beside() },
  { name: 'an object moves from an Application that does not prune', ...beside({ sync: 'automated: {}' }) },
  { name: 'a protected object moves beside', ...beside({}, marked(claim, options('Prune=false'))) },
  {
    name: 'an object gets another namespace',
    base: apps(three),
    edits: edit('claim.yaml', claim.replace('namespace: shop', 'namespace: store')),
  },
  {
    name: 'an Application gets another path',
    base: {
      ...apps(three),
      'site/kustomization.yaml': list('settings.yaml'),
      'site/settings.yaml': settings,
    },
    edits: { 'argocd/apps.yaml': application('apps', 'site') },
  },
  { name: 'an update is refused', ...updating(web, selector) },
  { name: 'an update is refused and forced', ...updating(web, marked(selector, options('Force=true'))) },
  {
    name: 'an update is refused that the old object forces',
    ...updating(marked(web, options('Force=true')), selector),
  },
  { name: 'an update is refused and replaced', ...updating(web, marked(selector, options('Replace=true'))) },
  {
    name: 'an update is refused and replaced by force',
    ...updating(web, marked(selector, options('Replace=true', 'Force=true'))),
  },
  {
    name: 'an update is replaced by force that nobody refuses',
    ...updating(
      marked(web, options('Replace=true', 'Force=true')),
      marked(web.replace('2.4.1', '2.5.0'), options('Replace=true', 'Force=true')),
    ),
  },
  {
    name: 'an update is replaced that nobody refuses',
    ...updating(web, web.replace('2.4.1', '2.5.0'), { options: ['Replace=true'] }),
  },
  {
    name: 'an update is refused below an Application that forces',
    ...updating(web, selector, { options: ['Force=true'] }),
  },
  {
    name: 'an update is refused and forced, but applied by the server',
    ...updating(web, marked(selector, options('Force=true')), { options: ['ServerSideApply=true'] }),
  },
  {
    name: 'an update is refused and forced, and the object is not applied by the server',
    ...updating(web, marked(selector, options('Force=true', 'ServerSideApply=false')), {
      options: ['ServerSideApply=true'],
    }),
  },
  {
    name: 'a claim becomes invalid under force',
    base: apps(three),
    edits: edit('claim.yaml', marked(claim.replace('5Gi', '-1Gi'), options('Force=true'))),
  },
  {
    name: 'a claim becomes invalid and is replaced by force',
    base: apps(three),
    edits: edit('claim.yaml', marked(claim.replace('5Gi', '-1Gi'), options('Force=true', 'Replace=true'))),
  },
  {
    name: 'an update is refused while others come and go in its wave',
    base: apps(three),
    edits: {
      ...edit('web.yaml', selector),
      'apps/kustomization.yaml': list('web.yaml', 'settings.yaml', 'key.yaml'),
      'apps/key.yaml': secret,
    },
  },
  {
    name: 'an update is refused while others come and go in later waves',
    base: apps({ ...three, 'claim.yaml': marked(claim, wave(2)) }),
    edits: {
      ...edit('web.yaml', selector),
      'apps/kustomization.yaml': list('web.yaml', 'settings.yaml', 'key.yaml'),
      'apps/key.yaml': marked(secret, wave(1)),
    },
  },
  {
    name: 'an update is refused in a late wave while others come before',
    base: apps({ ...three, 'web.yaml': marked(web, wave(3)) }),
    edits: {
      ...edit('web.yaml', marked(selector, wave(3))),
      'apps/kustomization.yaml': list('web.yaml', 'claim.yaml', 'settings.yaml', 'key.yaml'),
      'apps/key.yaml': secret,
    },
  },
  {
    name: 'the template of a Job changes',
    base: apps({ ...three, 'job.yaml': job }),
    edits: edit('job.yaml', job.replace('1.0.0', '1.1.0')),
  },
  {
    name: 'the template of a hook changes',
    base: apps({ ...three, 'job.yaml': marked(job, hook('PostSync')) }),
    edits: edit('job.yaml', marked(job.replace('1.0.0', '1.1.0'), hook('PostSync'))),
  },
  {
    name: 'the template of a hook changes together with something else',
    base: apps({ ...three, 'job.yaml': marked(job, hook('PostSync')) }),
    edits: {
      ...edit('job.yaml', marked(job.replace('1.0.0', '1.1.0'), hook('PostSync'))),
      ...edit('settings.yaml', settings.replace('old', 'new')),
    },
  },
  {
    name: 'a hook is new',
    base: apps(three),
    edits: {
      'apps/kustomization.yaml': list(...Object.keys(three), 'job.yaml'),
      ...edit('job.yaml', marked(job, hook('PostSync'))),
    },
  },
  {
    name: 'a hook is new together with something else',
    base: apps(three),
    edits: {
      'apps/kustomization.yaml': list(...Object.keys(three), 'job.yaml'),
      ...edit('job.yaml', marked(job, hook('PostSync'))),
      ...edit('settings.yaml', settings.replace('old', 'new')),
    },
  },
  {
    name: 'a hook waits for an update that is refused',
    base: apps(three),
    edits: {
      'apps/kustomization.yaml': list(...Object.keys(three), 'job.yaml'),
      ...edit('job.yaml', marked(job, hook('PostSync'))),
      ...edit('web.yaml', selector),
    },
  },
  {
    name: "the template of one of Helm's hooks changes",
    base: apps({ ...three, 'job.yaml': marked(job, 'helm.sh/hook: pre-upgrade') }),
    edits: edit('job.yaml', marked(job.replace('1.0.0', '1.1.0'), 'helm.sh/hook: pre-upgrade')),
  },
  {
    name: 'a hook leaves',
    base: apps({ ...three, 'job.yaml': marked(job, hook('PreSync')) }),
    edits: { 'apps/kustomization.yaml': list(...Object.keys(three)) },
  },
  {
    name: 'a hook goes with its Application',
    base: apps({ ...three, 'job.yaml': marked(job, hook('PreSync')) }),
    edits: gone,
  },
  {
    name: 'a Job becomes a hook',
    base: apps({ ...three, 'job.yaml': job }),
    edits: edit('job.yaml', marked(job, hook('PostSync'))),
  },
];
