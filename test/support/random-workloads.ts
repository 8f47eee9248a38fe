import fc from 'fast-check';

/** Files as path and text. */
export type Files = Readonly<Record<string, string>>;

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Fields = Readonly<Record<string, Json>>;

/** Draws one value after the other; what is drawn shrinks towards the first of each. */
interface Draw {
  of<T>(...values: readonly T[]): T;
  /** True in one of `n`. */
  oneIn(n: number): boolean;
}

/** Small trees of a base and overlays that use a workload as a repository might have it, with as many mistakes that have fixes as may be. */
export const workloadTrees: fc.Arbitrary<Files> = fc.gen().map((gen) => {
  const draw: Draw = {
    of: (...values) => values[gen(fc.nat, values.length - 1)] as (typeof values)[number],
    oneIn: (n) => gen(fc.nat, n - 1) === n - 1,
  };
  return treeOf(draw);
});

function treeOf(draw: Draw): Files {
  const isJson = draw.oneIn(8);
  const file = isJson ? 'web.json' : 'web.yaml';
  const workload = workloadOf(draw);
  const base: Record<string, string> = { [`base/${file}`]: written(draw, workload, isJson) };
  const resources = [file];
  if (draw.oneIn(3)) {
    base['base/more.yaml'] = [written(draw, secondOf(draw), false), written(draw, oldOf(draw), false)].join(
      '---\n',
    );
    resources.push('more.yaml');
  }
  if (draw.oneIn(2)) {
    base['base/rights.yaml'] = written(draw, roleBinding(draw.of('default', 'web')), false);
    resources.push('rights.yaml');
  }
  if (draw.oneIn(3)) {
    base['base/script.yaml'] = written(draw, scriptOf(draw), false);
    resources.push('script.yaml');
  }
  const overlays = draw.of(['dev'], ['dev', 'prod'], []);
  const isDeployed = draw.oneIn(2);
  const files = {
    ...base,
    ...(isDeployed ? { 'clusters/dev/shop.yaml': fluxKustomization(draw, overlays[0] ?? '') } : {}),
    'base/kustomization.yaml': kustomizationOf(draw, { resources, labels: draw.oneIn(3) }),
    ...Object.fromEntries(overlays.flatMap((name) => Object.entries(overlayOf(draw, name, workload)))),
  };
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, ended(draw, path, text)]));
}

/** As other editors write it. */
function ended(draw: Draw, path: string, text: string): string {
  if (path.endsWith('.json')) return text;
  const ending = draw.of('\n', '\n', '\n', '\r\n');
  const mark = draw.oneIn(12) ? '\u{feff}' : '';
  const last = draw.oneIn(8) ? text.trimEnd() : text;
  return mark + last.replaceAll('\n', ending);
}

interface Listed {
  readonly resources: readonly string[];
  readonly labels: boolean;
}

function kustomizationOf(draw: Draw, { resources, labels }: Listed): string {
  const old = labels ? draw.of('commonLabels: {team: shop}\n', 'commonLabels:\n  team: shop # ours\n') : '';
  const [first, ...others] = resources;
  const field = draw.of('resources', 'bases');
  if (field === 'resources' || first === undefined)
    return `# what there is\nresources:\n${resources.map((one) => `  - ${one}\n`).join('')}${old}`;
  return `resources:\n- ${[first, ...others].join('\n- ')}\n${old}`;
}

function overlayOf(draw: Draw, name: string, workload: Fields): Files {
  const header = `${draw.of('resources', 'bases')}:\n  - ../../base\nnamespace: ${name}\n`;
  const path = `overlays/${name}/kustomization.yaml`;
  const patch = written(draw, patchOf(draw, workload), false);
  switch (draw.of('none', 'file', 'old', 'inline', 'json', 'labels')) {
    case 'file':
      return { [path]: `${header}patches:\n  - path: patch.yaml\n`, [`overlays/${name}/patch.yaml`]: patch };
    case 'old':
      return {
        [path]: `${header}patchesStrategicMerge:\n  - patch.yaml # ours\n`,
        [`overlays/${name}/patch.yaml`]: patch,
      };
    case 'inline':
      return { [path]: `${header}patches:\n  - patch: |\n${patch.replaceAll(/^(?=.)/gmu, '      ')}` };
    case 'json':
      return {
        [path]: `${header}patches:\n  - target: {kind: ${String(workload['kind'])}, name: web}\n    patch: |-\n      - op: add\n        path: /metadata/labels\n        value: {tier: front}\n`,
      };
    case 'labels':
      return { [path]: `${header}commonLabels:\n  env: ${name}\n` };
    default:
      return { [path]: header };
  }
}

function patchOf(draw: Draw, { apiVersion = '', kind = '' }: Fields): Fields {
  const container = { name: 'web', ...securityOf(draw, containerFields), ...envOf(draw) };
  const pod = { ...securityOf(draw, podFields), containers: [container] };
  return { apiVersion, kind, metadata: { name: 'web' }, spec: aroundPod(String(kind), pod, undefined) };
}

