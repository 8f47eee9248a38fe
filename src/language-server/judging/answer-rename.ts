import type { TextEdit } from 'vscode-languageserver';
import type { Finding } from '../../report/report.ts';
import { rangeOf } from '../editor-range.ts';
import { pathInside } from '../file-url.ts';
import type { JudgingHost, OpenedRepository } from '../language-host.ts';
import { objectReferences } from './answer-references.ts';
import { type JudgedFolder, openFolder, textOf } from './judged-folder.ts';
import type { FixAnswer, NamedPlace, OpenText, Refused, RenameQuestion } from './messages.ts';
import { filesWithVariable, variableNamedAt } from './variable-uses.ts';

/** The edits that give an object, or a variable of Flux, another name wherever it is named; refused where something would break that does not yet. */
export function answerRename(
  { host }: { readonly host: JudgingHost },
  { uri, offset, name, folders, documents }: RenameQuestion,
): FixAnswer {
  for (const folder of folders) {
    const opened = openFolder(host, folder, documents);
    const path = opened && pathInside(opened.url, uri);
    if (opened === undefined || path === undefined) continue;
    const before = host.judge(opened, { onStep: () => undefined });
    const judged = { ...opened, judgement: before };
    const variable = variableNamedAt(judged, path, offset);
    const places =
      variable === undefined
        ? objectPlaces(judged, { uri, offset, name })
        : variablePlaces(judged, variable, name);
    if ('refused' in places) return places;
    const renamed = openFolder(host, folder, edited(opened, documents, { places, name }));
    const after = renamed && host.judge(renamed, { onStep: () => undefined });
    const broken = after && newError(before.report.findings, after.report.findings);
    return broken === undefined ? { changes: changesOf(places, name) } : { refused: broken.message };
  }
  return { refused: 'the file is not in a workspace folder' };
}

function objectPlaces(
  judged: JudgedFolder,
  { uri, offset, name }: Pick<RenameQuestion, 'uri' | 'offset' | 'name'>,
): NamedPlace[] | Refused {
  if (!/^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/u.test(name))
    return { refused: 'a name must be lowercase letters, digits, "-" and "."' };
  const places = objectReferences([judged], { uri, offset });
  return places.length === 0 ? { refused: 'there is no object with known names here' } : places;
}

/** What Flux does not find it leaves empty, and nobody is told: all that has the name has to be known. */
function variablePlaces(
  judged: JudgedFolder,
  { name: old, places }: NonNullable<ReturnType<typeof variableNamedAt>>,
  name: string,
): NamedPlace[] | Refused {
  if (!/^[A-Za-z_]\w*$/u.test(name))
    return { refused: 'a variable must be letters, digits and "_", without a digit at the start' };
  if (!places.some(({ isOwn }) => isOwn)) return { refused: `no file of the workspace sets ${old}` };
  const [taken] = filesWithVariable(judged, name);
  if (taken !== undefined) return { refused: `there is a variable ${name} in ${taken}` };
  const [elsewhere] = filesWithVariable(judged, old, places);
  if (elsewhere !== undefined)
    return { refused: `${elsewhere} has a variable ${old} that may be another one` };
  const exact = places.map((place) => (place.isOwn ? keyOf(judged, place, old) : place));
  const all = exact.filter((place) => place !== undefined).sort((a, b) => a.start - b.start);
  return all.length < exact.length ? { refused: `${old} is set in a way that cannot be edited` } : all;
}

/** The key of an entry such as `NAME: value` or `NAME=value`, of which a place may be the value alone. */
function keyOf(judged: JudgedFolder, place: NamedPlace, name: string): NamedPlace | undefined {
  const path = pathInside(judged.url, place.uri) ?? '';
  const text = textOf(judged, path);
  const line = text.lastIndexOf('\n', place.start - 1) + 1;
  const start = text.indexOf(name, line);
  const before = text.slice(line, start);
  const behind = text.slice(start + name.length, place.end + 1);
  if (start < line || !/^[\s-]*["']?$/u.test(before) || !/^["']?\s*[:=]/u.test(behind)) return undefined;
  const end = start + name.length;
  return { ...place, start, end, range: rangeOf({ file: { path, text }, start, end }) };
}

function changesOf(places: readonly NamedPlace[], newText: string): Record<string, TextEdit[]> {
  const changes = new Map<string, TextEdit[]>();
  for (const { uri, range } of places) changes.set(uri, [...(changes.get(uri) ?? []), { range, newText }]);
  return Object.fromEntries(changes);
}

/** The texts of the files with the new name in them. */
function edited(
  { url, fileSystem }: OpenedRepository,
  documents: readonly OpenText[],
  { places, name }: { readonly places: readonly NamedPlace[]; readonly name: string },
): OpenText[] {
  const texts = new Map(documents.map(({ uri, text }) => [uri, text]));
  for (const { uri, start, end } of places.toReversed()) {
    const text = texts.get(uri) ?? readText(fileSystem, pathInside(url, uri) ?? '');
    texts.set(uri, text.slice(0, start) + name + text.slice(end));
  }
  return [...texts].map(([uri, text]) => ({ uri, text }));
}

function readText(fileSystem: OpenedRepository['fileSystem'], path: string): string {
  const bytes = fileSystem.read(path);
  return typeof bytes === 'string' ? '' : new TextDecoder().decode(bytes);
}

/** An error of a rule that had fewer before. */
function newError(before: readonly Finding[], after: readonly Finding[]): Finding | undefined {
  const left = new Map<string, number>();
  for (const { rule } of before) left.set(rule, (left.get(rule) ?? 0) + 1);
  return after.find(({ rule, severity }) => {
    const count = (left.get(rule) ?? 0) - 1;
    left.set(rule, count);
    return severity === 'error' && count < 0;
  });
}
