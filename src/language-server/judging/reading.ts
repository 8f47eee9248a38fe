import type { Span } from '../../diagnostic/span.ts';
import type { Build } from '../../object/build.ts';
import { knownBeside } from '../../object/known-once.ts';
import { type Origin, originOfPart, type Step, stepsOf } from '../../object/provenance.ts';
import { objectReference, type Resource } from '../../object/resource.ts';
import { lineColumn } from '../../report/finding/line-column.ts';
import { touchesSecret } from '../../report/finding/secrets-within.ts';
import {
  formatPath,
  isMapping,
  isSequence,
  type Path,
  type PathElement,
  type Value,
} from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { Stretch } from '../yaml/entry.ts';
import { spanOf } from './field-span.ts';
import type { RenderedField } from './rendered-field.ts';

/** A layer of a value, as it travels between threads. */
export interface ReadStep {
  readonly by: string;
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
}

/** A rendered value that a place of a file had a part in. */
export interface ReadValue {
  /** The directory that is built. */
  readonly root: string;
  /** `Deployment/web`. */
  readonly object: string;
  readonly field: string;
  /** Undefined for lists, mappings and secrets. */
  readonly text?: string;
  /** Every layer of the value, the oldest first. */
  readonly steps: readonly ReadStep[];
  /** The one that the place is in. */
  readonly at: number;
}

/** A stretch of a file that sets rendered values. */
export interface ReadPlace {
  readonly start: number;
  readonly end: number;
  /** The first of them. */
  readonly values: readonly ReadValue[];
  readonly count: number;
  /** The directories that are built with it. */
  readonly roots: readonly string[];
  /** What the first of the values means elsewhere: an object, a key, a port, labels. */
  readonly means?: readonly ReadMeaning[];
}

