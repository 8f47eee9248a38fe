import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import {
  lastOrigin,
  type Origin,
  originOfDocument,
  stepsOf,
  type Tracked,
  untracked,
} from '../object/provenance.ts';
import type { AnyReader } from '../source/document.ts';
import type { LoadedFile, Sources } from '../source/load.ts';
import { parseDocuments } from '../source/parse.ts';
import { type EmbeddedReader, parseAt, parseEmbedded, readPart } from '../source/parse-embedded.ts';
import { isBelow, normalisePath } from '../source/path.ts';
import { childIndex, spanAt } from '../source/position.ts';
import type { Problem } from './problem.ts';

/** How a directory's kustomization reaches files; everything it reads is noted down. */
export interface Loader {
  readonly directory: string;
  /** The path from the repository's root of a path written in this directory. */
  resolve(path: Tracked<string>): string | Problem;
  /** The documents of a file. */
  documents(path: Tracked<string>, by: string, reader: AnyReader): readonly Tracked[] | Problem;
  /** The documents of a text that stands inside this kustomization. */
  embedded(text: Tracked<string>, by: string, reader: EmbeddedReader): readonly Tracked[] | Problem;
  bytes(path: Tracked<string>): Uint8Array | Problem;
}

export interface LoaderOptions {
  readonly loadRestrictor: 'none' | 'root-only';
  readonly provenance: boolean;
  /** Copies of what is remote, by the text that names it. */
  readonly remotes?: ReadonlyMap<string, string>;
  /** Called for each file that is read, with the field that reads its documents. */
  readonly onInput: (path: string, by?: string) => void;
  /** Called for what is wrong with a file; a problem that follows from it is marked as reported. */
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
}

/** A loader for the kustomization in `directory` (relative to the repository's root, `''` for the root itself). */
export function openLoader(sources: Sources, directory: string, options: LoaderOptions): Loader {
  function resolve(path: Tracked<string>): string | Problem {
    const copy = options.remotes?.get(path.value);
    if (copy !== undefined) return copy;
    if (isRemote(path.value)) return remoteProblem(path);
    const normalised = normalisePath(joinPath(directory, path.value));
    if (normalised === undefined) return outsideProblem(path);
    // Links are followed first: what counts is where the file is, not what it is called here.
    const real = sources.fileSystem.realPath(normalised) ?? normalised;
    if (options.loadRestrictor === 'root-only' && !isBelow(real, directory)) {
      const kind = sources.fileSystem.kind(normalised);
      if (kind === undefined) return missingProblem(path, normalised, kind);
      return {
        rule: 'file-outside-kustomization',
        problem: `${path.value} is outside ${directory || '.'}, and kustomize loads files only from there and below`,
        help: 'move the file, or add a kustomization next to it and list that directory',
        at: path.origin,
      };
    }
    return normalised;
  }

  function tracked(
    loaded: LoadedFile,
    by: string,
    reader: AnyReader,
    at: Tracked<string>,
  ): readonly Tracked[] | Problem {
    let failed = false;
    for (const diagnostic of loaded.diagnostics) {
      const isLenient = reader !== 'kustomize' && by !== 'configurations';
      const isTaken =
        diagnostic.rule === 'duplicate-key' && (isLenient || isInAnnotations(loaded, diagnostic.span));
      options.onDiagnostic(isTaken ? withoutUnchecked(diagnostic) : diagnostic);
      failed ||= diagnostic.unchecked !== undefined && !isTaken;
    }
    if (failed) return { problem: `${loaded.file.path} cannot be read`, at: at.origin, reported: true };
    return loaded.documents.map((document) => ({
      value: document.value,
      origin: options.provenance ? originOfDocument(by, document.positions) : untracked,
    }));
  }

  return {
    directory,
    resolve,
    documents(path, by, reader) {
      const resolved = resolve(path);
      if (typeof resolved !== 'string') return resolved;
      const kind = sources.fileSystem.kind(resolved);
      if (kind !== 'file')
        return sources.bytes(resolved) === 'outside'
          ? outsideProblem(path)
          : missingProblem(path, resolved, kind);
      options.onInput(resolved, by);
      return tracked(sources.load(resolved, reader), by, reader, path);
    },
    embedded(text, by, reader) {
      const { origin, value } = text;
      if ('positions' in origin)
        return tracked(parseEmbedded(value, origin.positions, origin.index, reader), by, reader.as, text);
      // The text was changed on its way, as by the variables of Flux: its lines are its own, and it stands where it was written.
      const span = writtenAt(origin);
      const parsed =
        span === undefined
          ? parseDocuments({ path: joinPath(directory, by), text: readPart(value, reader) }, reader.as)
          : parseAt(value, span, reader);
      return tracked(parsed, by, reader.as, text);
    },
    bytes(path) {
      const resolved = resolve(path);
      if (typeof resolved !== 'string') return resolved;
      const bytes = sources.bytes(resolved);
      if (bytes === 'too-large') return tooLargeProblem(path, resolved);
      if (bytes === 'too-much') return { ...tooLargeProblem(path, resolved), isOfRun: true };
      if (bytes === 'outside') return outsideProblem(path);
      if (bytes === 'not-fetched') return notFetchedProblem(path, resolved);
      if (typeof bytes === 'string') return missingProblem(path, resolved, sources.fileSystem.kind(resolved));
      options.onInput(resolved);
      return bytes;
    },
  };
}

