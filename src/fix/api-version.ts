import { admitObject } from '../admit/admit.ts';
import type { Edit } from '../diagnostic/fix.ts';
import type { Span } from '../diagnostic/span.ts';
import type { Origin } from '../object/provenance.ts';
import type { Resource } from '../object/resource.ts';
import { ownOf } from '../source/own.ts';
import { childIndex, spanAt } from '../source/position.ts';
import { copyMapping, isMapping, type Mapping, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import type { FieldFixer, FixContext } from './fixer.ts';
import { writtenNodes } from './written-nodes.ts';

/**
 * Versions whose objects mean the same under the new one, as the deprecation guide of Kubernetes and the release notes of
 * Flux say. Not here: those with other defaults (webhooks, flow control) or other fields (Ingress, EndpointSlice).
 */
const replacements: Readonly<Record<string, string>> = {
  'apps/v1beta2 Deployment': 'apps/v1',
  'apps/v1beta2 DaemonSet': 'apps/v1',
  'apps/v1beta2 ReplicaSet': 'apps/v1',
  'apps/v1beta2 StatefulSet': 'apps/v1',
  'autoscaling/v2beta2 HorizontalPodAutoscaler': 'autoscaling/v2',
  'batch/v1beta1 CronJob': 'batch/v1',
  'coordination.k8s.io/v1beta1 Lease': 'coordination.k8s.io/v1',
  'helm.toolkit.fluxcd.io/v2beta2 HelmRelease': 'helm.toolkit.fluxcd.io/v2',
  'image.toolkit.fluxcd.io/v1beta2 ImagePolicy': 'image.toolkit.fluxcd.io/v1',
  'image.toolkit.fluxcd.io/v1beta2 ImageRepository': 'image.toolkit.fluxcd.io/v1',
  'image.toolkit.fluxcd.io/v1beta2 ImageUpdateAutomation': 'image.toolkit.fluxcd.io/v1',
  'kustomize.toolkit.fluxcd.io/v1beta2 Kustomization': 'kustomize.toolkit.fluxcd.io/v1',
  'networking.k8s.io/v1beta1 IngressClass': 'networking.k8s.io/v1',
  'node.k8s.io/v1beta1 RuntimeClass': 'node.k8s.io/v1',
  'notification.toolkit.fluxcd.io/v1beta2 Alert': 'notification.toolkit.fluxcd.io/v1beta3',
  'notification.toolkit.fluxcd.io/v1beta2 Provider': 'notification.toolkit.fluxcd.io/v1beta3',
  'notification.toolkit.fluxcd.io/v1beta2 Receiver': 'notification.toolkit.fluxcd.io/v1',
  'policy/v1beta1 PodDisruptionBudget': 'policy/v1',
  'rbac.authorization.k8s.io/v1beta1 ClusterRole': 'rbac.authorization.k8s.io/v1',
  'rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding': 'rbac.authorization.k8s.io/v1',
  'rbac.authorization.k8s.io/v1beta1 Role': 'rbac.authorization.k8s.io/v1',
  'rbac.authorization.k8s.io/v1beta1 RoleBinding': 'rbac.authorization.k8s.io/v1',
  'scheduling.k8s.io/v1beta1 PriorityClass': 'scheduling.k8s.io/v1',
  'source.toolkit.fluxcd.io/v1beta2 Bucket': 'source.toolkit.fluxcd.io/v1',
  'source.toolkit.fluxcd.io/v1beta2 GitRepository': 'source.toolkit.fluxcd.io/v1',
  'source.toolkit.fluxcd.io/v1beta2 HelmChart': 'source.toolkit.fluxcd.io/v1',
  'source.toolkit.fluxcd.io/v1beta2 HelmRepository': 'source.toolkit.fluxcd.io/v1',
  'source.toolkit.fluxcd.io/v1beta2 OCIRepository': 'source.toolkit.fluxcd.io/v1',
  'storage.k8s.io/v1beta1 StorageClass': 'storage.k8s.io/v1',
};

/** Writes the version that takes the place of an old one, in every layer that names it, where the object is valid there. */
export const replaceApiVersion: FieldFixer = ({ resource, path }, context) => {
  const { kubernetesVersion } = context;
  const { object } = resource;
  if (path.length !== 1 || path[0] !== 'apiVersion') return undefined;
  const old = valueText(object['apiVersion']);
  const replacement = ownOf(replacements, `${old} ${valueText(object['kind'])}`);
  if (replacement === undefined || selectsOtherwise(object)) return undefined;
  const candidate = copyMapping(object);
  candidate['apiVersion'] = replacement;
  if (admitObject(candidate, { kubernetesVersion }).verdict === 'reject') return undefined;
  const spans = namingSpans(resource, old, context);
  if (spans.length === 0) return undefined;
  const edits = spans.map(({ value: { file, start, end } }): Edit => {
    const inside = file.text.slice(start, end) === old ? 0 : 1;
    return { span: { file, start: start + inside, end: end - inside }, text: replacement };
  });
  return {
    description: `write apiVersion: ${replacement}`,
    edits,
    changes: spans.map(({ whole }) => ({ anchor: whole, below: [], value: replacement })),
    reveals: true,
  };
};

interface NamingSpan {
  readonly value: Span;
  readonly whole: Span;
}

/** Where a layer names the version: a patch names that of what it is for, which it does not change, in other builds of the same file too. */
function namingSpans(resource: Resource, old: string, context: FixContext): readonly NamingSpan[] {
  const own = spansIn(resource.origin, old);
  const key = own.map(placeOf).join();
  const known = knownSpans.get(context) ?? new Map<string, readonly NamingSpan[]>();
  knownSpans.set(context, known);
  const found = known.get(key) ?? sharedSpans(resource, old, context);
  known.set(key, found);
  return found;
}

const knownSpans = new WeakMap<FixContext, Map<string, readonly NamingSpan[]>>();

function placeOf({ value: { file, start } }: NamingSpan): string {
  return `${file.path} ${start}`;
}

function sharedSpans(resource: Resource, old: string, { sharing }: FixContext): readonly NamingSpan[] {
  const all = new Map<string, NamingSpan>();
  const seen = new Set([resource]);
  for (const { origin } of seen) {
    for (const span of spansIn(origin, old)) {
      if (all.has(placeOf(span))) continue;
      all.set(placeOf(span), span);
      for (const other of sharing(span.value)) seen.add(other);
    }
  }
  return [...all.values()];
}

function spansIn(origin: Origin, old: string): NamingSpan[] {
  return writtenNodes(origin)
    .flatMap(({ positions, index }) => {
      const child = childIndex(positions, index, 'apiVersion');
      return child < 0 ? [] : [{ value: spanAt(positions, child), whole: spanAt(positions, child, 'whole') }];
    })
    .filter(({ value: { file, start, end } }) => unquoted(file.text.slice(start, end)) === old);
}

/** An empty selector selects no Pod in policy/v1beta1, and every Pod in policy/v1. */
function selectsOtherwise(object: Mapping): boolean {
  if (object['kind'] !== 'PodDisruptionBudget') return false;
  const selector = valueAt(object, ['spec', 'selector']);
  if (!isMapping(selector)) return true;
  return ['matchLabels', 'matchExpressions'].every(
    (field) => Object.keys((selector[field] as Mapping | undefined) ?? {}).length === 0,
  );
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/u, '$2');
}
