import type { EnvironmentReport, Occurrence } from '../report.ts';
import { visible } from '../visible.ts';

/** The environments in which a finding shows, each once. */
export function environmentNames(
  occurrences: readonly Occurrence[],
  environments: readonly EnvironmentReport[],
): string[] {
  const entryPoints = occurrences.flatMap(({ entryPoint }) => (entryPoint === undefined ? [] : [entryPoint]));
  return [...new Set(entryPoints)].map((entryPoint) =>
    visible(environments.find((one) => one.entryPoint === entryPoint)?.name ?? entryPoint),
  );
}
