import { describe, expect, it } from 'vitest';
import { untracked } from '../../src/object/provenance.ts';
import { isMapping } from '../../src/source/value.ts';
import { type PodSecurityLevel, violationsOf } from '../../src/workload/pod/pod-security.ts';
import { podTemplateOf } from '../../src/workload/pod/pod-template.ts';
import { mappingOf } from '../support/mapping-of.ts';

function violations(spec: object, level: PodSecurityLevel, minor = 36): string[] {
  const object = mappingOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec });
  const template = isMapping(object) ? podTemplateOf({ object, origin: untracked }) : undefined;
  return template === undefined
    ? ['no template']
    : violationsOf(template, level, { minor }).map(({ what }) => what);
}

const good = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
  capabilities: { drop: ['ALL'] },
};
const restricted = { containers: [{ name: 'web', securityContext: good }] };

function withContext(more: object): object {
  return { containers: [{ name: 'web', securityContext: { ...good, ...more } }] };
}

describe('the Pod Security Standards', () => {
  it('let through what is restricted', () => {
    expect(violations(restricted, 'restricted')).toEqual([]);
    expect(violations({ containers: [{ name: 'web', ports: [{ hostPort: 80 }] }] }, 'privileged')).toEqual(
      [],
    );
  });

  it.each([
    [{ ...restricted, hostPID: true }, 'the pod has hostPID'],
    [{ ...restricted, volumes: [{ name: 'root', hostPath: { path: '/' } }] }, 'volume root is a hostPath'],
    [
      { ...restricted, securityContext: { sysctls: [{ name: 'kernel.msgmax' }] } },
      'the pod sets kernel.msgmax',
    ],
    [withContext({ privileged: true }), 'container web is privileged'],
    [withContext({ procMount: 'Unmasked' }), 'container web has procMount: Unmasked'],
    [withContext({ seLinuxOptions: { type: 'spc_t' } }), 'container web has seLinuxOptions.type: spc_t'],
    [
      withContext({ seccompProfile: { type: 'Unconfined' } }),
      'container web has seccompProfile.type: Unconfined',
    ],
    [withContext({ capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } }), 'container web adds SYS_ADMIN'],
    [
      { containers: [{ name: 'web', securityContext: good, ports: [{ hostPort: 80 }] }] },
      'container web uses host port 80',
    ],
  ])('baseline forbids %j', (spec, expected) => {
    expect(violations(spec, 'baseline')).toEqual([expected]);
    expect(violations(spec, 'restricted')).toEqual([expected]);
  });

  it.each([
    [withContext({ allowPrivilegeEscalation: true }), 'container web can gain privileges'],
    [withContext({ runAsNonRoot: false }), 'container web may run as root'],
    [withContext({ runAsUser: 0 }), 'container web runs as user 0'],
    [withContext({ seccompProfile: {} }), 'container web has no seccomp profile'],
    [withContext({ capabilities: {} }), 'container web keeps capabilities'],
    [withContext({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }), 'container web adds CHOWN'],
    [{ ...restricted, volumes: [{ name: 'x', nfs: {} }] }, 'volume x has type nfs'],
  ])('restricted alone forbids %j', (spec, expected) => {
    expect(violations(spec, 'baseline')).toEqual([]);
    expect(violations(spec, 'restricted')).toEqual([expected]);
  });

  it('takes what the pod says where a container says nothing', () => {
    const own = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
    const securityContext = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
    const pod = { securityContext, containers: [{ name: 'web', securityContext: own }] };
    expect(violations(pod, 'restricted')).toEqual([]);
    // On Windows nothing but the user counts.
    expect(violations({ ...pod, os: { name: 'windows' }, securityContext: {} }, 'restricted')).toEqual([
      'container web may run as root',
    ]);
  });
});

describe('the version of the standards', () => {
  const root = {
    hostUsers: false,
    containers: [{ name: 'web', securityContext: { ...good, runAsNonRoot: false, runAsUser: 0 } }],
  };
  const probe = { containers: [{ name: 'web', livenessProbe: { httpGet: { port: 80, host: '10.0.0.1' } } }] };
  const masked = { hostUsers: false, ...withContext({ procMount: 'Unmasked' }) };
  const sysctl = { ...restricted, securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem' }] } };

  it('lets root be root inside a user namespace since 1.35', () => {
    expect(violations(root, 'restricted')).toEqual([]);
    expect(violations(root, 'restricted', 34)).toEqual([
      'container web may run as root',
      'container web runs as user 0',
    ]);
    expect(violations(masked, 'baseline')).toEqual([]);
    expect(violations(masked, 'restricted')).toEqual(['container web has procMount: Unmasked']);
    expect(violations(masked, 'baseline', 34)).toEqual(['container web has procMount: Unmasked']);
  });

  it('forbids to ask other hosts since 1.34', () => {
    expect(violations(probe, 'baseline')).toEqual(['container web calls host 10.0.0.1 in livenessProbe']);
    expect(violations(probe, 'baseline', 33)).toEqual([]);
  });

  it('lets sysctls in one by one', () => {
    expect(violations(sysctl, 'baseline')).toEqual([]);
    expect(violations(sysctl, 'baseline', 31)).toEqual(['the pod sets net.ipv4.tcp_rmem']);
  });

  it('counts what the pod says for itself', () => {
    const pod = { ...restricted, securityContext: { runAsNonRoot: false, runAsUser: 0 } };
    const own = { ...good, runAsUser: 1000 };
    const spec = { ...pod, containers: [{ name: 'web', securityContext: own }] };
    expect(violations(spec, 'restricted')).toEqual(['the pod may run as root', 'the pod runs as user 0']);
  });
});
