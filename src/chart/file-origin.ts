import { type Origin, originOfEntry } from '../object/provenance.ts';
import type { ChartFile } from './chart.ts';

/** The origin of a whole file: a template, what `.Files` reads, or what a parameter takes as a value. */
export function originOfFile({ path }: Pick<ChartFile, 'path'>, text: string): Origin {
  return originOfEntry('resources', { file: { path, text }, start: 0, end: text.length });
}
