import { getPart, type Origin, replaceValue, setKey, type Tracked } from '../../object/provenance.ts';
import { groupVersionKind } from '../../object/resource.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import {
  currentId,
  currentKey,
  describeId,
  isClusterScopedInKustomize,
  rememberId,
} from '../accumulated-resource.ts';
import { type FieldSpec, makeFieldSpec, updateField, updateFields, updateItems } from '../field-spec.ts';
import { isProblem, type Problem } from '../problem.ts';
import type { Resources } from '../transformer.ts';

/** Which subjects of role bindings get the namespace: those named `default` unless said otherwise. */
export type SubjectMode = 'defaultOnly' | 'allServiceAccounts' | 'none';

export interface NamespaceOptions {
  readonly specs: readonly FieldSpec[];
  readonly subjects?: SubjectMode;
  /** Leave namespaces alone that are already set. */
  readonly unsetOnly?: boolean;
}

const metadataNamespace = makeFieldSpec({}, 'metadata/namespace', true);

/** `namespace:`, as api/filters/namespace of kustomize v5.8; two objects that become one are a problem. */
export function transformNamespace(
  resources: Resources,
  namespace: string,
  origin: Origin,
  options: NamespaceOptions,
): Resources | Problem {
  const result = [...resources];
  const taken = new Map<string, number>();
  for (const resource of resources) count(taken, currentKey(resource), 1);
  for (const [index, resource] of resources.entries()) {
    // Helm has put what it made where it belongs (NamespaceTransformer of 5.8).
    if (resource.chart !== undefined) continue;
    const before = currentKey(resource);
    const tracked = setNamespace(resource.tracked, namespace, origin, options);
    if (isProblem(tracked)) return tracked;
    const moved = { ...rememberId(resource), tracked };
    result[index] = moved;
    count(taken, before, -1);
    if (count(taken, currentKey(moved), 1) > 1) {
      return {
        rule: 'id-conflict',
        problem: `with namespace: ${namespace}, two objects have the same identity: ${describeId(currentId(moved))}`,
        help: 'rename one of them, or keep them in different kustomizations',
        at: origin,
      };
    }
  }
  return result;
}

/** The object in its new namespace. */
export function setNamespace(
  object: Tracked<Mapping>,
  namespace: string,
  origin: Origin,
  options: NamespaceOptions,
): Tracked<Mapping> | Problem {
  const gvk = groupVersionKind(object.value);
  const set = (field: Tracked): Tracked | Problem => {
    if (options.unsetOnly === true && typeof field.value === 'string' && field.value !== '') return field;
    if (typeof field.value === 'object' && field.value !== null) {
      return {
        problem: 'a namespace can be written only to a scalar',
        help: 'write a string here, or remove the field',
        at: field.origin,
      };
    }
    return replaceValue(field, namespace, origin);
  };
  let current: Tracked<Mapping> | Problem = object;
  if (!isClusterScopedInKustomize(gvk)) current = updateField(object, metadataNamespace, set, 'scalar');
  if (isProblem(current)) return current;
  const isBinding = gvk.kind === 'RoleBinding' || gvk.kind === 'ClusterRoleBinding';
  if (isBinding) current = setSubjects(current, namespace, origin, options);
  if (isProblem(current)) return current;
  const apiVersion = object.value['apiVersion'];
  const specs = options.specs.filter(
    (spec) =>
      spec.path !== 'metadata/namespace' &&
      (spec.path !== 'metadata/name' || apiVersion === 'v1') &&
      !(isBinding && spec.path === 'subjects/namespace' && spec.kind.endsWith('RoleBinding')),
  );
  return updateFields(current, specs, set, 'scalar');
}

function setSubjects(
  object: Tracked<Mapping>,
  namespace: string,
  origin: Origin,
  { subjects: mode = 'defaultOnly', unsetOnly = false }: NamespaceOptions,
): Tracked<Mapping> | Problem {
  const subjects = getPart(object, 'subjects');
  if (mode === 'none' || subjects === undefined || subjects.value === null) return object;
  const changed = updateItems(subjects, (subject) => {
    if (!isMapping(subject.value)) return subject;
    const isWanted =
      mode === 'allServiceAccounts'
        ? subject.value['kind'] === 'ServiceAccount'
        : subject.value['name'] === 'default';
    const isSet = typeof subject.value['namespace'] === 'string' && subject.value['namespace'] !== '';
    return isWanted && !(unsetOnly && isSet)
      ? setKey(subject as Tracked<Mapping>, 'namespace', { value: namespace, origin })
      : subject;
  });
  if (isProblem(changed)) return changed;
  return changed === subjects ? object : setKey(object, 'subjects', changed);
}

function count(counts: Map<string, number>, key: string, by: number): number {
  const total = (counts.get(key) ?? 0) + by;
  counts.set(key, total);
  return total;
}