function workloadOf(draw: Draw): Fields {
  const kind = draw.of('Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod');
  return {
    apiVersion: versionOf(draw, kind),
    kind,
    metadata: metadataOf(draw, 'web'),
    spec: specOf(draw, kind),
  };
}

function variable(name: string): string {
  return `\${${name}}`;
}

/** A script with variables of its own, which Flux would fill in. */
function scriptOf(draw: Draw): Fields {
  const place = draw.of(variable('PLACE'), 'here', variable('one%.*'));
  const lines = [
    '#!/bin/sh',
    'for one in a b; do',
    `  echo "${variable('one')}"`,
    `  echo "${variable('HOME')}/${place}"`,
    'done',
  ];
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'script' },
    data: { 'run.sh': `${lines.join('\n')}\n` },
  };
}

function fluxKustomization(draw: Draw, overlay: string): string {
  const source = { kind: 'GitRepository', name: 'flux-system' };
  const postBuild = draw.of<Fields>({ substitute: { place: 'here' } }, { substitute: { PLACE: 'here' } });
  return written(
    draw,
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'shop', namespace: 'flux-system' },
      spec: {
        interval: '1h',
        prune: true,
        path: overlay === '' ? './base' : `./overlays/${overlay}`,
        targetNamespace: 'dev',
        sourceRef: source,
        postBuild,
      },
    },
    false,
  );
}

/** A pod that nothing patches. */
function secondOf(draw: Draw): Fields {
  return { apiVersion: 'v1', kind: 'Pod', metadata: metadataOf(draw, 'other'), spec: specOf(draw, 'Pod') };
}

function oldOf(draw: Draw): Fields {
  const selector = { matchLabels: { app: 'web' } };
  return draw.of<Fields>(
    {
      apiVersion: 'policy/v1beta1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web' },
      spec: { minAvailable: 1, ...(draw.oneIn(3) ? {} : { selector }) },
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1beta1',
      kind: 'Role',
      metadata: { name: 'reader' },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { port: draw.of<Json>(8080, '8080') },
    },
  );
}

function roleBinding(account: string): Fields {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'reader' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: 'dev' }],
  };
}

function versionOf(draw: Draw, kind: string): string {
  if (kind === 'Pod') return 'v1';
  if (kind === 'CronJob') return draw.of('batch/v1', 'batch/v1beta1');
  return kind === 'Job' ? 'batch/v1' : draw.of('apps/v1', 'apps/v1', 'apps/v1beta2');
}

function metadataOf(draw: Draw, name: string): Fields {
  const annotations = draw.of<Fields>({}, {}, { annotations: { scrape: draw.of<Json>('true', true) } });
  return { name, labels: { app: 'web' }, ...annotations };
}

function specOf(draw: Draw, kind: string): Fields {
  const needsRestart = kind === 'Job' || kind === 'CronJob';
  const pod: Fields = {
    ...draw.of<Fields>(
      {},
      {},
      { serviceAccountName: 'web' },
      { automountServiceAccountToken: true },
      { hostPID: true },
    ),
    ...securityOf(draw, podFields),
    ...(draw.oneIn(4) ? { initContainers: [containerOf(draw, 'init')] } : {}),
    containers: draw.of(['web'], ['web', 'proxy']).map((name) => containerOf(draw, name)),
    ...(needsRestart ? { restartPolicy: 'Never' } : {}),
  };
  return aroundPod(kind, pod, draw.of<Json>(1, 2, '2'));
}

function aroundPod(kind: string, pod: Fields, replicas: Json | undefined): Fields {
  const isWhole = replicas !== undefined;
  const template = { ...(isWhole ? { metadata: { labels: { app: 'web' } } } : {}), spec: pod };
  if (kind === 'Pod') return pod;
  if (kind === 'Job') return { template };
  if (kind === 'CronJob')
    return { ...(isWhole ? { schedule: '0 3 * * *' } : {}), jobTemplate: { spec: { template } } };
  const selector = isWhole ? { selector: { matchLabels: { app: 'web' } } } : {};
  const count = isWhole && kind !== 'DaemonSet' ? { replicas } : {};
  const service = isWhole && kind === 'StatefulSet' ? { serviceName: 'web' } : {};
  return { ...count, ...service, ...selector, template };
}

function containerOf(draw: Draw, name: string): Fields {
  const port = draw.of(8080, 8080, 80);
  return {
    name,
    image: `registry.example.com/${name}:1.0.0`,
    ...draw.of<Fields>(
      {},
      {},
      { ports: [{ containerPort: port }] },
      { command: ['sh', '-c', 'sudo run\nwait\n'] },
    ),
    ...securityOf(draw, containerFields),
    ...envOf(draw),
    ...draw.of<Fields>({}, {}, { args: ['--verbose', '--level=2'] }, { args: ['set -e\nrun --all\n'] }),
  };
}