/** Where a text was written: of one with variables in it, not where their values were. */
function writtenAt(origin: Origin): Span | undefined {
  const last = lastOrigin(origin);
  return 'template' in last ? writtenAt(last.template) : stepsOf(last).at(-1)?.span;
}

// kustomize writes the annotations of an object anew, so a key that is set twice there gets past its check.
function isInAnnotations({ documents }: LoadedFile, { start }: Span): boolean {
  return documents.some(({ positions }) => {
    // What is not there has no children, and no place.
    const metadata = childIndex(positions, 0, 'metadata');
    const span = spanAt(positions, childIndex(positions, metadata, 'annotations'));
    return start >= span.start && start < span.end;
  });
}

// What kustomize itself decodes by way of JSON (its own files, JSON patches) may set a key twice: the last one wins.
function withoutUnchecked(diagnostic: Diagnostic): Diagnostic {
  const { unchecked: _, ...rest } = diagnostic;
  return rest;
}

/** Joins as kustomize does: an absolute path stays one, and is then refused. */
export function joinPath(directory: string, path: string): string {
  return path.startsWith('/') || directory === '' ? path : `${directory}/${path}`;
}

/** Whether kustomize would fetch this: a URL, a git address, a path on a known host. */
export function isRemote(path: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:(\/\/|:)/i.test(path) ||
    /^(gh:|github\.com[/:]|bitbucket\.org[/:]|gitlab\.com[/:])/i.test(path) ||
    /^[\w.-]+@[\w.-]+[:/]/.test(path) ||
    /[?&](ref|version|submodules|timeout)=/.test(path)
  );
}

/** Nothing is ever fetched: a remote path is a finding. */
export function remoteProblem(path: Tracked<string>): Problem {
  return {
    rule: 'remote-not-fetched',
    isElsewhere: true,
    cause: `${repositoryOf(path.value)} is outside the repository and is never fetched`,
    problem: `${path.value} is outside the repository and is never fetched`,
    help: '`cdb-lint sources` prints the command that fetches it before the run; or list a copy under remotes in cdb-lint.yaml, or accept under notJudged that it is not checked',
    at: path.origin,
  };
}

/** The repository of an address: its host and the two names that follow, where it is one of a forge. */
function repositoryOf(address: string): string {
  const forge =
    /^(?:[a-z+]+:\/\/)?(?:[\w.-]+@)?(?:www\.)?(?:raw\.githubusercontent|github|gitlab|bitbucket)\.(?:com|org)[/:]([\w.-]+\/[\w.-]+)/iu;
  const found = forge.exec(address)?.[1];
  return found === undefined ? address : found.replace(/\.git$/u, '');
}

export function outsideProblem(path: Tracked<string>): Problem {
  if (path.value.includes('\\'))
    return {
      rule: 'file-missing',
      problem: `${path.value} contains a backslash, which separates directories only on Windows`,
      help: `write slashes: ${path.value.replaceAll('\\', '/')}`,
      at: path.origin,
    };
  return {
    rule: 'path-outside-repository',
    problem: `${path.value} is outside the repository`,
    help: 'write a path inside the repository',
    at: path.origin,
  };
}

function tooLargeProblem(path: Tracked<string>, resolved: string): Problem {
  return {
    rule: 'too-large',
    problem: `${resolved} exceeds the size limit for files`,
    help: 'do not deploy it; a ConfigMap can hold at most 1 MiB',
    at: path.origin,
  };
}

function notFetchedProblem(path: Tracked<string>, resolved: string): Problem {
  return {
    rule: 'file-missing',
    isElsewhere: true,
    problem: `the content of ${resolved} is not in this clone: it is in Git LFS, in a submodule, encrypted with git-crypt, or was left out of a partial clone`,
    help: 'check out with lfs: true and submodules: true, without a filter, and unlock it',
    at: path.origin,
  };
}

const doesNotExist = 'does not exist';

export function missingProblem(path: Tracked<string>, resolved: string, kind: string | undefined): Problem {
  const what =
    kind === undefined
      ? doesNotExist
      : kind === 'directory'
        ? 'is a directory, not a file'
        : 'cannot be read';
  return {
    rule: 'file-missing',
    problem: `${resolved || '.'} ${what}`,
    help: 'correct the path, or remove the entry',
    at: path.origin,
  };
}

/** The path that a message of `missingProblem` says is not there. */
export function missingPathIn(message: string): string | undefined {
  return message.endsWith(` ${doesNotExist}`) ? message.slice(0, -doesNotExist.length - 1) : undefined;
}
