import { isList, isMap, knownValue, newList, newMap, nilList } from '../template/value/datum.ts';
import type { Datum, GoMap, Known } from '../template/value/model.ts';
import { printValue } from '../template/value/print.ts';
import { strslice } from '../template/value/strval.ts';
import type { ChartDependency, ChartMetadata } from './chart.ts';

/** What Chart.yaml, or requirements.yaml beside it, says. */
export function readMetadata(chart: GoMap, requirements: GoMap | undefined): ChartMetadata {
  const declared = requirements ?? chart;
  return {
    name: textAt(chart, 'name'),
    version: textAt(chart, 'version'),
    appVersion: textAt(chart, 'appVersion'),
    apiVersion: textAt(chart, 'apiVersion') || 'v1',
    kubeVersion: textAt(chart, 'kubeVersion'),
    type: textAt(chart, 'type'),
    dependencies: mapsAt(declared, 'dependencies').map(readDependency),
    fields: fieldsOf(chart),
  };
}

function readDependency(map: GoMap): ChartDependency {
  return {
    name: textAt(map, 'name'),
    version: textAt(map, 'version'),
    repository: textAt(map, 'repository'),
    condition: textAt(map, 'condition'),
    tags: strslice(map.entries.get('tags')?.value),
    alias: textAt(map, 'alias'),
    imports: itemsAt(map, 'import-values').flatMap(({ value }): ChartDependency['imports'] => {
      if (typeof value === 'string') return [value];
      return isMap(value) ? [{ child: textAt(value, 'child'), parent: textAt(value, 'parent') }] : [];
    }),
  };
}

/** A field that is a text, whatever YAML took it for. */
export function textAt(map: GoMap, key: string): string {
  const value = map.entries.get(key)?.value;
  return value === undefined || value === null ? '' : printValue(value);
}

function itemsAt(map: GoMap, key: string): readonly Known[] {
  const value = map.entries.get(key)?.value;
  return isList(value) ? value.items : [];
}

export function mapsAt(map: GoMap, key: string): GoMap[] {
  return itemsAt(map, key).flatMap(({ value }) => (isMap(value) ? [value] : []));
}

const texts: readonly (readonly [field: string, key: string])[] = [
  ['Name', 'name'],
  ['Home', 'home'],
  ['Version', 'version'],
  ['Description', 'description'],
  ['Icon', 'icon'],
  ['APIVersion', 'apiVersion'],
  ['Condition', 'condition'],
  ['Tags', 'tags'],
  ['AppVersion', 'appVersion'],
  ['KubeVersion', 'kubeVersion'],
  ['Type', 'type'],
];

/** The fields of `.Chart`, each with where it was written. */
function fieldsOf(chart: GoMap): GoMap {
  const known = (key: string, value: Datum): Known => ({
    value,
    origins: chart.entries.get(key)?.origins ?? [],
  });
  const fields = newMap(texts.map(([field, key]) => [field, known(key, textAt(chart, key))]));
  const list = (key: string): Known => {
    const value = chart.entries.get(key)?.value ?? null;
    return known(
      key,
      value === null ? nilList('[]string') : newList(strslice(value).map(knownValue), '[]string'),
    );
  };
  fields.entries.set('Sources', list('sources'));
  fields.entries.set('Keywords', list('keywords'));
  fields.entries.set('Deprecated', known('deprecated', chart.entries.get('deprecated')?.value === true));
  const annotations = chart.entries.get('annotations')?.value;
  const entries = isMap(annotations) ? annotations.entries : new Map<string, Known>();
  const plain = [...entries].map(([key, { value, origins }]): [string, Known] => [
    key,
    { value: printValue(value), origins },
  ]);
  const isNil = isMap(annotations) ? {} : { isNil: true as const };
  fields.entries.set(
    'Annotations',
    known('annotations', { ...newMap(plain), ...isNil, type: 'map[string]string' }),
  );
  for (const [field, key] of [
    ['Maintainers', 'maintainers'],
    ['Dependencies', 'dependencies'],
  ] as const)
    fields.entries.set(
      field,
      known(
        key,
        isList(chart.entries.get(key)?.value)
          ? newList(mapsAt(chart, key).map((one) => knownValue(capitalised(one))))
          : nilList(),
      ),
    );
  return fields;
}

/** A struct of Chart.yaml by the names of its fields. */
function capitalised(map: GoMap): Datum {
  const entries = [...map.entries].map(([key, known]): [string, Known] => [
    key === 'url' ? 'URL' : key.slice(0, 1).toUpperCase() + key.slice(1),
    known,
  ]);
  return newMap(entries);
}
