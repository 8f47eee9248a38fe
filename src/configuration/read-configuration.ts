import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../source/document.ts';
import { directoryOf, normalisePath } from '../source/path.ts';
import {
  isMapping,
  isSequence,
  itemsAt,
  type Mapping,
  noFields,
  type Path,
  type Value,
  valueAt,
} from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { alternativesOf } from './alternatives.ts';
import {
  type Acknowledgement,
  type AppliedBy,
  type ApprovedDifference,
  acknowledgingWays,
  type Configuration,
  type Environment,
  type Exclusion,
  type FilePath,
  type LooseSchema,
  type NotJudged,
  type ProvidedObject,
  type RequiredWorkload,
} from './configuration.ts';
import { newIgnored } from './ignored-paths.ts';
import { profileSettings, ruleSettings } from './read-profiles.ts';
import { spanOf } from './schema-diagnostics.ts';

/** Makes the configuration of a document that schema/config.json accepts; paths become relative to the repository's root. */
export function readConfiguration(
  document: Document,
  file: string,
): { configuration: Configuration; diagnostics: Diagnostic[] } {
  const root = document.value;
  const folder = directoryOf(file);
  const diagnostics: Diagnostic[] = [];
  const inside = (path: string, at: Path): string | undefined => {
    const normal = normalisePath(folder === '' ? path : `${folder}/${path}`);
    if (normal === undefined) diagnostics.push(outside(document, path, at));
    return normal;
  };
  const toRoot = (path: string, at: Path): string => inside(path, at) ?? path;
  const configuration: Configuration = {
    file,
    ...profileSettings(document, toRoot),
    ...clusterOf(root),
    environments: environmentsOf(document, toRoot),
    ignore: itemsAt(root, ['ignore']).map((pattern, index) =>
      newIgnored(text(pattern) ?? '', spanOf(document, ['ignore', index], 'value')),
    ),
    repositories: itemsAt(root, ['repositories']).map((url) => text(url) ?? ''),
    ...optional('fluxVersion', text(valueAt(root, ['flux', 'version']))),
    ...strictness(valueAt(root, ['flux'])),
    provided: itemsAt(root, ['provided']).map(providedOf),
    privateRegistries: itemsAt(root, ['privateRegistries']).map((one) => text(one) ?? ''),
    ...filePath(document, inside, 'argoClusters', ['argocd', 'clusters']),
    ...filePath(document, inside, 'baseline', ['baseline']),
    alternatives: alternativesOf(document, toRoot, diagnostics),
    promotion: itemsAt(root, ['promotion']).map((stage) => itemsAt(stage, []).map((one) => text(one) ?? '')),
    remotes: remotesOf(document, toRoot),
    ...filePath(document, inside, 'charts', ['charts']),
    sourceHosts: itemsAt(root, ['sourceHosts']).map((one) => text(one) ?? ''),
    notJudged: itemsAt(root, ['notJudged']).map((item, index) => notJudgedOf(document, item, index)),
    schemas: itemsAt(root, ['schemas']).map((path, index) => toRoot(text(path) ?? '', ['schemas', index])),
    requireSchemas: valueAt(root, ['requireSchemas']) === true,
    looseSchemas: itemsAt(root, ['looseSchemas']).map((item, index) => looseSchemaOf(document, item, index)),
    rules: ruleSettings(document, ['rules']),
    acknowledged: itemsAt(root, ['acknowledged']).map((item, index) =>
      acknowledgementOf(document, item, index),
    ),
    acknowledgeBy:
      valueAt(root, ['acknowledgeBy']) === undefined
        ? acknowledgingWays
        : acknowledgingWays.filter((way) => itemsAt(root, ['acknowledgeBy']).includes(way)),
    exclusions: itemsAt(root, ['exclusions']).map((item, index) =>
      exclusionOf(document, item, index, toRoot),
    ),
    inlineSuppressions: valueAt(root, ['inlineSuppressions']) === 'forbidden' ? 'forbidden' : 'allowed',
    approvedDifferences: itemsAt(root, ['approvedDifferences']).map((item, index) =>
      approvalOf(document, item, index),
    ),
  };
  return { configuration, diagnostics };
}

function clusterOf(value: Value | undefined): Pick<Configuration, 'kubernetesVersion' | 'appliedBy'> {
  const version = text(valueAt(value, ['kubernetesVersion']));
  const appliedBy = text(valueAt(value, ['appliedBy']));
  return {
    ...(version === undefined ? {} : { kubernetesVersion: version }),
    ...(appliedBy === undefined ? {} : { appliedBy: appliedBy as AppliedBy }),
  };
}

function optional<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string };
}

function filePath<K extends 'argoClusters' | 'baseline' | 'charts'>(
  document: Document,
  inside: (path: string, at: Path) => string | undefined,
  key: K,
  at: Path,
): { readonly [P in K]?: FilePath } {
  const said = text(valueAt(document.value, at));
  // One that leads out of the repository is none, for whoever would write it.
  const path = said === undefined ? undefined : inside(said, at);
  const read = path === undefined ? {} : { [key]: { path, span: spanOf(document, at, 'value') } };
  return read as { readonly [P in K]?: FilePath };
}

// Strict since Flux 2.9, a feature gate before.
function strictness(flux: Value | undefined): { readonly strictSubstitution?: boolean } {
  const said = valueAt(flux, ['strictSubstitution']);
  if (typeof said === 'boolean') return { strictSubstitution: said };
  const [, minor] = (text(valueAt(flux, ['version'])) ?? '').split('.');
  return minor === undefined ? {} : { strictSubstitution: Number(minor) >= 9 };
}

