import { type BlamedField, type BlamedLine, parseFieldPath } from '../build/blame.ts';
import { dots } from '../credential/dots.ts';
import type { Resource } from '../object/resource.ts';
import { isSecretField } from '../object/secret-values.ts';

/** The lines of an object without what is secret in it: the values of a Secret, and what was taken from one. */
export function withoutSecrets(
  resource: Resource,
  lines: readonly BlamedLine[],
  redact: (words: string) => string,
): BlamedLine[] {
  return lines.map((line, index) => {
    if (!isSecretField(resource, line.path)) return { ...line, text: redact(line.text) };
    // The lines of a longer text have no key of their own.
    const isFirst = lines[index - 1]?.path !== line.path;
    return { ...line, text: isFirst ? hideValue(line.text) : hide(line.text) };
  });
}

/** The history of a field without a secret value. */
export function withoutSecret(
  resource: Resource,
  text: string,
  blamed: BlamedField,
  redact: (words: string) => string,
): BlamedField {
  const isSecret = isSecretField(resource, parseFieldPath(resource.object, text) ?? []);
  const { value } = blamed;
  return { ...blamed, value: value === '' ? '' : isSecret ? dots : redact(value) };
}

function hideValue(line: string): string {
  const key = /^\s*(?:- )*(?:"[^"]*"|'[^']*'|[^\s:"'][^\s:]*):(?=\s|$)/u.exec(line)?.[0];
  if (key === undefined) return hide(line);
  return key.length === line.trimEnd().length ? line : `${key} ${dots}`;
}

function hide(line: string): string {
  return line.replace(/\S.*/u, dots);
}
