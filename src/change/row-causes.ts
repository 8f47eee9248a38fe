import { grouped } from '../diagnostic/grouped.ts';
import { inventoryKey } from '../reconcile/cluster.ts';
import type { ChangedPlace } from '../report/change-report.ts';
import { type Cause, isGoneWithFile, lineOf } from './cause.ts';
import type { Edits } from './edits.ts';
import type { Effect } from './effect.ts';
import { gravest } from './severity.ts';
import { objectWords } from './twins.ts';

/**
 * The effects of each cause: those of one edited line, then those of the lines of one contiguous edit, then those of all
 * lines of a file that do the same to the same objects, and those of copies of a file. Other reasons, severities and safe ways are other
 * rows.
 */
export function effectsByCause(effects: readonly Effect[], edits: Edits): (readonly Effect[])[] {
  const byLine = [...grouped(effects, lineKey).values()];
  const byEdit = merged(byLine, (group) => editKey(group, edits));
  const byConsequence = merged(byEdit, consequenceKey).map(inOrderOfLines);
  return merged(byConsequence, copyKey);
}

/** Equal for effects that one line has for one reason. */
function lineKey({ reason, headline, cause, held }: Effect): string {
  if (headline !== undefined) return JSON.stringify([reason, headline]);
  const place = cause === undefined ? objectWords(held.resource) : lineOf(cause);
  return JSON.stringify([reason, place]);
}

type Group = readonly Effect[];

/** Groups with equal keys made one; those without a key stay as they are. */
function merged(groups: readonly Group[], keyOf: (group: Group) => string | undefined): Group[] {
  const keyed = groups.map((group, index) => ({ group, key: keyOf(group) ?? `alone ${index}` }));
  return [...grouped(keyed, ({ key }) => key).values()].map((same) => same.flatMap(({ group }) => group));
}

function editKey(group: Group, edits: Edits): string | undefined {
  const cause = lineCause(group);
  const edit = cause && edits.editOf(cause.revision, cause.span);
  if (cause === undefined || edit === undefined) return undefined;
  // What goes with a file goes as a whole; else each object may stay in its own way.
  return JSON.stringify([...likeness(group, isGoneWithFile(cause, edits)), edit]);
}

function consequenceKey(group: Group): string | undefined {
  if (lineCause(group) === undefined) return undefined;
  const met = group.map(({ cluster, held }) => `${cluster.key} ${inventoryKey(held.resource)}`);
  return JSON.stringify([...likeness(group), [...new Set(met)].sort()]);
}

/** Equal for what happens alike to copies of an object in several files of no kustomization. */
function copyKey(group: Group): string | undefined {
  if (!group.every(({ held, headline }) => held.owner.by === 'manifests' && headline === undefined))
    return undefined;
  const happens = group.map(({ held, reason, severity, what = '' }) =>
    [inventoryKey(held.resource), reason, severity, what].join('\n'),
  );
  return JSON.stringify(happens.sort());
}

function lineCause(group: Group): Cause | undefined {
  return group.some(({ headline }) => headline !== undefined) ? undefined : group[0]?.cause;
}

/** What has to be equal for lines to be one cause. */
function likeness(group: Group, isWithFile = false): readonly (string | readonly string[] | undefined)[] {
  const safe = group.find((one) => one.safe !== undefined)?.safe ?? [];
  const steps = safe.map(({ text, forAll }) => (isWithFile ? forAll?.(0) : undefined) ?? text);
  return [group[0]?.reason, gravest(group), group[0]?.cause?.span.file.path, steps];
}

/** Those of the head before those of the base. */
function inOrderOfLines(group: Group): Group {
  const rank = ({ cause }: Effect): number => (cause?.revision === 'base' ? 1 : 0);
  return lineCause(group) === undefined
    ? group
    : group.toSorted((a, b) => rank(a) - rank(b) || (a.cause?.span.start ?? 0) - (b.cause?.span.start ?? 0));
}

/** The lines behind effects, each once, in their order. */
export function placesOf(effects: readonly Effect[]): ChangedPlace[] {
  const causes = effects.flatMap(({ cause }) => (cause === undefined ? [] : [cause]));
  const places = new Map<string, ChangedPlace>();
  for (const cause of causes) {
    const key = JSON.stringify(lineOf(cause));
    if (!places.has(key)) places.set(key, cause);
  }
  return [...places.values()];
}

/** `edited as well: lines 14-16 and 20`, those that are gone by themselves, and those of other files. */
export function furtherLines(places: readonly ChangedPlace[], file: string | undefined): string[] {
  const [here, elsewhere] = [true, false].map((isHere) =>
    places.filter(({ span }) => (span.file.path === file) === isHere),
  ) as [ChangedPlace[], ChangedPlace[]];
  const inFile = [...grouped(here, ({ revision }) => revision)].map(
    ([revision, ofFile]) =>
      `${revision === 'head' ? 'also edited' : 'also removed, in the base'}: ${linesIn(ofFile)}`,
  );
  const files = [...grouped(elsewhere, ({ revision, span }) => `${revision} ${span.file.path}`).values()];
  const words = files
    .slice(0, mostFiles)
    .map((ofFile) => `${linesIn(ofFile)} of ${ofFile[0]?.span.file.path}`);
  const more = files.length > mostFiles ? ` and lines of ${files.length - mostFiles} more files` : '';
  return files.length === 0 ? inFile : [...inFile, `also edited: ${words.join(', ')}${more}`];
}

const mostFiles = 5;

function linesIn(places: readonly ChangedPlace[]): string {
  const lines = lineNumbers(places);
  return `${lines.length === 1 ? 'line' : 'lines'} ${inRuns(lines)}`;
}

/** The lines of places of one file, in their order. */
function lineNumbers(places: readonly ChangedPlace[]): number[] {
  let [line, offset] = [1, 0];
  return places
    .toSorted((a, b) => a.span.start - b.span.start)
    .map(({ span: { file, start } }) => {
      for (let next = file.text.indexOf('\n', offset); next >= 0 && next < start; line++) {
        offset = next + 1;
        next = file.text.indexOf('\n', offset);
      }
      return line;
    });
}

function inRuns(lines: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run !== undefined && line === run.last + 1) run.last = line;
    else runs.push({ first: line, last: line });
  }
  const words = runs.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`));
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
