import type { EnvironmentReport, Occurrence } from '../report.ts';
import { visible } from '../visible.ts';

/** The environments in which a finding shows, each once. */
export function environmentNames(
  occurrences: readonly Occurrence[],
  environments: readonly EnvironmentReport[],
): string[] {
  const names = occurrences.flatMap((occurrence) => {
    const { entryPoint } = occurrence;
    const own = environments.filter((one) => showsIn(occurrence, one)).map(({ name }) => name);
    return own.length > 0 || entryPoint === undefined ? own : [entryPoint];
  });
  return [...new Set(names)].map(visible);
}

/** Whether something shows in an environment; what no object tells is of all that share a cluster. */
export function showsIn(
  { entryPoint, environment }: Occurrence,
  { entryPoint: own, isPart, name }: EnvironmentReport,
): boolean {
  return entryPoint === own && (isPart !== true || environment === undefined || environment === name);
}
