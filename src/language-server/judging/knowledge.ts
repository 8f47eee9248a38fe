import { labelsOf } from '../../object/label-match.ts';
import { stepsOf } from '../../object/provenance.ts';
import { groupVersionKind, namespaceOf, type Resource, stableNameOf } from '../../object/resource.ts';
import { lineColumn } from '../../report/finding/line-column.ts';
import { openSources } from '../../source/load.ts';
import { isMapping, isSequence, type Mapping, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { JudgedFolder } from './judged-folder.ts';
import type { KnownObject } from './known-object.ts';
import { providedObjects } from './provided-objects.ts';
import { setKey, setParameters } from './set-parameters.ts';
import { unfilledIn } from './unfilled-variables.ts';

/** What the clusters of a folder have, as far as one may name it while writing. */
export interface Knowledge {
  readonly kubernetesVersion: string;
  readonly objects: readonly KnownObject[];
  /** The files with the definitions of custom kinds. */
  readonly definitions: readonly KnownDefinition[];
  /** Names that Flux substitutes. */
  readonly variables: readonly string[];
  /** Names that what a directory is built of leaves to Flux, by the directory. */
  readonly unfilled: Readonly<Record<string, readonly string[]>>;
  /** Names of the parameters of ApplicationSets, by namespace and name. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** Without tags and digests. */
  readonly images: readonly string[];
}

export interface KnownDefinition {
  readonly group: string;
  readonly kind: string;
  readonly versions: readonly string[];
  readonly plural: string;
  readonly file: string;
}

export const noKnowledge: Knowledge = {
  kubernetesVersion: '',
  objects: [],
  definitions: [],
  variables: [],
  unfilled: {},
  parameters: {},
  images: [],
};

/** Gathers the names that all builds render, each once. */
export function knowledgeOf({
  judgement,
  fileSystem,
  path = '',
}: Pick<JudgedFolder, 'judgement' | 'fileSystem'> & { readonly path?: string }): Knowledge {
  const { builds, world } = judgement;

  const objects = new Map<string, KnownObject>();
  const definitions = new Map<string, KnownDefinition>();
  const variables = new Set<string>();
  const variableSources = new Set<string>();
  const images = new Set<string>();
  const unfilled = new Map<string, readonly string[]>();
  const parameters = new Map<string, readonly string[]>();
  const sources = openSources(fileSystem);
  for (const build of builds.values()) {
    const names = unfilledIn(build, fileSystem);
    if (names.length > 0) unfilled.set(build.root, names);
    for (const resource of build.resources) {
      const known = knownObject(resource);
      const key = JSON.stringify([known.group, known.kind, known.namespace, known.name]);
      if (!objects.has(key)) objects.set(key, known);
      const definition = definitionOf(resource, known);
      if (definition !== undefined) definitions.set(known.name, definition);
      for (const name of variablesOf(resource.object)) variables.add(name);
      for (const name of sourcesOfVariables(resource.object)) variableSources.add(name);
      for (const image of imagesOf(resource.object)) images.add(image);
      if (known.kind === 'ApplicationSet') parameters.set(setKey(resource), setParameters(resource, sources));
    }
  }
  for (const one of providedObjects(fileSystem, path)) {
    const key = JSON.stringify([one.group, one.kind, one.namespace, one.name]);
    if (!objects.has(key)) objects.set(key, one);
  }
  for (const { kind, namespace, name, keys = [] } of objects.values())
    if (variableSources.has(JSON.stringify([kind, namespace, name])))
      for (const key of keys) variables.add(key);
  return {
    kubernetesVersion: world.kubernetesVersion,
    objects: [...objects.values()],
    definitions: [...definitions.values()],
    variables: [...variables].sort(),
    unfilled: Object.fromEntries(unfilled),
    parameters: Object.fromEntries(parameters),
    images: [...images].sort(),
  };
}

function knownObject(resource: Resource): KnownObject {
  const { object } = resource;
  const { group, kind } = groupVersionKind(object);
  const keys = kind === 'ConfigMap' || kind === 'Secret' ? dataKeys(object) : undefined;
  const ports = portsOf(object, kind);
  const containers = containersOf(object).map(({ name }) => valueText(name));
  const [first] = stepsOf(resource.origin);
  return {
    group,
    kind,
    namespace: namespaceOf(object),
    name: stableNameOf(resource),
    labels: textsOf(podTemplate(object) === undefined ? labelsOf(object) : labelsOf(podTemplate(object))),
    ...(keys === undefined ? {} : { keys }),
    ...(ports.length === 0 ? {} : { ports }),
    ...(containers.length === 0 ? {} : { containers }),
    ...(first === undefined
      ? {}
      : { file: first.span.file.path, line: lineColumn(first.span.file, first.span.start).line - 1 }),
  };
}

function podTemplate(object: Mapping): Mapping | undefined {
  const template =
    valueAt(object, ['spec', 'jobTemplate', 'spec', 'template']) ?? valueAt(object, ['spec', 'template']);
  return isMapping(template) && isMapping(template['spec']) ? template : undefined;
}

function dataKeys(object: Mapping): string[] {
  return ['data', 'binaryData', 'stringData'].flatMap((field) => {
    const data = object[field];
    return isMapping(data) ? Object.keys(data) : [];
  });
}

function portsOf(object: Mapping, kind: string): [string, string][] {
  if (kind === 'Service')
    return mappingsOf(valueAt(object, ['spec', 'ports'])).map((one) => portOf(one, 'port'));
  return containersOf(object).flatMap((container) =>
    mappingsOf(container['ports']).map((one) => portOf(one, 'containerPort')),
  );
}

function portOf(port: Mapping, field: string): [string, string] {
  return [valueText(port['name']), valueText(port[field])];
}

function containersOf(object: Mapping): Mapping[] {
  const spec = object['kind'] === 'Pod' ? object['spec'] : podTemplate(object)?.['spec'];
  if (!isMapping(spec)) return [];
  return [...mappingsOf(spec['initContainers']), ...mappingsOf(spec['containers'])];
}

function imagesOf(object: Mapping): string[] {
  return containersOf(object).flatMap(({ image }) =>
    typeof image === 'string' ? [image.replace(/@.*$/u, '').replace(/:[^:/]*$/u, '')] : [],
  );
}

function variablesOf(object: Mapping): string[] {
  const substitute = valueAt(object, ['spec', 'postBuild', 'substitute']);
  return isMapping(substitute) ? Object.keys(substitute) : [];
}

/** The ConfigMaps and Secrets that a Flux Kustomization takes variables of. */
function sourcesOfVariables(object: Mapping): string[] {
  return mappingsOf(valueAt(object, ['spec', 'postBuild', 'substituteFrom'])).map(({ kind, name }) =>
    JSON.stringify([valueText(kind), namespaceOf(object), valueText(name)]),
  );
}

function definitionOf({ object }: Resource, { kind, file }: KnownObject): KnownDefinition | undefined {
  if (kind !== 'CustomResourceDefinition' || file === undefined) return undefined;
  return {
    group: valueText(valueAt(object, ['spec', 'group'])),
    kind: valueText(valueAt(object, ['spec', 'names', 'kind'])),
    plural: valueText(valueAt(object, ['spec', 'names', 'plural'])),
    versions: mappingsOf(valueAt(object, ['spec', 'versions'])).map(({ name }) => valueText(name)),
    file,
  };
}

function mappingsOf(value: Value | undefined): Mapping[] {
  return isSequence(value) ? value.filter(isMapping) : [];
}

function textsOf(labels: Mapping): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}
