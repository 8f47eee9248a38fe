import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { findingOfRun } from '../diagnostic/of-run.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import { decodeText } from './decode-text.ts';
import type { AnyReader, Document, LoadedFile } from './document.ts';
import { type Effort, newEffort } from './effort.ts';
import type { FileSystem, ReadFailure } from './file-system.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { parseDocuments } from './parse.ts';
import { newParseMemory, type ParseMemory } from './parse-memory.ts';
import { stride } from './position.ts';
import { rememberFiles } from './remembered-files.ts';
import { syntaxFinding } from './syntax-finding.ts';

export type { LoadedFile };

/** Reads and parses each file once for everyone in a run. */
export interface Sources {
  readonly fileSystem: FileSystem;
  /** The raw bytes of a file, e.g. for a generator. */
  bytes(path: string): Uint8Array | ReadFailure;
  /** The text of a file; undefined where it cannot be read as text. */
  file(path: string): SourceFile | undefined;
  /** The documents of a YAML or JSON file as `reader` decodes them. */
  load(path: string, reader: AnyReader): LoadedFile;
  /** The documents of a file that a report shows: what it counts as read stays as it is. */
  reread(path: string, reader: AnyReader): readonly Document[];
  /** How much of it is read. */
  readonly limits: Limits;
  /** What looking at all of it costs. */
  readonly effort: Effort;
  /** What was done so far; tests hold these figures. */
  readonly counts: {
    readonly filesRead: number;
    readonly filesParsed: number;
    readonly documents: number;
    readonly bytes: number;
  };
}

/** Sources over a file system; what exceeds `limits` becomes a finding. */
export function openSources(
  fileSystem: FileSystem,
  limits?: Partial<Limits>,
  memory: ParseMemory = newParseMemory(),
): Sources {
  const allLimits = { ...defaultLimits, ...limits };
  const counts = { filesRead: 0, filesParsed: 0, documents: 0, bytes: 0 };
  const spent = { aliasNodes: 0 };
  let nodes = 0;
  const read = new Map<string, Uint8Array | ReadFailure>();
  const decoded = new Map<string, ReturnType<typeof decodeText>>();
  const loaded = new Map<string, LoadedFile>();

  function bytes(path: string): Uint8Array | ReadFailure {
    const known = read.get(path);
    if (known !== undefined) return known;
    const result = readWithin(fileSystem, path, allLimits, counts.bytes);
    read.set(path, result);
    counts.filesRead += 1;
    if (typeof result !== 'string') counts.bytes += result.length;
    return result;
  }

  function decode(path: string, content: Uint8Array): ReturnType<typeof decodeText> {
    const known = decoded.get(path) ?? memory.decoded(path, content, () => decodeText(path, content));
    decoded.set(path, known);
    return known;
  }

  function file(path: string): SourceFile | undefined {
    const content = bytes(path);
    const text = typeof content === 'string' ? undefined : decode(path, content);
    return text?.diagnostic === undefined ? text?.file : undefined;
  }

  function load(path: string, reader: AnyReader, isCounted = true): LoadedFile {
    const key = `${reader}:${path}`;
    const known = loaded.get(key);
    if (known !== undefined) return known;
    const content = nodes > allLimits.totalNodes ? 'too-much' : bytes(path);
    const result =
      typeof content === 'string'
        ? unread(path, content, allLimits)
        : parse(path, content, reader, isCounted);
    loaded.set(key, result);
    return result;
  }

  function parse(path: string, content: Uint8Array, reader: AnyReader, isCounted: boolean): LoadedFile {
    const { file, diagnostic } = decode(path, content);
    if (diagnostic !== undefined) return { file, documents: [], diagnostics: [diagnostic] };
    if (reader === 'kustomization' && isReadAsManifest(file)) return load(path, 'api-server');
    const before = spent.aliasNodes;
    const known = memory.loaded(path, content, reader);
    const result = known ?? parseDocuments(file, reader, allLimits, spent);
    for (const { positions } of result.documents) nodes += positions.nodes.length / stride;
    // What aliases add counts in each run.
    if (spent.aliasNodes === before) memory.remember(path, content, reader, result);
    if (isCounted) {
      counts.filesParsed += 1;
      counts.documents += result.documents.length;
    }
    return result;
  }

  return {
    fileSystem: rememberFiles(() => fileSystem),
    bytes,
    file,
    load: (path, reader) => load(path, reader),
    reread: (path, reader) => load(path, reader, false).documents,
    effort: newEffort(() => counts.bytes),
    limits: allLimits,
    counts,
  };
}

