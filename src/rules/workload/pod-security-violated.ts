import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { valueAt } from '../../source/value.ts';
import { eachNamed, namedAmong } from '../../workload/cluster-objects.ts';
import {
  type PodSecurityLevel,
  type Standards,
  type Violation,
  violationsOf,
} from '../../workload/pod/pod-security.ts';
import { describe, type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import type { BuildRule } from '../rule.ts';

export const podSecurityViolated: BuildRule = {
  id: 'pod-security-violated',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'security'],
  *judge(build, context) {
    for (const template of podTemplatesOf(build)) {
      const namespace = namespaceObject(template, build, context);
      if (namespace === undefined) continue;
      const enforced = new Set<string>();
      for (const mode of modes) {
        const level = levelOf(namespace, mode);
        for (const violation of violationsOf(template, level, standardsOf(namespace, mode, context))) {
          // What is refused is warned of as well: once is enough.
          if (enforced.has(violation.what)) continue;
          enforced.add(violation.what);
          yield problemOf(template, violation, { namespace, mode, level });
        }
      }
    }
  },
};

const modes = ['enforce', 'warn', 'audit'] as const;
type Mode = (typeof modes)[number];

function namespaceObject(
  { namespace }: PodTemplate,
  build: Build,
  context: Surroundings,
): Resource | undefined {
  if (namespace === '') return undefined;
  const [own] = eachNamed(namespaceNamed(namespace), build, {});
  if (own !== undefined || context.neighbours === undefined) return own;
  return agreedAmong(context.neighbours)(namespace);
}

function namespaceNamed(name: string): {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
} {
  return { kind: 'Namespace', name, namespace: '' };
}

/** Builds of several clusters may have a namespace of one name each, with labels of their own: none where these differ. */
const agreedAmong = knownOnce((neighbours: readonly Build[]) => {
  const agreed = new Map<string, Resource | undefined>();
  return (name: string): Resource | undefined => {
    if (!agreed.has(name)) {
      const [first, ...others] = namedAmong(namespaceNamed(name), neighbours);
      const isAlike = (one: Resource): boolean =>
        modes.every((mode) => first && levelOf(one, mode) === levelOf(first, mode));
      agreed.set(name, others.every(isAlike) ? first : undefined);
    }
    return agreed.get(name);
  };
});

function levelOf({ object }: Resource, mode: Mode): PodSecurityLevel {
  const level = valueAt(object, ['metadata', 'labels', labelOf(mode)]);
  return level === 'baseline' || level === 'restricted' ? level : 'privileged';
}

/** The version that the namespace names, or that of the cluster, whichever is older. */
function standardsOf({ object }: Resource, mode: Mode, { kubernetesVersion }: Surroundings): Standards {
  const named = valueAt(object, ['metadata', 'labels', `${labelOf(mode)}-version`]);
  const [pinned, cluster] = [named, kubernetesVersion].map((version) => {
    const minor = typeof version === 'string' ? /^v?1\.(\d+)/u.exec(version)?.[1] : undefined;
    return minor === undefined ? Number.POSITIVE_INFINITY : Number(minor);
  }) as [number, number];
  return { minor: Math.min(pinned, cluster) };
}

function labelOf(mode: Mode): string {
  return `pod-security.kubernetes.io/${mode}`;
}

function problemOf(
  { resource }: PodTemplate,
  { what, help, path }: Violation,
  { namespace, mode, level }: { readonly namespace: Resource; readonly mode: Mode; readonly level: string },
): RuleProblem {
  const does = { enforce: 'refuses its pods', warn: 'warns about it', audit: 'records it in the audit log' }[
    mode
  ];
  return {
    at: [resource, ...path],
    message: `${describe(resource)} violates ${level}, the level of Namespace ${nameOf(namespace.object)}, which ${does}: ${what}`,
    help,
    ...(mode === 'enforce' ? {} : { severity: mode === 'warn' ? 'warning' : 'note' }),
    related: [
      {
        at: [namespace, 'metadata', 'labels', labelOf(mode)],
        message: `the namespace sets ${level} here`,
      },
    ],
  };
}
