import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import { type AnyReader, decoderOf, type LoadedFile } from './document.ts';
import { defaultLimits, type Limits, type Spent } from './limits.ts';
// Loaded when called: few patches are JSON.
import { parseJson } from './parse-json.ts';
import { scanDocuments } from './scan.ts';
import { syntaxFinding } from './syntax-finding.ts';
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
  const hidden = findHiddenText(file);
  if (reader === 'json') return alsoTelling(hidden, parseJson(file, allLimits));
  if (hidden.some(({ unchecked }) => unchecked !== undefined))
    return { file, documents: [], diagnostics: hidden };
  const isOne = reader === 'operations' || reader === 'field-specs';
  const mayBeMore = isOne && /^(?:---|\.\.\.)/m.test(file.text);
  const documents = mayBeMore ? undefined : scanDocuments(file, decoderOf(reader), allLimits);
  if (documents !== undefined) return { file, documents, diagnostics: hidden };
  return withFewFindings(alsoTelling(hidden, readStream(file, reader, allLimits, spent)));
}

/** JSON takes characters in texts that YAML refuses. */
function alsoTelling(hidden: readonly Diagnostic[], loaded: LoadedFile): LoadedFile {
  const told = hidden.filter(({ unchecked }) => unchecked === undefined);
  return told.length === 0 ? loaded : { ...loaded, diagnostics: [...told, ...loaded.diagnostics] };
}

/** Nobody reads the ten thousandth duplicate key of a file, and a report must stay in bounds. */
function withFewFindings(loaded: LoadedFile): LoadedFile {
  const { file, diagnostics } = loaded;
  const [first] = diagnostics.slice(maxFindings);
  if (first === undefined) return loaded;
  const message = `${diagnostics.length - maxFindings} more problems in this file`;
  const range = [first.span.start, first.span.end] as const;
  const more = syntaxFinding('yaml-syntax', file, range, message, 'correct the first ones and run again');
  return { ...loaded, diagnostics: [...diagnostics.slice(0, maxFindings), more] };
}
