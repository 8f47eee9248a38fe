import type { Span } from '../diagnostic/span.ts';
import { spendEffort } from '../source/effort.ts';
import type { MadeText } from '../source/made-text.ts';
import { childIndex, keyAt, type Positions, spanAt, stride } from '../source/position.ts';
import type { TextPart } from '../source/scalar-offsets.ts';
import {
  copyMapping,
  isMapping,
  isSequence,
  type Mapping,
  type MutableMapping,
  newMapping,
  type Path,
  type PathElement,
  type Sequence,
  type Value,
} from '../source/value.ts';
import { countEdits } from './edit-work.ts';

/**
 * What made a value: `resources` for the file it was first written in, else the field of kustomization.yaml whose entry
 * set it (`patches`, `images`, `namespace`, `configMapGenerator`, …).
 */
export type StepKind = string;

/** One layer in the history of a value. */
export interface Step {
  readonly by: StepKind;
  /** The line that set it; for a value inside a document the key and value together. */
  readonly span: Span;
}

/** Read from a document and not changed since: the history of everything below follows from the position table. */
interface ParsedOrigin {
  readonly by: StepKind;
  readonly positions: Positions;
  readonly index: number;
}

/** Set by a transformer's entry, with no document of its own behind each part. */
interface EntryOrigin {
  readonly by: StepKind;
  readonly span: Span;
}

/** Changed: `last` set the node itself over `previous`; parts that `parts` does not list come from `rest`. */
interface ChangedOrigin {
  readonly last: Origin;
  readonly previous: Origin | undefined;
  readonly rest: Origin | undefined;
  readonly parts: ReadonlyMap<PathElement, Origin> | readonly Origin[] | undefined;
}

/** Made of a template and the values that were put into it. */
export interface MadeOrigin {
  readonly template: Origin;
  /** In their order, each once; none where the template alone made it. */
  readonly values: readonly Origin[];
  /** The value by its stretches, where it is a text whose parts can be told apart. */
  readonly made?: MadeText<TextSource> | undefined;
  /** What it is called, where nobody knows the value before the deployment and a stand-in is in its place. */
  readonly unknown?: string;
}

/** What a stretch of a made text came from: a template's own text, or values that were put in there. */
export interface TextSource {
  readonly template: Origin;
  /** The whole text of the template, in which a stretch without values stands letter by letter. */
  readonly text: string;
  /** What the template has there where values stand: an action, or a variable in braces. */
  readonly part?: TextPart;
  readonly values: readonly Origin[];
  /** Who is to be told of the stretch where nobody here can change the template, nor what was put in. */
  readonly told?: readonly Origin[];
}

/**
 * Where a value comes from. Created where the value is created, moved only by the setters below, which move the value;
 * never stored in the object, never reconstructed afterwards.
 */
export type Origin = ParsedOrigin | EntryOrigin | ChangedOrigin | MadeOrigin | typeof untracked;

/** The origin of values whose history nobody asked for; it swallows everything that is derived from it. */
export const untracked = Object.freeze({ untracked: true as const });

/** A value together with its origin: what the setters take and give. */
export interface Tracked<V extends Value = Value> {
  readonly value: V;
  readonly origin: Origin;
}

/** The origin of a document's root, as loaded by `by`. */
export function originOfDocument(by: StepKind, positions: Positions, index = 0): Origin {
  return { by, positions, index };
}

/** The origin of a value that the entry at `span` of a kustomization set. */
export function originOfEntry(by: StepKind, span: Span): Origin {
  return { by, span };
}

/** The origin of a stand-in for what nobody knows before the deployment; `name` is made of letters, digits and underscores. */
export function originOfUnknown(name: string, place: Origin): Origin {
  return { template: place, values: [], unknown: name };
}

/** What a stand-in stands for; undefined for a value that is known. */
export function unknownOf(origin: Origin): string | undefined {
  return 'template' in origin ? origin.unknown : undefined;
}

