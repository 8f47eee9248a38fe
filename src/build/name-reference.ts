import { addTo } from '../diagnostic/grouped.ts';
import { getAt, getPart, itemsOf, replaceValue, setKey, type Tracked } from '../object/provenance.ts';
import { type GroupVersionKind, groupVersionKind, nameOf, namespaceOf } from '../object/resource.ts';
import { isMapping, isSequence, type Mapping } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import {
  type AccumulatedResource,
  currentId,
  describeId,
  effectiveNamespace,
  isClusterScopedInKustomize,
  originalId,
} from './accumulated-resource.ts';
import { type FieldSpec, isSelected, updateField, updateItems } from './field-spec.ts';
import { mayRefer } from './may-refer.ts';
import { isProblem, type Problem } from './problem.ts';
import { scalarSource, writtenOver } from './scalar-style.ts';
import type { Resources } from './transformer.ts';
import type { NameReference, TransformerConfig } from './transformer-config.ts';

/**
 * Makes references follow their targets' new names (api/filters/nameref of kustomize v5.8): a name is rewritten where a
 * resource of the referred kind had it before, in the referrer's namespace, told apart by name prefixes and suffixes.
 */
export function fixNameReferences(resources: Resources, config: TransformerConfig): Resources | Problem {
  const index = indexByPreviousName(resources);
  const specs = specsByKind(config.nameReference);
  const result: AccumulatedResource[] = [];
  for (const resource of resources) {
    const fixed = fixReferrer(resource, specs(originalId(resource)), resources, index);
    if (isProblem(fixed)) return fixed;
    result.push(fixed);
  }
  return result;
}

interface ReferenceSpec {
  readonly target: NameReference;
  readonly spec: FieldSpec;
}

interface PreviousNames {
  readonly byName: ReadonlyMap<string, readonly AccumulatedResource[]>;
  /** Whether any resource has another name than before; without one, only references with a namespace can change. */
  readonly isRenamed: boolean;
}

function indexByPreviousName(resources: Resources): PreviousNames {
  const byName = new Map<string, AccumulatedResource[]>();
  let isRenamed = false;
  for (const resource of resources) {
    const name = nameOf(resource.tracked.value);
    for (const previous of new Set(resource.previous.map((id) => id.name))) {
      if (previous !== name) isRenamed = true;
      addTo(byName, previous, resource);
    }
  }
  return { byName, isRenamed };
}

// Which specs concern a kind is asked for every resource of a build and never changes within it.
function specsByKind(
  references: readonly NameReference[],
): (gvk: GroupVersionKind) => readonly ReferenceSpec[] {
  const known = new Map<string, readonly ReferenceSpec[]>();
  return (gvk) => {
    const key = `${gvk.group}/${gvk.version}/${gvk.kind}`;
    let specs = known.get(key);
    if (specs === undefined) {
      specs = references.flatMap((target) =>
        target.referrers.filter((spec) => isSelected(gvk, spec)).map((spec) => ({ target, spec })),
      );
      known.set(key, specs);
    }
    return specs;
  };
}

function fixReferrer(
  resource: AccumulatedResource,
  specs: readonly ReferenceSpec[],
  resources: Resources,
  index: PreviousNames,
): AccumulatedResource | Problem {
  const problem = blankNamespace(resource);
  if (problem !== undefined) return problem;
  let current = resource;
  const gvk = groupVersionKind(resource.tracked.value);
  for (const { target, spec } of specs) {
    if (!mayRefer(current.tracked.value, spec.steps, index)) continue;
    // The path counts whatever the kind has become since: the spec was chosen by the original one.
    const applied: FieldSpec = { ...spec, ...gvk };
    const set = (field: Tracked): Tracked | Problem =>
      setReference(field, { referrer: current, target, spec, resources, index });
    const tracked = updateField(current.tracked, applied, set);
    if (isProblem(tracked)) return tracked;
    if (tracked !== current.tracked) current = { ...current, tracked };
  }
  return current;
}

interface Lookup {
  readonly referrer: AccumulatedResource;
  readonly target: GroupVersionKind;
  readonly spec: FieldSpec;
  readonly resources: Resources;
  readonly index: PreviousNames;
}

