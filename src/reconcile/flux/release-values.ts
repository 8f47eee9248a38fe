import { mergeValues, setValues } from '../../chart/set-values.ts';
import { readMadeText } from '../../object/made-document.ts';
import { isTrueAt, mappingAt, mappingsAt, textAt } from '../../object/object-field.ts';
import { getAt, type TextSource, type Tracked } from '../../object/provenance.ts';
import { type Resource, trackedObject } from '../../object/resource.ts';
import { madeText } from '../../source/made-text.ts';
import { isMapping } from '../../source/value.ts';
import { decodeBytes } from '../../template/value/base64.ts';
import { isMap, newMap } from '../../template/value/datum.ts';
import { knownFrom } from '../../template/value/from-value.ts';
import type { GoMap } from '../../template/value/model.ts';
import type { FindObject } from './variables.ts';

/** The values of a release, each with its line, or what of them is not known here. */
export type ReleaseValues = { readonly values: GoMap } | { readonly missing: string };

/** Those of `valuesFrom` in their order, and `spec.values` above them (helm-controller 1.6, chartutil.ChartValuesFromReferences). */
export function releaseValues(declaration: Resource, namespace: string, find: FindObject): ReleaseValues {
  let values = newMap();
  for (const { item } of mappingsAt(declaration, 'spec', 'valuesFrom')) {
    const [kind, name] = [textAt(item.value, 'kind') ?? '', textAt(item.value, 'name') ?? ''];
    const key = textAt(item.value, 'valuesKey') ?? 'values.yaml';
    const found = valueIn(find(kind, namespace, name), key);
    if (found === undefined && isTrueAt(item.value, 'optional') && find(kind, namespace, name) !== undefined)
      continue;
    if (found === undefined) return { missing: `${key} of ${kind} ${namespace}/${name}` };
    const target = textAt(item.value, 'targetPath');
    if (target === undefined) {
      const own = valuesIn(found);
      if (own === undefined) return { missing: `what ${key} of ${kind} ${namespace}/${name} says` };
      values = mergeValues(values, own);
    } else setAt(values, target, found.value);
  }
  const own = mappingAt(declaration, 'spec', 'values');
  const known = own === undefined ? undefined : knownFrom(own).value;
  return { values: isMap(known) ? mergeValues(values, known) : values };
}

/** A value in quotes is a text, whatever it looks like. */
function setAt(values: GoMap, target: string, value: string): void {
  const quoted = /^(["'])(.*)\1$/su.exec(value)?.[2];
  setValues(values, `${target}=${(quoted ?? value).replaceAll(/[\\,]/gu, '\\$&')}`, quoted !== undefined);
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

/** A text of values, each with its line in the text. */
export function valuesIn({ value, origin }: Tracked<string>): GoMap | undefined {
  const made = madeText<TextSource>(value, { template: origin, text: value, values: [] }, 0);
  const [document] = readMadeText(made, 'values', 'api-server').documents;
  if (document === undefined) return value.trim() === '' ? newMap() : undefined;
  const known = knownFrom(document);
  return isMap(known.value) ? known.value : undefined;
}
