import { differencesOf } from '../admit/update/equal.ts';
import { credentialsAt } from '../credential/credentials-below.ts';
import { dots, withDots, withoutCredentials } from '../credential/dots.ts';
import { plainSecrets } from '../credential/plain-secrets.ts';
import { type Stretch, withoutOverlaps } from '../credential/stretch.ts';
import { knownOnce } from '../object/known-once.ts';
import type { Resource } from '../object/resource.ts';
import { isSecretField } from '../object/secret-values.ts';
import type { FieldChange } from '../report/change-report.ts';
import {
  equalValues,
  formatPath,
  isMapping,
  isSequence,
  type Mapping,
  type Path,
  type Value,
  valueAt,
} from '../source/value.ts';
import { valueText } from '../source/value-text.ts';

/** What differs in an object, and how many fields more than are listed. */
export interface FieldChanges {
  readonly fields: readonly FieldChange[];
  readonly moreFields: number;
}

const mostFields = 25;
const mostCounted = 200;
const longestText = 240;

/** The fields in which two versions of an object differ, as they are rendered, with dots for what is secret. */
export function fieldChanges(base: Resource, head: Resource): FieldChanges {
  const paths = differencesOf(base.object, head.object, [], mostCounted);
  const fields = paths.slice(0, mostFields).map((path) => {
    const [before, after] = [shownValue(base, path), shownValue(head, path)];
    return {
      path: formatPath(path),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    };
  });
  return { fields, moreFields: paths.length - fields.length };
}

/** An integer beyond 2^53 as its digits. */
function plainNumber(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

function shownValue(resource: Resource, path: Path): string | undefined {
  const { object } = resource;
  const value = valueAt(object, path);
  if (value === undefined) return undefined;
  if (isSecretField(resource, path)) return dots;
  const masked = withMasks(value, path, secretsBelow(object, path));
  const text =
    isMapping(masked) || isSequence(masked) ? JSON.stringify(masked, plainNumber, 1) : valueText(masked);
  const shown = withoutCredentials(text);
  return shown.length > longestText ? `${shown.slice(0, longestText)}…` : shown;
}

interface Secret {
  readonly path: Path;
  readonly within: Stretch;
}

/** What looks like a secret below a field, by the names around it as well. */
function secretsBelow(object: Mapping, path: Path): readonly Secret[] {
  const isHere = (one: Secret): boolean => equalValues(one.path.slice(0, path.length), [...path]);
  return [...credentialsAt(object, path), ...plainSecretsOf(object)].filter(isHere);
}

const plainSecretsOf = knownOnce(plainSecrets);

function withMasks(value: Value, path: Path, secrets: readonly Secret[]): Value {
  if (secrets.length === 0) return value;
  if (isSequence(value)) return value.map((item, index) => withMasks(item, [...path, index], secrets));
  if (isMapping(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, withMasks(item, [...path, key], secrets)]),
    );
  const own = secrets.filter((one) => equalValues([...one.path], [...path]));
  return own.length === 0
    ? value
    : withDots(valueText(value), withoutOverlaps(own.map(({ within }) => within)));
}
