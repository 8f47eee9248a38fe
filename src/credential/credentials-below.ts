import { isMapping, isSequence, type Mapping, type Path, type Value, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { credentialsInWords } from './credentials-in-command.ts';
import { credentialsInField } from './credentials-in-field.ts';
import { wordsOf } from './secret-name.ts';
import type { Stretch } from './stretch.ts';

/** A credential in an object: the text that holds it, and which part of that it is. */
export interface FoundCredential {
  readonly path: Path;
  readonly within: Stretch;
}

interface Part {
  readonly value: Value | undefined;
  readonly path: Path;
  /** The key that it stands under, or the `name` beside a `value`. */
  readonly name: string | undefined;
}

/** Credentials below a field: what stands under a telling key, behind a telling `name` as its `value`, or has the shape of one. */
export function* credentialsBelow(
  object: Mapping,
  start: Path,
  find: (name: string | undefined, value: string) => readonly Stretch[] = credentialsInField,
): Iterable<FoundCredential> {
  yield* credentialsOf([partAt(object, start)], find);
}

/** Credentials in a field, by what stands beside it as well. */
export function credentialsAt(object: Mapping, path: Path): Iterable<FoundCredential> {
  const around = partAt(object, path.slice(0, -1));
  if (!isMapping(around.value)) return credentialsOf([around], credentialsInField);
  const parts = partsOf(around.value, around.path, around.name);
  return credentialsOf(
    parts.filter((part) => part.path.at(-1) === path.at(-1)),
    credentialsInField,
  );
}

function partAt(object: Mapping, path: Path): Part {
  const last = path.at(-1);
  return { value: valueAt(object, path), path, name: typeof last === 'string' ? last : undefined };
}

function* credentialsOf(
  left: Part[],
  find: (name: string | undefined, value: string) => readonly Stretch[],
): Iterable<FoundCredential> {
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, path, name } = next;
    if (isSequence(value)) {
      // One by one: more arguments than the stack holds would be too many.
      value.forEach((item, index) => {
        left.push({ value: item, path: [...path, index], name });
      });
      yield* credentialsInWords(textsOf(value)).map(({ word, ...within }) => ({
        path: [...path, word],
        within,
      }));
    } else if (isMapping(value)) for (const part of partsOf(value, path, name)) left.push(part);
    else if (!isIdentifier(name)) for (const within of find(name, valueText(value))) yield { path, within };
  }
}

/** `accessKeyID` stands beside the name of the Secret that holds the key itself. */
function isIdentifier(name: string | undefined): boolean {
  return name !== undefined && wordsOf(name).join(' ') === 'access key id';
}

/** A list with other items than texts is no command. */
function textsOf(list: readonly Value[]): readonly string[] {
  return list.every((item) => typeof item === 'string') ? list : [];
}

function partsOf(value: Mapping, path: Path, own: string | undefined): Part[] {
  if (namesSecret(value) || (own !== undefined && namesKeys(own))) return [];
  const named = value['name'];
  return Object.keys(value).map((key) => ({
    value: value[key],
    path: [...path, key],
    name: key === 'value' && typeof named === 'string' ? named : key,
  }));
}

/** Whether a mapping names a Secret, so that its other texts are keys of that: `secretName: orders, password: reader`. */
export function namesSecret(value: Mapping): boolean {
  return ['secretName', 'secretRef', 'secretKeyRef'].some((field) => (value[field] ?? '') !== '');
}

/** `secretKeys`, `existingSecretKeys`: what stands below are names of keys in a Secret. */
export function namesKeys(name: string): boolean {
  return /\bsecret keys?$|\bkey mapping$/u.test(wordsOf(name).join(' '));
}
