import { credentialsInText } from './credentials-in-text.ts';
import { secretKindOf } from './secret-name.ts';
import { isSecretValue } from './secret-value.ts';
import type { Stretch } from './stretch.ts';

/** Credentials in the value of a field, a variable or a key: all of it where the name tells, else what a text shows. */
export function credentialsInField(name: string | undefined, value: string): Stretch[] {
  const kind = name === undefined ? undefined : secretKindOf(name);
  const trimmed = value.trim();
  if (kind === undefined || name === undefined || trimmed.includes('\n')) return credentialsInText(value);
  if (!isSecretValue(name, kind, trimmed, 'field')) return credentialsInText(value);
  const start = value.indexOf(trimmed);
  return [{ start, end: start + trimmed.length }];
}