/** A field that another one means. */
export interface ReadMeaning {
  readonly object: string;
  readonly field: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** What a file has a part in, by its places: what an editor shows of it while nobody has judged what is typed. */
export interface Reading {
  /** By their starts, what is around others before them. */
  readonly places: readonly ReadPlace[];
  /** Whether nothing is known because what is built with the file fails. */
  readonly isFailing?: true;
}

/** More of them would not be shown. */
const shownValues = 12;

interface NewPlace extends ReadPlace {
  readonly values: ReadValue[];
  readonly roots: string[];
  count: number;
}

/** What the builds make of one file. */
export function readingOf(
  builds: Iterable<Build>,
  path: string,
  secrets: readonly Span[],
  meaningOf: (field: RenderedField) => readonly RenderedField[] = () => [],
): Reading {
  const places = new Map<string, NewPlace>();
  const isSecret = (step: Step): boolean => touchesSecret(secrets, step.span);
  for (const build of builds) {
    if (!build.inputs.includes(path)) continue;
    for (const found of foundIn(build, path)) {
      const { start, end } = found.at.span;
      const known = places.get(`${start} ${end}`);
      const means = known === undefined ? meaningsOf(meaningOf({ build, ...found })) : [];
      const place = known ?? {
        ...{ start, end, values: [], count: 0, roots: [] },
        ...(means.length === 0 ? {} : { means }),
      };
      places.set(`${start} ${end}`, place);
      place.count += 1;
      if (place.roots.at(-1) !== build.root) place.roots.push(build.root);
      if (place.values.length < shownValues) place.values.push(readValue(found, build, isSecret));
    }
  }
  const sorted = [...places.values()].sort((a, b) => a.start - b.start || b.end - a.end);
  const isFailing = sorted.length === 0 && [...builds].some((build) => hasFailed(build, path));
  return { places: sorted, ...(isFailing ? { isFailing } : {}) };
}

function hasFailed({ inputs, resources, complete }: Build, path: string): boolean {
  return !complete && resources.length === 0 && inputs.includes(path);
}

/** Each place once, and no more of them than are shown. */
function meaningsOf(fields: readonly RenderedField[]): ReadMeaning[] {
  const found = new Map<string, ReadMeaning>();
  for (const { resource, path } of fields.slice(0, shownValues)) {
    const { kind, name } = objectReference(resource.object);
    for (const { file, start } of spanOf(resource, path)) {
      const { line } = lineColumn(file, start);
      found.set(`${file.path} ${start}`, {
        object: `${kind}/${name}`,
        field: formatPath(path),
        path: file.path,
        line,
      });
    }
  }
  return [...found.values()];
}

/** The narrowest stretch around an offset. */
export function placeAt({ places }: Reading, offset: number): ReadPlace | undefined {
  const around = places.filter(({ start, end }) => start <= offset && offset <= end);
  return around.reduce<ReadPlace | undefined>(
    (best, one) => (best === undefined || one.end - one.start <= best.end - best.start ? one : best),
    undefined,
  );
}

/** All that stands in a stretch, as one place. */
export function placeWithin({ places }: Reading, { start, end }: Stretch): ReadPlace | undefined {
  const within = places.filter((one) => start <= one.start && one.end <= end);
  if (within.length === 0) return undefined;
  return {
    start,
    end,
    values: within.flatMap(({ values }) => values).slice(0, shownValues),
    count: within.reduce((sum, one) => sum + one.count, 0),
    roots: [...new Set(within.flatMap(({ roots }) => roots))],
  };
}

/** The rendered values that the narrowest stretch around an offset sets. */
export function valuesAt(builds: Iterable<Build>, path: string, offset: number): FoundIn[] {
  let best: FoundIn[] = [];
  let width = Number.POSITIVE_INFINITY;
  for (const build of builds) {
    if (!build.inputs.includes(path)) continue;
    for (const found of foundIn(build, path)) {
      const { start, end } = found.at.span;
      if (offset < start || end < offset || end - start > width) continue;
      if (end - start < width) best = [];
      width = end - start;
      best.push({ ...found, build });
    }
  }
  return best;
}

/** The rendered values that a stretch of a file sets. */
export function valuesWithin(builds: Iterable<Build>, path: string, { start, end }: Stretch): FoundIn[] {
  return [...builds].flatMap((build) =>
    build.inputs.includes(path)
      ? foundIn(build, path).flatMap((found) => {
          const { span } = found.at;
          return start <= span.start && span.end <= end ? [{ ...found, build }] : [];
        })
      : [],
  );
}

/** A rendered value, and the build that rendered it. */
export interface FoundIn extends Found {
  readonly build: Build;
}

interface Found {
  readonly resource: Resource;
  readonly path: Path;
  readonly value: Value;
  readonly steps: readonly Step[];
  readonly at: Step;
}

const foundBeside = knownBeside<Build, readonly Found[]>(32);

/** A build that is the same as before was read before. */
function foundIn(build: Build, path: string): readonly Found[] {
  return foundBeside(build, [path], () => {
    const found: Found[] = [];
    for (const resource of build.resources)
      visit({ resource, file: path, found }, resource.object, resource.origin, { path: [], around: [] });
    return found;
  });
}

interface Visit {
  readonly resource: Resource;
  readonly file: string;
  readonly found: Found[];
}

interface Here {
  readonly path: Path;
  /** Where in the file the values around come from: what a transformer adds below a value comes from its line, too. */
  readonly around: readonly Step[];
}

const maximumDepth = 128;

function visit(visiting: Visit, value: Value, origin: Origin, { path, around }: Here): void {
  const steps = stepsOf(origin);
  const parts = path.length > maximumDepth ? [] : partsOf(value, origin);
  const own = steps.filter(
    (step) => isOf(visiting, step) && !isAmong(around, step) && !isOnlyPart(parts, step),
  );
  for (const at of own) visiting.found.push({ resource: visiting.resource, path, value, steps, at });
  const below = own.length === 0 ? around : [...around, ...own];
  for (const part of parts)
    visit(visiting, part.value, part.origin, { path: [...path, part.step], around: below });
}

interface Part {
  readonly step: PathElement;
  readonly value: Value;
  readonly origin: Origin;
}

function partsOf(value: Value, origin: Origin): Part[] {
  if (!isSequence(value) && !isMapping(value)) return [];
  return Object.entries(value).map(([key, part]) => {
    const step = isSequence(value) ? Number(key) : key;
    return { step, value: part, origin: originOfPart(origin, step) };
  });
}

function isOf({ file }: Visit, { span }: Step): boolean {
  return span.file.path === file;
}

function isAmong(steps: readonly Step[], { span }: Step): boolean {
  return steps.some((one) => isSamePlace(one.span, span));
}

/** Whether a place is that of the only part as well, which is meant then: a list item with one key. */
function isOnlyPart([part, ...others]: readonly Part[], step: Step): boolean {
  return part !== undefined && others.length === 0 && isAmong(stepsOf(part.origin), step);
}

function isSamePlace(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end && a.file.path === b.file.path;
}

function readValue(
  { resource, path, value, steps, at }: Found,
  build: Build,
  isSecret: (step: Step) => boolean,
): ReadValue {
  const { kind, name } = objectReference(resource.object);
  const isShown = (typeof value !== 'object' || value === null) && kind !== 'Secret' && !steps.some(isSecret);
  return {
    root: build.root,
    object: `${kind}/${name}`,
    field: formatPath(path),
    ...(isShown ? { text: valueText(value).slice(0, longest) } : {}),
    steps: steps.map(readStep),
    at: steps.indexOf(at),
  };
}

const longest = 400;

function readStep({ by, span: { file, start, end } }: Step): ReadStep {
  return { by, path: file.path, start, end, line: lineColumn(file, start).line };
}
