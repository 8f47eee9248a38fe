import { isMap, newMap } from '../template/value/datum.ts';
import { copyDeep } from '../template/value/deep.ts';
import type { GoMap, Known } from '../template/value/model.ts';
import { type Chart, ChartError } from './chart.ts';
import type { HelmVersion } from './release.ts';

/**
 * The values that a chart and the charts inside of it are rendered with: what a user gives above the defaults
 * (pkg/chartutil/coalesce.go of Helm 3.22). A null takes a default away.
 */
export function coalesceValues(chart: Chart, given: GoMap, way: Coalescing): GoMap {
  const copy = copyMap(given);
  coalesceChart(chart, copy, way);
  return copy;
}

/** How values become one. */
export interface Coalescing {
  /** For the chart above, which sees nulls as well. */
  readonly isMerging: boolean;
  /** Helm 4 leaves nulls out of a chart's own values. */
  readonly helm: HelmVersion;
}

export function copyMap(map: GoMap): GoMap {
  const { value } = copyDeep({ value: map, origins: [] });
  return isMap(value) ? value : newMap();
}

function coalesceChart(chart: Chart, into: GoMap, way: Coalescing): void {
  coalesceDefaults(chart, into, way);
  for (const child of chart.dependencies) {
    const { name } = child.metadata;
    const own = into.entries.get(name);
    if (own !== undefined && !isMap(own.value))
      throw new ChartError(`type mismatch on ${name}: a table belongs there`);
    const values = isMap(own?.value) ? own.value : newMap();
    if (own === undefined) into.entries.set(name, { value: values, origins: [] });
    coalesceGlobals(values, into);
    coalesceChart(child, values, way);
  }
}

function coalesceGlobals(into: GoMap, from: GoMap): void {
  const [target, source] = [into.entries.get('global'), from.entries.get('global')];
  if ((target !== undefined && !isMap(target.value)) || (source !== undefined && !isMap(source.value)))
    return;
  const own = isMap(target?.value) ? target.value : newMap();
  for (const [key, known] of isMap(source?.value) ? source.value.entries : []) {
    const there = own.entries.get(key);
    if (isMap(known.value)) {
      const copy = newMap(known.value.entries);
      if (there === undefined) own.entries.set(key, { ...known, value: copy });
      else if (isMap(there.value)) {
        // What the parent has counts, and so the merge goes the other way round.
        coalesceTables(copy, there.value, true);
        own.entries.set(key, { ...known, value: copy });
      }
    } else if (!isMap(there?.value)) own.entries.set(key, known);
  }
  into.entries.set('global', { value: own, origins: target?.origins ?? source?.origins ?? [] });
}

function coalesceDefaults(chart: Chart, into: GoMap, { isMerging, helm }: Coalescing): void {
  const children = new Set(chart.dependencies.map(({ metadata }) => metadata.name));
  const cleans = helm === 4 && !isMerging;
  for (const [key, known] of copyMap(chart.values).entries) {
    const own = into.entries.get(key);
    const merges = isMerging || children.has(key);
    if (own === undefined) {
      if (cleans && isMap(known.value)) removeNulls(known.value);
      if (!cleans || !isNull(known)) into.entries.set(key, known);
    } else if (isNull(own) && !isMerging) into.entries.delete(key);
    else if (isMap(own.value) && isMap(known.value)) {
      if (cleans && !merges) removeNulls(known.value);
      coalesceTables(own.value, known.value, merges);
    }
  }
}

function removeNulls(map: GoMap): void {
  for (const [key, known] of map.entries) {
    if (isNull(known)) map.entries.delete(key);
    else if (isMap(known.value)) removeNulls(known.value);
  }
}

/** Fills a table in with another one; of both the first one counts. */
export function coalesceTables(into: GoMap, from: GoMap, isMerging: boolean): GoMap {
  const isGiven = new Set([...from.entries].flatMap(([key, known]) => (isNull(known) ? [] : [key])));
  for (const [key, known] of into.entries) if (isNull(known)) from.entries.set(key, known);
  for (const [key, known] of from.entries) {
    const own = into.entries.get(key);
    if (own !== undefined && !isMerging && isNull(own) && isGiven.has(key)) into.entries.delete(key);
    else if (own === undefined) into.entries.set(key, known);
    else if (isMap(known.value) && isMap(own.value)) coalesceTables(own.value, known.value, isMerging);
  }
  return into;
}

function isNull({ value }: Known): boolean {
  return value === null || value === undefined;
}
