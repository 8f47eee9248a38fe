import { type Files, fluxCluster, fluxKustomization } from '../../support/plan-files.ts';

/** What a repository was, and what is edited; `undefined` takes a file away. */
export interface History {
  readonly name: string;
  readonly base: Files;
  readonly edits: Readonly<Record<string, string | undefined>>;
}

/** The directory that Flux begins with. */
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

const job = `apiVersion: batch/v1
kind: Job
metadata:
  name: seed
  namespace: shop
spec:
  template:
    spec: {restartPolicy: Never, containers: [{name: seed, image: "seed:1.0.0"}]}
`;

const secret = `apiVersion: v1
kind: Secret
metadata:
  name: key
  namespace: shop
type: Opaque
data: {key: a2V5}
`;

function marked(text: string, mark: string, field = 'annotations'): string {
  return text.replace('  namespace: shop\n', `  namespace: shop\n  ${field}: {${mark}}\n`);
}

const flux = 'kustomize.toolkit.fluxcd.io';
const list = (...names: string[]): string => `resources:\n${names.map((name) => `  - ${name}\n`).join('')}`;

/** `apps` with these objects, by the lines of its spec. */
function apps(objects: Files, more = 'prune: true'): Files {
  const files = Object.entries(objects).map(([name, text]) => [`apps/${name}`, text] as const);
  return {
    ...fluxCluster(root),
    [`${root}/apps.yaml`]: fluxKustomization('apps', 'apps', more),
    'apps/kustomization.yaml': list(...Object.keys(objects)),
    ...Object.fromEntries(files),
  };
}

const three = { 'web.yaml': web, 'claim.yaml': claim, 'settings.yaml': settings };
const spec = (more: string): Files => ({ [`${root}/apps.yaml`]: fluxKustomization('apps', 'apps', more) });
const renamed = (more = 'prune: true'): Files => ({
  [`${root}/apps.yaml`]: fluxKustomization('workloads', 'apps', more),
});
const withoutClaim = { 'apps/kustomization.yaml': list('web.yaml', 'settings.yaml') };
const gone = { [`${root}/apps.yaml`]: undefined };

/** `apps` and `site` beside each other; the object moves from the first to the second. */
function beside(
  ofApps = 'prune: true',
  ofSite = 'prune: true',
  object = claim,
): Pick<History, 'base' | 'edits'> {
  const base = {
    ...apps({ 'web.yaml': web, 'claim.yaml': object }, ofApps),
    [`${root}/site.yaml`]: fluxKustomization('site', 'site', ofSite),
    'site/kustomization.yaml': list('settings.yaml'),
    'site/settings.yaml': settings,
  };
  return {
    base,
    edits: {
      'apps/kustomization.yaml': list('web.yaml'),
      'apps/claim.yaml': undefined,
      'site/kustomization.yaml': list('settings.yaml', 'claim.yaml'),
      'site/claim.yaml': object,
    },
  };
}

const child = {
  ...apps({ 'web.yaml': web, 'claim.yaml': claim, 'child.yaml': fluxKustomization('child', 'child') }),
  'child/kustomization.yaml': list('settings.yaml'),
  'child/settings.yaml': settings,
};

const selector = web.replaceAll('{app: web}', '{app: site}');
const shrunk = claim.replace('5Gi', '2Gi');
const edit = (name: string, text: string): Files => ({ [`apps/${name}`]: text });
const prune = 'prune: true';

