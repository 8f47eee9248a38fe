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
  if (!isRecord(json) || json['version'] !== 1) return 'is not a baseline of version 1';
  const { findings } = json;
  if (!Array.isArray(findings) || !findings.every(isKnownFinding)) return 'has an entry that is no finding';
  return findings.map(({ fingerprint, rule, file, since }) => ({ fingerprint, rule, file, since }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKnownFinding(value: unknown): value is KnownFinding {
  const keys = ['fingerprint', 'rule', 'file', 'since'];
  return isRecord(value) && keys.every((key) => typeof ownOf(value, key) === 'string');
}
