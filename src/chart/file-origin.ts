import { type Origin, originOfEntry } from '../object/provenance.ts';
import type { ChartFile } from './chart.ts';

/** The origin of a whole file of a chart: a template, or what `.Files` reads. */
export function originOfFile({ path }: ChartFile, text: string): Origin {
  return originOfEntry('resources', { file: { path, text }, start: 0, end: text.length });
}