function setReference(field: Tracked, lookup: Lookup): Tracked | Problem {
  const { value } = field;
  if (value === null) return field;
  if (isSequence(value)) {
    return updateItems(field, (item) => {
      if (isSequence(item.value)) {
        return {
          problem: `${lookup.spec.path} contains a nested list instead of names`,
          help: 'write the names as one list',
          at: item.origin,
        };
      }
      return isMapping(item.value)
        ? setMappingReference(item as Tracked<Mapping>, lookup)
        : setNameReference(item, lookup);
    });
  }
  if (isMapping(value)) return setMappingReference(field as Tracked<Mapping>, lookup);
  return setNameReference(field, lookup);
}

function setNameReference(field: Tracked, lookup: Lookup): Tracked | Problem {
  if (!lookup.index.isRenamed) return field;
  const referral = findReferral(scalarSource(field), undefined, field, lookup, sameNames);
  if (referral === undefined || isProblem(referral)) return referral ?? field;
  const name = getAt(referral.tracked, ['metadata', 'name']);
  return name === undefined ? field : withName(field, name);
}

function withName(field: Tracked, name: Tracked): Tracked {
  const text = valueText(name.value);
  return text === scalarSource(field) ? field : replaceValue(field, writtenOver(field, text), name.origin);
}

// A reference that is a mapping with name and namespace gets both written (subjects, webhook services).
function setMappingReference(field: Tracked<Mapping>, lookup: Lookup): Tracked | Problem {
  const name = getPart(field, 'name');
  if (name === undefined) {
    return {
      problem: `the reference at ${lookup.spec.path} has no name`,
      help: 'write the name of the object',
      at: field.origin,
    };
  }
  const namespace = getPart(field, 'namespace');
  const wanted = typeof namespace?.value === 'string' ? namespace.value : undefined;
  const referral = findReferral(valueText(name.value), wanted, field, lookup, sameNamesAndNamespaces);
  if (referral === undefined || isProblem(referral)) return referral ?? field;
  const newName = getAt(referral.tracked, ['metadata', 'name']) ?? name;
  const newNamespace = getAt(referral.tracked, ['metadata', 'namespace']);
  let current = field;
  if (newName.value !== name.value) {
    current = setKey(current, 'name', withName(name, newName));
  }
  if (newNamespace === undefined || newNamespace.value === '' || newNamespace.value === namespace?.value)
    return current;
  return setKey(current, 'namespace', replaceValue(namespace, newNamespace.value, newNamespace.origin));
}

function findReferral(
  oldName: string,
  namespace: string | undefined,
  field: Tracked,
  lookup: Lookup,
  areIdentical: (candidates: Resources) => boolean,
): AccumulatedResource | undefined | Problem {
  let candidates: Resources = lookup.index.byName.get(oldName) ?? [];
  if (candidates.length === 0) return undefined;
  const isRole = roleRefFilter(lookup);
  const isReachable = reachableFrom(lookup.referrer);
  candidates = candidates.filter(
    (candidate) => hadKind(candidate, lookup.target) && isRole(candidate) && isReachable(candidate),
  );
  if (namespace !== undefined)
    candidates = inNamespace(candidates, namespace, lookup.resources.filter(isReachable));
  candidates = candidates.filter(sameNamespaceAs(lookup.referrer));
  if (candidates.length === 1) return candidates[0];
  candidates = candidates.filter((candidate) => sameAffixes(candidate, lookup.referrer, true));
  if (candidates.length > 1) {
    candidates = candidates.filter((candidate) => sameAffixes(candidate, lookup.referrer, false));
  }
  if (candidates.length <= 1 || areIdentical(candidates)) return candidates[0];
  return {
    rule: 'name-reference-ambiguous',
    problem: `${oldName} is ambiguous: it can be ${candidates.map((candidate) => describeId(currentId(candidate))).join(' or ')}`,
    help:
      namespace === undefined && lookup.target.kind === 'ServiceAccount'
        ? 'add the namespace of the intended object to the reference'
        : 'give the objects different names before prefixes and suffixes are added',
    at: field.origin,
  };
}

function hadKind(candidate: AccumulatedResource, target: GroupVersionKind): boolean {
  const gvk = groupVersionKind(candidate.tracked.value);
  return candidate.previous.some((previous) => isSelected({ ...gvk, kind: previous.kind }, target));
}

