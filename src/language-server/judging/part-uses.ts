import type { Build } from '../../object/build.ts';
import { isMapping, isSequence, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { dataFields, meantParts, type RenderedAround } from './meant-parts.ts';
import { isSamePath } from './naming.ts';
import type { RenderedField } from './rendered-field.ts';

/** The parts of objects that a field is, or means: what may be meant elsewhere, too. */
export function partsAt(field: RenderedField, around: RenderedAround): RenderedField[] {
  const meant = meantParts(field, around);
  if (meant.length > 0) return meant;
  return isPart(field) ? [field] : [];
}

/** Whether a field is something that others mean by its key, its name or its number. */
function isPart({ resource: { object }, path }: RenderedField): boolean {
  const [last, above] = [path.at(-1), path.at(-2)];
  const holder = String(path.at(-3));
  if (above === 'labels' && holder === 'metadata') return true;
  if (path.length === 2 && dataFields.includes(String(path[0])))
    return /^(?:ConfigMap|Secret)$/u.test(valueText(object['kind']));
  if (holder === 'ports') return ['name', 'port', 'containerPort'].includes(String(last));
  return last === 'name' && (holder === 'volumes' || path.at(-4) === 'volumeClaimTemplates');
}

/** The fields of some builds that mean a part. */
export function usesOf(
  part: RenderedField,
  builds: readonly Build[],
  around: RenderedAround,
): RenderedField[] {
  const words = wordsOf(part);
  return builds.flatMap((build) =>
    build.resources.flatMap((resource) =>
      fieldsWith(resource.object, words)
        .map((path) => ({ build, resource, path }))
        .filter((field) => meantParts(field, around).some((one) => isSamePart(one, part))),
    ),
  );
}

/** What a part is called: a port by its name and its number. */
function wordsOf({ resource: { object }, path }: RenderedField): ReadonlySet<string> {
  if (dataFields.includes(String(path[0]))) return new Set([String(path.at(-1))]);
  const port = path.at(-3) === 'ports' ? valueAt(object, path.slice(0, -1)) : undefined;
  const values = isMapping(port)
    ? ['name', 'port', 'containerPort'].map((key) => port[key])
    : [valueAt(object, path)];
  return new Set(values.flatMap((one) => (one === undefined ? [] : [valueText(one)])));
}

function isSamePart(one: RenderedField, other: RenderedField): boolean {
  const isPort = other.path.at(-3) === 'ports';
  const at = (path: Path): Path => (isPort ? path.slice(0, -1) : path);
  return one.resource === other.resource && isSamePath(at(one.path), at(other.path));
}

const deepest = 64;

/** The fields whose value is one of some words. */
function fieldsWith(value: Value, words: ReadonlySet<string>, path: Path = []): Path[] {
  if (path.length > deepest) return [];
  if (isSequence(value)) return value.flatMap((item, index) => fieldsWith(item, words, [...path, index]));
  if (isMapping(value))
    return Object.keys(value).flatMap((key) => fieldsWith(value[key] ?? null, words, [...path, key]));
  return words.has(valueText(value)) ? [path] : [];
}
