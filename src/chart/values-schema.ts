import { isMap } from '../template/value/datum.ts';
import type { GoMap } from '../template/value/model.ts';
import type { Chart } from './chart.ts';

/** Refuses values that do not fit the schemas of a chart and the charts inside of it. */
export function refuseValues(chart: Chart, values: GoMap): void {
  for (const child of chart.dependencies) {
    const table = values.entries.get(child.metadata.name)?.value;
    if (isMap(table)) refuseValues(child, table);
  }
}
