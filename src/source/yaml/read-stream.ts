import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { SourceFile } from '../../diagnostic/source-file.ts';
import { type ConvertState, convertDocument } from '../convert-nodes.ts';
import {
  type Document,
  decoderOf,
  type LoadedFile,
  readsFirstDocument,
  type YamlReader,
} from '../document.ts';
import type { Limits, Spent } from '../limits.ts';
import { syntaxFinding } from '../syntax-finding.ts';
import type { Chunk } from './chunk.ts';
import { type Composed, composeDocument, TooDeep } from './compose.ts';
// Loaded when called: most runs never need the library.
import { explainRefusal } from './explain-refusal.ts';
import { Refusal } from './refusal.ts';
import { splitStream } from './split-stream.ts';
import type { Dialect } from './tokens.ts';

/** Reads a text as its reader does, all of YAML: split into parts, and of each part the first document. */
export function readStream(file: SourceFile, reader: YamlReader, limits: Limits, spent: Spent): LoadedFile {
  const documents: Document[] = [];
  const diagnostics: Diagnostic[] = [];
  const base = {
    file,
    readBy: reader,
    limits,
    diagnostics,
    fileSpent: { aliasNodes: 0 },
    spent,
  };
  const whole = { start: 0, end: file.text.length, isJson: false };
  const chunks = readsFirstDocument(reader) ? [whole] : chunksOf(base);
  const state: ConvertState = { ...base, isLone: chunks.length === 1 };
  for (const chunk of chunks) {
    if (documents.length === limits.documents) {
      diagnostics.push(tooMany(file, chunk.start, limits));
      break;
    }
    const document = readChunk(chunk, documents.length, state);
    if (document !== undefined) documents.push(document);
  }
  return { file, documents, diagnostics };
}

/** What stands before a refusal is read: kubectl applies it. */
function chunksOf({
  file,
  readBy,
  diagnostics,
}: Pick<ConvertState, 'file' | 'readBy' | 'diagnostics'>): readonly Chunk[] {
  const chunks: Chunk[] = [];
  try {
    for (const chunk of splitStream(file, decoderOf(readBy))) chunks.push(chunk);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    diagnostics.push(syntaxFinding('yaml-syntax', file, [error.start, error.end], error.message, error.help));
  }
  return chunks;
}

function readChunk(chunk: Chunk, index: number, state: ConvertState): Document | undefined {
  const composed = compose(chunk, state);
  if (composed === undefined) return undefined;
  reportUnread(composed.end, chunk, state);
  if (chunk.isJson) {
    reportOtherJson(chunk, state);
    reportHugeNumber(chunk, state);
  }
  const converted = composed.node && convertDocument(composed.node, state);
  return converted && { index, ...converted };
}

function compose({ start, end, isJson }: Chunk, state: ConvertState): Composed | undefined {
  const { file, readBy, limits, diagnostics } = state;
  const isThird = decoderOf(readBy) === 'kustomize';
  const dialect: Dialect = { isThird, isJson };
  const text = readBy === 'api-server' && !isJson ? withLastBreak(file.text, end) : file.text;
  // A byte order mark at the start of what go-yaml is given is none of its characters.
  const from = file.text.charCodeAt(start) === 0xfeff ? start + 1 : start;
  try {
    return composeDocument(text, [from, end + text.length - file.text.length], dialect, limits.depth);
  } catch (error) {
    if (error instanceof TooDeep) diagnostics.push(tooDeep(file, error.at, limits));
    else if (error instanceof Refusal) {
      const { range, message, help } = explainRefusal(file.text, [from, end], error, limits.depth);
      diagnostics.push(syntaxFinding('yaml-syntax', file, range, message, help));
    } else throw error;
    return undefined;
  }
}

// YAMLReader of k8s.io/apimachinery ends each line that it hands on.
function withLastBreak(text: string, end: number): string {
  return end < text.length || text.endsWith('\n') ? text : `${text}\n`;
}

// A comment goes on to the end of its line and nowhere else, so that there is one way to match.
const nothing = /^(?:[ \t\r\n]|#.*(?!.)|(?:---|\.\.\.)(?![^ \t\r\n]))*$/;

/** go-yaml stops behind the first document of what it is given, whatever stands there. */
function reportUnread(from: number, { end }: Chunk, state: ConvertState): void {
  const { file, diagnostics, readBy } = state;
  const rest = file.text.slice(from, end);
  if (nothing.test(rest)) return;
  const at = from + rest.search(/[^ \t\r\n]/);
  const newline = file.text.indexOf('\n', at);
  const [message, help] = unreadWords(state);
  const range = [at, newline < 0 ? end : Math.min(newline, end)] as const;
  const { unchecked: _, ...finding } = syntaxFinding('yaml-syntax', file, range, message, help);
  diagnostics.push(readBy === 'kustomization' ? { ...finding, severity: 'warning' } : finding);
}

function unreadWords({ file, readBy }: ConvertState): [message: string, help: string] {
  if (readBy === 'kustomization')
    return [
      'nothing reads this: kustomize takes the first document of a kustomization and no more',
      'write it into the first document, or remove it',
    ];
  const { isUtf16 } = file;
  if (isUtf16 === true)
    return [
      'nothing reads this: of a UTF-16 file kustomize and Flux read the first document and no more',
      'save the file as UTF-8',
    ];
  return [
    'nothing reads this: the document above ends, and no line with --- starts a new one',
    'write --- on a line of its own before it, or remove it',
  ];
}

/** Argo CD and kustomize read JSON as YAML, which has other escapes, and keys of one line and 1024 characters. */
function reportOtherJson({ start, end }: Chunk, { file, limits, diagnostics }: ConvertState): void {
  try {
    composeDocument(file.text, [start, end], { isThird: false, isJson: false }, limits.depth);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const message = `kubectl accepts this JSON, but Argo CD and kustomize reject it: ${error.message}`;
    const finding = syntaxFinding('yaml-syntax', file, [error.start, error.end], message, error.help);
    const { unchecked: _, ...told } = finding;
    diagnostics.push(told);
  }
}

const hugeNumber = /[:[,\s](-?\d[\d.]*[eE]\+?\d{3,})(?=[\s,\]}])/g;

/** A number that YAML takes for a text, and Go's JSON decoder for one that is too large. */
function reportHugeNumber({ start, end }: Chunk, { file, diagnostics }: ConvertState): void {
  const withoutTexts = file.text
    .slice(start, end)
    .replace(/"(?:[^"\\]|\\.)*"/g, (text) => ' '.repeat(text.length));
  for (const { 1: digits = '', index } of withoutTexts.matchAll(hugeNumber)) {
    if (Number.isFinite(Number(digits))) continue;
    const at = start + index + 1;
    const range = [at, at + digits.length] as const;
    diagnostics.push(syntaxFinding('not-json', file, range, 'the number is too large', 'put it in quotes'));
  }
}

function tooDeep(file: SourceFile, offset: number, limits: Limits): Diagnostic {
  const message = `nested more than ${limits.depth} levels deep`;
  const help = 'flatten the document, or fix an unclosed bracket';
  return syntaxFinding('too-deep', file, [offset, offset], message, help);
}

function tooMany(file: SourceFile, offset: number, limits: Limits): Diagnostic {
  const message = `more than ${limits.documents} documents`;
  return syntaxFinding('too-large', file, [offset, offset], message, 'split the file');
}
