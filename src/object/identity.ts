import type { Identity } from '../diagnostic/identity.ts';
import { isMapping, type Path, type Value, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { knownOnce } from './known-once.ts';
import { objectPlace } from './object-place.ts';
import { locateField } from './provenance.ts';
import { groupVersionKind, namespaceOf, type Resource, stableNameOf, trackedObject } from './resource.ts';

/** How much of a path a problem is known by: all of it, the innermost item, what of the two is there, or that and another path, in whatever order. */
export type KnownBy = 'field' | 'item' | { readonly twin: Path };

/** What a problem of a field is known by in every run and revision. */
export function identityOf(resource: Resource, path: Path, by?: KnownBy): Identity {
  return identityAt(resource, fieldOf(resource, path, by));
}

/** The same of a field that is known by this. */
export function identityAt(resource: Resource, field: string): Identity {
  const { subject, object, home, written } = knownByNames(resource);
  return { subject, field, object, home, written };
}

/** What has nothing to do with the field, found out once for all that is said of an object. */
const knownByNames = knownOnce((resource: Resource): Omit<Identity, 'field'> => {
  const { group, kind } = groupVersionKind(resource.object);
  const name = stableNameOf(resource);
  const written = writtenAt(resource, 'name') ?? name;
  const namespace = writtenAt(resource, 'namespace') ?? '';
  return {
    subject: `${group}/${kind}/${written}`,
    object: [kind, namespaceOf(resource.object), name].join('/'),
    home: objectPlace(resource)?.file ?? '',
    written: [kind, namespace, written].join('/'),
  };
});

/** Where a field is missing, whatever stands there of its parents may move; the object and its items do not. */
function fieldOf(resource: Resource, path: Path, by: KnownBy | undefined): string {
  if (typeof by === 'object')
    return [path, by.twin]
      .map((one) => fieldOf(resource, one, 'field'))
      .sort()
      .join(' ');
  const { object } = resource;
  const value = valueAt(object, path);
  const isLeaf = value !== undefined && (value === null || typeof value !== 'object');
  const end =
    by === 'field' || (by === undefined && isLeaf)
      ? path.length
      : path.findLastIndex((step) => typeof step === 'number') + 1;
  const isSecret = object['kind'] === 'Secret';
  return path
    .slice(0, end)
    .map((step, index) => {
      if (typeof step === 'number') return `[${itemName(object, path.slice(0, index + 1))}]`;
      // What cannot be the key of a Secret is a value that somebody wrote in its place.
      return isSecret && !/^[\w./-]+$/u.test(step) ? '.' : `.${step}`;
    })
    .join('');
}

/** The keys by which lists know their items, the likeliest first; a port keeps its number when it gets a name. */
const itemKeys = [
  'name',
  'mountPath',
  'devicePath',
  'key',
  'ip',
  'topologyKey',
  'host',
  'path',
  'kind',
  'type',
];
const portKeys = ['containerPort', 'port', ...itemKeys];

function itemName(object: Value, path: Path): string {
  const item = valueAt(object, path);
  if (!isMapping(item)) return '';
  const keys = path.at(-2) === 'ports' ? portKeys : itemKeys;
  const key = keys.find((one) => Object.hasOwn(item, one) && isName(item[one]));
  return key === undefined ? '' : `${key}=${valueText(item[key])}`;
}

function isName(value: Value | undefined): boolean {
  return (typeof value === 'string' && value.length <= longestName) || typeof value === 'number';
}

// As long as the name of an object may be.
const longestName = 253;
const plainName = /^[\w.${}<>:/ -]+$/u;

/** A name as it is first written, before any transformer; undefined where the place has another text, such as a whole template. */
function writtenAt(resource: Resource, field: 'name' | 'namespace'): string | undefined {
  const { steps, depth } = locateField(trackedObject(resource), ['metadata', field]);
  const [first] = steps;
  if (first === undefined || depth < 2) return undefined;
  const { file, start, end } = first.span;
  if (end - start > longestName + field.length) return undefined;
  const text = /^["']?name(?:space)?["']?\s*:\s*["']?(.*?)["']?\s*$/su.exec(file.text.slice(start, end))?.[1];
  return text !== undefined && plainName.test(text) ? text : undefined;
}
