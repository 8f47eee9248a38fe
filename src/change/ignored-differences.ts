import { groupVersionKind, nameOf, namespaceOf } from '../object/resource.ts';
import { type JqStep, jqPath } from '../reconcile/argocd/jq-path.ts';
import {
  isMapping,
  isSequence,
  itemsAt,
  type Mapping,
  type Path,
  type Value,
  valueAt,
} from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import type { Held } from './effect.ts';
import { optionsOfAll } from './sync-options.ts';

/**
 * The head's object as an Application sends it that respects its own ignoreDifferences: what these name is as the cluster has it (argo-cd
 * 3.6, normalizeTargetResources). Of expressions of jq those that are plain paths are followed.
 */
export function withIgnoredDifferences(base: Held, head: Held): Held {
  const { owner, resource } = head;
  const declaration = owner.by === 'argocd' ? owner.declaration?.object : undefined;
  if (!optionsOfAll(declaration).includes('RespectIgnoreDifferences=true')) return head;
  const entries = itemsAt(declaration, ['spec', 'ignoreDifferences']).filter(
    (entry) => isMapping(entry) && isMeant(entry, resource.object),
  );
  const paths = entries.flatMap(pathsOf);
  if (paths.length === 0) return head;
  const object = paths.reduce<Value>(
    (current, path) => withValueOf(current, base.resource.object, path),
    resource.object,
  );
  return isMapping(object) ? { ...head, resource: { ...resource, object } } : head;
}

function isMeant(entry: Value, object: Mapping): boolean {
  const { group, kind } = groupVersionKind(object);
  const matches = (field: string, own: string): boolean => {
    const given = valueAt(entry, [field]);
    return given === undefined || given === null || valueText(given) === own;
  };
  return (
    isPattern(valueText(valueAt(entry, ['group']) ?? ''), group) &&
    isPattern(valueText(valueAt(entry, ['kind']) ?? ''), kind) &&
    matches('name', nameOf(object)) &&
    matches('namespace', namespaceOf(object))
  );
}

function isPattern(pattern: string, text: string): boolean {
  return pattern === '*' || pattern === text;
}

function pathsOf(entry: Value): (readonly JqStep[])[] {
  const pointers = itemsAt(entry, ['jsonPointers']).map((one) => pointerPath(valueText(one)));
  const expressions = itemsAt(entry, ['jqPathExpressions']).flatMap((one) => {
    const path = jqPath(valueText(one));
    return path === undefined || path.isChosen || path.steps.length === 0 ? [] : [path.steps];
  });
  return [...pointers, ...expressions];
}

function pointerPath(pointer: string): JqStep[] {
  const parts = pointer.split('/').slice(1);
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A value with what stands at a path of it replaced by what stands there in another one; of lists items meet by their places. */
function withValueOf(value: Value, other: Value | undefined, [step, ...rest]: readonly JqStep[]): Value {
  if (isSequence(value)) {
    if (!isSequence(other)) return value;
    const isMeantAt = (index: number): boolean => step === undefined || String(step) === String(index);
    return value.map((item, index) =>
      isMeantAt(index) && index < other.length
        ? rest.length === 0
          ? (other[index] ?? null)
          : withValueOf(item, other[index], rest)
        : item,
    );
  }
  if (!isMapping(value) || step === undefined) return value;
  const key = String(step);
  const kept = valueAt(other, [key] satisfies Path);
  if (rest.length > 0) {
    const own = valueAt(value, [key]);
    return own === undefined ? value : { ...value, [key]: withValueOf(own, kept, rest) };
  }
  if (kept !== undefined) return { ...value, [key]: kept };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
