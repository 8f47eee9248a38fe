import { labelsOf, matchesSelector } from '../../object/label-match.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../../source/value.ts';
import {
  apiVersionOf,
  type GroupVersion,
  objectSeen,
  oldObjectSeen,
  type Seen,
  type Target,
} from './target.ts';

/**
 * The apiVersion in which `matchConstraints` of a policy or `matchResources` of a binding take the request: mostly its own, else
 * one that the server would convert it to. Undefined where they do not.
 */
export function matchedVersion(match: Mapping, target: Target, needsRules: boolean): string | undefined {
  const version = ruleVersion(match, target, needsRules);
  if (version === undefined) return undefined;
  const isSelected =
    matchesNamespace(match['namespaceSelector'], target) && matchesObject(match['objectSelector'], target);
  return isSelected ? version : undefined;
}

type Results = Map<string, string | undefined>;
const ruleResults = new WeakMap<Mapping, Results | 'by name'>();

/** The rules look at the type of an object (and at `resourceNames`, which are rare), so one answer serves all objects of a type. */
export function ruleVersion(match: Mapping, target: Target, needsRules: boolean): string | undefined {
  let results = ruleResults.get(match);
  if (results === undefined) {
    results = hasNameRules(match) ? 'by name' : new Map();
    ruleResults.set(match, results);
  }
  if (results === 'by name') return judgeRules(match, target, needsRules);
  if (!results.has(target.type)) results.set(target.type, judgeRules(match, target, needsRules));
  return results.get(target.type);
}

export function hasNameRules(match: Mapping): boolean {
  const lists = [match['resourceRules'], match['excludeResourceRules']];
  return lists.some((rules) => mappings(rules).some((rule) => rule['resourceNames'] !== undefined));
}

function judgeRules(match: Mapping, target: Target, needsRules: boolean): string | undefined {
  const isExact = match['matchPolicy'] === 'Exact';
  if (versionAmong(mappings(match['excludeResourceRules']), target, isExact) !== undefined) return undefined;
  const rules = mappings(match['resourceRules']);
  if (rules.length === 0) return needsRules ? undefined : apiVersionOf(target);
  return versionAmong(rules, target, isExact);
}

/** The first version that a rule takes: the object's own before all others, which `Equivalent` (the default) allows. */
function versionAmong(rules: readonly Mapping[], target: Target, isExact: boolean): string | undefined {
  const meant = rules.filter((rule) => matchesRule(rule, target));
  if (meant.some((rule) => isServedAs(rule, target))) return apiVersionOf(target);
  if (isExact) return undefined;
  // Nobody knows how a kind without a schema is served: then any version will do, and the object stays as it is.
  if (target.others === undefined)
    return meant.some((rule) => includes(rule['apiGroups'], target.group)) ? apiVersionOf(target) : undefined;
  const { others } = target;
  const [found] = meant.flatMap((rule) => others.find((other) => isServedAs(rule, other)) ?? []);
  return found === undefined ? undefined : apiVersionOf(found);
}

function isServedAs(rule: Mapping, { group, version }: GroupVersion): boolean {
  return includes(rule['apiGroups'], group) && includes(rule['apiVersions'], version);
}

/** Whether a rule takes the request, whatever group and version it names. */
function matchesRule(rule: Mapping, target: Target): boolean {
  return (
    includes(rule['operations'], target.request.operation) &&
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
  if (target.kind === 'Namespace' && target.group === '')
    return takesLabels(
      selector,
      labelsOf(objectSeen(target, own(target)) ?? oldObjectSeen(target, own(target))),
    );
  return target.isClusterScoped || takesLabels(selector, labelsOf(target.namespaceObject));
}

export function matchesObject(selector: Value | undefined, target: Target): boolean {
  if (!isMapping(selector) || Object.keys(selector).length === 0) return true;
  return [objectSeen(target, own(target)), oldObjectSeen(target, own(target))].some(
    (object) => object !== undefined && takesLabels(selector, labelsOf(object)),
  );
}

/** Selectors look at the object in its own version. */
function own(target: Target): Seen {
  return { apiVersion: apiVersionOf(target), view: 'admission' };
}

/** The server takes an absent selector of policies and bindings for an empty one, which accepts everything (v1/defaults.go). */
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
