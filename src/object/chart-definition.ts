import { stepsOf } from './provenance.ts';
import type { Resource } from './resource.ts';

/** Whether an object is a definition from the folder `crds/` of a chart: Helm installs it, but neither owns nor deletes it. */
export function isChartDefinition({ object, origin, chart }: Resource): boolean {
  if (chart === undefined || object['kind'] !== 'CustomResourceDefinition') return false;
  return stepsOf(origin).some(({ by }) => by === 'crds');
}
