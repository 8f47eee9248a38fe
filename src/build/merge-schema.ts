import { ownOf } from '../source/own.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { mergeKinds, mergeTypes } from './merge-schema-data.ts';

/** What kustomize's OpenAPI knows about one field, as far as a strategic merge asks. */
export interface MergeSchema {
  /** True where a patch's list is merged into the target's; otherwise it takes its place. */
  readonly mergesList: boolean;
  /** The fields that tell the items of a merged list apart; empty for scalars. */
  readonly mergeKeys: readonly string[];
  /** The schema of a field below, undefined where nothing is known of it. */
  field(name: string): MergeSchema | undefined;
  /** The schema of the items of a list. */
  element(): MergeSchema | undefined;
}

/** Schemas by kind: the built-in ones of Kubernetes 1.21.2 or those of `openapi: path`. */
export interface MergeSchemas {
  schemaOf(apiVersion: string, kind: string): MergeSchema | undefined;
  /** Whether objects of this kind live in a namespace; undefined for kinds that nobody described. */
  isNamespaceScoped(apiVersion: string, kind: string): boolean | undefined;
  /** The schema that a comment on a field spells out (`# {"items": {"$ref": "#/definitions/..."}}`). */
  schemaOfComment(schema: Mapping): MergeSchema;
}

/** The schemas that kustomize 5.8 carries, still those of Kubernetes 1.21.2. */
export const builtinMergeSchemas: MergeSchemas = {
  schemaOf: (apiVersion, kind) => {
    const definition = builtinKind(apiVersion, kind)?.definition;
    return definition === undefined ? undefined : builtinSchema(definition);
  },
  isNamespaceScoped: (apiVersion, kind) => {
    const scope = builtinKind(apiVersion, kind)?.scope;
    return scope === undefined || scope === '-' ? undefined : scope === 'n';
  },
  schemaOfComment: (schema) => schemaIn(schema, builtinReference),
};

/** The schemas of an OpenAPI document: it takes the place of the built-in ones, except for the scopes kustomize has by heart. */
export function schemasFromOpenApi(document: Mapping): MergeSchemas {
  const definitions = mappingIn(document, 'definitions');
  const resolve = (reference: string, depth = 0): MergeSchema | undefined => {
    const definition = definitions?.[definitionName(reference)];
    if (!isMapping(definition) || depth > maximumReferences) return undefined;
    const next = definition['$ref'];
    return typeof next === 'string' ? resolve(next, depth + 1) : schemaIn(definition, resolve);
  };
  const kinds = new Map<string, Mapping>();
  for (const definition of Object.values(definitions ?? {})) {
    if (!isMapping(definition)) continue;
    for (const id of kindsOf(definition[gvkExtension])) kinds.set(id, definition);
  }
  const scopes = scopesIn(mappingIn(document, 'paths'));
  return {
    schemaOf: (apiVersion, kind) => {
      const definition = kinds.get(`${apiVersion}/${kind}`);
      return definition === undefined ? undefined : schemaIn(definition, resolve);
    },
    isNamespaceScoped: (apiVersion, kind) =>
      builtinMergeSchemas.isNamespaceScoped(apiVersion, kind) ?? scopes.get(`${apiVersion}/${kind}`),
    schemaOfComment: (schema) => schemaIn(schema, resolve),
  };
}

/** A chain of references that is longer goes in a circle. */
const maximumReferences = 64;

const gvkExtension = 'x-kubernetes-group-version-kind';

interface BuiltinKind {
  readonly scope: string;
  /** The name of its definition, empty where nothing below it merges, undefined where there is none. */
  readonly definition: string | undefined;
}

const builtinKinds = new Map<string, ReadonlyMap<string, BuiltinKind>>();

function builtinKind(apiVersion: string, kind: string): BuiltinKind | undefined {
  let kinds = builtinKinds.get(apiVersion);
  if (kinds === undefined) {
    kinds = parseKinds(Object.hasOwn(mergeKinds, apiVersion) ? ownOf(mergeKinds, apiVersion) : undefined);
    if (kinds.size > 0) builtinKinds.set(apiVersion, kinds);
  }
  return kinds.get(kind);
}

function parseKinds(line: string | undefined): ReadonlyMap<string, BuiltinKind> {
  const kinds = new Map<string, BuiltinKind>();
  for (const entry of line?.split(' ') ?? []) {
    const [kind = '', definition] = entry.slice(1).split(':');
    kinds.set(kind, { scope: entry.slice(0, 1), definition });
  }
  return kinds;
}

