import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isMapping, isSequence, type Mapping, mappingOf, newMapping, noFields } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import type { Build } from './build.ts';
import { findingAt } from './finding.ts';
import { getAt, itemsOf, type Tracked } from './provenance.ts';
import type { Resource } from './resource.ts';

export interface Sent {
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What is sent of an object: the items of anything with `items`, whatever its kind (unstructured.UnstructuredJSONScheme and IsList of
 * k8s.io/apimachinery 0.36, by which kubectl, Flux and Argo CD go). The item or the object that is lost on the way is a finding.
 */
export function sentOf(resource: Resource, depth = 0): Sent {
  const { object, origin } = resource;
  if (!Object.hasOwn(object, 'items') || depth > maximumDepth)
    return { resources: [resource], diagnostics: [] };
  if (!isSequence(object['items'])) return { resources: [resource], diagnostics: [noList(resource)] };
  const diagnostics = isListKind(object) ? [] : [takenForList(resource)];
  const items = getAt({ value: object, origin }, ['items']);
  const sent = (items === undefined ? [] : itemsOf(items)).map((item, index) =>
    isMapping(item.value)
      ? sentItem(resource, item as Tracked<Mapping>, index, depth)
      : { resources: [], diagnostics: [noObject(resource, index)] },
  );
  return {
    resources: sent.flatMap((one) => one.resources),
    diagnostics: [...diagnostics, ...sent.flatMap((one) => one.diagnostics)],
  };
}

/** An item with neither kind nor apiVersion has those of its list for kubectl (UnstructuredJSONScheme.decodeToList); others lose it. */
function sentItem(list: Resource, item: Tracked<Mapping>, index: number, depth: number): Sent {
  const isWhole = typeof item.value['apiVersion'] === 'string' && typeof item.value['kind'] === 'string';
  if (isWhole) return sentWithin({ object: item.value, origin: item.origin }, depth + 1);
  const { apiVersion, kind } = list.object;
  const named = typeof kind === 'string' && isListKind(list.object) ? kind.slice(0, -'List'.length) : '';
  const inherited: Mapping = apiVersion === undefined ? noFields : mappingOf({ apiVersion, kind: named });
  const object = Object.assign(newMapping(), inherited, item.value);
  const isBare = !Object.hasOwn(item.value, 'apiVersion') && !Object.hasOwn(item.value, 'kind');
  return {
    resources: named === '' ? [] : [{ object, origin: item.origin }],
    diagnostics: [isBare && named !== '' ? onlyForKubectl(list, index, named) : noObject(list, index)],
  };
}

/** Clients unpack one level alone: what has items within a list is sent as it is, and no server takes a list. Its items are checked. */
function sentWithin(item: Resource, depth: number): Sent {
  const { object } = item;
  if (!Object.hasOwn(object, 'items') || !isListKind(object)) return { resources: [item], diagnostics: [] };
  const { resources, diagnostics } = sentOf(item, depth);
  return { resources, diagnostics: [listWithinList(item), ...diagnostics] };
}

const maximumDepth = 100;

/** A build as it reaches a cluster; kustomize itself leaves the items of most kinds where they are. */
export function sentBuild(build: Build): Build {
  if (!build.resources.some(({ object }) => Object.hasOwn(object, 'items'))) return build;
  const sent = build.resources.map((resource) => sentOf(resource));
  return {
    ...build,
    resources: sent.flatMap(({ resources }) => resources),
    diagnostics: [...build.diagnostics, ...sent.flatMap(({ diagnostics }) => diagnostics)],
  };
}

function isListKind({ kind }: Mapping): boolean {
  return typeof kind === 'string' && kind.endsWith('List');
}

function takenForList(resource: Resource): Diagnostic {
  const { kind } = resource.object;
  const name = typeof kind === 'string' ? kind : 'object';
  return findingAt(resource, {
    rule: 'taken-for-list',
    severity: 'error',
    message: `kubectl, Flux and Argo CD read this ${name} as a list: they send its items, never the ${name} itself`,
    help: 'rename the field, or split the items into documents',
    path: ['items'],
    part: 'key',
  });
}

function listWithinList(resource: Resource): Diagnostic {
  return findingAt(resource, {
    rule: 'not-admitted',
    severity: 'error',
    message: `a nested list is sent as it is, and no API server accepts a ${valueText(resource.object['kind'])}`,
    help: 'move its items to the outer list, or split them into documents',
    path: ['items'],
    part: 'key',
  });
}

function noList(resource: Resource): Diagnostic {
  return findingAt(resource, {
    rule: 'taken-for-list',
    severity: 'error',
    message: 'kubectl, Flux and Argo CD read an object with items as a list, but these items are not a list',
    help: 'write items: [], or rename the field',
    path: ['items'],
    part: 'key',
  });
}

function onlyForKubectl(list: Resource, index: number, kind: string): Diagnostic {
  return findingAt(list, {
    rule: 'not-admitted',
    severity: 'warning',
    message: `only kubectl reads this item as a ${kind}: Flux and Argo CD apply nothing without a kind`,
    help: 'add apiVersion and kind to the item',
    path: ['items', index],
  });
}

function noObject(resource: Resource, index: number): Diagnostic {
  return findingAt(resource, {
    rule: 'not-admitted',
    severity: 'error',
    message: 'this item is not a Kubernetes object',
    help: 'write a mapping with apiVersion, kind and metadata',
    path: ['items', index],
  });
}
