import type { TextEdit } from 'vscode-languageserver';
import type { Finding } from '../../report/report.ts';
import { pathInside } from '../file-url.ts';
import type { JudgingHost, OpenedRepository } from '../language-host.ts';
import { objectReferences } from './answer-references.ts';
import { openFolder } from './judged-folder.ts';
import type { FixAnswer, NamedPlace, OpenText, RenameQuestion } from './messages.ts';

/** The edits that give an object another name wherever it is named; refused where something would break that does not yet. */
export function answerRename(
  { host }: { readonly host: JudgingHost },
  { uri, offset, name, folders, documents }: RenameQuestion,
): FixAnswer {
  if (!/^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/u.test(name))
    return { refused: 'a name must be lowercase letters, digits, "-" and "."' };
  for (const folder of folders) {
    const opened = openFolder(host, folder, documents);
    if (opened === undefined || pathInside(opened.url, uri) === undefined) continue;
    const before = host.judge(opened, { onStep: () => undefined });
    const places = objectReferences([{ ...opened, judgement: before }], { uri, offset });
    if (places.length === 0) return { refused: 'there is no object with known names here' };
    const renamed = openFolder(host, folder, edited(opened, documents, { places, name }));
    const after = renamed && host.judge(renamed, { onStep: () => undefined });
    const broken = after && newError(before.report.findings, after.report.findings);
    return broken === undefined ? { changes: changesOf(places, name) } : { refused: broken.message };
  }
  return { refused: 'the file is not in a workspace folder' };
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
