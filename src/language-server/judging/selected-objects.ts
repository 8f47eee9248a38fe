import type { Build } from '../../object/build.ts';
import { matchesPairs, matchesSelector } from '../../object/label-match.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import { ownOf } from '../../source/own.ts';
import { isMapping, type Mapping, type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { meet } from '../../workload/cluster-objects.ts';
import { monitoredNamespaces } from '../../workload/monitoring/monitored-namespaces.ts';
import { selectorOf } from '../../workload/network/service-pods.ts';
import { type PodTemplate, podTemplateOf, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import { selectedKinds } from '../completion/selected-kinds.ts';
import type { BuiltObject } from './rendered-field.ts';

/** The labels of an object, or of the pods that it makes. */
export interface Labelled extends BuiltObject {
  readonly labels: Mapping;
  /** The way to them. */
  readonly path: Path;
}

/** What a selector of an object matches: in its own build, else in all. */
export function selectedObjects(
  { build, resource }: BuiltObject,
  at: Path,
  builds: readonly Build[],
): readonly Labelled[] {
  const matches = matcherOf(resource, at);
  if (matches === undefined) return [];
  const isWanted = namespacesFor(resource, at);
  const selected = (one: Build): Labelled[] =>
    candidatesIn(one, resource, at).filter(
      ({ labels, resource: { object } }) => isWanted(namespaceOf(object)) && matches(labels),
    );
  const own = selected(build);
  return own.length > 0 ? own : builds.flatMap(selected);
}

/** The labels that a field of a selector asks for, of all that the selector matches. */
export function selectedLabels(
  object: BuiltObject,
  path: Path,
  builds: readonly Build[],
): { readonly object: Labelled; readonly path: Path }[] {
  const at = selectorAround(object.resource, path);
  if (at === undefined) return [];
  const keys = keysAt(object.resource.object, at, path);
  return selectedObjects(object, at, builds).flatMap((one) =>
    keys
      .filter((key) => Object.hasOwn(one.labels, key))
      .map((key) => ({ object: one, path: [...one.path, key] })),
  );
}

/** The way to the selector that a field is of. */
function selectorAround(resource: Resource, path: Path): Path | undefined {
  if (selectorOf(resource) !== undefined && path[0] === 'spec' && path[1] === 'selector')
    return path.slice(0, 2);
  const index = path.findLastIndex((step) => step === 'matchLabels' || step === 'matchExpressions');
  return index < 0 ? undefined : path.slice(0, index);
}

/** The keys that a field of a selector is about: one, or all where it is the whole mapping. */
function keysAt(object: Mapping, at: Path, path: Path): string[] {
  const [field, step] = path.slice(at.length);
  const holder = field === 'matchLabels' || field === 'matchExpressions' ? [...at, field] : at;
  const asked = path[holder.length];
  const found = valueAt(object, holder);
  if (field === 'matchExpressions')
    return step === undefined ? [] : [valueText(valueAt(found, [step, 'key']))];
  if (asked !== undefined) return [String(asked)];
  return isMapping(found) ? Object.keys(found) : [];
}

function matcherOf(resource: Resource, at: Path): ((labels: Mapping) => boolean) | undefined {
  const pairs = at.join('.') === 'spec.selector' ? selectorOf(resource) : undefined;
  if (pairs !== undefined) return (labels) => matchesPairs(pairs, labels);
  const selector = valueAt(resource.object, at);
  return isMapping(selector) ? (labels) => matchesSelector(selector, labels) : undefined;
}

/** What a selector looks at: pods, unless its kind or its name says something else. */
function candidatesIn(build: Build, resource: Resource, at: Path): Labelled[] {
  const kind = valueText(resource.object['kind']);
  const other = at.at(-1) === 'namespaceSelector' ? 'Namespace' : ownOf(selectedKinds, kind);
  if (other !== undefined)
    return build.resources.flatMap((one) => {
      const labels = valueAt(one.object, ['metadata', 'labels']);
      if (one.object['kind'] !== other || !isMapping(labels)) return [];
      return [{ build, resource: one, labels, path: ['metadata', 'labels'] }];
    });
  // A workload selects its own pods.
  const own = at.join('.') === 'spec.selector' ? podTemplateOf(resource) : undefined;
  return (own === undefined ? podTemplatesOf(build) : [own]).map((template) => labelledPods(build, template));
}

function labelledPods(build: Build, { resource, labels, path }: PodTemplate): Labelled {
  return { build, resource, labels, path: [...path, 'metadata', 'labels'] };
}

function namespacesFor(resource: Resource, at: Path): (namespace: string) => boolean {
  const { object } = resource;
  if (/^(?:Service|Pod)Monitor$/u.test(valueText(object['kind']))) return monitoredNamespaces(resource);
  const isOfNamespaces = at.at(-1) === 'namespaceSelector';
  const hasNamespaces = valueAt(object, [...at.slice(0, -1), 'namespaceSelector']) !== undefined;
  const own = namespaceOf(object);
  return (namespace) => isOfNamespaces || hasNamespaces || meet(namespace, own);
}