export const histories: readonly History[] = [
  { name: 'an image changes', base: apps(three), edits: edit('web.yaml', web.replace('2.4.1', '2.5.0')) },
  {
    name: 'an object is new',
    base: apps(three),
    edits: {
      'apps/kustomization.yaml': list('web.yaml', 'claim.yaml', 'settings.yaml', 'key.yaml'),
      'apps/key.yaml': secret,
    },
  },
  {
    name: 'an object moves to another file',
    base: apps(three),
    edits: {
      'apps/kustomization.yaml': list('web.yaml', 'claim.yaml', 'other.yaml'),
      'apps/settings.yaml': undefined,
      'apps/other.yaml': settings,
    },
  },
  {
    name: 'an owner is new',
    base: apps(three),
    edits: {
      [`${root}/site.yaml`]: fluxKustomization('site', 'site'),
      'site/kustomization.yaml': list('key.yaml'),
      'site/key.yaml': secret,
    },
  },
  { name: 'an object leaves an owner that prunes', base: apps(three), edits: withoutClaim },
  {
    name: 'an object leaves an owner that does not prune',
    base: apps(three, 'prune: false'),
    edits: withoutClaim,
  },
  {
    name: 'a protected object leaves',
    base: apps({ ...three, 'claim.yaml': marked(claim, `${flux}/prune: disabled`) }),
    edits: withoutClaim,
  },
  {
    name: 'an object that a label protects leaves',
    base: apps({ ...three, 'claim.yaml': marked(claim, `${flux}/prune: disabled`, 'labels') }),
    edits: withoutClaim,
  },
  {
    name: 'an object protected in upper case leaves',
    base: apps({ ...three, 'claim.yaml': marked(claim, `${flux}/prune: Disabled`) }),
    edits: withoutClaim,
  },
  {
    name: 'an object leaves that only its source protects',
    base: apps({ ...three, 'claim.yaml': marked(claim, 'shop.example.com/prune: disabled') }),
    edits: withoutClaim,
  },
  {
    name: 'an object leaves while prune goes off',
    base: apps(three),
    edits: { ...withoutClaim, ...spec('prune: false') },
  },
  {
    name: 'prune goes on after an object left',
    base: apps({ 'web.yaml': web }, 'prune: false'),
    edits: spec(prune),
  },
  { name: 'an owner gets another name', base: apps(three), edits: renamed() },
  {
    name: 'an owner gets another name and a policy that comes too late',
    base: apps(three),
    edits: renamed('prune: true\ndeletionPolicy: Orphan'),
  },
  {
    name: 'an owner that orphans gets another name',
    base: apps(three, 'prune: true\ndeletionPolicy: Orphan'),
    edits: renamed(),
  },
  {
    name: 'an owner that does not prune gets another name',
    base: apps(three, 'prune: false'),
    edits: renamed(),
  },
  {
    name: 'an owner that deletes without pruning gets another name',
    base: apps(three, 'prune: false\ndeletionPolicy: Delete'),
    edits: renamed(),
  },
  {
    name: 'an owner with a protected object gets another name',
    base: apps({ ...three, 'claim.yaml': marked(claim, `${flux}/prune: disabled`) }),
    edits: renamed(),
  },
  { name: 'an owner goes', base: apps(three), edits: gone },
  { name: 'an owner that does not prune goes', base: apps(three, 'prune: false'), edits: gone },
  {
    name: 'an owner that orphans goes',
    base: apps(three, 'prune: true\ndeletionPolicy: Orphan'),
    edits: gone,
  },
  {
    name: 'an owner that deletes without pruning goes',
    base: apps(three, 'prune: false\ndeletionPolicy: Delete'),
    edits: gone,
  },
  {
    name: 'an owner that mirrors prune goes',
    base: apps(three, 'prune: true\ndeletionPolicy: MirrorPrune'),
    edits: gone,
  },
  {
    name: 'an owner with a protected object goes',
    base: apps({ ...three, 'claim.yaml': marked(claim, `${flux}/prune: disabled`) }),
    edits: gone,
  },
  {
    name: 'an object moves down',
    base: child,
    edits: {
      'apps/kustomization.yaml': list('web.yaml', 'child.yaml'),
      'apps/claim.yaml': undefined,
      'child/kustomization.yaml': list('settings.yaml', 'claim.yaml'),
      'child/claim.yaml': claim,
    },
  },
  {
    name: 'an object moves down to a new owner',
    base: apps(three),
    edits: {
      'apps/kustomization.yaml': list('web.yaml', 'settings.yaml', 'child.yaml'),
      'apps/claim.yaml': undefined,
      'apps/child.yaml': fluxKustomization('child', 'child'),
      'child/kustomization.yaml': list('claim.yaml'),
      'child/claim.yaml': claim,
    },
  },
  {
    name: 'an object moves up',
    base: child,
    edits: {
      'child/kustomization.yaml': list('key.yaml'),
      'child/settings.yaml': undefined,
      'child/key.yaml': secret,
      'apps/kustomization.yaml': list('web.yaml', 'claim.yaml', 'child.yaml', 'settings.yaml'),
      'apps/settings.yaml': settings,
    },
  },
  {
    name: 'an object moves up and its owner goes',
    base: child,
    edits: {
      'apps/kustomization.yaml': list('web.yaml', 'claim.yaml', 'settings.yaml'),
      'apps/child.yaml': undefined,
      'apps/settings.yaml': settings,
    },
  },
  { name: 'an object moves beside', ...beside() },
  {
    name: 'an object moves to an owner that comes first',
    ...beside('prune: true\ndependsOn: [{name: site}]'),
  },
  {
    name: 'an object moves to an owner that waits',
    ...beside(prune, 'prune: true\ndependsOn: [{name: apps}]'),
  },
  { name: 'an object moves from an owner that does not prune', ...beside('prune: false') },
  {
    name: 'a protected object moves beside',
    ...beside(prune, prune, marked(claim, `${flux}/prune: disabled`)),
  },
  {
    name: 'an object gets another namespace',
    base: apps(three),
    edits: edit('claim.yaml', claim.replace('namespace: shop', 'namespace: store')),
  },
  {
    name: 'an owner gets a prefix for its names',
    base: apps(three),
    edits: {
      'apps/kustomization.yaml': `namePrefix: a-\n${list('web.yaml', 'claim.yaml', 'settings.yaml')}`,
    },
  },
  {
    name: 'an owner gets another path',
    base: {
      ...apps(three),
      'site/kustomization.yaml': list('settings.yaml'),
      'site/settings.yaml': settings,
    },
    edits: { [`${root}/apps.yaml`]: fluxKustomization('apps', 'site') },
  },
  { name: 'an update is refused', base: apps(three), edits: edit('web.yaml', selector) },
  {
    name: 'an update is refused while others come and go',
    base: apps(three),
    edits: {
      ...edit('web.yaml', selector),
      'apps/kustomization.yaml': list('web.yaml', 'settings.yaml', 'key.yaml'),
      'apps/key.yaml': secret,
    },
  },
  {
    name: 'an update is refused that another owner waits for',
    base: {
      ...apps(three),
      [`${root}/site.yaml`]: fluxKustomization('site', 'site', 'prune: true\ndependsOn: [{name: apps}]'),
      'site/kustomization.yaml': list('job.yaml'),
      'site/job.yaml': job,
    },
    edits: {
      ...edit('web.yaml', selector),
      'site/kustomization.yaml': list('key.yaml'),
      'site/key.yaml': secret,
    },
  },
  { name: 'a claim shrinks', base: apps(three), edits: edit('claim.yaml', shrunk) },
  {
    name: 'a claim shrinks under force',
    base: apps(three, 'prune: true\nforce: true'),
    edits: edit('claim.yaml', shrunk),
  },
  {
    name: 'a selector changes under force',
    base: apps(three, 'prune: true\nforce: true'),
    edits: edit('web.yaml', selector),
  },
  {
    name: 'a selector changes while force goes on',
    base: apps(three),
    edits: { ...edit('web.yaml', selector), ...spec('prune: true\nforce: true') },
  },
  {
    name: 'a selector changes of an object that asks for force',
    base: apps(three),
    edits: edit('web.yaml', marked(selector, `${flux}/force: enabled`)),
  },
  {
    name: 'a selector changes of an object that asked for force',
    base: apps({ ...three, 'web.yaml': marked(web, `${flux}/force: enabled`) }),
    edits: edit('web.yaml', selector),
  },
  {
    name: 'a claim becomes invalid under force',
    base: apps(three, 'prune: true\nforce: true'),
    edits: edit('claim.yaml', claim.replace('5Gi', '-1Gi')),
  },
  {
    name: 'the template of a Job changes',
    base: apps({ ...three, 'job.yaml': job }),
    edits: edit('job.yaml', job.replace('1.0.0', '1.1.0')),
  },
  {
    name: 'the type of a Secret changes',
    base: apps({ ...three, 'key.yaml': secret }),
    edits: edit('key.yaml', secret.replace('Opaque', 'shop.example.com/key')),
  },
  {
    name: 'an immutable ConfigMap changes',
    base: apps({ ...three, 'settings.yaml': `${settings}immutable: true\n` }),
    edits: edit('settings.yaml', `${settings.replace('old', 'new')}immutable: true\n`),
  },
  {
    name: 'an object that is applied once changes',
    base: apps({ ...three, 'settings.yaml': marked(settings, `${flux}/ssa: IfNotPresent`) }),
    edits: edit('settings.yaml', marked(settings.replace('old', 'new'), `${flux}/ssa: IfNotPresent`)),
  },
  {
    name: 'an object leaves while its owner is suspended',
    base: apps(three),
    edits: { ...withoutClaim, ...spec('prune: true\nsuspend: true') },
  },
  {
    name: 'a parent that does not prune lets go of an owner',
    base: { ...child, [`${root}/apps.yaml`]: fluxKustomization('apps', 'apps', 'prune: false') },
    edits: { 'apps/kustomization.yaml': list('web.yaml', 'claim.yaml'), 'apps/child.yaml': undefined },
  },
  { name: 'a whole tree of owners goes', base: child, edits: gone },
];