/** The origin of a document that is followed only once someone asks where its values come from. */
export function originWhenAsked(find: () => Origin): Origin {
  let found: Origin | undefined;
  const known = (): Origin => {
    found ??= find();
    return found;
  };
  return {
    get last() {
      return known();
    },
    previous: undefined,
    get rest() {
      return known();
    },
    parts: undefined,
  };
}

/** The same place, named after the field of kustomization.yaml whose entry it is. */
export function namedOrigin(by: StepKind, origin: Origin): Origin {
  return 'positions' in origin ? { by, positions: origin.positions, index: origin.index } : origin;
}

/** The origin of a key whose value comes from `origin`: where the key alone is written, as far as that can be told. */
export function originOfKey(origin: Origin): Origin {
  const last = lastOrigin(origin);
  if ('positions' in last) return { by: last.by, span: spanAt(last.positions, last.index, 'key') };
  // That nobody knows a value says nothing of its key.
  return 'template' in last && last.unknown !== undefined ? originOfKey(last.template) : last;
}

/** The origin of the part of a value under `step`. */
export function originOfPart(origin: Origin, step: PathElement): Origin {
  let current = origin;
  // Not recursive: a thousand patches make a chain of a thousand links.
  for (;;) {
    if ('positions' in current) {
      const index = childIndex(current.positions, current.index, step);
      return index < 0 ? current : { by: current.by, positions: current.positions, index };
    }
    if (!('last' in current)) return current;
    const part = partOf(current, step);
    if (part !== undefined) return part;
    current = current.rest ?? current.last;
  }
}

/** The origins of all parts of a value that was read and not changed since, by their keys or places; undefined for any other. */
export function originsOfParts(origin: Origin): ReadonlyMap<PathElement, Origin> | undefined {
  if (!('positions' in origin)) return undefined;
  const { by, positions } = origin;
  const { nodes } = positions;
  const end = nodes[origin.index * stride + 4] ?? 0;
  const parts = new Map<PathElement, Origin>();
  let place = 0;
  for (let row = origin.index + 1; row < end; row = nodes[row * stride + 4] ?? end) {
    parts.set(keyAt(positions, row) ?? place, { by, positions, index: row });
    place += 1;
  }
  return parts;
}

function partOf({ parts }: ChangedOrigin, step: PathElement): Origin | undefined {
  if (parts === undefined) return undefined;
  return Array.isArray(parts) ? parts[step as number] : (parts as ReadonlyMap<PathElement, Origin>).get(step);
}

/** `origin`, with `previous` as the value it replaced. */
export function overwrite(previous: Origin | undefined, origin: Origin): Origin {
  if (previous === undefined || previous === untracked || origin === untracked) return origin;
  return { last: origin, previous, rest: undefined, parts: undefined };
}

/** The same history for a value that is no longer as its file writes it. */
export function rewritten(origin: Origin): Origin {
  return 'positions' in origin
    ? { last: origin, previous: undefined, rest: origin, parts: undefined }
    : origin;
}

export function isRewritten(origin: Origin): boolean {
  return 'last' in origin && origin.previous === undefined && origin.rest === origin.last;
}

/** The origin of a mapping that `patch` was merged into: parts come from `base` unless set afterwards. */
export function mergeOrigin(base: Origin, patch: Origin): Origin {
  if (base === untracked || patch === untracked) return base;
  return { last: patch, previous: base, rest: base, parts: undefined };
}

function withParts(origin: Origin, parts: ReadonlyMap<PathElement, Origin> | readonly Origin[]): Origin {
  if ('last' in origin) return { last: origin.last, previous: origin.previous, rest: origin.rest, parts };
  return { last: origin, previous: undefined, rest: origin, parts };
}

function withPart(origin: Origin, step: PathElement, part: Origin): Origin {
  if (origin === untracked) return origin;
  const parts = 'last' in origin ? origin.parts : undefined;
  if (Array.isArray(parts)) return withParts(origin, parts.with(step as number, part));
  return withParts(origin, new Map(parts as ReadonlyMap<PathElement, Origin> | undefined).set(step, part));
}

