import { labelsOf, matchesSelector } from '../../object/label-match.ts';
import { groupVersionKind, nameOf, namespaceOf } from '../../object/resource.ts';
import { type CustomKinds, noCustomKinds } from '../../schema/custom-kind.ts';
import { isClusterScoped } from '../../schema/kind-names.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Value } from '../../source/value.ts';
import type { AdmissionRequest } from '../request.ts';
import { resourceName } from './resource-name.ts';

/** A request as matching and the `request` variable see it. */
export interface Target {
  readonly request: AdmissionRequest;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly isClusterScoped: boolean;
  /** The same for all requests that resource rules cannot tell apart. */
  readonly type: string;
  /** Given with the request, or as the API server would make it from the name alone. */
  readonly namespaceObject: Mapping | undefined;
}

export function targetOf(request: AdmissionRequest, customKinds: CustomKinds = noCustomKinds): Target {
  const gvk = groupVersionKind(request.object);
  const cluster = isClusterScoped(gvk, customKinds);
  const resource = resourceName(gvk, customKinds);
  const namespace = cluster ? '' : namespaceOf(request.object) || 'default';
  return {
    request,
    ...gvk,
    resource,
    type: `${gvk.group}/${gvk.version}/${resource}/${request.operation}`,
    namespace,
    name: nameOf(request.object),
    isClusterScoped: cluster,
    namespaceObject: cluster ? undefined : namespaceOfRequest(request.namespaceObject, namespace),
  };
}

const namespaces = new WeakMap<Mapping, Map<string, Mapping>>();
/** Stands for the namespace that nobody gives. */
const noNamespace = newMapping();

/** Made once for all objects of a namespace, which are then known to have the same one. */
function namespaceOfRequest(given: Mapping | undefined, name: string): Mapping {
  const key = given ?? noNamespace;
  const byName = namespaces.get(key) ?? new Map<string, Mapping>();
  namespaces.set(key, byName);
  let object = byName.get(name);
  if (object === undefined) {
    if (byName.size >= maxNamespaces) byName.clear();
    object = withNameLabel(given, name);
    byName.set(name, object);
  }
  return object;
}

const maxNamespaces = 10_000;

/** Every namespace carries its name as a label since 1.21. */
function withNameLabel(object: Mapping | undefined, name: string): Mapping {
  const metadata = isMapping(object?.['metadata']) ? object['metadata'] : newMapping();
  const labels = isMapping(metadata['labels']) ? metadata['labels'] : newMapping();
  const completed = { 'kubernetes.io/metadata.name': name };
  return mapping(object, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: mapping(metadata, { name, labels: mapping(labels, completed) }),
  });
}

function mapping(base: Mapping | undefined, fields: Readonly<Record<string, Value>>): Mapping {
  return Object.assign(newMapping(), base, fields);
}

/** Whether `matchConstraints` of a policy or `matchResources` of a binding takes the request. */
export function matchesResources(match: Mapping | undefined, target: Target, needsRules: boolean): boolean {
  if (match === undefined) return !needsRules;
  if (!matchesRules(match, target, needsRules)) return false;
  return (
    matchesNamespace(match['namespaceSelector'], target) &&
    matchesObject(match['objectSelector'], target.request)
  );
}

const ruleResults = new WeakMap<Mapping, Map<string, boolean> | 'by name'>();

/** The rules look at the type of an object (and at `resourceNames`, which are rare), so one answer serves all objects of a type. */
export function matchesRules(match: Mapping, target: Target, needsRules: boolean): boolean {
  let results = ruleResults.get(match);
  if (results === undefined) {
    results = hasNameRules(match) ? 'by name' : new Map();
    ruleResults.set(match, results);
  }
  if (results === 'by name') return judgeRules(match, target, needsRules);
  let result = results.get(target.type);
  if (result === undefined) {
    result = judgeRules(match, target, needsRules);
    results.set(target.type, result);
  }
  return result;
}

export function hasNameRules(match: Mapping): boolean {
  const lists = [match['resourceRules'], match['excludeResourceRules']];
  return lists.some((rules) => mappings(rules).some((rule) => rule['resourceNames'] !== undefined));
}

function judgeRules(match: Mapping, target: Target, needsRules: boolean): boolean {
  const rules = mappings(match['resourceRules']);
  if (rules.length > 0 ? !rules.some((rule) => matchesRule(rule, target, match)) : needsRules) return false;
  return !mappings(match['excludeResourceRules']).some((rule) => matchesRule(rule, target, match));
}

function matchesRule(rule: Mapping, target: Target, match: Mapping): boolean {
  // Equivalent (the default) takes an object in any version of its group, as the server would convert it.
  const isExact = match['matchPolicy'] === 'Exact';
  return (
    includes(rule['operations'], target.request.operation) &&
    includes(rule['apiGroups'], target.group) &&
    (!isExact || includes(rule['apiVersions'], target.version)) &&
    texts(rule['resources']).some((pattern) => matchesResource(pattern, target.resource)) &&
    matchesScope(rule['scope'], target) &&
    (texts(rule['resourceNames']).length === 0 || texts(rule['resourceNames']).includes(target.name))
  );
}

/** Files hold objects, never subresources: `pods/*` and any `*` pair take the object, `pods/status` does not. */
function matchesResource(pattern: string, resource: string): boolean {
  const [name, subresource] = pattern.split('/');
  return (name === '*' || name === resource) && (subresource === undefined || subresource === '*');
}

function matchesScope(scope: Value | undefined, target: Target): boolean {
  if (scope === 'Cluster') return target.isClusterScoped;
  if (scope === 'Namespaced') return !target.isClusterScoped;
  return true;
}

function includes(list: Value | undefined, wanted: string): boolean {
  return texts(list).some((item) => item === '*' || item === wanted);
}

/** A namespace is judged by its own labels; other cluster-scoped objects are never left out by the selector. */
export function matchesNamespace(selector: Value | undefined, target: Target): boolean {
  if (target.kind === 'Namespace' && target.group === '') {
    return takesLabels(selector, labelsOf(withNameLabel(target.request.object, target.name)));
  }
  return target.isClusterScoped || takesLabels(selector, labelsOf(target.namespaceObject));
}

export function matchesObject(selector: Value | undefined, request: AdmissionRequest): boolean {
  if (takesLabels(selector, labelsOf(request.object))) return true;
  return request.oldObject !== undefined && takesLabels(selector, labelsOf(request.oldObject));
}

/** The server takes an absent selector of policies and bindings for an empty one, which takes everything (v1/defaults.go). */
export function takesLabels(selector: Value | undefined, labels: Mapping): boolean {
  return !isMapping(selector) || matchesSelector(selector, labels);
}

/** The mappings of a list; nothing where there is no list. */
export function mappings(value: Value | undefined): Mapping[] {
  return isSequence(value) ? value.filter(isMapping) : [];
}

/** The texts of a list; nothing where there is no list. */
export function texts(value: Value | undefined): string[] {
  return isSequence(value) ? value.filter((item) => typeof item === 'string') : [];
}
