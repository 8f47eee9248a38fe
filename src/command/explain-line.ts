import { grouped } from '../diagnostic/grouped.ts';
import { listSome } from '../diagnostic/list-some.ts';
import { plural } from '../diagnostic/plural.ts';
import type { Judgement } from '../fix/judgement.ts';
import { placeAt, type ReadValue, readingOf } from '../language-server/judging/reading.ts';
import { visible } from '../report/visible.ts';
import type { Sources } from '../source/load.ts';

/** How many objects are told of that one line has a part in. */
const mostShown = 10;

/** What a line becomes, as hovering over it tells: the fields that it sets, their values, and the layers of each; undefined where nothing reads it. */
export function lineReport(
  { builds, report }: Judgement,
  sources: Pick<Sources, 'file'>,
  { path, line }: { readonly path: string; readonly line: number },
): string | undefined {
  const text = sources.file(path)?.text;
  const offset = text === undefined ? undefined : endOfLine(text, line);
  if (offset === undefined) return undefined;
  const place = placeAt(readingOf(builds.values(), path, report.secrets), offset);
  if (place === undefined) return undefined;
  const alike = [...grouped(place.values, ({ root: _, ...value }) => JSON.stringify(value)).values()];
  const shown = alike.slice(0, mostShown);
  const more = place.count - shown.reduce((sum, values) => sum + values.length, 0);
  return [
    `${visible(path)}:${line} sets ${plural(place.count, 'field')}; there is no finding here`,
    ...shown.flatMap(valueLines),
    ...(more > 0 ? [`and ${more} more`] : []),
    '',
  ].join('\n');
}

/** Why a line sets nothing, and the next one that does; undefined where the file has no such line. */
export function silentLineReport(
  { builds, report }: Judgement,
  sources: Pick<Sources, 'file'>,
  { path, line }: { readonly path: string; readonly line: number },
): string | undefined {
  const text = sources.file(path)?.text;
  const lines = text?.split('\n') ?? [];
  const own = lines[line - 1];
  if (text === undefined || own === undefined) return undefined;
  if (own === '' && line === lines.length) return undefined;
  const values = readingOf(builds.values(), path, report.secrets);
  const next = lines.findIndex((_, index) => {
    const offset = index >= line ? endOfLine(text, index + 1) : undefined;
    return offset !== undefined && placeAt(values, offset) !== undefined;
  });
  const at = `${visible(path)}:${line}`;
  const more = next < 0 ? '' : `; the next line that sets a field is ${next + 1}`;
  if (own.trim() === '') return `${at} is blank${more}\n`;
  if (own.trimStart().startsWith('#')) return `${at} is a comment${more}\n`;
  return `${at} sets no field of a rendered object; there is no finding here${more}\n`;
}

/** The same value with the same layers, and the builds in which it is. */
function valueLines(values: readonly ReadValue[]): string[] {
  const [first] = values;
  if (first === undefined) return [];
  const { object, field, text, steps } = first;
  const value = text === undefined ? '' : `: ${visible(text)}`;
  const roots = [...new Set(values.map(({ root }) => root || '.'))];
  return [
    `in ${listSome(roots.map(visible))}: ${visible(object)} ${visible(field)}${value}`,
    ...steps.map(({ by, path, line }) => `  ${visible(path)}:${line} ${visible(by)}`),
  ];
}

/** The last letter of a line that has one. */
function endOfLine(text: string, line: number): number | undefined {
  const lines = text.split('\n');
  const own = lines[line - 1];
  if (own === undefined || own.trim() === '') return undefined;
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  if (own.trimStart().startsWith('#')) return undefined;
  const uncommented = own.replace(/\s+#.*$/u, '');
  return before + Math.max(0, uncommented.trimEnd().length - 1);
}