/** The part of a tracked mapping or sequence under `step`, or undefined. */
export function getPart(tracked: Tracked, step: PathElement): Tracked | undefined {
  spendEffort(1);
  const { value } = tracked;
  const part =
    typeof step === 'number'
      ? isSequence(value)
        ? value[step]
        : undefined
      : isMapping(value) && Object.hasOwn(value, step)
        ? value[step]
        : undefined;
  return part === undefined ? undefined : { value: part, origin: originOfPart(tracked.origin, step) };
}

/** The tracked value at `path`, or undefined. */
export function getAt(tracked: Tracked, path: Path): Tracked | undefined {
  let current: Tracked | undefined = tracked;
  for (const step of path) {
    if (current === undefined) return undefined;
    current = getPart(current, step);
  }
  return current;
}

/** The items of a tracked sequence. */
export function itemsOf(tracked: Tracked): Tracked[] {
  if (!isSequence(tracked.value)) return [];
  return tracked.value.map((value, index) => ({ value, origin: originOfPart(tracked.origin, index) }));
}

/** The mapping with `key` set; a part that was already there becomes the previous layer of the new one. */
export function setKey(tracked: Tracked<Mapping>, key: string, part: Tracked): Tracked<Mapping> {
  const previous = getPart(tracked, key);
  const value = copyCounted(tracked.value);
  value[key] = part.value;
  if (tracked.origin === untracked) return { value, origin: untracked };
  const origin = previous === undefined ? part.origin : overwriteUnlessDerived(previous.origin, part.origin);
  return { value, origin: withPart(tracked.origin, key, origin) };
}

// Below this number of keys a copy costs no more than what it is made for.
const fewKeys = 32;

function copyCounted(mapping: Mapping): MutableMapping {
  const count = Object.keys(mapping).length;
  if (count > fewKeys) countEdits(6 * count);
  return copyMapping(mapping);
}

/** A part that was itself derived from the previous one (by a setter) already carries it. */
function overwriteUnlessDerived(previous: Origin, origin: Origin): Origin {
  if (origin === previous || isDerivedFrom(origin, previous)) return origin;
  return overwrite(previous, origin);
}

function isDerivedFrom(origin: Origin, previous: Origin): boolean {
  let current: Origin | undefined = origin;
  while (current !== undefined) {
    if (current === previous || sameRow(current, previous)) return true;
    if ('template' in current) {
      current = current.template;
      continue;
    }
    if (!('last' in current)) return false;
    if (current.last === previous || sameRow(current.last, previous) || isSameNode(current, previous))
      return true;
    current = current.previous;
  }
  return false;
}

/** Whether the two differ in the parts alone that were set in them. */
function isSameNode(a: ChangedOrigin, b: Origin): boolean {
  return 'last' in b && a.last === b.last && a.previous === b.previous && a.rest === b.rest;
}

function sameRow(a: Origin, b: Origin): boolean {
  return 'positions' in a && 'positions' in b && a.positions === b.positions && a.index === b.index;
}

/** The mapping without `key`. */
export function removeKey(tracked: Tracked<Mapping>, key: string): Tracked<Mapping> {
  const value = copyCounted(tracked.value);
  delete value[key];
  return { value, origin: tracked.origin };
}

/** A sequence of these items in place of the one in `tracked`, whose own history is kept. */
export function setItems(tracked: Tracked, items: readonly Tracked[]): Tracked<Sequence> {
  countEdits(items.length);
  const value = items.map((item) => item.value);
  if (tracked.origin === untracked) return { value, origin: untracked };
  return {
    value,
    origin: withParts(
      tracked.origin,
      items.map((item) => item.origin),
    ),
  };
}

/** The sequence with the item at `index` replaced. */
export function setItem(tracked: Tracked, index: number, item: Tracked): Tracked<Sequence> {
  const items = itemsOf(tracked);
  items[index] = item;
  return setItems(tracked, items);
}

