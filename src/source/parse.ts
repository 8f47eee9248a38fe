import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import { type AnyReader, type Document, decoderOf, type LoadedFile, readsFirstDocument } from './document.ts';
import { defaultLimits, type Limits, type Spent } from './limits.ts';
// Loaded when called: few patches are JSON.
import { parseJson } from './parse-json.ts';
import { scanDocuments } from './scan.ts';
import { syntaxFinding } from './syntax-finding.ts';
import { isMapping } from './value.ts';
import { findHiddenText } from './yaml/hidden-text.ts';
// Loaded when called: nearly all files keep to what the scanner reads.
import { readStream } from './yaml/read-stream.ts';

const maxFindings = 100;

/** The documents of a file as `reader` decodes them. The only way to the parser. */
export function parseDocuments(
  file: SourceFile,
  reader: AnyReader,
  limits?: Partial<Limits>,
  spent: Spent = { aliasNodes: 0 },
): LoadedFile {
  const allLimits = { ...defaultLimits, ...limits };
  const hidden = [...tellUtf16(file, reader), ...findHiddenText(file)];
  if (reader === 'json') return alsoTelling(hidden, parseJson(file, allLimits));
  if (hidden.some(({ unchecked }) => unchecked !== undefined))
    return { file, documents: [], diagnostics: hidden };
  const isOne = readsFirstDocument(reader) || file.isUtf16 === true;
  const mayBeMore = isOne && /^\.\.\.|\n(?:---|\.\.\.)/.test(file.text);
  const scanned = mayBeMore ? undefined : scanDocuments(file, decoderOf(reader), allLimits);
  const isPlain = scanned?.documents.some(isListOfItems) === false;
  if (scanned !== undefined && (isPlain || reader !== 'kustomize')) {
    const isAlike = isPlain && scanned.isReadAlike && !isOne;
    const loaded = { file, documents: scanned.documents, diagnostics: hidden };
    return isAlike ? { ...loaded, isReadAlike: true } : loaded;
  }
  return withFewFindings(alsoTelling(hidden, readStream(file, reader, allLimits, spent)));
}

/** kustomize reads lists of objects in ways that the scanner does not know. */
function isListOfItems({ value }: Document): boolean {
  const kind = isMapping(value) ? value['kind'] : undefined;
  return typeof kind === 'string' && kind.endsWith('List');
}

/** kubectl reads lines of bytes and ends each, so that a character may be cut in two; Argo CD turns the file into UTF-8 first. */
function tellUtf16(file: SourceFile, reader: AnyReader): Diagnostic[] {
  if (file.isUtf16 !== true || reader !== 'api-server') return [];
  const message =
    'the file is UTF-16: Argo CD reads it, kubectl refuses it or reads its first document, kustomize and Flux read the first document';
  const { unchecked: _, ...finding } = syntaxFinding(
    'not-utf8',
    file,
    [0, 0],
    message,
    'save the file as UTF-8',
  );
  return [{ ...finding, severity: 'warning' }];
}

/** JSON takes characters in texts that YAML refuses. */
function alsoTelling(hidden: readonly Diagnostic[], loaded: LoadedFile): LoadedFile {
  const told = hidden.filter(({ unchecked }) => unchecked === undefined);
  return { ...loaded, diagnostics: [...told, ...loaded.diagnostics] };
}

/** Nobody reads the ten thousandth duplicate key of a file, and a report must stay in bounds. */
function withFewFindings(loaded: LoadedFile): LoadedFile {
  const { file, diagnostics } = loaded;
  const [first] = diagnostics.slice(maxFindings);
  if (first === undefined) return loaded;
  const message = `${diagnostics.length - maxFindings} more problems in this file`;
  const range = [first.span.start, first.span.end] as const;
  const more = syntaxFinding('yaml-syntax', file, range, message, 'fix the first ones and run again');
  return { ...loaded, diagnostics: [...diagnostics.slice(0, maxFindings), more] };
}
