/** A chart that a step before the run fetched, or the line that fetches it. */
export interface ChartCopy {
  readonly path?: string;
  readonly line?: string;
}

/** Where the chart of a repository, a name and a version or range lies. */
export type ChartCopies = (repository: string, name: string, version: string) => ChartCopy;

/** Copies by what they are, as `BuildOptions.charts` has them. */
export function chartKey(repository: string, name: string, version: string): string {
  return JSON.stringify([repository, name, version]);
}

/** An entry of the deprecated `helmChartInflationGenerator` as one of `helmCharts`: upstream field by upstream field. */
export const renamedFields: Readonly<Record<string, string>> = {
  chartName: 'name',
  chartVersion: 'version',
  chartRepoUrl: 'repo',
  values: 'valuesFile',
  valuesLocal: 'valuesInline',
  valuesMerge: 'valuesMerge',
  releaseName: 'releaseName',
};
