import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isError } from '../diagnostic/severity.ts';
import { textAt } from '../object/object-field.ts';
import {
  type GroupVersionKind,
  groupVersionKind,
  objectReference,
  type Resource,
} from '../object/resource.ts';
import type { CustomKinds } from '../schema/custom-kind.ts';
import { namesOfKind } from '../schema/kind-names.ts';
import { hasAction } from '../source/enclosed.ts';
import type { Sources } from '../source/load.ts';
import { directoriesAbove } from '../source/path.ts';
import { isMapping, itemsAt, mappingOf, newMapping, type Value, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import type { Unit } from '../survey/unit.ts';
import { objectKey } from './object-key.ts';

/**
 * Of objects that another program completes before anybody sends them, or that somebody else brings, what they lack here is a note:
 * bases of bundles of the Operator SDK, manifests that a program of the repository embeds, templates whose actions stand in quotes.
 */
export function withoutOpenErrors(
  diagnostics: readonly Diagnostic[],
  { id, build, byFlux }: Unit,
  {
    sources,
    isMutated,
  }: { readonly sources: Sources; readonly isMutated: (kind: GroupVersionKind) => boolean },
): Diagnostic[] {
  const isPart = (one: Resource): boolean =>
    isPartOfLive(one) || (byFlux?.has(one) === true && (isLabelling(one) || isShaping(one)));
  const parts = new Set(build.resources.filter(isPart).map(keyOf));
  const isCompleted = ({ object }: Diagnostic): boolean =>
    object !== undefined &&
    (parts.has(objectKey(object, undefined)) || isMutated(groupVersionKind(mappingOf({ ...object }))));
  const isApplied = id.role !== 'plain' && id.role !== 'root';
  const isOpen = (one: Diagnostic): boolean =>
    isOfBundleBase(one) ||
    isExperimental(one) ||
    (one.rule === 'required-field-missing' && isCompleted(one)) ||
    (!isApplied && (isTemplate(one) || isOfOc(one) || isEmbedded(one, sources)));
  return diagnostics.map((one) => (isError(one) && isOpen(one) ? { ...one, severity: 'note' } : one));
}

/** What an apply is to change of an object that somebody else brings, as the annotation for Flux or Argo CD says. */
function isPartOfLive({ object }: Resource): boolean {
  const ssa = textAt(object, 'metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/ssa');
  const options = textAt(object, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options') ?? '';
  return ssa === 'Merge' || ssa === 'Override' || /(?:^|,)\s*Validate=false\s*(?:,|$)/u.test(options);
}

/** What controllers make out of templates, and nobody writes. */
const madeKinds: ReadonlySet<Value | undefined> = new Set([
  'Job',
  'PersistentVolumeClaim',
  'Pod',
  'ReplicaSet',
]);

/** Labels or annotations alone for what a controller makes: a server-side apply puts them on the object that is there. */
function isLabelling({ object }: Resource): boolean {
  const { labels, annotations } = isMapping(object['metadata']) ? object['metadata'] : newMapping();
  const isAlone = Object.keys(object).every((key) => /^(?:apiVersion|kind|metadata)$/u.test(key));
  return isAlone && madeKinds.has(object['kind']) && (isMapping(labels) || isMapping(annotations));
}

/** A pod template without a word of containers, which says where pods run: a server-side apply puts it on what a chart brings. */
function isShaping({ object }: Resource): boolean {
  const pod = valueAt(object, ['spec', 'template', 'spec']);
  return isMapping(pod) && !Object.hasOwn(pod, 'containers') && Object.keys(pod).length > 0;
}

/** The custom kinds that a webhook of these objects changes before the server holds them to their schema: it may set what they lack. */
export function mutatedKinds(
  resources: readonly Resource[],
): (customKinds: CustomKinds) => (kind: GroupVersionKind) => boolean {
  const mutated = new Set(
    resources
      .filter(({ object }) => object['kind'] === 'MutatingWebhookConfiguration')
      .flatMap(({ object }) => itemsAt(object, ['webhooks']))
      .flatMap((webhook) => itemsAt(webhook, ['rules']))
      .flatMap((rule) =>
        itemsAt(rule, ['apiGroups']).flatMap((group) =>
          itemsAt(rule, ['resources']).map((resource) => `${valueText(group)}/${valueText(resource)}`),
        ),
      ),
  );
  return (customKinds) => (kind) =>
    mutated.size > 0 &&
    kind.group.includes('.') &&
    mutated.has(`${kind.group}/${namesOfKind(kind, customKinds)?.plural ?? ''}`);
}

function keyOf({ object }: Resource): string {
  return objectKey(objectReference(object), undefined);
}

/** `operator-sdk generate bundle` puts deployments, roles and the version into what stands below `config/manifests/bases`, and makes roles of bindings. */
function isOfBundleBase({ rule, object, span, entryPoint = '' }: Diagnostic): boolean {
  if (rule !== 'required-field-missing') return false;
  if (object?.kind === 'ClusterServiceVersion')
    return /(?:^|\/)manifests\/bases\/[^/]+$/u.test(span.file.path);
  return object?.kind?.endsWith('RoleBinding') === true && /(?:^|\/)config\/manifests$/u.test(entryPoint);
}

/** Fields that the experimental channel of the Gateway API has and the standard one lacks (v1.6). */
const experimental =
  /(?:^|\.)(?:defaultScope|externalAuth|retry|sessionPersistence|useDefaultGateways)(?:\.|$)|\.filters\[\d+\]\.type$/u;

/** Which channel a cluster has installed its manifests do not say. */
function isExperimental({ rule, object, field = '', message }: Diagnostic): boolean {
  if (object?.apiVersion?.startsWith('gateway.networking.k8s.io/') !== true || !experimental.test(field))
    return false;
  return rule === 'unknown-field' || (rule === 'unsupported-value' && message.includes('"ExternalAuth"'));
}

const admission: ReadonlySet<string> = new Set(['invalid-value', 'wrong-type', 'unsupported-value']);

/** A value with an action of Go, Helm or Jinja, where no controller applies the file as it is. */
function isTemplate({ rule, span: { file, start, end } }: Diagnostic): boolean {
  return admission.has(rule) && hasAction(file.text.slice(start, end));
}

/** The kinds of OpenShift that were in `v1` before they got groups (openshift/api, `GroupName` of their legacy schemes). */
const ocKinds =
  /^(?:Build|BuildConfig|ClusterPolicy|DeploymentConfig|Group|HostSubnet|Identity|Image|ImageStream|ImageStreamImport|ImageStreamTag|NetNamespace|OAuth\w+|Policy|Project|ProjectRequest|Route|SecurityContextConstraints|Template|User)$/u;

/** `oc` still sends these where they are now; nobody else does. */
function isOfOc({ rule, object }: Diagnostic): boolean {
  return rule === 'unsupported-value' && object?.apiVersion === 'v1' && ocKinds.test(object.kind ?? '');
}

/** A program that embeds the file (`//go:embed`) sets what an object lacks. */
function isEmbedded({ rule, span }: Diagnostic, sources: Sources): boolean {
  if (rule !== 'required-field-missing') return false;
  const { path } = span.file;
  return directoriesAbove(path).some((directory) => {
    const prefix = directory === '' ? '' : `${directory}/`;
    return embeddedBy(sources, directory).some((one) => path.startsWith(`${prefix}${one}`));
  });
}

/** What the programs of a directory embed, each pattern up to its first wildcard. */
function embeddedBy({ fileSystem, file }: Sources, directory: string): string[] {
  const programs = (fileSystem.list(directory) ?? []).filter(
    ({ name, kind }) => kind === 'file' && name.endsWith('.go'),
  );
  return programs.flatMap(({ name }) => {
    const text = file(directory === '' ? name : `${directory}/${name}`)?.text ?? '';
    return [...text.matchAll(/^[ \t]*\/\/go:embed[ \t]+(.+)$/gmu)].flatMap(([, patterns = '']) =>
      patterns
        .split(/\s+/u)
        .map((one) => one.replace(/^(?:all:)?["`]?|["`]?$/gu, '').replace(/[*?[].*$/u, '')),
    );
  });
}
