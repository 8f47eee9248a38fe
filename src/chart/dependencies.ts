import { isMap, newMap } from '../template/value/datum.ts';
import type { GoMap, Known } from '../template/value/model.ts';
import { parseVersion } from '../template/value/version.ts';
import { meetsConstraint, parseConstraint } from '../template/value/version-constraint.ts';
import { type Chart, type ChartDependency, ChartError } from './chart.ts';
import { coalesceTables, coalesceValues, copyMap } from './coalesce.ts';
import type { HelmVersion } from './release.ts';

/** A chart with the dependencies that its values switch on, under their aliases, and with what it takes over of their values. */
export function processDependencies(chart: Chart, values: GoMap, helm: HelmVersion): Chart {
  return withImports(withEnabled(chart, { values, path: '', helm, spent: { charts: 0 } }), helm);
}

// Aliases within aliases make of a few charts as many as anybody likes.
const mostCharts = 500;

/** Counts charts inside of one, and gives up where they are too many. */
export function spendCharts(spent: { charts: number }, charts: number): void {
  spent.charts += charts;
  if (spent.charts > mostCharts)
    throw new ChartError(`a chart with more than ${mostCharts} nested charts is not rendered here`);
}

/** Whether a version lies in a range (chartutil.IsCompatibleRange). */
export function isCompatible(range: string, text: string): boolean {
  const [constraint, version] = [parseConstraint(range), parseVersion(text)];
  return typeof constraint !== 'string' && version !== undefined && meetsConstraint(version, constraint);
}

/** Dependencies that Chart.yaml declares and that are not there. */
export function missingDependencies({ metadata, dependencies }: Chart): ChartDependency[] {
  const names = new Set(dependencies.map((one) => one.metadata.name));
  return metadata.dependencies.filter(({ name }) => !names.has(name));
}

/** Whether the repository of a dependency is somewhere that charts are fetched from, and no directory or alias. */
export function isFetchable(repository: string): boolean {
  return /^(?:https?|oci):\/\//u.test(repository);
}

interface Choosing {
  readonly values: GoMap;
  /** Names of the charts around it, each with a dot. */
  readonly path: string;
  readonly helm: HelmVersion;
  /** How many charts were chosen so far, of all that are inside. */
  readonly spent: { charts: number };
}

function withEnabled(chart: Chart, choosing: Choosing): Chart {
  const { values, path, helm, spent } = choosing;
  const declared = chart.metadata.dependencies;
  if (declared.length === 0) return chart;
  const isDeclared = ({ metadata }: Chart): boolean =>
    declared.some((one) => one.name === metadata.name && isCompatible(one.version, metadata.version));
  const others = chart.dependencies.filter((one) => !isDeclared(one));
  const renamed = declared.map((one) => (one.alias === '' ? one : { ...one, name: one.alias }));
  const chosen = declared.flatMap((one) => aliased(chart.dependencies, one));
  const all: Chart = { ...chart, dependencies: [...others, ...chosen] };
  spendCharts(spent, all.dependencies.length);
  const merged = coalesceValues(all, values, { isMerging: false, helm });
  const isOff = new Set(renamed.filter((one) => !isEnabled(one, merged, path)).map(({ name }) => name));
  return {
    ...all,
    metadata: { ...chart.metadata, dependencies: renamed.filter(({ name }) => !isOff.has(name)) },
    dependencies: all.dependencies
      .filter(({ metadata }) => !isOff.has(metadata.name))
      .map((one) => withEnabled(one, { ...choosing, values: merged, path: `${path}${one.metadata.name}.` })),
  };
}

function aliased(charts: readonly Chart[], { name, version, alias }: ChartDependency): Chart[] {
  const found = charts.find(
    ({ metadata }) => metadata.name === name && isCompatible(version, metadata.version),
  );
  if (found === undefined) return [];
  if (alias === '') return [found];
  const fields = newMap(found.metadata.fields.entries);
  fields.entries.set('Name', { value: alias, origins: [] });
  return [{ ...found, metadata: { ...found.metadata, name: alias, fields } }];
}

/** By tags first, of which one true is enough, and then by the first condition that is there. */
function isEnabled({ tags, condition }: ChartDependency, values: GoMap, path: string): boolean {
  const table = values.entries.get('tags')?.value;
  const states = tags.map((tag) => (isMap(table) ? table.entries.get(tag)?.value : undefined));
  const byTags = states.includes(true) || !states.includes(false);
  for (const one of condition.trim().split(',')) {
    const value = one === '' ? undefined : valueAtPath(values, path + one)?.value;
    if (typeof value === 'boolean') return value;
  }
  return byTags;
}

/** The value at a path with dots, undefined for none and for a table. */
function valueAtPath(values: GoMap, path: string): Known | undefined {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const found = tableAt(values, steps)?.entries.get(last);
  return isMap(found?.value) ? undefined : found;
}

function tableAt(values: GoMap, steps: readonly string[]): GoMap | undefined {
  let table: GoMap | undefined = values;
  for (const step of steps) {
    const next: unknown = table?.entries.get(step)?.value;
    table = isMap(next as Known['value']) ? (next as GoMap) : undefined;
  }
  return table;
}

/** The deepest charts first, for what a child takes over its parent may take over from it. */
function withImports(chart: Chart, helm: HelmVersion): Chart {
  const dependencies = chart.dependencies.map((one) => withImports(one, helm));
  const own = { ...chart, dependencies };
  if (chart.metadata.dependencies.length === 0) return own;
  const merged = coalesceValues(own, newMap(), { isMerging: true, helm });
  const imported = newMap();
  for (const { name, imports } of chart.metadata.dependencies)
    for (const one of imports) {
      const { child, parent } = typeof one === 'string' ? { child: `exports.${one}`, parent: '.' } : one;
      const table = tableAt(merged, `${name}.${child}`.split('.'));
      if (table !== undefined) coalesceTables(imported, below(parent, table), true);
    }
  return { ...own, values: coalesceTables(copyMap(merged), imported, true) };
}

function below(path: string, table: GoMap): GoMap {
  if (path === '.') return newMap(table.entries);
  return path
    .split('.')
    .reduceRight<GoMap>((inner, step) => newMap([[step, { value: inner, origins: [] }]]), table);
}
