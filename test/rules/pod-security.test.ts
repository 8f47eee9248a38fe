import { describe, expect, it } from 'vitest';
import { untracked } from '../../src/object/provenance.ts';
import { isMapping } from '../../src/source/value.ts';
import { type PodSecurityLevel, violationsOf } from '../../src/workload/pod/pod-security.ts';
import { podTemplateOf } from '../../src/workload/pod/pod-template.ts';
import { mappingOf } from '../support/mapping-of.ts';

function violations(spec: object, level: PodSecurityLevel): string[] {
  const object = mappingOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec });
  const template = isMapping(object) ? podTemplateOf({ object, origin: untracked }) : undefined;
  return template === undefined ? ['no template'] : violationsOf(template, level).map(({ what }) => what);
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
      'container web takes host port 80',
    ],
  ])('baseline forbids %j', (spec, expected) => {
    expect(violations(spec, 'baseline')).toEqual([expected]);
    expect(violations(spec, 'restricted')).toEqual([expected]);
  });

  it.each([
    [withContext({ allowPrivilegeEscalation: true }), 'container web may gain privileges'],
    [withContext({ runAsNonRoot: false }), 'container web may run as root'],
    [withContext({ runAsUser: 0 }), 'container web runs as user 0'],
    [withContext({ seccompProfile: {} }), 'container web has no seccomp profile'],
    [withContext({ capabilities: {} }), 'container web keeps capabilities'],
    [withContext({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }), 'container web adds CHOWN'],
    [{ ...restricted, volumes: [{ name: 'x', nfs: {} }] }, 'volume x is of type nfs'],
  ])('restricted alone forbids %j', (spec, expected) => {
    expect(violations(spec, 'baseline')).toEqual([]);
    expect(violations(spec, 'restricted')).toEqual([expected]);
  });

  it('takes what the pod says where a container says nothing', () => {
    const own = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
    const securityContext = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
    const pod = { securityContext, containers: [{ name: 'web', securityContext: own }] };
    expect(violations(pod, 'restricted')).toEqual([]);
    expect(violations({ ...pod, os: { name: 'windows' }, securityContext: {} }, 'restricted')).toEqual([]);
  });
});