/** Known to the schema, with nothing below it that merges. */
const plain: MergeSchema = {
  mergesList: false,
  mergeKeys: [],
  field: () => plain,
  element: () => plain,
};

const builtinSchemas = new Map<string, MergeSchema>();

function builtinSchema(name: string): MergeSchema {
  const known = builtinSchemas.get(name);
  if (known !== undefined) return known;
  const line = Object.hasOwn(mergeTypes, name) ? ownOf(mergeTypes, name) : undefined;
  if (line === undefined) return plain;
  const fields = new Map<string, MergeSchema>();
  const schema: MergeSchema = { ...plain, field: (field) => fields.get(field) ?? plain };
  builtinSchemas.set(name, schema);
  for (const entry of line.split(' ')) {
    const [, field = '', shape = '', rest = ''] = /^(\w+)([.[{=])(.*)$/.exec(entry) ?? [];
    fields.set(field, builtinField(shape, rest));
  }
  return schema;
}

function builtinField(shape: string, rest: string): MergeSchema {
  if (shape === '.') return builtinSchema(rest);
  if (shape === '[') return { ...plain, element: () => builtinSchema(rest) };
  if (shape === '{') return { ...plain, field: () => builtinSchema(rest) };
  const bracket = rest.indexOf('[');
  const keys = rest.slice(0, bracket);
  const type = rest.slice(bracket + 1);
  return {
    ...plain,
    mergesList: true,
    mergeKeys: keys === '*' ? [] : keys.split(','),
    element: () => builtinSchema(type),
  };
}

/** `#/definitions/io.k8s.api.core.v1.Container` by the short name of the data file. */
function builtinReference(reference: string): MergeSchema {
  const name = definitionName(reference);
  const parts = name.split('.');
  return builtinSchema(parts.slice(name.startsWith('io.k8s.apimachinery.') ? -1 : -3).join('.'));
}

function definitionName(reference: string): string {
  return reference
    .replace(/^#\/definitions\//, '')
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
}

type Resolve = (reference: string) => MergeSchema | undefined;

/** Reads an OpenAPI schema as it stands; references are followed when a field is asked for (kyaml's ResourceSchema). */
function schemaIn(schema: Mapping, resolve: Resolve): MergeSchema {
  const strategy = schema['x-kubernetes-patch-strategy'];
  const known = typeof strategy === 'string';
  return {
    mergesList: known && strategy.split(',').includes('merge'),
    mergeKeys: known ? keysIn(schema) : [],
    field: (name) => {
      const properties = mappingIn(schema, 'properties');
      const own = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
      return followed(own ?? schema['additionalProperties'], resolve);
    },
    element: () => (schema['type'] === 'array' ? followed(schema['items'], resolve) : undefined),
  };
}

function keysIn(schema: Mapping): readonly string[] {
  const list = schema['x-kubernetes-list-map-keys'];
  if (isSequence(list)) return list.filter((key) => typeof key === 'string');
  const key = schema['x-kubernetes-patch-merge-key'];
  return typeof key === 'string' ? [key] : [];
}

/** The schema, or what its reference names: the siblings of a `$ref` do not count. */
function followed(schema: Value | undefined, resolve: Resolve): MergeSchema | undefined {
  if (!isMapping(schema)) return undefined;
  const reference = schema['$ref'];
  return typeof reference === 'string' ? resolve(reference) : schemaIn(schema, resolve);
}

function kindsOf(extension: Value | undefined): readonly string[] {
  const list = isSequence(extension) ? extension : [];
  return list.filter(isMapping).map(kindId);
}

function kindId(gvk: Mapping): string {
  const group = typeof gvk['group'] === 'string' && gvk['group'] !== '' ? `${gvk['group']}/` : '';
  return `${group}${valueText(gvk['version'])}/${valueText(gvk['kind'])}`;
}

/** A kind is namespaced if any path to it has a namespace in it. */
function scopesIn(paths: Mapping | undefined): ReadonlyMap<string, boolean> {
  const scopes = new Map<string, boolean>();
  for (const [path, item] of Object.entries(paths ?? {})) {
    const get = isMapping(item) ? item['get'] : undefined;
    const gvk = isMapping(get) ? get[gvkExtension] : undefined;
    if (!isMapping(gvk)) continue;
    const id = kindId(gvk);
    if (path.includes('namespaces/{namespace}')) scopes.set(id, true);
    else if (!scopes.has(id)) scopes.set(id, false);
  }
  return scopes;
}

function mappingIn(mapping: Mapping, key: string): Mapping | undefined {
  const value = Object.hasOwn(mapping, key) ? mapping[key] : undefined;
  return isMapping(value) ? value : undefined;
}
