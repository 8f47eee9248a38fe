import {
  getAt,
  getPart,
  isRewritten,
  type Origin,
  removeKey,
  setKey,
  type Tracked,
} from '../object/provenance.ts';
import { groupVersionKind, nameOf, type Resource } from '../object/resource.ts';
import { emitDocument } from '../source/emit/emit.ts';
import { internalAnnotations } from '../source/internal-annotations.ts';
import { resolveScalar } from '../source/scalar.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Value, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { type AccumulatedResource, type OriginAnnotation, setMetadata } from './accumulated-resource.ts';
import { findEmptiedBlock } from './emptied-block.ts';
import type { Problem } from './problem.ts';
import { scalarSource, sourceText } from './scalar-style.ts';
import type { Resources } from './transformer.ts';
import { findUnreadableText } from './unreadable-text.ts';

/** An object that lost its kind or its name on the way: kustomize looks once more before it lets it go. */
export function checkNames(resources: Resources): Problem | undefined {
  for (const { tracked } of resources) {
    const { kind } = groupVersionKind(tracked.value);
    const isNamed = kind.endsWith('List') || nameOf(tracked.value) !== '';
    if (kind !== '' && isNamed) continue;
    const field = kind === '' ? ['kind'] : ['metadata', 'name'];
    return {
      rule: 'resource-invalid',
      problem: `the ${kind || 'object'} has no ${field.join('.')} at the end of the build`,
      help: 'make sure that no patch or replacement empties it',
      at: (getAt(tracked, field) ?? tracked).origin,
    };
  }
  return undefined;
}

/** Drops what only kustomize itself should see: objects annotated as local configuration. */
export function dropLocalConfig(resources: Resources): Resources {
  return resources.filter(({ tracked }) => {
    const path = ['metadata', 'annotations', 'config.kubernetes.io/local-config'];
    const annotation = valueAt(tracked.value, path);
    return annotation === undefined || valueText(annotation) === 'false';
  });
}

/** The resource as it leaves the build. */
export function finishResource(
  resource: AccumulatedResource,
  metadata: readonly string[],
  managedBy: Tracked | undefined,
): Resource {
  let object = managedBy === undefined ? resource.tracked : setManagedBy(resource.tracked, managedBy);
  object = rewriteAnnotations(object, resource.isWithoutComments === true);
  if (metadata.includes('originAnnotations') && resource.originAnnotation !== undefined) {
    object = annotate(object, 'config.kubernetes.io/origin', describeOrigin(resource.originAnnotation));
  }
  if (metadata.includes('transformerAnnotations') && resource.transformations !== undefined) {
    const text = resource.transformations.map((entry) => asListItem(describeOrigin(entry))).join('');
    object = annotate(object, 'alpha.config.kubernetes.io/transformations', text);
  }
  const unhashedName = nameBeforeHash(resource);
  return {
    object: object.value,
    origin: object.origin,
    ...(unhashedName === undefined ? {} : { unhashedName }),
    ...(resource.chart === undefined ? {} : { chart: resource.chart }),
  };
}

/** The hash is added last, and remembers what was there before it. */
function nameBeforeHash({ needsHash, previous, tracked }: AccumulatedResource): string | undefined {
  const before = needsHash ? previous.at(-1)?.name : undefined;
  return before !== undefined && nameOf(tracked.value).startsWith(`${before}-`) ? before : undefined;
}

/**
 * Writing the annotations anew, kustomize leaves the quotes of their keys out, and so cannot read a key that looks like a
 * number or a boolean any more.
 */
export function checkAnnotationKeys(resources: readonly Resource[]): Problem | undefined {
  for (const { object, origin } of resources) {
    const annotations = valueAt(object, ['metadata', 'annotations']);
    if (!isMapping(annotations)) continue;
    const key = Object.keys(annotations).find((each) => resolveScalar(each, 'kustomize') !== each);
    if (key === undefined) continue;
    const found = getAt({ value: object, origin }, ['metadata', 'annotations', key]);
    return {
      rule: 'resource-invalid',
      problem: `kustomize cannot build an object with the annotation ${JSON.stringify(key)}, which YAML does not read as a string`,
      help: 'give the annotation another name',
      at: found?.origin ?? origin,
    };
  }
  return undefined;
}

/** What a generator made is read for the first time when it is written, so what is replaced before may hold anything. */
export function checkMade(resources: Resources): Problem | undefined {
  for (const { isMade, tracked } of resources) {
    const unreadable = isMade === true ? findUnreadableText(tracked) : undefined;
    if (unreadable !== undefined) return { rule: 'generator-invalid', ...unreadable };
  }
  return undefined;
}

/**
 * kustomize joins the earlier names of an object with commas, and crashes where splitting them again does not give as many names as
 * kinds and namespaces (PrevIds of api/resource/resource.go).
 */