function remotesOf(document: Document, toRoot: ToRoot): Readonly<Record<string, string>> {
  const remotes = mappingAt(document.value, ['remotes']);
  return Object.fromEntries(
    Object.keys(remotes).map((url) => [url, toRoot(text(remotes[url]) ?? '', ['remotes', url])]),
  );
}

function looseSchemaOf(document: Document, item: Value, index: number): LooseSchema {
  return {
    kind: text(valueAt(item, ['kind'])) ?? '',
    ...optionalText(item, 'apiVersion'),
    reason: text(valueAt(item, ['reason'])) ?? '',
    span: spanOf(document, ['looseSchemas', index, 'kind'], 'value'),
  };
}

type ToRoot = (path: string, at: Path) => string;

function environmentsOf(document: Document, toRoot: ToRoot): Environment[] {
  const everywhere = workloadsAt(document, ['requiredWorkloads']);
  const environments = mappingAt(document.value, ['environments']);
  return Object.keys(environments).map((name) => {
    const at = ['environments', name];
    const production = valueAt(document.value, [...at, 'production']);
    return {
      name,
      root: toRoot(text(valueAt(document.value, [...at, 'root'])) ?? '', [...at, 'root']),
      requiredWorkloads: [...everywhere, ...workloadsAt(document, [...at, 'requiredWorkloads'])],
      ...clusterOf(valueAt(document.value, at)),
      ...(typeof production === 'boolean' ? { production } : {}),
      span: spanOf(document, at, 'key'),
    };
  });
}

function workloadsAt(document: Document, path: Path): RequiredWorkload[] {
  return itemsAt(document.value, path).map((name, index) => ({
    name: text(name) ?? '',
    span: spanOf(document, [...path, index], 'value'),
  }));
}

function providedOf(item: Value): ProvidedObject {
  const keys = valueAt(item, ['keys']);
  return {
    kind: text(valueAt(item, ['kind'])) ?? '',
    name: text(valueAt(item, ['name'])) ?? '',
    ...optionalText(item, 'apiVersion'),
    ...optionalText(item, 'namespace'),
    ...(isSequence(keys) ? { keys: keys.map(valueText) } : {}),
  };
}

function exclusionOf(document: Document, item: Value, index: number, toRoot: ToRoot): Exclusion {
  const path = text(valueAt(item, ['file']));
  return {
    rule: text(valueAt(item, ['rule'])) ?? '',
    reason: text(valueAt(item, ['reason'])) ?? '',
    ...(path === undefined ? {} : { file: toRoot(path, ['exclusions', index, 'file']) }),
    ...optionalText(item, 'object'),
    ...optionalText(item, 'environment'),
    ...expiryOf(item),
    ...optionalText(item, 'owner'),
    span: spanOf(document, ['exclusions', index, 'rule'], 'value'),
  };
}

function acknowledgementOf(document: Document, item: Value, index: number): Acknowledgement {
  return {
    rule: text(valueAt(item, ['rule'])) ?? '',
    digest: text(valueAt(item, ['digest'])) ?? '',
    ...optionalText(item, 'object'),
    ...(valueAt(item, ['clusters']) === undefined
      ? {}
      : { clusters: itemsAt(item, ['clusters']).map((one) => text(one) ?? '') }),
    reason: text(valueAt(item, ['reason'])) ?? '',
    ...expiryOf(item),
    ...optionalText(item, 'owner'),
    span: spanOf(document, ['acknowledged', index, 'rule'], 'value'),
  };
}

function notJudgedOf(document: Document, item: Value, index: number): NotJudged {
  const kinds = ['remote', 'chart', 'plugin'] as const;
  const kind = kinds.find((one) => valueAt(item, [one]) !== undefined) ?? 'remote';
  return {
    kind,
    name: text(valueAt(item, [kind])) ?? '',
    reason: text(valueAt(item, ['reason'])) ?? '',
    ...expiryOf(item),
    ...optionalText(item, 'owner'),
    span: spanOf(document, ['notJudged', index, kind], 'value'),
  };
}

function approvalOf(document: Document, item: Value, index: number): ApprovedDifference {
  return {
    property: text(valueAt(item, ['property'])) ?? '',
    ...optionalText(item, 'service'),
    ...optionalText(item, 'environment'),
    reason: text(valueAt(item, ['reason'])) ?? '',
    ...expiryOf(item),
    ...optionalText(item, 'owner'),
    span: spanOf(document, ['approvedDifferences', index, 'property'], 'value'),
  };
}

// YAML reads a bare day as a point in time.
function expiryOf(item: Value): { readonly expires?: string } {
  const expires = text(valueAt(item, ['expires']));
  return expires === undefined ? {} : { expires: expires.slice(0, 10) };
}

function outside(document: Document, path: string, at: Path): Diagnostic {
  return {
    rule: 'configuration-invalid',
    severity: 'error',
    message: `"${path}" is outside the repository`,
    help: 'write a path inside it, relative to the configuration file',
    span: spanOf(document, at, 'value'),
    related: [],
    unchecked: 'everything, because the configuration cannot be used',
  };
}

function optionalText<K extends string>(item: Value, key: K): { readonly [P in K]?: string } {
  return optional(key, text(valueAt(item, [key])));
}

function mappingAt(value: Value, path: Path): Mapping {
  const mapping = valueAt(value, path);
  return isMapping(mapping) ? mapping : noFields;
}

function text(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
