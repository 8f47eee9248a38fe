import { formatPath, type Path, type Value } from '../source/value.ts';
import type { FieldError } from './field-error.ts';

/** The server's own words, with the last steps of the field: the whole path is printed next to them. */
export function wordsOf({ type, field, badValue, detail }: FieldError): string {
  const name = lastSteps(field);
  if (type === 'UnknownField') return detail === '' ? `unknown field ${name}` : detail;
  if (type === 'Required') return detail === '' ? `${name} is required` : `${name} is required: ${detail}`;
  const shown = type === 'TypeInvalid' ? undefined : shortValue(badValue);
  const subject = shown === undefined ? name : `${name} ${shown}`;
  if (detail === '') return `${subject} is not allowed`;
  // The subject already has the value.
  if (type === 'Duplicate' && detail.endsWith(' is duplicated here')) return `${subject} is duplicated here`;
  return /^(?:must|may|has|have|is|are|cannot|can|should|provides|no longer|overlaps|volumes) /u.test(detail)
    ? `${subject} ${detail}`
    : `${subject}: ${detail}`;
}

function lastSteps(field: Path): string {
  const from = field.findLastIndex((step) => typeof step === 'string');
  if (field.length === 0) return 'the object';
  const name = formatPath(field.slice(Math.max(0, from)));
  // A key in brackets needs the name of the mapping that holds it.
  return name.startsWith('[') && from > 0 ? formatPath(field.slice(from - 1)) : name;
}

function shortValue(value: Value | undefined): string | undefined {
  if (value === undefined || value === null || typeof value === 'object') return undefined;
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