export function checkEarlierNames(resources: Resources): Problem | undefined {
  const lost = resources.find(({ previous }) => {
    const partsOf = (field: 'name' | 'namespace' | 'kind') =>
      previous.reduce((sum, earlier) => sum + earlier[field].split(',').length, 0);
    return previous.length > 0 && new Set([partsOf('name'), partsOf('namespace'), partsOf('kind')]).size > 1;
  });
  if (lost === undefined) return undefined;
  const name =
    lost.previous.find((earlier) => earlier.name.includes(','))?.name ?? nameOf(lost.tracked.value);
  return {
    rule: 'build-failed',
    problem: `kustomize crashes at an object that is renamed from ${JSON.stringify(name)}, because of the comma`,
    help: 'remove the comma from the name, prefix or suffix',
    at: lost.tracked.origin,
  };
}

/** What was written with comments has to be read again once it is written anew. */
export function checkWriting(resources: Resources, finished: readonly Resource[]): Problem | undefined {
  for (const [index, { object, origin }] of finished.entries()) {
    const { isWithoutComments, plain } = resources[index] ?? {};
    if (isWithoutComments === true || plain === origin) continue;
    const problem = findEmptiedBlock({ value: object, origin });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

// kustomize takes its internal annotations out at the end, and so writes all others anew: as strings, and none where
// none is left. A list without metadata gets some that are empty.
function rewriteAnnotations(object: Tracked<Mapping>, isOfJson: boolean): Tracked<Mapping> {
  const value = valueAt(object.value, ['metadata', 'annotations']);
  if (value === undefined && object.value['metadata'] === undefined)
    return setKey(object, 'metadata', { value: newMapping(), origin: object.origin });
  if (value === undefined || isFinished(value)) return object;
  const annotations = getAt(object, ['metadata', 'annotations']) ?? object;
  if (!isMapping(value) || Object.keys(value).length === 0)
    return setMetadata(object, 'annotations', undefined);
  let current = annotations as Tracked<Mapping>;
  for (const key of Object.keys(value)) {
    if (internalAnnotations.has(key)) {
      current = removeKey(current, key);
      continue;
    }
    const part = getPart(annotations, key) as Tracked;
    const isItem = isOfJson && !isRewritten(part.origin);
    const text = isItem ? jsonText(part.value) : annotationText(part);
    if (text !== part.value) current = setKey(current, key, { value: text, origin: part.origin });
  }
  if (current === annotations) return object;
  return setMetadata(object, 'annotations', Object.keys(current.value).length === 0 ? undefined : current);
}

/** Go's JSON has a zero below zero; a map or list has no text. */
function jsonText(value: Value): string {
  if (isMapping(value) || isSequence(value)) return '';
  return Object.is(value, -0) ? '-0' : valueText(value);
}

/** Whether annotations stay as they are. */
function isFinished(annotations: Value): boolean {
  if (!isMapping(annotations)) return false;
  const entries = Object.entries(annotations);
  return (
    entries.length > 0 && entries.every(([key, value]) => isAsWritten(value) && !internalAnnotations.has(key))
  );
}

/** Whether a text says what its file does: one that begins with a digit may be a date. */
function isAsWritten(value: Value | undefined): boolean {
  return typeof value === 'string' && !/^\d/.test(value);
}

/** A scalar as it is spelled in its file, which counts for a date, too; what went through JSON has the spelling of that. */
function annotationText(part: Tracked): string {
  return part.value === null && sourceText(part.origin) === undefined ? 'null' : scalarSource(part);
}

function setManagedBy(object: Tracked<Mapping>, managedBy: Tracked): Tracked<Mapping> {
  const labels = getAt(object, ['metadata', 'labels']);
  const before: Tracked<Mapping> =
    labels !== undefined && isMapping(labels.value)
      ? (labels as Tracked<Mapping>)
      : { value: newMapping(), origin: managedBy.origin };
  return setMetadata(object, 'labels', setKey(before, 'app.kubernetes.io/managed-by', managedBy));
}

function annotate(object: Tracked<Mapping>, key: string, text: string): Tracked<Mapping> {
  const origin: Origin = object.origin;
  const annotations = getAt(object, ['metadata', 'annotations']);
  const before: Tracked<Mapping> =
    annotations !== undefined && isMapping(annotations.value)
      ? (annotations as Tracked<Mapping>)
      : { value: newMapping(), origin };
  return setMetadata(object, 'annotations', setKey(before, key, { value: text, origin }));
}

// In the order of upstream's fields, which is not the alphabet's.
function describeOrigin({ path, configuredIn, configuredBy }: OriginAnnotation): string {
  const lines: string[] = [];
  if (path !== undefined) lines.push(entryLine('path', path));
  if (configuredIn !== undefined) lines.push(entryLine('configuredIn', configuredIn));
  if (configuredBy !== undefined) {
    lines.push('configuredBy:\n');
    for (const [key, value] of Object.entries(configuredBy)) lines.push(`  ${entryLine(key, value)}`);
  }
  return lines.join('');
}

function entryLine(key: string, value: string): string {
  const entry = newMapping();
  entry[key] = value;
  return emitDocument(entry);
}

function asListItem(text: string): string {
  return `- ${text.trimEnd().replaceAll('\n', '\n  ')}\n`;
}