function envOf(draw: Draw): Fields {
  return draw.of<Fields>({}, {}, { env: [{ name: 'PORT', value: draw.of<Json>('8080', 8080, true) }] });
}

type Options = Readonly<Record<string, readonly Json[]>>;

const containerFields: Options = {
  allowPrivilegeEscalation: [false, true],
  readOnlyRootFilesystem: [true, false, 'true'],
  runAsNonRoot: [true, false],
  runAsUser: [1000, 0],
  privileged: [false, true],
  capabilities: [
    { drop: ['ALL'] },
    { drop: ['NET_RAW'] },
    { add: ['NET_BIND_SERVICE'], drop: ['all'] },
    { add: ['SYS_ADMIN'] },
    { drop: [] },
  ],
  seccompProfile: [{ type: 'RuntimeDefault' }, { type: 'Unconfined' }],
};

const podFields: Options = {
  runAsNonRoot: [true, false],
  runAsUser: [1000, 0],
  fsGroup: [1000],
  seccompProfile: [{ type: 'RuntimeDefault' }, { type: 'Unconfined' }],
};

function securityOf(draw: Draw, options: Options): Fields {
  if (draw.oneIn(2)) return {};
  const fields = Object.entries(options).flatMap(([field, values]) =>
    draw.oneIn(3) ? [[field, draw.of(...values)] as const] : [],
  );
  return { securityContext: Object.fromEntries(fields) };
}

/** The value as YAML, in one of the ways in which people write it, or as JSON. */
function written(draw: Draw, value: Fields, isJson: boolean): string {
  if (isJson) return `${JSON.stringify(value, null, draw.of(2, 4))}\n`;
  const style: Style = {
    step: draw.of(2, 2, 4),
    isListIndented: draw.oneIn(2),
    quote: draw.of('"', "'"),
    draw,
  };
  return `${blockLines(value, style, 0).join('\n')}\n`;
}

interface Style {
  readonly step: number;
  readonly isListIndented: boolean;
  readonly quote: string;
  readonly draw: Draw;
}

function blockLines(value: Fields, style: Style, depth: number): string[] {
  const { draw, step } = style;
  return Object.entries(value).flatMap(([key, field]) => {
    const above = draw.oneIn(12) ? [`# about ${key}`] : [];
    const below = depth > 2 && draw.oneIn(20) ? [`${' '.repeat(step)}# more to come`] : [];
    return [...above, ...pairLines(key, field, style, depth), ...below];
  });
}

function pairLines(key: string, field: Json, style: Style, depth: number): string[] {
  const { draw, step, isListIndented } = style;
  const comment = draw.oneIn(12) ? ` # ${key}` : '';
  const isNested = typeof field === 'object' && field !== null;
  if (!isNested || Object.keys(field).length === 0 || (depth > 2 && isFlat(field) && draw.oneIn(3))) {
    const isBlock = typeof field === 'string' && field.endsWith('\n');
    return isBlock ? [`${key}: |`, ...textLines(field, step)] : [`${key}: ${flow(field, style)}${comment}`];
  }
  if (!Array.isArray(field))
    return [`${key}:${comment}`, ...indented(blockLines(field as Fields, style, depth + 1), step)];
  const items = field.flatMap((item: Json) => itemLines(item, style, depth));
  return [`${key}:${comment}`, ...indented(items, isListIndented ? step : 0)];
}

function itemLines(item: Json, style: Style, depth: number): string[] {
  if (typeof item === 'string' && item.endsWith('\n')) return ['- |', ...textLines(item, 2)];
  if (typeof item !== 'object' || item === null || (isFlat(item) && style.draw.oneIn(3)))
    return [`- ${flow(item, style)}`];
  const [first = '', ...others] = blockLines(item as Fields, style, depth + 1);
  return first.startsWith('#')
    ? [first, ...itemLines(item, style, depth)]
    : [`- ${first}`, ...indented(others, 2)];
}

function textLines(text: string, step: number): string[] {
  return indented(text.trimEnd().split('\n'), step);
}

function indented(lines: readonly string[], step: number): string[] {
  return lines.map((line) => ' '.repeat(step) + line);
}

function isFlat(value: Json): boolean {
  return !JSON.stringify(value).includes('\\n');
}

function flow(value: Json, style: Style): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => flow(item, style)).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, field]) => `${key}: ${flow(field, style)}`)
      .join(', ')}}`;
  if (typeof value !== 'string') return String(value);
  const isPlain =
    /^[A-Za-z][\w./-]*$/u.test(value) && !/^(?:true|false|null|yes|no|on|off|y|n)$/iu.test(value);
  return isPlain ? value : style.quote === '"' ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
}
