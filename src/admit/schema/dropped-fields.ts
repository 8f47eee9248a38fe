import { ownOf } from '../../source/own.ts';
import {
  copyMapping,
  isMapping,
  isSequence,
  type Mapping,
  type MutableMapping,
  newMapping,
  type Path,
  type Value,
} from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { fieldGates, podGates, podSpecs } from './feature-gates.ts';

/** A field that the server takes away before it looks at the object. */
export interface DroppedField {
  readonly field: Path;
  /** The feature gate that keeps it, off by default; '' where none does any more. */
  readonly gate: string;
}

export interface Kept {
  readonly object: Mapping;
  readonly dropped: readonly DroppedField[];
}

/** The object without what a server of the version drops; the same object where it drops nothing. */
export function withoutDropped(object: Mapping, group: string, minor: number): Kept {
  const kind = `${group}/${valueText(object['kind'])}`;
  const dropped: DroppedField[] = [];
  let kept = object;
  for (const [gate, first, last, paths] of Object.hasOwn(fieldGates, kind)
    ? (ownOf(fieldGates, kind) ?? [])
    : []) {
    if (minor < first || minor > last) continue;
    for (const path of paths) kept = withoutField(kept, stepsOf(path), [], gate, dropped);
  }
  const podSpec = Object.hasOwn(podSpecs, kind) ? ownOf(podSpecs, kind) : undefined;
  if (podSpec !== undefined) kept = withoutPodFields(kept, podSpec, minor, dropped);
  return { object: kept, dropped };
}

function withoutPodFields(object: Mapping, podSpec: string, minor: number, dropped: DroppedField[]): Mapping {
  const place = podSpec.split('.');
  return changeAt(object, place, (spec) => {
    let kept = spec;
    for (const [gate, first, last, paths] of podGates) {
      if (minor < first || minor > last) continue;
      for (const path of paths) kept = withoutField(kept, stepsOf(path), place, gate, dropped);
    }
    return minor >= 35
      ? kept
      : withoutImageVolumes(withoutRestartPolicies(kept, place, dropped), place, dropped);
  });
}

/** One step of `a[].b{}.c?.d`: each item of a list, each entry of a map, and a mapping that goes when nothing is left in it. */
interface Step {
  readonly key: string;
  readonly each: 'item' | 'entry' | undefined;
  readonly goesEmpty: boolean;
  readonly next: Step | undefined;
}

const knownSteps = new Map<string, Step>();

/** The paths are those of a table, read once. */
function stepsOf(path: string): Step {
  const known = knownSteps.get(path);
  if (known !== undefined) return known;
  const dot = path.indexOf('.');
  const text = dot < 0 ? path : path.slice(0, dot);
  const step: Step = {
    key: text.replace(/(?:\[\]|\{\}|\?)$/, ''),
    each: text.endsWith('[]') ? 'item' : text.endsWith('{}') ? 'entry' : undefined,
    goesEmpty: text.endsWith('?'),
    next: dot < 0 ? undefined : stepsOf(path.slice(dot + 1)),
  };
  knownSteps.set(path, step);
  return step;
}

function withoutField(
  value: Mapping,
  { key, each, goesEmpty, next }: Step,
  place: Path,
  gate: string,
  dropped: DroppedField[],
): Mapping {
  const below = value[key];
  if (below === undefined || below === null) return value;
  if (next === undefined) {
    if (isZero(below)) return value;
    dropped.push({ field: [...place, key], gate });
    return without(value, key);
  }
  const go = (part: Value, at: Path): Value =>
    isMapping(part) ? withoutField(part, next, at, gate, dropped) : part;
  const after =
    each === 'item'
      ? mapItems(below, (part, index) => go(part, [...place, key, index]))
      : each === 'entry'
        ? mapEntries(below, (part, name) => go(part, [...place, key, name]))
        : go(below, [...place, key]);
  if (after === below) return value;
  const isGone = goesEmpty && isMapping(after) && Object.keys(after).length === 0;
  return isGone ? without(value, key) : withValue(value, key, after);
}

/** Until 1.34 only init containers had a restart policy, and `Always` was the only one (gate ContainerRestartRules). */
function withoutRestartPolicies(spec: Mapping, place: Path, dropped: DroppedField[]): Mapping {
  let kept = spec;
  for (const list of ['containers', 'initContainers']) {
    const items = kept[list];
    if (items === undefined) continue;
    const after = mapItems(items, (item, index) => {
      const policy = isMapping(item) ? item['restartPolicy'] : undefined;
      const stays =
        policy === undefined || policy === null || (list === 'initContainers' && policy === 'Always');
      if (stays || !isMapping(item)) return item;
      dropped.push({ field: [...place, list, index, 'restartPolicy'], gate: 'ContainerRestartRules' });
      return without(item, 'restartPolicy');
    });
    if (after !== items) kept = withValue(kept, list, after);
  }
  return kept;
}

/** Until 1.34 a volume made of an image is dropped as a whole, and so are its mounts (gate ImageVolume). */
function withoutImageVolumes(spec: Mapping, place: Path, dropped: DroppedField[]): Mapping {
  const { volumes } = spec;
  if (!isSequence(volumes)) return spec;
  // Something harmless stands in its place, so that what is told of the others stands at their own place.
  const after = mapItems(volumes, (volume, index) => {
    if (!isMapping(volume) || !isMapping(volume['image'])) return volume;
    dropped.push({ field: [...place, 'volumes', index, 'image'], gate: 'ImageVolume' });
    const rest = without(volume, 'image');
    return Object.keys(rest).some((key) => key !== 'name') ? rest : withValue(rest, 'emptyDir', newMapping());
  });
  return after === volumes ? spec : withValue(spec, 'volumes', after);
}

function changeAt(
  value: Mapping,
  [step, ...rest]: readonly string[],
  change: (part: Mapping) => Mapping,
): Mapping {
  if (step === undefined) return change(value);
  const below = value[step];
  if (!isMapping(below)) return value;
  const after = changeAt(below, rest, change);
  return after === below ? value : withValue(value, step, after);
}

function mapItems(value: Value, map: (item: Value, index: number) => Value): Value {
  if (!isSequence(value)) return value;
  const after = value.map(map);
  return after.some((item, index) => item !== value[index]) ? after : value;
}

function mapEntries(value: Value, map: (item: Value, name: string) => Value): Value {
  if (!isMapping(value)) return value;
  let kept: Mapping = value;
  for (const name of Object.keys(value)) {
    const after = map(value[name] as Value, name);
    if (after !== value[name]) kept = withValue(kept, name, after);
  }
  return kept;
}

function isZero(value: Value): boolean {
  return value === '' || value === 0 || (isSequence(value) && value.length === 0);
}

function withValue(mapping: Mapping, key: string, value: Value): MutableMapping {
  const copy = copyMapping(mapping);
  copy[key] = value;
  return copy;
}

function without(mapping: Mapping, key: string): MutableMapping {
  const copy = copyMapping(mapping);
  delete copy[key];
  return copy;
}
