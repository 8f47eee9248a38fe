import type { Tracked } from '../object/provenance.ts';
import { isMapping, type Mapping, type Value } from '../source/value.ts';
import { type FieldSpec, makeFieldSpec } from './field-spec.ts';
import { checkConfiguration, entriesOf, isTrue, textOf } from './kustomization.ts';
import type { Loader } from './loader.ts';
import { isProblem, type Problem } from './problem.ts';
import {
  emptyConfig,
  fieldSpecTables,
  mergeConfig,
  type NameReference,
  type TransformerConfig,
} from './transformer-config.ts';

/** The field specs of the files under `configurations`, merged in their order. */
export function loadConfigurations(
  paths: readonly Tracked<string>[],
  loader: Loader,
): TransformerConfig | Problem {
  let config = emptyConfig;
  for (const path of paths) {
    const documents = loader.documents(path, 'configurations', 'field-specs');
    if (isProblem(documents)) return documents;
    const document = documents[0];
    if (document === undefined || document.value === null) continue;
    if (!isMapping(document.value)) {
      return {
        rule: 'configuration-invalid',
        problem: 'a configuration is a mapping of field specs',
        help: 'write tables such as nameReference: or commonLabels: with a list of field specs under each',
        at: document.origin,
      };
    }
    const read = readConfiguration(document as Tracked<Mapping>);
    if (isProblem(read)) return read;
    const merged = mergeConfig(config, read);
    if (isProblem(merged)) return { at: path.origin, ...merged };
    config = merged;
  }
  return config;
}

function readConfiguration(document: Tracked<Mapping>): TransformerConfig | Problem {
  const checked = checkConfiguration(document);
  if (isProblem(checked)) return checked;
  const tables: Record<string, readonly FieldSpec[] | readonly NameReference[]> = { ...emptyConfig };
  for (const table of fieldSpecTables) tables[table] = entriesOf(checked, table).map(readFieldSpec);
  tables['nameReference'] = entriesOf(checked, 'nameReference').map(readReference);
  return tables as unknown as TransformerConfig;
}

function readReference(entry: Tracked<Mapping>): NameReference {
  return { ...kindOf(entry), referrers: entriesOf(entry, 'fieldSpecs').map(readFieldSpec) };
}

/** A field spec as it stands in a configuration, under `labels[].fields` or in a transformer's configuration. */
export function readFieldSpec(entry: Tracked<Mapping>): FieldSpec {
  return makeFieldSpec(kindOf(entry), textOf(entry, 'path'), isTrue(entry, 'create'));
}

function kindOf(entry: Tracked<Mapping>): { group: string; version: string; kind: string } {
  return { group: textOf(entry, 'group'), version: textOf(entry, 'version'), kind: textOf(entry, 'kind') };
}

/**
 * The field specs that the files under `crds` give: OpenAPI definitions with x-kubernetes hints, not
 * CustomResourceDefinitions (api/internal/accumulator/loadconfigfromcrds.go of v5.8).
 */
export function loadCrds(paths: readonly Tracked<string>[], loader: Loader): TransformerConfig | Problem {
  let config = emptyConfig;
  for (const path of paths) {
    const bytes = loader.bytes(path);
    if (isProblem(bytes)) return bytes;
    const documents = loader.documents(path, 'crds', bytes[0] === brace ? 'json' : 'api-server');
    if (isProblem(documents)) return documents;
    const definitions = documents[0]?.value;
    if (definitions === null) continue;
    if (!isMapping(definitions) || !Object.values(definitions).every(isDefinition)) {
      return {
        rule: 'configuration-invalid',
        problem: `${path.value} is not a map of OpenAPI definitions`,
        help: 'crds lists definitions with x-kubernetes hints; list a CustomResourceDefinition under resources',
        at: path.origin,
      };
    }
    for (const name of Object.keys(definitions)) {
      const properties = propertiesOf(definitions, name);
      if (
        properties === undefined ||
        !['kind', 'apiVersion', 'metadata'].every((field) => Object.hasOwn(properties, field))
      ) {
        continue;
      }
      const kind = name.split('.').at(-1) ?? '';
      const found = specsOfType({ definitions, kind }, name, [], 0);
      const merged = mergeConfig(config, found);
      if (isProblem(merged)) return { at: path.origin, ...merged };
      config = merged;
    }
  }
  return config;
}

function isDefinition(value: Value): boolean {
  return value === null || isMapping(value);
}

/** The character that tells kustomize that a file of `crds` is JSON. */
const brace = 0x7b;

interface Definitions {
  readonly definitions: Mapping;
  readonly kind: string;
}

const maximumDepth = 100;

function specsOfType(
  from: Definitions,
  name: string,
  path: readonly string[],
  depth: number,
): TransformerConfig {
  const properties = propertiesOf(from.definitions, name);
  const found = {
    ...emptyConfig,
    commonAnnotations: [] as FieldSpec[],
    commonLabels: [] as FieldSpec[],
    namePrefix: [] as FieldSpec[],
    nameReference: [] as NameReference[],
  };
  if (properties === undefined || depth > maximumDepth) return found;
  for (const key of Object.keys(properties)) {
    const property = properties[key];
    if (!isMapping(property)) continue;
    const spec = (...steps: string[]): FieldSpec =>
      makeFieldSpec({ kind: from.kind }, [...path, ...steps].join('/'), false);
    if (hint(property, 'annotation') !== undefined) found.commonAnnotations.push(spec(key));
    if (hint(property, 'label-selector') !== undefined) found.commonLabels.push(spec(key));
    if (hint(property, 'identity') !== undefined) found.namePrefix.push(spec(key));
    const version = hint(property, 'object-ref-api-version');
    const kind = hint(property, 'object-ref-kind');
    if (version !== undefined && kind !== undefined) {
      const nameKey = hint(property, 'object-ref-name-key') ?? 'name';
      found.nameReference.push({ group: '', version, kind, referrers: [spec(key, nameKey)] });
    }
    const reference = property['$ref'];
    if (typeof reference !== 'string') continue;
    const below = specsOfType(from, reference, [...path, key], depth + 1);
    found.commonAnnotations.push(...below.commonAnnotations);
    found.commonLabels.push(...below.commonLabels);
    found.namePrefix.push(...below.namePrefix);
    found.nameReference.push(...below.nameReference);
  }
  return found;
}

function hint(property: Mapping, name: string): string | undefined {
  const value = property[`x-kubernetes-${name}`];
  return typeof value === 'string' ? value : undefined;
}

function propertiesOf(definitions: Mapping, name: string): Mapping | undefined {
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  const schema = isMapping(definition) ? fieldIgnoringCase(definition, 'Schema') : undefined;
  const properties = isMapping(schema) ? schema['properties'] : undefined;
  return isMapping(properties) ? properties : undefined;
}

// Go's decoder matches field names in any case, and the definitions come in both.
function fieldIgnoringCase(mapping: Mapping, name: string): Value | undefined {
  const key = Object.keys(mapping).find((other) => other.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : mapping[key];
}
