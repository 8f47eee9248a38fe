import { originOfMade } from '../object/made-value.ts';
import { lastOrigin, type Origin, type TextSource, type Tracked } from '../object/provenance.ts';
import type { MadeText } from '../source/made-text.ts';

/** A chart that is nobody's here, and the field of the object that installs it. */
export interface ForeignChart {
  readonly path: string;
  readonly installer: Origin;
  /** The line that says which version it is: a change of it changes everything. */
  readonly version?: Origin | undefined;
}

/**
 * A text that a foreign chart made, where what set each stretch last is something that can be changed here: the values that were given
 * for it, or else whoever installs the chart.
 */
export function ownedText(made: MadeText<TextSource>, chart: ForeignChart): MadeText<TextSource> {
  const sources = new Map<TextSource, TextSource>();
  const sourceOf = (source: TextSource): TextSource => {
    const known = sources.get(source) ?? owned(source, chart);
    sources.set(source, known);
    return known;
  };
  return {
    text: made.text,
    stretches: made.stretches.map(({ start, at, source }) =>
      at === undefined ? { start, source: sourceOf(source) } : { start, at, source: sourceOf(source) },
    ),
  };
}

/** A document of a foreign chart that no values reach. */
export function ownedDocument({ value, origin }: Tracked, chart: ForeignChart): Tracked {
  return { value, origin: originOfMade(origin, linesOf(chart)) };
}

/** What counts last stands last: the values of the repository behind those of the chart. */
function owned(source: TextSource, chart: ForeignChart): TextSource {
  const foreign = source.values.filter((one) => isWithin(one, chart));
  const own = source.values.filter((one) => !isWithin(one, chart));
  const values = [...foreign, ...own];
  return own.length > 0 ? { ...source, values } : { ...source, values, told: linesOf(chart) };
}

/** The lines that install a chart: that of its version, and that of its name. */
export function linesOf({ version, installer }: ForeignChart): readonly Origin[] {
  return version === undefined ? [installer] : [version, installer];
}

/** Whether a value was written in the chart itself. */
function isWithin(origin: Origin, { path }: ForeignChart): boolean {
  const last = lastOrigin(origin);
  const file = 'positions' in last ? last.positions.file : 'span' in last ? last.span.file : undefined;
  return file?.path.startsWith(`${path}/`) === true;
}
