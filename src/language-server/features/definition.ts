import type { Location } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isKustomizationPath, kustomizationIn } from '../../object/kustomization-path.ts';
import type { FileSystem } from '../../source/file-system.ts';
import { normalisePath } from '../../source/path.ts';
import { chartValueAt, type ValueLine, valueLine } from '../chart/chart-value.ts';
import { objectsNamedAt } from '../completion/propose-names.ts';
import { isWithin, rangeIn } from '../editor-range.ts';
import { type Answering, type Feature, ofDocument } from '../feature.ts';
import { urlOf } from '../file-url.ts';
import type { FinishedFile } from '../finished.ts';
import type { ReadStep } from '../judging/reading.ts';
import { cursorAt } from '../yaml/cursor.ts';
import { objectsIn } from '../yaml/objects.ts';
import { readPlaceAt } from './hover.ts';
import { linksIn } from './links.ts';
import { locationOf as shownLocation } from './references.ts';

export const feature: Feature = {
  capabilities: { definitionProvider: true },
  register(connection, answering) {
    connection.onDefinition(
      ofDocument(async ({ textDocument: { uri }, position }) => {
        if (answering.finished.folders().length === 0) await answering.settled();
        const document = answering.documents.get(uri);
        return document === undefined
          ? null
          : definitionsAt(answering, document, document.offsetAt(position));
      }, 'position'),
    );
  },
};

/**
 * Where what stands at a place comes from: the file that a kustomization names, the value of the chart, the object or variable that is
 * named, or the layers below a value, the base first.
 */
async function definitionsAt(
  answering: Answering,
  document: TextDocument,
  offset: number,
): Promise<Location[] | null> {
  const file = answering.finished.file(document.uri, document.getText());
  const files = file && answering.host.open(file.folder.folder)?.fileSystem;
  if (file === undefined || files === undefined) return null;
  const named = isKustomizationPath(file.path)
    ? namedFile(files, file.path, wordAt(document.getText(), offset))
    : undefined;
  if (named !== undefined) return [startOfFile(file, named)];
  const linked = linkedFile(answering, document, offset);
  if (linked !== undefined) return [linked];
  const value = chartValueAt(document.getText(), file.path, offset, files);
  const line = value && valueLine(files, value);
  if (line !== undefined && line.path !== file.path) return [lineLocation(file, line)];
  const { uri } = document;
  const places = await answering.thread.ask({ ask: 'definition', uri, offset: file.shift.back(offset) });
  if (places.length > 0) return places.map((place) => shownLocation(answering, place));
  const layers = layersBelow(answering, file, { files, text: document.getText(), offset });
  return layers.length > 0 ? layers : knownObjects(answering, document, offset);
}

/** The objects that are named where nothing is rendered, as in a file that no build reads yet. */
function knownObjects(answering: Answering, document: TextDocument, offset: number): Location[] {
  const place = answering.placeOf(document.uri);
  const cursor = cursorAt(document.getText(), offset);
  if (place === undefined || cursor === undefined) return [];
  return objectsNamedAt({ cursor, ...place }).flatMap(({ file, line, kind, name }) => {
    const bytes = file === undefined ? 'missing' : place.files.read(file);
    if (file === undefined || typeof bytes === 'string') return [];
    const text = new TextDecoder().decode(bytes);
    const own = objectsIn(text).find((one) => one.kind === kind && one.name === name)?.nameNode;
    const start = { line: line ?? 0, character: 0 };
    const range =
      own === undefined
        ? { start, end: start }
        : rangeIn(TextDocument.create('', '', 0, text), own.start, own.end);
    return [{ uri: urlOf(place.url, file), range }];
  });
}

/** The file of the repository that a path of Flux or Argo CD leads to. */
function linkedFile(answering: Answering, document: TextDocument, offset: number): Location | undefined {
  const place = answering.placeOf(document.uri);
  const position = document.positionAt(offset);
  const link = place && linksIn(document.getText(), place).find(({ range }) => isWithin(position, range));
  if (link?.target === undefined || !link.target.startsWith('file:')) return undefined;
  const nowhere = { line: 0, character: 0 };
  return { uri: link.target, range: { start: nowhere, end: nowhere } };
}

function lineLocation({ folder }: FinishedFile, { path, text, node }: ValueLine): Location {
  const document = TextDocument.create('', '', 0, text);
  return { uri: urlOf(folder.url, path), range: rangeIn(document, node.start, node.end) };
}

function startOfFile({ folder }: FinishedFile, path: string): Location {
  const nowhere = { line: 0, character: 0 };
  return { uri: urlOf(folder.url, path), range: { start: nowhere, end: nowhere } };
}

function layersBelow(
  answering: Answering,
  file: FinishedFile,
  { files, text, offset }: { readonly files: FileSystem; readonly text: string; readonly offset: number },
): Location[] {
  const locations = new Map<string, Location>();
  const values = readPlaceAt(file, text, offset)?.values ?? [];
  // What stands here for the first time has nothing below it; others, as the hash in a name, only follow from it.
  if (values.some(({ at }) => at === 0)) return [];
  for (const { steps, at } of values) {
    for (const step of steps.slice(0, at)) {
      const location = locationOf(answering, file, { files, step });
      if (location !== undefined) locations.set(JSON.stringify(location), location);
    }
  }
  return [...locations.values()];
}

/** Where a layer stands, in the text that the editor shows or the one on disk. */
function locationOf(
  { documents, finished }: Answering,
  { folder }: FinishedFile,
  { files, step }: { readonly files: FileSystem; readonly step: ReadStep },
): Location | undefined {
  if (files.kind(step.path) !== 'file') return undefined;
  const uri = urlOf(folder.url, step.path);
  const shown = documents.get(uri);
  const shift = shown && finished.file(uri, shown.getText())?.shift;
  const document = shown ?? documentOf(files.read(step.path));
  const move = (at: number): number => shift?.forward(at) ?? at;
  return { uri, range: rangeIn(document, move(step.start), move(step.end)) };
}

function documentOf(bytes: Uint8Array | string): TextDocument {
  const text = typeof bytes === 'string' ? '' : new TextDecoder().decode(bytes);
  return TextDocument.create('', '', 0, text);
}

/** The text around a place without quotes, blanks and what lists are written with. */
function wordAt(text: string, offset: number): string {
  const [before = ''] = /[^\s"',[\]{}]*$/u.exec(text.slice(Math.max(0, offset - 1_000), offset)) ?? [];
  const [after = ''] = /^[^\s"',[\]{}]*/u.exec(text.slice(offset, offset + 1_000)) ?? [];
  const word = before + after;
  // `key=path` of a generator's files.
  return word.slice(word.indexOf('=') + 1);
}

function namedFile(files: FileSystem, kustomization: string, word: string): string | undefined {
  const folder = kustomization.slice(0, kustomization.lastIndexOf('/') + 1);
  const path = word === '' ? undefined : normalisePath(folder + word);
  if (path === undefined) return undefined;
  const kind = files.kind(path);
  if (kind === 'file') return path;
  if (kind !== 'directory') return undefined;
  return kustomizationIn(path, (file) => files.kind(file) === 'file');
}
