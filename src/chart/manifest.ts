import type { TextSource } from '../object/provenance.ts';
import type { LoadedFile } from '../source/document.ts';
import { type MadeText, sliceMade } from '../source/made-text.ts';
import { isMapping, type Mapping } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { compareTexts } from '../template/value/datum.ts';
import type { HelmVersion } from './release.ts';

/** One document of what a template became. */
export interface Manifest {
  /** The template's name, from the name of the chart on. */
  readonly source: string;
  readonly made: MadeText<TextSource>;
  /** What it says, as it was read to know its kind. */
  readonly parsed: LoadedFile;
  readonly kind: string;
  /** When it is applied, where it is no part of the release itself. */
  readonly hooks: readonly string[];
}

// Helm 3 takes the white space around a document with it, Helm 4 what stands before it.
const separators: Readonly<Record<HelmVersion, RegExp>> = {
  3: /(?:^|[ \t\r\n\f\v]*\n)---[ \t\r\n\f\v]*/gu,
  4: /^---[ \t]*/gmu,
};

/** The documents of a rendered template as Helm splits them (pkg/releaseutil/manifest.go of 3.22 and 4.3). */
export function splitManifests(made: MadeText<TextSource>, helm: HelmVersion): MadeText<TextSource>[] {
  const { text } = made;
  const documents: MadeText<TextSource>[] = [];
  const [from, to] = [startOf(text, 0, text.length), helm === 3 ? endOf(text, 0, text.length) : text.length];
  let start = from;
  const add = (end: number): void => {
    const first = startOf(text, start, end);
    const last = helm === 3 ? endOf(text, first, end) : end;
    if (last > first || (helm === 3 && end > start)) documents.push(sliceMade(made, first, last));
  };
  for (const { 0: mark, index } of text.slice(from, to).matchAll(separators[helm])) {
    add(from + index);
    start = from + index + mark.length;
  }
  add(to);
  return documents;
}

function startOf(text: string, from: number, to: number): number {
  let start = from;
  while (start < to && /\s/u.test(text[start] ?? '')) start += 1;
  return start;
}

function endOf(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && /\s/u.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

const hookEvents: ReadonlySet<string> = new Set(
  'pre-install post-install pre-delete post-delete pre-upgrade post-upgrade pre-rollback post-rollback test test-success'.split(
    ' ',
  ),
);

/** The hooks of an object; undefined for one that has a hook that is none, which Helm leaves out. */
export function hooksOf(object: Mapping | undefined): string[] | undefined {
  const metadata = object?.['metadata'];
  const annotations = isMapping(metadata) ? metadata['annotations'] : undefined;
  const text = isMapping(annotations) ? annotations['helm.sh/hook'] : undefined;
  if (text === undefined) return [];
  const hooks = valueText(text)
    .split(',')
    .map((one) => one.trim().toLowerCase());
  return hooks.every((one) => hookEvents.has(one)) ? hooks : undefined;
}

const installOrder = new Map(
  `PriorityClass Namespace NetworkPolicy ResourceQuota LimitRange PodSecurityPolicy PodDisruptionBudget ServiceAccount Secret SecretList
  ConfigMap StorageClass PersistentVolume PersistentVolumeClaim CustomResourceDefinition ClusterRole ClusterRoleList ClusterRoleBinding
  ClusterRoleBindingList Role RoleList RoleBinding RoleBindingList Service DaemonSet Pod ReplicationController ReplicaSet Deployment
  HorizontalPodAutoscaler StatefulSet Job CronJob IngressClass Ingress APIService MutatingWebhookConfiguration
  ValidatingWebhookConfiguration`
    .split(/\s+/u)
    .map((kind, index) => [kind, index] as const),
);

/** Manifests in the order in which Helm installs them: by kind, those it does not know last; those of webhooks only Helm 4 knows. */
export function sortManifests(manifests: readonly Manifest[], helm: HelmVersion): Manifest[] {
  const orderOf = (kind: string): number | undefined =>
    helm === 3 && kind.endsWith('WebhookConfiguration') ? undefined : installOrder.get(kind);
  return [...manifests].sort((a, b) => {
    const [first, second] = [orderOf(a.kind), orderOf(b.kind)];
    if (first === undefined && second === undefined) return compareTexts(a.kind, b.kind);
    return (first ?? installOrder.size) - (second ?? installOrder.size);
  });
}
