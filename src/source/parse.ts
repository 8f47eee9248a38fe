import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import type { AnyReader, LoadedFile } from './document.ts';
import { defaultLimits, type Limits, type Spent } from './limits.ts';
// Loaded when called: few patches are JSON.
import { parseJson } from './parse-json.ts';
// Loaded when called: most runs never need the library.
import { parseWithLibrary } from './parse-with-library.ts';
import { scanDocuments } from './scan.ts';
import { syntaxFinding } from './syntax-finding.ts';

const maxFindings = 100;

/** The documents of a file as `reader` decodes them. The only way to the parser. */
export function parseDocuments(
  file: SourceFile,
  reader: AnyReader,
  limits?: Partial<Limits>,
  spent: Spent = { aliasNodes: 0 },
): LoadedFile {
  const allLimits = { ...defaultLimits, ...limits };
  if (reader === 'json') return parseJson(file, allLimits);
  const documents = scanDocuments(file, reader === 'patch' ? 'kustomize' : reader, allLimits);
  if (documents !== undefined) return { file, documents, diagnostics: [] };
  const directive = /^\uFEFF?(?:[ \t]*(?:#.*)?\r?\n)*(%.*)/.exec(file.text);
  if (directive !== null) return { file, documents: [], diagnostics: [directiveFinding(file, directive)] };
  return withFewFindings(parseWithLibrary(file, reader, allLimits, spent));
}

// kubectl, kustomize and Flux split a file at `---` before they parse it, which leaves a directive without its document.
function directiveFinding(file: SourceFile, [match, line = '']: RegExpExecArray): Diagnostic {
  const message = `the directive ${line.trim()} has no document behind it once the file is split at ---`;
  const range = [match.length - line.length, match.length] as const;
  return syntaxFinding('yaml-syntax', file, range, message, 'remove the line');
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
