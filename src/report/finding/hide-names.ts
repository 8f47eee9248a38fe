import { dots } from '../../credential/dots.ts';
import { textRedactor } from './redact.ts';

/** What holds the text of files, tells one finding from another, or is no text. */
const kept: ReadonlySet<string> = new Set([
  'span',
  'near',
  'secrets',
  'edits',
  'fingerprint',
  'policyWords',
  'hiddenNames',
]);

/** A report, or a part of one, with dots for these names wherever they stand. */
export function withoutNames<T>(report: T, names: readonly string[]): T {
  if (names.length === 0) return report;
  const hidden = new Set(names);
  const redact = textRedactor(names);
  const known = new Map<object, unknown>();
  const without = (value: unknown): unknown => {
    if (typeof value === 'string') return hidden.has(value) ? dots : redact(value);
    if (typeof value !== 'object' || value === null || value instanceof Map || value instanceof Set)
      return value;
    const found = known.get(value) ?? (Array.isArray(value) ? value.map(without) : parts(value));
    known.set(value, found);
    return found;
  };
  const parts = (value: object): object =>
    Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, kept.has(key) ? part : without(part)]),
    );
  return without(report) as T;
}