// roleRef names its kind beside it; where it cannot be read, any kind will do.
function roleRefFilter({ spec, referrer }: Lookup): (candidate: AccumulatedResource) => boolean {
  if (!spec.path.endsWith('roleRef/name')) return () => true;
  const group = getAt(referrer.tracked, ['roleRef', 'apiGroup'])?.value;
  const kind = getAt(referrer.tracked, ['roleRef', 'kind'])?.value;
  if (typeof group !== 'string' || typeof kind !== 'string') return () => true;
  return (candidate) => hadKind(candidate, { group, version: '', kind });
}

// A namespaced referrer reaches its own namespace and what has none; a RoleBinding also those of its service accounts.
function reachableFrom(referrer: AccumulatedResource): (candidate: AccumulatedResource) => boolean {
  const id = currentId(referrer);
  if (isClusterScopedInKustomize(id)) return () => true;
  const own = effectiveNamespace(id);
  const more = id.kind === 'RoleBinding' ? serviceAccountNamespaces(referrer) : undefined;
  return (candidate) => {
    const other = currentId(candidate);
    return (
      isClusterScopedInKustomize(other) ||
      effectiveNamespace(other) === own ||
      more?.has(namespaceOf(candidate.tracked.value)) === true
    );
  };
}

// kustomize fails on a service account whose namespace is written, but blank.
function blankNamespace({ tracked }: AccumulatedResource): Problem | undefined {
  if (tracked.value['kind'] !== 'RoleBinding') return undefined;
  for (const subject of itemsOf(getPart(tracked, 'subjects') ?? tracked)) {
    if (!isMapping(subject.value) || subject.value['kind'] !== 'ServiceAccount') continue;
    const namespace = getPart(subject, 'namespace');
    if (namespace === undefined || typeof namespace.value === 'string') continue;
    return {
      rule: 'resource-invalid',
      problem: 'a subject has a namespace without a value',
      help: 'write the namespace of the service account, or leave the field out',
      at: namespace.origin,
    };
  }
  return undefined;
}

function serviceAccountNamespaces(binding: AccumulatedResource): Set<string> {
  const namespaces = new Set<string>();
  const subjects = binding.tracked.value['subjects'];
  if (!isSequence(subjects)) return namespaces;
  for (const subject of subjects) {
    if (!isMapping(subject) || subject['kind'] !== 'ServiceAccount') continue;
    if (typeof subject['namespace'] === 'string') namespaces.add(subject['namespace']);
  }
  return namespaces;
}

// By the namespaces that objects had at the beginning, and only where nothing at all was in this one by the present ones.
function inNamespace(candidates: Resources, namespace: string, reachable: Resources): Resources {
  const idOf = reachable.some((resource) => isIn(originalId(resource), namespace)) ? originalId : currentId;
  return candidates.filter((candidate) => isIn(idOf(candidate), namespace));
}

function isIn(id: ReturnType<typeof currentId>, namespace: string): boolean {
  return !isClusterScopedInKustomize(id) && effectiveNamespace(id) === namespace;
}

function sameNamespaceAs(referrer: AccumulatedResource): (candidate: AccumulatedResource) => boolean {
  const id = currentId(referrer);
  if (isClusterScopedInKustomize(id)) return () => true;
  return (candidate) => {
    const other = currentId(candidate);
    if (isClusterScopedInKustomize(other) || other.kind === 'ServiceAccount') return true;
    return effectiveNamespace(other) === effectiveNamespace(id);
  };
}

function sameAffixes(a: AccumulatedResource, b: AccumulatedResource, allowEmpty: boolean): boolean {
  return sameEnding(a.prefixes, b.prefixes, allowEmpty) && sameEnding(a.suffixes, b.suffixes, allowEmpty);
}

function sameEnding(a: readonly string[], b: readonly string[], allowEmpty: boolean): boolean {
  if (allowEmpty && (a.length === 0 || b.length === 0)) return true;
  const length = Math.min(a.length, b.length);
  if (length === 0) return a.length === b.length;
  return a.slice(a.length - length).join('\n') === b.slice(b.length - length).join('\n');
}

function sameNames(candidates: Resources): boolean {
  return new Set(candidates.map((candidate) => nameOf(candidate.tracked.value))).size === 1;
}

function sameNamesAndNamespaces(candidates: Resources): boolean {
  const keys = candidates.map(({ tracked }) => `${namespaceOf(tracked.value)}\n${nameOf(tracked.value)}`);
  return new Set(keys).size === 1;
}
