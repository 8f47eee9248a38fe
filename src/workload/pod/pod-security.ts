import { isMapping, isSequence, type Mapping, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { type Container, containersOf, type PodTemplate } from './pod-template.ts';

export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/** Something that a level of the Pod Security Standards forbids. */
export interface Violation {
  /** What is there, as `container web can gain privileges`. */
  readonly what: string;
  readonly help: string;
  readonly path: Path;
}

/** The minor version of Kubernetes whose standards count, the newest ones where absent. */
export interface Standards {
  readonly minor: number;
}

/** What of a pod a level forbids: k8s.io/pod-security-admission 0.36 policy, by the version of the standards. */
export function violationsOf(
  template: PodTemplate,
  level: PodSecurityLevel,
  { minor }: Standards = { minor: Number.POSITIVE_INFINITY },
): Violation[] {
  if (level === 'privileged') return [];
  // Since 1.35 root inside of a user namespace is none outside of it.
  const isMapped = minor >= 35 && template.spec['hostUsers'] === false;
  const containers = containersOf(template);
  const baseline = [
    ...baselineOfPod(template, minor),
    ...containers.flatMap(baselineOfContainer),
    ...(isMapped && level === 'baseline' ? [] : containers.flatMap(procMountOf)),
    ...(minor >= 34 ? containers.flatMap(otherHostsOf) : []),
  ];
  if (level === 'baseline') return baseline;
  return [
    ...baseline,
    ...volumesOf(template),
    ...(isMapped ? [] : usersOf(template, minor)),
    ...containers.flatMap((one) => restrictedOfContainer(one, template)),
  ];
}

function specPath({ path }: PodTemplate): Path {
  return [...path, 'spec'];
}

function baselineOfPod(template: PodTemplate, minor: number): Violation[] {
  const { spec } = template;
  const at = specPath(template);
  const host = (['hostNetwork', 'hostPID', 'hostIPC'] as const)
    .filter((field) => spec[field] === true)
    .map((field) => ({ what: `the pod has ${field}`, help: `remove ${field}`, path: [...at, field] }));
  const paths = itemsAt(spec, 'volumes').flatMap(([volume, index]) =>
    volume['hostPath'] === undefined
      ? []
      : [
          {
            what: `volume ${valueText(volume['name'])} is a hostPath`,
            help: 'use another type of volume',
            path: [...at, 'volumes', index, 'hostPath'],
          },
        ],
  );
  const sysctls = itemsAt(valueAt(spec, ['securityContext']), 'sysctls').flatMap(([one, index]) =>
    isSafe(valueText(one['name']), minor)
      ? []
      : [
          {
            what: `the pod sets ${valueText(one['name'])}`,
            help: 'remove the sysctl',
            path: [...at, 'securityContext', 'sysctls', index, 'name'],
          },
        ],
  );
  return [...host, ...paths, ...sysctls, ...baselineOfContext(spec['securityContext'], 'the pod', at)];
}

/** By the version that let them in. */
const safeSysctls: ReadonlyMap<string, number> = new Map([
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.ip_unprivileged_port_start', 0],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
]);

function isSafe(sysctl: string, minor: number): boolean {
  const since = safeSysctls.get(sysctl);
  return since !== undefined && since <= minor;
}

/** What pods and containers say alike. */
function baselineOfContext(context: Value | undefined, who: string, path: Path): Violation[] {
  const found: Violation[] = [];
  const judge = (field: Path, isForbidden: (value: Value) => boolean, help: string): void => {
    const value = valueAt(context, field);
    if (value === undefined || value === null || !isForbidden(value)) return;
    const what = `${who} has ${field.join('.')}: ${valueText(value)}`;
    found.push({ what, help, path: [...path, 'securityContext', ...field] });
  };
  judge(['windowsOptions', 'hostProcess'], (value) => value === true, 'remove hostProcess');
  judge(['seccompProfile', 'type'], (value) => value === 'Unconfined', 'write type: RuntimeDefault');
  judge(['appArmorProfile', 'type'], (value) => value === 'Unconfined', 'write type: RuntimeDefault');
  judge(['seLinuxOptions', 'type'], (value) => !seLinuxTypes.has(valueText(value)), 'remove the type');
  judge(['seLinuxOptions', 'user'], (value) => value !== '', 'remove the user');
  judge(['seLinuxOptions', 'role'], (value) => value !== '', 'remove the role');
  return found;
}

const seLinuxTypes: ReadonlySet<string> = new Set([
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);

const baselineCapabilities: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

function baselineOfContainer({ container, path }: Container): Violation[] {
  const who = nameOf(container);
  const context = container['securityContext'];
  const at = [...path, 'securityContext'];
  const found = baselineOfContext(context, who, path);
  if (valueAt(context, ['privileged']) === true)
    found.push({ what: `${who} is privileged`, help: 'remove privileged', path: [...at, 'privileged'] });
  const added = addedCapabilities(context).filter((one) => !baselineCapabilities.has(one));
  if (added.length > 0)
    found.push({
      what: `${who} adds ${added.join(', ')}`,
      help: 'remove the capabilities',
      path: [...at, 'capabilities', 'add'],
    });
  for (const [port, index] of itemsAt(container, 'ports')) {
    const { hostPort } = port;
    if (hostPort === undefined || hostPort === null || hostPort === 0) continue;
    found.push({
      what: `${who} uses host port ${valueText(hostPort)}`,
      help: 'remove hostPort',
      path: [...path, 'ports', index, 'hostPort'],
    });
  }
  return found;
}

function procMountOf({ container, path }: Container): Violation[] {
  const procMount = valueAt(container, ['securityContext', 'procMount']);
  if (typeof procMount !== 'string' || procMount === 'Default') return [];
  const what = `${nameOf(container)} has procMount: ${procMount}`;
  return [{ what, help: 'remove procMount', path: [...path, 'securityContext', 'procMount'] }];
}

const askers: readonly (readonly string[])[] = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

/** Probes and hooks that ask a host of their choice, from the node. */
function otherHostsOf({ container, path }: Container): Violation[] {
  return askers.flatMap((asker) =>
    ['httpGet', 'tcpSocket'].flatMap((way) => {
      const host = valueAt(container, [...asker, way, 'host']);
      if (typeof host !== 'string' || host === '') return [];
      const what = `${nameOf(container)} calls host ${host} in ${asker.join('.')}`;
      return [{ what, help: 'remove host', path: [...path, ...asker, way, 'host'] }];
    }),
  );
}

/** Who a pod runs as. What it says for itself counts, although all its containers may say otherwise. */
function usersOf(template: PodTemplate, minor: number): Violation[] {
  const context = template.spec['securityContext'];
  const at = [...specPath(template), 'securityContext'];
  const found = containersOf(template).flatMap((one) => usersOfContainer(one, context, minor));
  const isRootable = valueAt(context, ['runAsNonRoot']) === false;
  const isRoot = minor >= 23 && valueAt(context, ['runAsUser']) === 0;
  // A container that takes it over says the same.
  if (isRootable && !found.some(({ what }) => what.endsWith('may run as root')))
    found.push({
      what: 'the pod may run as root',
      help: 'set runAsNonRoot: true',
      path: [...at, 'runAsNonRoot'],
    });
  if (isRoot && !found.some(({ what }) => what.endsWith('runs as user 0')))
    found.push({ what: 'the pod runs as user 0', help: 'run as another user', path: [...at, 'runAsUser'] });
  return found;
}

function usersOfContainer(
  { container, path }: Container,
  ofPod: Value | undefined,
  minor: number,
): Violation[] {
  const who = nameOf(container);
  const own = container['securityContext'];
  const at = (field: string): Path => placeIn(container, path, ['securityContext', field]);
  const found: Violation[] = [];
  if ((valueAt(own, ['runAsNonRoot']) ?? valueAt(ofPod, ['runAsNonRoot'])) !== true)
    found.push({
      what: `${who} may run as root`,
      help: 'set runAsNonRoot: true',
      path: at('runAsNonRoot'),
    });
  if (minor >= 23 && (valueAt(own, ['runAsUser']) ?? valueAt(ofPod, ['runAsUser'])) === 0)
    found.push({ what: `${who} runs as user 0`, help: 'run as another user', path: at('runAsUser') });
  return found;
}

const restrictedVolumes: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

function volumesOf(template: PodTemplate): Violation[] {
  return itemsAt(template.spec, 'volumes').flatMap(([volume, index]) => {
    // A hostPath is forbidden by the level below.
    const kind = Object.keys(volume).find(
      (key) => key !== 'name' && key !== 'hostPath' && !restrictedVolumes.has(key),
    );
    if (kind === undefined) return [];
    return [
      {
        what: `volume ${valueText(volume['name'])} has type ${kind}`,
        help: 'use a claim, a ConfigMap, a Secret or an emptyDir',
        path: [...specPath(template), 'volumes', index, kind],
      },
    ];
  });
}

function restrictedOfContainer({ container, path }: Container, template: PodTemplate): Violation[] {
  // What follows means nothing on Windows.
  if (valueAt(template.spec, ['os', 'name']) === 'windows') return [];
  const who = nameOf(container);
  const own = container['securityContext'];
  const ofPod = template.spec['securityContext'];
  const at = (...field: readonly string[]): Path => placeIn(container, path, field);
  const found: Violation[] = [];
  if (valueAt(own, ['allowPrivilegeEscalation']) !== false)
    found.push({
      what: `${who} can gain privileges`,
      help: 'write allowPrivilegeEscalation: false',
      path: at('securityContext', 'allowPrivilegeEscalation'),
    });
  if (
    valueAt(own, ['seccompProfile', 'type']) === undefined &&
    valueAt(ofPod, ['seccompProfile', 'type']) === undefined
  )
    found.push({
      what: `${who} has no seccomp profile`,
      help: 'write seccompProfile: {type: RuntimeDefault}',
      path: at('securityContext', 'seccompProfile'),
    });
  const dropped = valueAt(own, ['capabilities', 'drop']);
  if (!isSequence(dropped) || !dropped.includes('ALL'))
    found.push({
      what: `${who} keeps capabilities`,
      help: 'write capabilities: {drop: [ALL]}',
      path: at('securityContext', 'capabilities', 'drop'),
    });
  const added = addedCapabilities(own).filter(
    (one) => one !== 'NET_BIND_SERVICE' && baselineCapabilities.has(one),
  );
  if (added.length > 0)
    found.push({
      what: `${who} adds ${added.join(', ')}`,
      help: 'add at most NET_BIND_SERVICE',
      path: at('securityContext', 'capabilities', 'add'),
    });
  return found;
}

/** The way to a field, or to the nearest one above it that is written. */
function placeIn(container: Mapping, path: Path, field: readonly string[]): Path {
  for (let length = field.length; length > 0; length--) {
    const part = field.slice(0, length);
    if (valueAt(container, part) !== undefined) return [...path, ...part];
  }
  return [...path, 'name'];
}

function addedCapabilities(context: Value | undefined): string[] {
  const added = valueAt(context, ['capabilities', 'add']);
  return isSequence(added) ? added.map(valueText) : [];
}

function nameOf(container: Mapping): string {
  return `container ${valueText(container['name'])}`;
}

function itemsAt(value: Value | undefined, field: string): (readonly [Mapping, number])[] {
  const list = valueAt(value, [field]);
  if (!isSequence(list)) return [];
  return list.flatMap((item, index) => (isMapping(item) ? [[item, index] as const] : []));
}