const addresses = `apiVersion: v1
kind: ConfigMap
metadata:
  name: addresses
  namespace: flux-system
data: {WEB: 10.0.0.1}
`;
const variables = (more = ''): string =>
  `prune: true\nretryInterval: 1s\npostBuild: {substituteFrom: [{kind: ConfigMap, name: addresses${more}}]}`;

/** `apps` with variables that `site` brings; it loses its claim in the same change. */
function substituted(edits: History['edits'], more?: string): Pick<History, 'base' | 'edits'> {
  return {
    base: {
      ...apps(
        { 'claim.yaml': claim, 'settings.yaml': settings.replace('old', `"\${WEB}"`) },
        variables(more),
      ),
      [`${root}/site.yaml`]: fluxKustomization('site', 'site'),
      'site/kustomization.yaml': list('addresses.yaml', 'web.yaml'),
      'site/addresses.yaml': addresses,
      'site/web.yaml': web,
    },
    edits: { 'apps/kustomization.yaml': list('settings.yaml'), ...edits },
  };
}

const unlisted = { 'site/kustomization.yaml': list('web.yaml') };
const moved = {
  'site/kustomization.yaml': undefined,
  'site/addresses.yaml': undefined,
  'site/web.yaml': undefined,
};

/** What fluxcd/pkg/ssa has no part in: variables, and directories that are not there. */
export const controllerHistories: readonly History[] = [
  { name: 'variables are deleted', ...substituted(unlisted) },
  { name: 'optional variables are deleted', ...substituted(unlisted, ', optional: true') },
  { name: 'variables are deleted with their owner', ...substituted({ [`${root}/site.yaml`]: undefined }) },
  { name: 'the directory of variables moves', ...substituted(moved) },
  {
    name: 'the directory of an owner moves',
    base: apps(three),
    edits: Object.fromEntries(
      ['kustomization', 'web', 'claim', 'settings'].map((name) => [`apps/${name}.yaml`, undefined]),
    ),
  },
];
