import { nameOfUnknown, openEncrypted, standIn } from '../../chart/encrypted-values.ts';
import { mergeValues, setValues } from '../../chart/set-values.ts';
import { readMadeText } from '../../object/made-document.ts';
import { isTrueAt, mappingAt, mappingsAt, textAt } from '../../object/object-field.ts';
import {
  getAt,
  type Origin,
  originOfUnknown,
  type TextSource,
  type Tracked,
} from '../../object/provenance.ts';
import { type Resource, trackedObject } from '../../object/resource.ts';
import { madeText } from '../../source/made-text.ts';
import { isMapping } from '../../source/value.ts';
import { decodeBytes } from '../../template/value/base64.ts';
import { isMap, knownValue, newMap } from '../../template/value/datum.ts';
import { knownFrom } from '../../template/value/from-value.ts';
import type { GoMap, Known } from '../../template/value/model.ts';
import type { FindObject } from './variables.ts';

/** The values of a release, each with its line, and which Secrets gave; or what of them is not known here. */
export type ReleaseValues =
  | { readonly values: GoMap; readonly secrets: readonly Known[] }
  | { readonly missing: string };

/**
 * Those of `valuesFrom` in their order, and `spec.values` above them (helm-controller 1.6, chartutil.ChartValuesFromReferences). A value
 * that SOPS encrypted, or of an object that is not here, is a stand-in where it is known which one it is.
 */
export function releaseValues(declaration: Resource, namespace: string, find: FindObject): ReleaseValues {
  let values = newMap();
  const secrets: Known[] = [];
  for (const { item } of mappingsAt(declaration, 'spec', 'valuesFrom')) {
    const [kind, name] = [textAt(item.value, 'kind') ?? '', textAt(item.value, 'name') ?? ''];
    const key = textAt(item.value, 'valuesKey') ?? 'values.yaml';
    const source = find(kind, namespace, name);
    const found = valueIn(source, key);
    const target = textAt(item.value, 'targetPath');
    if (found !== undefined) {
      const own = target === undefined ? valuesIn(found, name) : undefined;
      if (kind === 'Secret') secrets.push(knownValue(own ?? found.value));
      if (target !== undefined) setAt(values, target, found);
      else if (own === undefined) return { missing: `the content of ${key} of ${kind} ${namespace}/${name}` };
      else values = mergeValues(values, own);
    } else if (target !== undefined && isElsewhere(source, key, isTrueAt(item.value, 'optional')))
      setUnknown(values, target, originOfUnknown(nameOfUnknown(name, key), item.origin));
    else if (source === undefined || !isTrueAt(item.value, 'optional'))
      return { missing: `${key} of ${kind} ${namespace}/${name}` };
  }
  const own = mappingAt(declaration, 'spec', 'values');
  const known = own === undefined ? undefined : knownFrom(own).value;
  return { values: isMap(known) ? mergeValues(values, known) : values, secrets };
}

/** A value in quotes is a text, whatever it looks like. */
function setAt(values: GoMap, target: string, { value, origin }: Tracked<string>): void {
  const quoted = /^(["'])(.*)\1$/su.exec(value)?.[2];
  const text = (quoted ?? value).replaceAll(/[\\,]/gu, '\\$&');
  setValues(values, `${target}=${text}`, { isText: quoted !== undefined, origins: [origin] });
}

function setUnknown(values: GoMap, target: string, origin: Origin): void {
  setValues(values, `${target}=${standIn}`, { isText: true, origins: [origin] });
}

/** Whether a value is there that nobody can read here: it is encrypted, or its object comes from elsewhere and has to be there. */
function isElsewhere(source: Resource | undefined, key: string, isOptional: boolean): boolean {
  if (source === undefined) return !isOptional;
  if (!isMapping(source.object['sops'])) return false;
  return ['data', 'stringData'].some((field) => textAt(source.object, field, key) !== undefined);
}

/** What a ConfigMap or Secret has under a key; undefined where nobody can read it here. */
function valueIn(source: Resource | undefined, key: string): Tracked<string> | undefined {
  if (source === undefined || isMapping(source.object['sops'])) return undefined;
  const tracked = trackedObject(source);
  const plain = getAt(tracked, ['stringData', key]);
  if (typeof plain?.value === 'string') return { value: plain.value, origin: plain.origin };
  const data = getAt(tracked, ['data', key]);
  if (typeof data?.value !== 'string') return undefined;
  if (source.object['kind'] !== 'Secret') return { value: data.value, origin: data.origin };
  const value = decodeBytes(data.value);
  return value === undefined ? undefined : { value, origin: data.origin };
}

/** A text of values, each with its line in the text; those that SOPS encrypted there are stand-ins, named after `name` and their keys. */
export function valuesIn({ value, origin }: Tracked<string>, name = 'values'): GoMap | undefined {
  const made = madeText<TextSource>(value, { template: origin, text: value, values: [] }, 0);
  const [document] = readMadeText(made, 'values', 'api-server').documents;
  if (document === undefined) return value.trim() === '' ? newMap() : undefined;
  const known = knownFrom(document);
  if (!isMap(known.value)) return undefined;
  return openEncrypted(known.value, name);
}
