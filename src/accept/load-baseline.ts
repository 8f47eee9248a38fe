import { helpForPath } from '../configuration/meant-path.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { type Span, startOf } from '../diagnostic/span.ts';
import type { FileSystem, ReadFailure } from '../source/file-system.ts';
import { ownOf } from '../source/own.ts';

/** A finding that was there when the baseline was written. */
export interface KnownFinding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  /** What it is paired by, see `KnownAs`; absent in version 1. */
  readonly knownAs?: {
    readonly key: string;
    readonly home: string;
    readonly written: string;
    readonly marks: readonly string[];
  };
  /** The day it was accepted, as 2026-11-23. */
  readonly since: string;
}

export interface LoadedBaseline {
  readonly file: string;
  readonly entries: readonly KnownFinding[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a baseline file, which `named` may name. One that cannot be used leaves open which findings are new. */
export function loadBaseline(fileSystem: FileSystem, file: string, named?: Span): LoadedBaseline {
  const bytes = fileSystem.read(file);
  const entries =
    typeof bytes === 'string' ? failureWords(bytes) : readEntries(new TextDecoder().decode(bytes));
  if (typeof entries !== 'string') return { file, entries, diagnostics: [] };
  const diagnostic: Diagnostic = {
    rule: 'baseline-invalid',
    severity: 'error',
    message: `the baseline ${file} ${entries}`,
    help: helpForPath(fileSystem, file, 'write it with --update-baseline'),
    span: named ?? startOf({ path: file, text: '' }),
    related: [],
    unchecked: 'which findings are new',
  };
  return { file, entries: [], diagnostics: [diagnostic] };
}

function failureWords(failure: ReadFailure): string {
  return failure === 'missing' ? 'does not exist' : `cannot be read (${failure})`;
}

function readEntries(text: string): readonly KnownFinding[] | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'is not JSON';
  }
  if (!isRecord(json) || (json['version'] !== 1 && json['version'] !== 2))
    return 'is not a baseline of version 1 or 2';
  const { findings, version } = json;
  if (!Array.isArray(findings) || !findings.every(isWrittenEntry))
    return 'has an entry that is not a finding';
  return findings.map((entry) => readEntry(entry, version === 2));
}

/** An entry as it stands in the file, where what says the same as the rest is left out. */
interface WrittenEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  readonly since: string;
  readonly home?: string;
  readonly object?: string;
  readonly key?: string;
  readonly marks?: readonly string[];
}

function readEntry(entry: WrittenEntry, isPaired: boolean): KnownFinding {
  const { fingerprint, rule, file, since } = entry;
  const { home = file, object: written = '', key = fingerprint, marks = [] } = entry;
  const knownAs = isPaired ? { knownAs: { key, home, written, marks } } : {};
  return { fingerprint, rule, file, ...knownAs, since };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWrittenEntry(value: unknown): value is WrittenEntry {
  if (!isRecord(value)) return false;
  const isText = (key: string): boolean => typeof ownOf(value, key) === 'string';
  const isTextIfAny = (key: string): boolean => ownOf(value, key) === undefined || isText(key);
  const marks = ownOf(value, 'marks');
  return (
    ['fingerprint', 'rule', 'file', 'since'].every(isText) &&
    ['home', 'object', 'key'].every(isTextIfAny) &&
    (marks === undefined || (Array.isArray(marks) && marks.every((one) => typeof one === 'string')))
  );
}
