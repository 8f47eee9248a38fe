import { describe, expect, test } from 'vitest';
import { builtInPolicies } from '../../../src/admit/policy/built-in.ts';
import { evaluatePolicies } from '../../../src/admit/policy/evaluate.ts';
import { builtInProfiles } from '../../../src/diagnostic/profile.ts';
import { formatPath, type Mapping } from '../../../src/source/value.ts';
import { mappingOf } from '../../support/mapping-of.ts';

const watched = new Set([
  'runs-as-root',
  'seccomp-profile-missing',
  'capabilities-not-dropped',
  'privilege-escalation-allowed',
]);
const policies = builtInPolicies({ parts: builtInProfiles.restricted }).filter(({ name }) =>
  watched.has(name),
);

const tight = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};
const container = (name: string, securityContext: object = tight, more: object = {}) => ({
  name,
  image: `shop/${name}:1`,
  securityContext,
  ...more,
});

function without(...fields: string[]): object {
  return Object.fromEntries(Object.entries(tight).filter(([field]) => !fields.includes(field)));
}

/** What the policies say of a pod, as `policy field`. */
function found(spec: object): string[] {
  const object = mappingOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec }) as Mapping;
  return evaluatePolicies(policies, { operation: 'CREATE', object }).map(
    ({ policy, path }) => `${policy} ${formatPath(path)}`,
  );
}

describe('what the pod says counts for containers that say nothing', () => {
  const ofPod = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
  const silent = without('runAsNonRoot', 'seccompProfile');

  test('and needs no repeating', () => {
    expect(found({ securityContext: ofPod, containers: [container('a', silent)] })).toEqual([]);
    expect(found({ containers: [container('a'), container('b')] })).toEqual([]);
  });

  test('but not for those that say otherwise', () => {
    const loose = { ...silent, runAsNonRoot: false, seccompProfile: { type: 'Unconfined' } };
    expect(
      found({ securityContext: ofPod, containers: [container('a', silent), container('b', loose)] }),
    ).toEqual([
      'runs-as-root spec.containers[1].securityContext.runAsNonRoot',
      'seccomp-profile-missing spec.containers[1].securityContext.seccompProfile.type',
    ]);
  });

  test('nor does a container speak for its neighbours', () => {
    expect(found({ containers: [container('a'), container('b', silent)] })).toEqual([
      // Where nobody says anything, the pod is the place to say it for all.
      'runs-as-root spec.securityContext',
      'seccomp-profile-missing spec.securityContext',
    ]);
  });

  test('what a pod cannot say has to be at each container', () => {
    const securityContext = { ...ofPod, allowPrivilegeEscalation: false };
    expect(found({ securityContext, containers: [container('a', silent), container('b', ofPod)] })).toEqual([
      'capabilities-not-dropped spec.containers[1].securityContext.capabilities',
      'privilege-escalation-allowed spec.containers[1].securityContext.allowPrivilegeEscalation',
    ]);
  });
});

describe('every container counts', () => {
  const open = without('allowPrivilegeEscalation');

  test.each([
    ['one that runs first', 'initContainers', {}],
    ['a sidecar', 'initContainers', { restartPolicy: 'Always' }],
    ['one that was attached', 'ephemeralContainers', {}],
  ])('%s', (_, list, more) => {
    expect(found({ containers: [container('a')], [list]: [container('b', tight, more)] })).toEqual([]);
    expect(found({ containers: [container('a')], [list]: [container('b', open, more)] })).toEqual([
      `privilege-escalation-allowed spec.${list}[0].securityContext.allowPrivilegeEscalation`,
    ]);
  });
});

describe('a Windows pod', () => {
  test('has no seccomp, capabilities or escalation, but a user', () => {
    const os = { name: 'windows' };
    expect(found({ os, containers: [container('a', { runAsNonRoot: true })] })).toEqual([]);
    expect(found({ os, containers: [container('a', {})] })).toHaveLength(1);
    expect(
      found({ os: { name: 'linux' }, containers: [container('a', { runAsNonRoot: true })] }),
    ).toHaveLength(3);
  });
});
