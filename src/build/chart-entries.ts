import { getPart, mappingOf as mappingOfParts, type Tracked } from '../object/provenance.ts';
import type { Mapping } from '../source/value.ts';
import type { AccumulatedResource } from './accumulated-resource.ts';
import { renamedFields } from './chart-copies.ts';
import { entriesOf, mappingOf, textOf } from './kustomization.ts';

/** An entry for a chart, and the folder in which kustomize keeps charts, relative to the kustomization. */
export interface ChartEntry {
  readonly entry: Tracked<Mapping>;
  readonly home: string;
}

const defaultHome = 'charts';

/** The charts of a kustomization; those of the deprecated field first, as kustomize rewrites it (types.FixKustomizationPreUnmarshalling). */
export function chartEntries(kustomization: Tracked<Mapping>): ChartEntry[] {
  const globals = mappingOf(kustomization, 'helmGlobals');
  const own = globals === undefined ? '' : textOf(globals, 'chartHome');
  const older = entriesOf(kustomization, 'helmChartInflationGenerator');
  const olderHome = older.map((one) => textOf(one, 'chartHome')).findLast((home) => home !== '');
  const home = own || olderHome || defaultHome;
  return [...entriesOf(kustomization, 'helmCharts'), ...older.map(renamed)].map((entry) => ({ entry, home }));
}

/** The chart of a configuration under `generators`, which says the same as an entry of `helmCharts`; undefined for any other. */
export function chartOfPlugin({ tracked }: AccumulatedResource): ChartEntry | undefined {
  const { apiVersion, kind } = tracked.value;
  if (apiVersion !== 'builtin' || kind !== 'HelmChartInflationGenerator') return undefined;
  return { entry: tracked, home: textOf(tracked, 'chartHome') || defaultHome };
}

function renamed(entry: Tracked<Mapping>): Tracked<Mapping> {
  const parts = Object.entries(renamedFields).flatMap(([older, name]): [string, Tracked][] => {
    const part = getPart(entry, older);
    return part === undefined ? [] : [[name, part]];
  });
  return mappingOfParts(parts, entry.origin);
}
