import type { Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Path, type Value } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { isCustomResource } from '../custom-resource.ts';
import { containersOf, podTemplateOf } from '../pod/pod-template.ts';

/** A text in which a program looks for a host name. */
export interface HostText {
  readonly text: string;
  readonly path: Path;
  /** The name of the variable or the key that holds it. */
  readonly variable: string;
}

/** Texts in which programs look for host names: environment, arguments, the data of ConfigMaps. */
export function hostTextsOf(resource: Resource): HostText[] {
  const { object } = resource;
  if (object['kind'] === 'ConfigMap') {
    const data = object['data'];
    if (!isMapping(data)) return [];
    return Object.keys(data).flatMap((key) => textAt(data[key], ['data', key], key));
  }
  const template = podTemplateOf(resource);
  if (template === undefined) return isCustomResource(resource) ? textsBelow(object['spec'], ['spec']) : [];
  return containersOf(template).flatMap(({ container, path }) => [
    ...itemsOf(container['env']).flatMap((entry, index) =>
      isMapping(entry)
        ? textAt(entry['value'], [...path, 'env', index, 'value'], valueText(entry['name']))
        : [],
    ),
    ...['args', 'command'].flatMap((field) =>
      itemsOf(container[field]).flatMap((item, index) => textAt(item, [...path, field, index], '')),
    ),
  ]);
}

const maximumDepth = 64;

/** Every text below a value. */
export function textsBelow(value: Value | undefined, path: Path, depth = 0): HostText[] {
  if (depth > maximumDepth) return [];
  if (isSequence(value)) return value.flatMap((item, index) => textsBelow(item, [...path, index], depth + 1));
  if (isMapping(value))
    return Object.keys(value).flatMap((key) => textsBelow(value[key], [...path, key], depth + 1));
  return textAt(value, path, '');
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return isSequence(value) ? value : [];
}

function textAt(value: Value | undefined, path: Path, variable: string): HostText[] {
  return typeof value === 'string' ? [{ text: value, path, variable }] : [];
}

/** Whether the name of a variable says that it holds a host. */
export function isHostVariable(name: string): boolean {
  return /(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER|ENDPOINT|UPSTREAM|URL|URI)S?$/iu.test(name);
}
