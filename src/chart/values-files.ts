import type { Chart, ChartDependency } from './chart.ts';

/**
 * The files of values of a chart and of those inside of it, each with what leads to its values in those that a release gives; those of a
 * chart that is there more than once under names of its own have no such place.
 */
export function valuesFiles(chart: Chart, path: readonly string[] = []): Map<string, readonly string[]> {
  const own = chart.own.find(({ name }) => name === 'values.yaml');
  const files = new Map<string, readonly string[]>(own === undefined ? [] : [[own.path, path]]);
  for (const inner of chart.dependencies) {
    const name = nameInside(inner.metadata.name, chart.metadata.dependencies);
    if (name === undefined) continue;
    for (const [file, place] of valuesFiles(inner, [...path, name])) files.set(file, place);
  }
  return files;
}

function nameInside(name: string, dependencies: readonly ChartDependency[]): string | undefined {
  const [first, ...others] = dependencies.filter((one) => one.name === name);
  if (others.length > 0) return undefined;
  return first === undefined || first.alias === '' ? name : first.alias;
}
