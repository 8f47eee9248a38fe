import { childIndex, spanAt } from '../source/position.ts';
import { isMapping, isSequence, type Path, type Value } from '../source/value.ts';
import { knownOnce } from './known-once.ts';
import { locateField, type Origin, originOfPart } from './provenance.ts';
import type { Resource } from './resource.ts';

/** One of the layers that wrote a value. */
export interface Layer {
  readonly origin: Origin;
  /** The field of kustomization.yaml whose entry wrote it; `resources` for the file it was first written in. */
  readonly by: string;
  readonly file: string;
  /** What stands there. */
  readonly text: string;
}

/** The layers that wrote the value behind an origin, the oldest first, each once. */
export const layersOf = knownOnce((origin: Origin): readonly Layer[] => {
  if (!('last' in origin) && !('template' in origin)) return layerAt(origin);
  const layers: Layer[] = [];
  collectLayers(origin, layers, new Set());
  return layers;
});

// An origin may be reached on two ways, as that of a name with a hash is: following both would double the work at each turn.
function collectLayers(origin: Origin, layers: Layer[], seen: Set<Origin>): void {
  if (seen.has(origin)) return;
  seen.add(origin);
  if ('last' in origin) {
    if (origin.previous !== undefined) collectLayers(origin.previous, layers, seen);
    collectLayers(origin.last, layers, seen);
    return;
  }
  if ('template' in origin) {
    for (const one of [origin.template, ...origin.values]) collectLayers(one, layers, seen);
    return;
  }
  layers.push(...layersOf(origin));
}

function layerAt(origin: Origin): readonly Layer[] {
  const { span, steps } = locateField({ value: null, origin }, []);
  const by = steps[0]?.by;
  if (span === undefined || by === undefined) return [];
  return [{ origin, by, file: span.file.path, text: span.file.text.slice(span.start, span.end) }];
}

/** The items of a list as they stand in the layer's document, spaces left out. */
export function itemTexts({ origin }: Layer): string[] {
  if (!('positions' in origin)) return [];
  const { positions, index } = origin;
  const texts: string[] = [];
  for (let item = 0; ; item++) {
    const child = childIndex(positions, index, item);
    if (child < 0) return texts;
    const { start, end, file } = spanAt(positions, child);
    texts.push(file.text.slice(start, end).replaceAll(/\s+/gu, ''));
  }
}

/** Whether the layer's document is a list of JSON 6902 operations. */
export function isOperation({ origin }: Layer): boolean {
  if (!('positions' in origin)) return false;
  const { start, file } = spanAt(origin.positions, 0);
  return file.text[start] === '-' || file.text[start] === '[';
}

/** A value that more than one layer had a part in. */
export interface ChangedValue {
  readonly path: Path;
  readonly value: Value;
  readonly origin: Origin;
}

const maximumDepth = 128;

/** The values of an object that were written over, lists and scalars; what nobody touched since it was read is passed over. */
export const changedValues = knownOnce((resource: Resource): readonly ChangedValue[] => {
  const found: ChangedValue[] = [];
  collectChanged(resource.object, resource.origin, [], found);
  return found;
});

/** The path is one list, copied for what is found. */
function collectChanged(
  value: Value,
  origin: Origin,
  path: (string | number)[],
  found: ChangedValue[],
): void {
  const isFilledIn = 'template' in origin && origin.values.length > 0;
  const isOver = 'last' in origin && path.length <= maximumDepth;
  if (isFilledIn || (isOver && !isMapping(value) && origin.previous !== undefined))
    found.push({ path: [...path], value, origin });
  if (!isOver) return;
  const within = (part: Value, step: string | number): void => {
    path.push(step);
    collectChanged(part, originOfPart(origin, step), path, found);
    path.pop();
  };
  if (isSequence(value)) for (const [index, item] of value.entries()) within(item, index);
  else if (isMapping(value)) for (const key of Object.keys(value)) within(value[key] ?? null, key);
}

/** What a field of an object held first, before transformers: a name without its prefixes and hashes. */
export function originalText(resource: Resource, path: Path): string | undefined {
  const origin = path.reduce<Origin>((current, step) => originOfPart(current, step), resource.origin);
  // What an entry of a generator sets is known by key and value together; no name has a colon in it.
  const text = layersOf(origin)[0]?.text.replace(/^["']?\w+["']?\s*:\s*/u, '');
  return text?.replaceAll(/^["']|["']$/gu, '');
}