/** Whether nothing in a kustomization is read otherwise where a manifest is expected, so that it is parsed but once. */
function isReadAsManifest({ text, hasByteOrderMark, isUtf16 }: SourceFile): boolean {
  if (hasByteOrderMark === true || isUtf16 === true || !text.endsWith('\n')) return false;
  return /^(?:---[ ]*\n)?(?:#[^\n]*\n|\n)*[A-Za-z]/.test(text) && !/\n(?:---|\.\.\.)/.test(text);
}

function readWithin(
  fileSystem: FileSystem,
  path: string,
  limits: Limits,
  soFar: number,
): Uint8Array | ReadFailure {
  const result = fileSystem.read(path);
  if (typeof result === 'string') return result;
  if (result.length > limits.fileBytes) return 'too-large';
  if (soFar + result.length > limits.totalBytes) return 'too-much';
  return isPointer(result) || isLocked(result) ? 'not-fetched' : result;
}

// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: the first line, and less than 1024 bytes.
const pointerLine = 'version https://git-lfs.github.com/spec/v1\n';

/** Whether a file only says where Git LFS keeps its content. */
function isPointer(bytes: Uint8Array): boolean {
  if (bytes.length >= 1024 || bytes.length < pointerLine.length) return false;
  return new TextDecoder('latin1').decode(bytes.subarray(0, pointerLine.length)) === pointerLine;
}

// https://github.com/AGWA/git-crypt/blob/master/commands.cpp: how a file begins that is not unlocked.
const lockedStart = '\0GITCRYPT\0';

/** Whether git-crypt has encrypted a file, and this clone is not unlocked. */
function isLocked(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0 || bytes.length < lockedStart.length) return false;
  return new TextDecoder('latin1').decode(bytes.subarray(0, lockedStart.length)) === lockedStart;
}

function unread(path: string, failure: ReadFailure, limits: Limits): LoadedFile {
  const file = { path, text: '' };
  if (failure === 'too-much') return { file, documents: [], diagnostics: [tooMuchToRead(limits)] };
  const rule = failure === 'too-large' ? 'too-large' : 'unreadable-file';
  const [message, help] = describe(failure, limits);
  const finding = syntaxFinding(rule, file, [0, 0], message, help);
  // What another clone has is not wrong.
  const severity = failure === 'not-fetched' ? 'warning' : finding.severity;
  return { file, documents: [], diagnostics: [{ ...finding, severity }] };
}

/** That a run reads no further, for files that nobody means all of, such as those of a whole disk. */
export function tooMuchToRead({ totalBytes, totalNodes, totalFiles, totalEntries }: Limits): Diagnostic {
  return findingOfRun({
    rule: 'too-large',
    message: `the files exceed a limit of a run: ${totalBytes} bytes, ${totalNodes} values, ${totalFiles} YAML and JSON files, or ${totalEntries} entries of directories`,
    help: 'list the directories to check, or check them in separate runs',
    unchecked: 'the rest of the files',
  });
}

function describe(
  failure: Exclude<ReadFailure, 'too-much'>,
  limits: Limits,
): [message: string, help: string] {
  switch (failure) {
    case 'missing':
      return ['there is no such file', 'add the file, or correct the path that names it'];
    case 'outside':
      return [
        'the path is outside the repository',
        'move the file into the repository, and use its new path',
      ];
    case 'not-a-file':
      return ['not a regular file', 'use a file, not a directory, pipe or device'];
    case 'too-large':
      return [
        `larger than the limit of ${limits.fileBytes} bytes per file`,
        'split the file, or do not deploy it',
      ];
    case 'not-fetched':
      return [
        'its content is not in this clone: it is in Git LFS, in a submodule, encrypted with git-crypt, or was left out of a partial clone',
        'check out with lfs: true and submodules: true, without a filter, and unlock it',
      ];
    case 'unreadable':
      return ['the file cannot be read', 'check its permissions and the links that lead to it'];
  }
}