/** A new mapping of these parts, made by the entry behind `origin`. */
export function mappingOf(parts: Iterable<readonly [string, Tracked]>, origin: Origin): Tracked<Mapping> {
  const value = newMapping();
  const origins = new Map<PathElement, Origin>();
  for (const [key, part] of parts) {
    value[key] = part.value;
    if (origin !== untracked) origins.set(key, part.origin);
  }
  return { value, origin: origin === untracked ? untracked : withParts(origin, origins) };
}

/** A value that the entry behind `origin` put in the place of `previous`. */
export function replaceValue(previous: Tracked | undefined, value: Value, origin: Origin): Tracked {
  return { value, origin: overwrite(previous?.origin, origin) };
}

/** What set a value last: that of a value which was changed is not it. */
export function lastOrigin(origin: Origin): Exclude<Origin, ChangedOrigin> {
  let current = origin;
  while ('last' in current) current = current.last;
  return current;
}

/** The file that a value was first written in, whatever layers changed since; undefined where nobody knows. */
export function firstFileOf(origin: Origin): string | undefined {
  return stepsOf(origin)[0]?.span.file.path;
}

/** The steps that made a value, the oldest first, each once. */
export function stepsOf(origin: Origin): readonly Step[] {
  if ('positions' in origin) return [stepAt(origin)];
  const steps: Step[] = [];
  collectSteps(origin, steps, new Set());
  return steps;
}

function stepAt({ by, positions, index }: Extract<Origin, { readonly positions: unknown }>): Step {
  return { by, span: spanAt(positions, index, 'whole') };
}

// Layers share earlier ones (each JSON patch of a list keeps those before it): following every way would double with each.
function collectSteps(origin: Origin, steps: Step[], seen: Set<Origin>): void {
  if (origin === untracked || seen.has(origin)) return;
  seen.add(origin);
  if ('positions' in origin) steps.push(stepAt(origin));
  else if ('span' in origin) steps.push({ by: origin.by, span: origin.span });
  else if ('template' in origin)
    for (const one of [origin.template, ...origin.values]) collectSteps(one, steps, seen);
  else if ('last' in origin) {
    if (origin.previous !== undefined) collectSteps(origin.previous, steps, seen);
    collectSteps(origin.last, steps, seen);
  }
}

/** Where a field path of an object stands in the sources. */
export interface FieldLocation {
  /** The layers that made the field, the oldest first; where the field is missing, those of its nearest parent. */
  readonly steps: readonly Step[];
  /** The place to point at: the last line that set the value (the key where `key` was asked for, or the parent's where the field is missing). */
  readonly span: Span | undefined;
  /** How many elements of the path exist. */
  readonly depth: number;
}

/** Finds where `path` of the object was made; a missing field gives its parent in the most specific layer that touches it. */
export function locateField(
  object: Tracked,
  path: Path,
  part: 'value' | 'key' | 'whole' = 'value',
): FieldLocation {
  let current = object;
  let depth = 0;
  for (const step of path) {
    const next = getPart(current, step);
    if (next === undefined) break;
    current = next;
    depth += 1;
  }
  const missing = depth < path.length;
  return {
    steps: stepsOf(current.origin),
    span: spanOfOrigin(current.origin, missing ? 'missing' : part),
    depth,
  };
}

function spanOfOrigin(origin: Origin, part: 'value' | 'key' | 'whole' | 'missing'): Span | undefined {
  if (origin === untracked) return undefined;
  if ('positions' in origin) {
    if (part !== 'missing') return spanAt(origin.positions, origin.index, part);
    // A mapping's whole text is no place to look at: its key, or for a list item its first line.
    return keyAt(origin.positions, origin.index) === undefined
      ? firstLine(spanAt(origin.positions, origin.index, 'value'))
      : spanAt(origin.positions, origin.index, 'key');
  }
  if ('span' in origin) return origin.span;
  if ('template' in origin) return spanOfOrigin(origin.values.at(-1) ?? origin.template, part);
  return 'last' in origin ? spanOfOrigin(origin.last, part) : undefined;
}

function firstLine(span: Span): Span {
  const newline = span.file.text.indexOf('\n', span.start);
  return newline < 0 || newline > span.end ? span : { ...span, end: newline };
}
