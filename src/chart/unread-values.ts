import { nearestName } from '../diagnostic/closest-word.ts';
import { isList, isMap } from '../template/value/datum.ts';
import type { GoMap, Known, ReadValues } from '../template/value/model.ts';
import { printValue } from '../template/value/print.ts';
import type { Chart } from './chart.ts';
import { textOfFile } from './read-yaml.ts';

/** A value that was given to a chart and that none of its templates reads. */
export interface UnreadValue {
  readonly path: readonly string[];
  readonly known: Known;
  /** What was probably meant. */
  readonly near?: string;
  /** What its templates take in its place, since to them it is empty. */
  readonly shadow?: string;
}

/** What is known of a chart after it was rendered. */
export interface TracedChart {
  /** As it was read, with the charts that are switched off. */
  readonly chart: Chart;
  readonly read: ReadValues;
}

const mostFindings = 50;

/**
 * The topmost values that no template reads: none did so in this rendering, and none speaks of them by name, so that no other
 * branch would.
 */
export function unreadValues(given: GoMap, { chart, read }: TracedChart): UnreadValue[] {
  const found: UnreadValue[] = [];
  const words = wordsOf(chart);
  look(given, [], {
    read,
    found,
    isNamed: (name) => words.has(name),
    defaults: chart.values,
    reserved: reservedIn(chart),
  });
  return found.slice(0, mostFindings);
}

interface Looking {
  readonly read: ReadValues;
  readonly found: UnreadValue[];
  readonly isNamed: (name: string) => boolean;
  /** The chart's own values at the place. */
  readonly defaults: GoMap | undefined;
  /** Names that are not for templates. */
  readonly reserved: ReadonlySet<string>;
}

function look(map: GoMap, path: readonly string[], looking: Looking): void {
  for (const [key, known] of map.entries) {
    if (looking.reserved.has(key) || known.value === null || isRead(known, looking.read, 0)) continue;
    const shadow = shadowOf(known, looking.read);
    if (shadow !== undefined) {
      looking.found.push({ path: [...path, key], known, shadow });
      continue;
    }
    const own = looking.defaults?.entries.get(key)?.value;
    const inner = isMap(own) ? own : undefined;
    if (looking.isNamed(key) || hasReadPart(known, looking)) {
      if (isMap(known.value))
        look(known.value, [...path, key], { ...looking, defaults: inner, reserved: nothingReserved });
      continue;
    }
    const near = nearestName(key, [...(looking.defaults?.entries.keys() ?? [])]);
    looking.found.push({ path: [...path, key], known, ...(near === undefined ? {} : { near }) });
  }
}

/** What `default` takes for a value that nothing else reads. */
function shadowOf({ origins }: Known, { shadowed }: ReadValues): string | undefined {
  for (const origin of origins) {
    const taken = shadowed.get(origin);
    if (taken !== undefined)
      return isMap(taken) || isList(taken) ? 'its own' : printValue(taken).slice(0, 40);
  }
  return undefined;
}

const nothingReserved: ReadonlySet<string> = new Set();
const maximumDepth = 100;

function isRead({ origins, value }: Known, read: ReadValues, depth: number): boolean {
  if (origins.some((origin) => read.origins.has(origin))) return true;
  if (!isList(value) || depth > maximumDepth) return false;
  return value.items.some(
    (item) =>
      isRead(item, read, depth + 1) ||
      (isMap(item.value) && [...item.value.entries.values()].some((part) => isRead(part, read, depth + 1))),
  );
}

/** Whether something inside was read, or is spoken of. */
function hasReadPart({ value }: Known, looking: Looking, depth = 0): boolean {
  if (!isMap(value) || depth > maximumDepth) return false;
  return [...value.entries].some(
    ([key, part]) =>
      looking.isNamed(key) || isRead(part, looking.read, depth) || hasReadPart(part, looking, depth + 1),
  );
}

/** Values of charts inside, of all of them, and what only switches them on; what lies below those that are switched off counts. */
function reservedIn({ metadata, dependencies }: Chart): Set<string> {
  const inside = dependencies.map((one) => one.metadata.name);
  const declared = metadata.dependencies.flatMap(({ name, alias, condition }) => [
    name,
    alias,
    ...condition.split(',').map((path) => path.trim().split('.')[0] ?? ''),
  ]);
  return new Set(['global', 'tags', ...inside, ...declared]);
}

/** All words of the templates of a chart and of those inside of it. */
function wordsOf({ templates, dependencies }: Chart): Set<string> {
  const words = new Set<string>();
  for (const file of templates)
    for (const [word] of textOfFile(file).matchAll(/[\p{L}\p{Nd}_-]+/gu)) {
      words.add(word);
      for (const part of word.split('-')) words.add(part);
    }
  for (const one of dependencies) for (const word of wordsOf(one)) words.add(word);
  return words;
}
