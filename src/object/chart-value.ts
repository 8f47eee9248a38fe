import type { ReleaseReference } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import { keyAt, type Positions, stride } from '../source/position.ts';
import { formatPath, type Path, type PathElement } from '../source/value.ts';
import { getAt, type Origin, type Step, stepsOf } from './provenance.ts';
import { type ChartOrigin, type Resource, trackedObject } from './resource.ts';

/** Who installs an object and which of the chart's own values sets the field; undefined for an object that no chart made. */
export function releaseOf(resource: Resource, path: Path, at: Span): ReleaseReference | undefined {
  const { chart } = resource;
  if (chart === undefined) return undefined;
  const name = chart.release;
  if (chart.isOwn || !chart.lines.flatMap(stepsOf).some((step) => isAt(step, at))) return { name };
  const origin = getAt(trackedObject(resource), path)?.origin;
  const value = origin === undefined ? undefined : lastValue(origin, chart);
  return value === undefined ? { name } : { name, value: formatPath(value) };
}

function isAt({ span }: Step, { file, start, end }: Span): boolean {
  return span.file === file && span.start <= start && end <= span.end;
}

/** The path of the value of a chart that had the last word, in the values that a release would give it. */
function lastValue(origin: Origin, chart: ChartOrigin): Path | undefined {
  if ('positions' in origin) {
    const folder = chart.values.get(origin.positions.file.path);
    return folder && [...folder, ...pathOf(origin.positions, origin.index)];
  }
  const parts = 'template' in origin ? origin.values : 'last' in origin ? layersOf(origin) : [];
  for (const part of [...parts].reverse()) {
    const value = lastValue(part, chart);
    if (value !== undefined) return value;
  }
  return undefined;
}

function layersOf({ last, previous }: Extract<Origin, { readonly last: Origin }>): readonly Origin[] {
  return previous === undefined ? [last] : [previous, last];
}

/** Where a row stands in its document: the keys and places that lead there. */
function pathOf(positions: Positions, index: number): PathElement[] {
  const { nodes } = positions;
  const path: PathElement[] = [];
  for (let row = 0; row !== index; ) {
    const end = nodes[row * stride + 4] ?? 0;
    let [child, place] = [row + 1, 0];
    for (
      let next = nodes[child * stride + 4] ?? end;
      next <= index;
      next = nodes[child * stride + 4] ?? end
    ) {
      child = next;
      place += 1;
    }
    if (child >= end) return path;
    path.push(keyAt(positions, child) ?? place);
    row = child;
  }
  return path;
}
