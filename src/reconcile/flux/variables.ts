import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { findingAt } from '../../object/finding.ts';
import { mappingAt, mappingsAt, textAt } from '../../object/object-field.ts';
import { getPart, type Origin } from '../../object/provenance.ts';
import type { Resource } from '../../object/resource.ts';
import { isMapping, type Mapping, valueAt } from '../../source/value.ts';

export interface Variable {
  /** Undefined where it is defined, but nobody can read its value here. */
  readonly value: string | undefined;
  /** The line that sets it. */
  readonly origin: Origin;
}

/** What a Flux Kustomization substitutes. */
export interface Variables {
  readonly byName: ReadonlyMap<string, Variable>;
  /** Sources that are not in the repository, so that any name may be defined there. */
  readonly missingSources: readonly string[];
  /** Names that the controller refuses. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds an object of the cluster by kind, namespace and name. */
export type FindObject = (kind: string, namespace: string, name: string) => Resource | undefined;

const namePattern = /^[_a-zA-Z][_a-zA-Z0-9]*$/u;

/**
 * The variables of `spec.postBuild`: those of ConfigMaps and Secrets in order, then those written in place. What is missing and has to be
 * there has the values that it had `earlier`: with others nothing is ever applied.
 */
export function loadVariables(
  declaration: Resource,
  namespace: string,
  find: FindObject,
  findEarlier: FindObject = () => undefined,
): Variables {
  const byName = new Map<string, Variable>();
  const missingSources: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { item, index } of mappingsAt(declaration, 'spec', 'postBuild', 'substituteFrom')) {
    const kind = textAt(item.value, 'kind') ?? '';
    const name = textAt(item.value, 'name') ?? '';
    const present = sourceOf(kind, namespace, name, find);
    const isOptional = item.value['optional'] === true;
    if (present === undefined) {
      missingSources.push(`${kind} ${namespace}/${name}`);
      if (!isOptional) diagnostics.push(missingSource(declaration, `${kind} ${namespace}/${name}`, index));
    }
    const source = present ?? (isOptional ? undefined : sourceOf(kind, namespace, name, findEarlier));
    if (source !== undefined && isMadeElsewhere(source)) missingSources.push(`${kind} ${namespace}/${name}`);
    for (const [key, variable] of source === undefined ? [] : variablesIn(source)) {
      byName.set(key, variable);
      if (source !== undefined && !namePattern.test(key)) diagnostics.push(invalidKey(source, key));
    }
  }
  const inPlace = mappingAt(declaration, 'spec', 'postBuild', 'substitute');
  for (const [key, value] of Object.entries(inPlace?.value ?? {})) {
    const part = inPlace === undefined ? undefined : getPart(inPlace, key);
    if (part === undefined || typeof value === 'object') continue;
    byName.set(key, { value: oneLine(String(value)), origin: part.origin });
    if (!namePattern.test(key)) diagnostics.push(invalidName(declaration, key));
  }
  return { byName, missingSources, diagnostics };
}

/** What Flux only begins, or adds to, has the keys that somebody else writes as well. */
function isMadeElsewhere({ object }: Resource): boolean {
  const ssa = textAt(object, 'metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/ssa') ?? '';
  return ['IfNotPresent', 'Ignore', 'Merge'].includes(ssa);
}

/** Whether every ConfigMap and Secret is there that the variables need. */
export function missesSources(declaration: Resource, namespace: string, find: FindObject): boolean {
  return mappingsAt(declaration, 'spec', 'postBuild', 'substituteFrom').some(
    ({ item: { value } }) =>
      sourceOf(textAt(value, 'kind') ?? '', namespace, textAt(value, 'name') ?? '', find) === undefined,
  );
}

/** One that lacks its namespace is refused where it stands: what it says is what is meant. */
function sourceOf(kind: string, namespace: string, name: string, find: FindObject): Resource | undefined {
  return find(kind, namespace, name) ?? find(kind, '', name);
}

export function substitutesAlways({ object }: Resource): boolean {
  return textAt(object, 'spec', 'postBuild', 'substituteStrategy') === 'Always';
}

export function hasPostBuild({ object }: Resource): boolean {
  const { spec } = object;
  return isMapping(spec) && isMapping(spec['postBuild']);
}

function* variablesIn(source: Resource): Iterable<[string, Variable]> {
  const isSecret = source.object['kind'] === 'Secret';
  const isEncrypted = isMapping(source.object['sops']);
  for (const field of isSecret ? ['data', 'stringData'] : ['data']) {
    const data = mappingAt(source, field);
    if (data === undefined) continue;
    for (const key of Object.keys(data.value)) {
      const part = getPart(data, key);
      if (part === undefined) continue;
      const value = isEncrypted ? undefined : textOf(part.value, isSecret && field === 'data');
      yield [key, { value: value === undefined ? undefined : oneLine(value), origin: part.origin }];
    }
  }
}

function textOf(value: unknown, isEncoded: boolean): string | undefined {
  if (typeof value !== 'string' || value.startsWith('ENC[')) return undefined;
  if (!isEncoded) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(atob(value), (character) => character.charCodeAt(0)),
    );
  } catch {
    return undefined;
  }
}

// The controller takes out every newline.
function oneLine(value: string): string {
  return value.replaceAll('\n', '');
}

function missingSource(declaration: Resource, what: string, index: number): Diagnostic {
  return findingAt(declaration, {
    rule: 'variable-source-missing',
    severity: 'note',
    message: `${what} is not in this repository; Flux applies nothing while it is missing`,
    help: 'nothing to do if something else creates it; otherwise correct the name, or set optional: true',
    path: ['spec', 'postBuild', 'substituteFrom', index, 'name'],
  });
}

function invalidName(declaration: Resource, name: string): Diagnostic {
  return findingAt(declaration, {
    rule: 'variable-name-invalid',
    severity: 'error',
    message: `"${name}" is not a valid variable name, so Flux substitutes and applies nothing`,
    help: 'use letters, digits and underscores, not starting with a digit',
    path: ['spec', 'postBuild', 'substitute', name],
    part: 'key',
  });
}

/** A key that can be no variable keeps all others from being put in, whoever asks for them. */
function invalidKey(source: Resource, key: string): Diagnostic {
  const field = ['data', 'stringData'].find((one) => valueAt(source.object, [one, key]) !== undefined);
  return findingAt(source, {
    rule: 'variable-name-invalid',
    severity: 'error',
    message: `"${key}" is not a valid variable name, but variables are read from here, so Flux substitutes and applies nothing`,
    help: 'use letters, digits and underscores, not starting with a digit, or move keys that are not variables elsewhere',
    path: [field ?? 'data', key],
    part: 'key',
  });
}

/** Whether the object asks to be left alone. */
export function isSubstitutionDisabled(object: Mapping): boolean {
  const metadata = object['metadata'];
  if (!isMapping(metadata)) return false;
  return ['labels', 'annotations'].some((field) => {
    const map = metadata[field];
    return isMapping(map) && map['kustomize.toolkit.fluxcd.io/substitute'] === 'disabled';
  });
}
