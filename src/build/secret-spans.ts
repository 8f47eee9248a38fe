import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Span } from '../diagnostic/span.ts';
import { isKustomizationPath } from '../object/kustomization-path.ts';
import type { Document, Reader } from '../source/document.ts';
import { partsOf } from '../source/document-parts.ts';
import type { Sources } from '../source/load.ts';
import { spanAt } from '../source/position.ts';
import { isMapping, isSequence, type Value, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { guessedSpans } from './guessed-secrets.ts';
import { isPatchPlugin, type SecretTarget, secretFiles, secretTarget } from './secret-files.ts';

export interface SecretSearch {
  /** The files to search. */
  readonly files: readonly SourceFile[];
  /** How a run has read a file, so that it is not parsed anew. */
  readonly readerOf: (path: string) => Reader;
  /** Everything that builds read: what is among it says which files hold secrets. */
  readonly inputs: readonly string[];
}

/** The stretches of files that hold secret values: Secrets, patches for them, generators of Secrets and their files. */
export function secretSpansIn(sources: Sources, { files, readerOf, inputs }: SecretSearch): Span[] {
  const { generated, patches } = secretFiles(sources, inputs);
  return files.flatMap((file) => {
    if (generated.has(file.path)) return [{ file, start: 0, end: file.text.length }];
    const said = patches.get(file.path);
    const target = said === 'none' ? undefined : said;
    if (target === undefined && !mayHoldSecrets(file)) return [];
    // A plain manifest may have any name, or come from standard input.
    const reader = isKustomizationPath(file.path) ? 'api-server' : readerOf(file.path);
    const isManifest = reader === 'api-server' || /\.(?:ya?ml|json)$/u.test(file.path);
    if (!isManifest && target === undefined) return [];
    const { documents, diagnostics } = sources.load(file.path, reader);
    const isWhole = diagnostics.every(({ unchecked }) => unchecked === undefined);
    const found = documents.flatMap((document) => secretSpans(document, target, said === 'none'));
    if (!isWhole) return [...found, ...guessedSpans(file, target)];
    // Of what stands behind the end of a document nobody knows what it is.
    const told = diagnostics.find(({ rule }) => rule === 'yaml-syntax')?.span.start;
    return told === undefined
      ? found
      : [...found, ...guessedSpans(file, target).filter(({ end }) => end > told)];
  });
}

/** Most files hold no secrets, and need not be looked into; what has escapes may spell anything. */
function mayHoldSecrets({ text }: SourceFile): boolean {
  return (
    /Secre|secretGenerator|stringData|sourceValue|ValueAdd|\/data|\\/u.test(text) ||
    /path["']?\s*:\s*(?:""|'')/u.test(text) ||
    (text.includes('patch') && text.includes('data'))
  );
}

function secretSpans(document: Document, target: SecretTarget | undefined, isOfOthers: boolean): Span[] {
  const found: Span[] = [];
  const { value } = document;
  if (!isSequence(value)) visitDocument(document, value, 0, found, target);
  // A JSON patch, which only a kustomization says the target of, or objects in a list of JSON.
  else
    for (const [, item, row] of partsOf(document, value, 0)) {
      if (!isOfOthers) collectOperation(document, item, row, target ?? 'perhaps', found);
      visitDocument(document, item, row, found, undefined);
    }
  return found;
}

/** The value that an operation of a JSON patch puts into a Secret. */
function collectOperation(
  document: Document,
  operation: Value,
  index: number,
  target: SecretTarget,
  found: Span[],
): void {
  const path = valueAt(operation, ['path']);
  if (typeof path !== 'string' || !isSecretPointer(path, target)) return;
  for (const [key, part, row] of partsOf(document, operation, index))
    if (key === 'value') collectScalars(document, part, row, found);
}

function isSecretPointer(path: string, target: SecretTarget): boolean {
  if (target === 'certain') return !/^\/(?:metadata\/(?!annotations)|type$)/u.test(path);
  return path === '' || /^\/(?:data|stringData)(?:\/|$)/u.test(path);
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

function visitDocument(
  document: Document,
  value: Value,
  index: number,
  found: Span[],
  target?: SecretTarget,
): void {
  const kind = isMapping(value) ? value['kind'] : undefined;
  const isSecret = kind === 'Secret' || target === 'certain';
  if (kind === 'SecretGenerator') collectGenerator(document, value, index, found);
  else if (isMapping(value) && isPatchPlugin(value)) collectPatch(document, value, index, found);
  else if (kind === 'ValueAddTransformer' && mayAddToSecret(value))
    collectField(document, value, index, 'value', found);
  else if (replacesInSecret(value)) collectField(document, value, index, 'sourceValue', found);
  for (const [key, part, row] of partsOf(document, value, index)) {
    if (isSecret && !openFields.has(String(key))) collectScalars(document, part, row, found);
    else if (key === 'stringData' || (key === 'data' && holdsData(target, kind)))
      collectScalars(document, part, row, found);
    else if (key === 'metadata') collectAnnotations(document, part, row, found, isSecret);
    else if (key === 'replacements')
      for (const [, entry, entryRow] of partsOf(document, part, row))
        visitDocument(document, entry, entryRow, found);
    else if (key === 'items' && isSequence(part))
      for (const [, item, itemRow] of partsOf(document, part, row))
        visitDocument(document, item, itemRow, found, kind === 'SecretList' ? 'certain' : undefined);
    else if (key === 'secretGenerator')
      for (const [, generator, generatorRow] of partsOf(document, part, row))
        collectGenerator(document, generator, generatorRow, found);
    else if (typeof part === 'string' && isSecretPatch(part)) found.push(spanAt(document.positions, row));
    else if (key === 'patches' || key === 'patchesStrategicMerge' || key === 'patchesJson6902')
      for (const [, entry, entryRow] of partsOf(document, part, row))
        collectPatch(document, entry, entryRow, found);
  }
}

/** Whether the data of a patch may be for a Secret: its own kind tells only where no target is named. */
function holdsData(target: SecretTarget | undefined, kind: Value | undefined): boolean {
  return target === 'any kind' || (target === 'perhaps' && kind === undefined);
}

/** What of a Secret everybody may see; a misspelt field holds what was meant for another one. */
const openFields: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'type',
  'immutable',
  'sops',
]);

/** What kubectl keeps of an object is all of it. */
function collectAnnotations(
  document: Document,
  metadata: Value,
  index: number,
  found: Span[],
  isSecret: boolean,
): void {
  for (const [key, annotations, row] of partsOf(document, metadata, index)) {
    if (key !== 'annotations') continue;
    for (const [name, text, textRow] of partsOf(document, annotations, row))
      if (name === lastApplied && (isSecret || inlineSecret.test(valueText(text))))
        found.push(spanAt(document.positions, textRow));
  }
}

function mayAddToSecret(plugin: Value): boolean {
  const targets = valueAt(plugin, ['targets']);
  return (
    !isSequence(targets) || targets.some((one) => secretTarget(valueAt(one, ['selector'])) !== undefined)
  );
}

/** Whether a target of a replacement may be a Secret. */
function replacesInSecret(replacement: Value): boolean {
  const targets = valueAt(replacement, ['targets']);
  if (!isSequence(targets)) return false;
  return targets.some((target) => {
    const selected = secretTarget(valueAt(target, ['select']));
    return (
      selected === 'certain' ||
      (selected !== undefined &&
        /(?:^|[",[])(?:stringD|d)ata\./u.test(valueText(valueAt(target, ['fieldPaths']))))
    );
  });
}

function collectField(document: Document, value: Value, index: number, field: string, found: Span[]): void {
  for (const [key, part, row] of partsOf(document, value, index))
    if (key === field) collectScalars(document, part, row, found);
}

const inlineSecret = /\bkind["']?\s*:\s*["']?Secret\b/u;

function isSecretPatch(text: string): boolean {
  return text.includes('\n') && inlineSecret.test(text);
}

/** A patch that stands in an entry, or is one. */
function collectPatch(document: Document, entry: Value, index: number, found: Span[]): void {
  if (typeof entry === 'string') {
    if (inlineSecret.test(entry)) found.push(spanAt(document.positions, index));
    return;
  }
  const target = secretTarget(valueAt(entry, ['target']));
  for (const [key, part, row] of partsOf(document, entry, index))
    if ((key === 'patch' || key === 'jsonOp') && typeof part === 'string' && isForSecret(part, target))
      found.push(spanAt(document.positions, row));
}

function isForSecret(text: string, target: SecretTarget | undefined): boolean {
  if (target === 'certain' || inlineSecret.test(text)) return true;
  return target !== undefined && /stringData|\/data\b|^[ \t]*data[ \t]*:/mu.test(text);
}

/** Of a generator what follows the first `=` of each literal, or of a file that is a literal by mistake, and all that it does not know. */
function collectGenerator(document: Document, generator: Value, index: number, found: Span[]): void {
  for (const [key, part, row] of partsOf(document, generator, index)) {
    if (key === 'literals' || key === 'files')
      for (const [, , itemRow] of partsOf(document, part, row)) {
        const span = spanAt(document.positions, itemRow);
        const written = span.file.text.slice(span.start, span.end);
        if (key === 'literals' || written.split('=').length > 2)
          found.push({ ...span, start: span.start + written.indexOf('=') + 1 });
      }
    else if (!generatorFields.has(String(key))) collectScalars(document, part, row, found);
  }
}

const generatorFields: ReadonlySet<string> = new Set(
  'apiVersion behavior env envs files immutable kind metadata name namespace options type'.split(' '),
);

function collectScalars(document: Document, value: Value, index: number, found: Span[]): void {
  if (typeof value !== 'object' || value === null) {
    found.push(spanAt(document.positions, index));
    return;
  }
  for (const [, part, row] of partsOf(document, value, index)) collectScalars(document, part, row, found);
}
