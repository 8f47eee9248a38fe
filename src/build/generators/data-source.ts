import { startOf } from '../../diagnostic/span.ts';
import {
  getPart,
  itemsOf,
  type Origin,
  originOfEntry,
  overwrite,
  type StepKind,
  type Tracked,
  untracked,
} from '../../object/provenance.ts';
import { lastPartOf } from '../../source/path.ts';
import { resolveScalar } from '../../source/scalar.ts';
import { isSequence, type Mapping } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { isProblem, type Problem } from '../problem.ts';
import type { DataPair } from './data-pair.ts';
import { readEnvFile } from './env-file.ts';
import { remade, textAt } from './generator-entry.ts';
import { decodeUtf8, type LoadFile } from './generator-file.ts';

/** The pairs of `envs`, `literals` and `files` in the order in which kustomize reads them (kv/kv.go), each key once. */
export function loadPairs(
  entry: Tracked<Mapping>,
  by: StepKind,
  load: LoadFile,
): Map<string, DataPair> | Problem {
  const pairs = new Map<string, DataPair>();
  for (const { field, item } of sourcesOf(entry)) {
    const found = readers[field](item, by, load);
    if (isProblem(found)) return { at: item.origin, ...found };
    for (const pair of found) {
      if (pairs.has(pair.key)) return repeatedKey(pair, item);
      if (readsAsNoText(pair.key)) return unquotedKey(pair, item);
      pairs.set(pair.key, pair);
    }
  }
  return pairs;
}

/** A number, a boolean, nothing, or a merge. */
function readsAsNoText(key: string): boolean {
  return key === '<<' || resolveScalar(key, 'kustomize') !== key;
}

type SourceField = 'envs' | 'literals' | 'files';

/** The legacy `env` is the last of `envs`. */
function sourcesOf(entry: Tracked<Mapping>): { field: SourceField; item: Tracked<string> }[] {
  const env = textAt(entry, ['env']);
  return [
    ...textsOf(entry, 'envs').map((item) => ({ field: 'envs' as const, item })),
    ...(env === undefined ? [] : [{ field: 'envs' as const, item: env }]),
    ...textsOf(entry, 'literals').map((item) => ({ field: 'literals' as const, item })),
    ...textsOf(entry, 'files').map((item) => ({ field: 'files' as const, item })),
  ];
}

function textsOf(entry: Tracked<Mapping>, field: SourceField): Tracked<string>[] {
  const part = getPart(entry, field);
  if (part === undefined || !isSequence(part.value)) return [];
  return itemsOf(part).map((item) => ({ value: valueText(item.value ?? ''), origin: item.origin }));
}

function repeatedKey(pair: DataPair, item: Tracked<string>): Problem {
  return {
    problem: `the key "${pair.key}" is a duplicate`,
    help: 'Keep one of them: within one entry a key cannot override another.',
    at: pair.origin === untracked ? item.origin : pair.origin,
  };
}

// kustomize writes the keys of what it generates without quotes, and cannot read these any more.
function unquotedKey(pair: DataPair, item: Tracked<string>): Problem {
  return {
    problem: `kustomize cannot generate the key ${JSON.stringify(pair.key)}, which YAML does not read as a string`,
    help: 'Use a key that contains a letter.',
    at: pair.origin === untracked ? item.origin : pair.origin,
  };
}

type Reader = (item: Tracked<string>, by: StepKind, load: LoadFile) => DataPair[] | Problem;

const readers: Readonly<Record<SourceField, Reader>> = {
  envs: readEnv,
  literals: readLiteral,
  files: readFile,
};

function readEnv(item: Tracked<string>, by: StepKind, load: LoadFile): DataPair[] | Problem {
  const file = load(item.value);
  if (isProblem(file)) return file;
  return readEnvFile(file, remade(item, by).origin, by);
}

/** `key=value`; one pair of matching quotes around the value is taken off. */
function readLiteral(item: Tracked<string>, by: StepKind): DataPair[] | Problem {
  const separator = item.value.indexOf('=');
  if (separator < 1) {
    return {
      problem: `the literal "${item.value}" is not in the form key=value`,
      help: 'Write it as key=value.',
    };
  }
  return [
    {
      key: item.value.slice(0, separator),
      content: removeQuotes(item.value.slice(separator + 1)),
      origin: remade(item, by).origin,
    },
  ];
}

function removeQuotes(text: string): string {
  const first = text[0];
  const isQuoted = text.length >= 2 && (first === '"' || first === "'") && text.endsWith(first);
  return isQuoted ? text.slice(1, -1) : text;
}

function readFile(item: Tracked<string>, by: StepKind, load: LoadFile): DataPair[] | Problem {
  const source = parseFileSource(item.value);
  if (isProblem(source)) return source;
  const file = load(source.path);
  if (isProblem(file)) return file;
  const content = decodeUtf8(file.bytes) ?? file.bytes;
  return [
    { key: source.key, content, origin: originOfFile(file.path, content, remade(item, by).origin, by) },
  ];
}

function originOfFile(path: string, content: string | Uint8Array, entry: Origin, by: StepKind): Origin {
  if (entry === untracked) return untracked;
  const text = typeof content === 'string' ? content : '';
  return overwrite(entry, originOfEntry(by, startOf({ path, text })));
}

function parseFileSource(source: string): { key: string; path: string } | Problem {
  const parts = source.split('=');
  const [key = '', path] = parts;
  if (path === undefined) return { key: baseName(source), path: source };
  const help = 'Write it as path, or as key=path.';
  if (parts.length > 2) return { problem: `the file source "${source}" has more than one "="`, help };
  if (key === '') return { problem: `the file source "${source}" has no key before "="`, help };
  if (path === '') return { problem: `the file source "${source}" has no path after "="`, help };
  return { key, path };
}

/** As Go's path.Base. */
function baseName(path: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : lastPartOf(trimmed);
}
