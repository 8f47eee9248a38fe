import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { addTo } from '../diagnostic/grouped.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import { startOf } from '../diagnostic/span.ts';
import type { Document } from '../source/document.ts';
import type { LoadedFile, Sources } from '../source/load.ts';
import { directoriesAbove, directoryOf } from '../source/path.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import { findingAt } from './finding.ts';
import { isForeignTemplate } from './foreign-template.ts';
import { knownOnce } from './known-once.ts';
import { type Sent, sentOf } from './list-items.ts';
import { locateField, originOfDocument, type Tracked } from './provenance.ts';
import { objectReference, type Resource } from './resource.ts';

export interface PlainManifests {
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The objects of files that reach the API server as they are. Documents that are no Kubernetes objects are left alone, and
 * so are templates of other tools, unless somebody applies them as they are.
 */
export function readPlainManifests(
  sources: Sources,
  files: readonly string[],
  takesTemplates = false,
): PlainManifests {
  const resources: Resource[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const loaded = sources.load(file, 'api-server');
    if (!takesTemplates && isForeignTemplate(loaded)) continue;
    if (mayHoldManifests(loaded, sources)) diagnostics.push(...loaded.diagnostics);
    const holdsManifests = loaded.documents.some(({ value }) => isSent(value));
    for (const { value, tracked, sent } of loaded.documents.map(readDocument)) {
      resources.push(...sent.resources);
      diagnostics.push(...sent.diagnostics);
      // Whoever sends the others stops here.
      if (holdsManifests && !isSent(value) && sent.diagnostics.length === 0)
        diagnostics.push(noObject(tracked, loaded.file));
    }
  }
  return { resources, diagnostics };
}

// The objects of a file that is the same in another revision are the same objects.
const readDocument = knownOnce(({ value, positions }: Document) => {
  const tracked = { value, origin: originOfDocument('resources', positions) };
  return { value, tracked, sent: objectsOf(tracked) };
});

/** Plain manifests that may reach a cluster together, and the files that they are looked at for: the others are there to refer to. */
export interface FolderPart {
  readonly resources: readonly Resource[];
  readonly files: ReadonlySet<string>;
}

const maximumAlternatives = 16;

/**
 * The resources of plain files, folder by folder: nobody says that files of different folders reach one cluster. Files of one folder
 * that hold the same object are alternatives, each with what stands beside all of them.
 */
export function byFolder(resources: readonly Resource[]): readonly FolderPart[] {
  const folders = new Map<string, Map<string, Resource[]>>();
  for (const resource of resources) {
    const { object, origin } = resource;
    const path = locateField({ value: object, origin }, []).span?.file.path ?? '';
    const folder = directoryOf(path);
    const files = folders.get(folder) ?? new Map<string, Resource[]>();
    folders.set(folder, files);
    addTo(files, path, resource);
  }
  return [...folders.values()].flatMap(partsOfFolder);
}

function partsOfFolder(files: ReadonlyMap<string, readonly Resource[]>): FolderPart[] {
  const holders = new Map<string, Set<string>>();
  for (const [path, resources] of files)
    for (const resource of resources) {
      const key = identityOf(resource);
      holders.set(key, (holders.get(key) ?? new Set()).add(path));
    }
  const paths = [...files.keys()];
  const alternatives = new Set(
    [...holders.values()].flatMap((holding) => (holding.size > 1 ? [...holding] : [])),
  );
  const others = paths.filter((path) => !alternatives.has(path));
  const resourcesOf = (some: readonly string[]): Resource[] =>
    lastOfEach(some.flatMap((path) => files.get(path) ?? []));
  const beside = alternatives.size > maximumAlternatives ? [] : others;
  return [
    { resources: resourcesOf(paths), files: new Set(others) },
    ...[...alternatives].map((path) => ({
      resources: resourcesOf([...beside, path]),
      files: new Set([path]),
    })),
  ];
}

/** Of several with one identity the last, as when they are applied one after the other. */
function lastOfEach(resources: readonly Resource[]): Resource[] {
  return [...new Map(resources.map((resource) => [identityOf(resource), resource])).values()];
}

function identityOf({ object }: Resource): string {
  const { apiVersion, kind, namespace, name } = objectReference(object);
  return JSON.stringify([apiVersion, kind, namespace, name]);
}

/** How many objects there are at each place; a template of another tool is one, or more. */
function countsByPlace(
  files: readonly LoadedFile[],
  placeOf: (path: string) => string,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of files) {
    const place = placeOf(one.file.path);
    counts.set(place, (counts.get(place) ?? 0) + (countSent(one) || countKinds(one.file)));
  }
  return counts;
}

/** Of what cannot be read as many objects as there are lines with a kind, and one at least. */
export function countKinds({ text }: SourceFile): number {
  return Math.max(1, text.match(/^["']?kind["']?\s*:/gmu)?.length ?? 0);
}

/** How many objects are sent of a file, whatever else is wrong with it. */
export function countSent({ documents }: LoadedFile): number {
  return documents.reduce((sum, { value, positions }) => {
    if (!isSent(value)) return sum;
    return sum + sentOf({ object: value, origin: originOfDocument('resources', positions) }).resources.length;
  }, 0);
}

/** Of plain files those that another tool has to fill in before they are manifests. */
export function foreignTemplates(sources: Sources, files: readonly string[]): string[] {
  return files.filter((file) => {
    const loaded = sources.load(file, 'api-server');
    return mayHoldManifests(loaded, sources) && isForeignTemplate(loaded);
  });
}

/** Every document of the files as an object for the API server; what is none is a finding. */
export function readObjects(sources: Sources, files: readonly string[]): PlainManifests {
  const resources: Resource[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const loaded = sources.load(file, 'api-server');
    diagnostics.push(...loaded.diagnostics);
    for (const { value, positions } of loaded.documents) {
      const document = { value, origin: originOfDocument('resources', positions) };
      if (!isMapping(value)) diagnostics.push(noObject(document, loaded.file));
      else {
        const sent = sentOf({ object: value, origin: document.origin });
        resources.push(...sent.resources);
        diagnostics.push(...sent.diagnostics);
      }
    }
  }
  return { resources, diagnostics };
}

function noObject({ value, origin }: Tracked, file: SourceFile): Diagnostic {
  const what = isSequence(value)
    ? 'a list'
    : isMapping(value)
      ? 'a mapping without kind'
      : `a ${typeof value}`;
  const span = locateField({ value, origin }, []).span ?? startOf(file);
  const newline = span.file.text.indexOf('\n', span.start);
  return {
    rule: 'not-admitted',
    severity: 'error',
    message: `this is ${what}, not a Kubernetes object`,
    help: 'write a mapping with apiVersion, kind and metadata',
    span: newline < 0 || newline > span.end ? span : { ...span, end: newline },
    related: [],
  };
}

/**
 * Of files that stand in a kustomization's directory and that no build reads: which are manifests, read or not, and how many objects they
 * hold. Those below `unused`, directories of kustomizations that no build takes, are named by the directory.
 */
export function undeployedManifests(
  sources: Sources,
  files: readonly string[],
  unused: readonly string[],
): {
  readonly places: ReadonlyMap<string, number>;
  /** Their CustomResourceDefinitions, which tell of kinds although nothing deploys them from here. */
  readonly definitions: readonly Mapping[];
} {
  const found = files
    .map((file) => sources.load(file, 'kustomize'))
    .filter((one) => mayHoldManifests(one, sources));
  const templates = new Set(found.filter(isForeignTemplate));
  const manifests = found.filter(
    (one) => !templates.has(one) && one.documents.some(({ value }) => isSent(value)),
  );
  const broken = found.filter(
    ({ file, diagnostics }) =>
      diagnostics.some(({ unchecked }) => unchecked !== undefined) && topLevelKind.test(file.text),
  );
  const directories = new Set(unused);
  const placeOf = (path: string): string =>
    directoriesAbove(path).find((directory) => directories.has(directory)) ?? path;
  return {
    places: countsByPlace([...new Set([...manifests, ...templates, ...broken])], placeOf),
    definitions: manifests.flatMap(({ documents }) =>
      documents.flatMap(({ value }) =>
        isManifest(value) && value['kind'] === 'CustomResourceDefinition' ? [value] : [],
      ),
    ),
  };
}

// The YAML and JSON of other tools need not be what Kubernetes takes for it, and may speak of it in a text. Escapes can spell any word.
function mayHoldManifests({ file, documents, diagnostics }: LoadedFile, sources: Sources): boolean {
  const { text } = file;
  return (
    diagnostics.some((one) => isUnread(one) && mayBeManifest(sources.bytes(file.path))) ||
    speaksOfObjects(text) ||
    documents.some(({ value }) => isSent(value) || missingOf(value) !== undefined) ||
    (diagnostics.length > 0 && topLevelItems.test(text) && topLevelKind.test(text)) ||
    (diagnostics.some(({ unchecked }) => unchecked !== undefined) && isOddlyKeyed(text)) ||
    (text !== '' && diagnostics.some(({ rule }) => rule === 'too-deep' || rule === 'alias-bomb'))
  );
}

/** Whether a text has the field that every object has where an object has it. */
export function speaksOfObjects(text: string): boolean {
  if (!text.includes('apiVersion')) return false;
  return topLevelVersion.test(text) || flowStart.test(text) || isIndentedObject(text);
}

const firstIndentation = /^(?:[ \t]*(?:#.*)?\n|---[ \t]*\n)*( +)[^ #\n]/u;

/** Whether all of an object stands further right, as YAML allows. */
function isIndentedObject(text: string): boolean {
  const indentation = firstIndentation.exec(text)?.[1];
  return indentation !== undefined && `\n${text}`.includes(`\n${indentation}apiVersion`);
}

/** A document in JSON or a flow collection, whose keys need not begin their lines. */
const flowStart = /(?:^|---)\s*[{[]/u;

const topLevelVersion =
  /(?:^|\x85)\uFEFF?(?:-\s+|---\s+)*["']?apiVersion["']?\s*:|^(?:---)?\s*\{.*apiVersion/mu;

const unread: ReadonlySet<string> = new Set(['not-utf8', 'too-large', 'unreadable-file']);

function isUnread({ rule }: Diagnostic): boolean {
  return unread.has(rule);
}

/** Whether bytes that are no text for us have the word that every object has, or escapes: readers in Go take UTF-16, and odd bytes in comments. */
function mayBeManifest(bytes: ReturnType<Sources['bytes']>): boolean {
  if (typeof bytes === 'string') return true;
  const words = new TextDecoder('latin1').decode(bytes).replaceAll('\0', '');
  return words.includes('kind') || /\\[xuU]/u.test(words);
}

/** Whether keys of an object may be written in a way that nobody writes them: with escapes, properties or aliases, or merged. */
function isOddlyKeyed(text: string): boolean {
  return oddKey.test(text) && (text.includes('kind') || /\\[xuU]/u.test(text));
}

const oddKey = /(?:^|\x85)(?:---[ \t]+)?(?:"(?:[^"\\\n]|\\.)*\\[xuU]|[?!&*]\s*\S|<<)/mu;

const topLevelItems = /^["']?items["']?\s*:/mu;
const topLevelKind = /^["']?kind["']?\s*:/mu;

/** Whether a document is a Kubernetes object, by the two fields that every one has. */
export function isManifest(value: Value | undefined): value is Mapping {
  return isMapping(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string';
}

/** Whether kubectl and Argo CD send anything of a document: of what has items these, whatever else it lacks but a kind. */
function isSent(value: Value | undefined): value is Mapping {
  return (
    isManifest(value) || (isMapping(value) && typeof value['kind'] === 'string' && isSequence(value['items']))
  );
}

function objectsOf({ value, origin }: Tracked): Sent {
  if (isSent(value)) return sentOf({ object: value, origin });
  const missing = missingOf(value);
  if (missing === undefined || !isMapping(value)) return { resources: [], diagnostics: [] };
  return { resources: [], diagnostics: [incomplete({ object: value, origin }, missing)] };
}

/** Which of the two fields a document lacks that has the other one and metadata: an object, which nobody can send. */
function missingOf(value: Value): 'apiVersion' | 'kind' | undefined {
  if (!isMapping(value) || !isMapping(value['metadata'])) return undefined;
  const hasVersion = typeof value['apiVersion'] === 'string';
  const hasKind = typeof value['kind'] === 'string';
  if (!Object.keys(value).every((key) => key === 'apiVersion' || fieldsOfObjects.has(key))) return undefined;
  return hasVersion === hasKind ? undefined : hasVersion ? 'kind' : 'apiVersion';
}

// What objects of the API have beside the two. Other tools have files with a kind or a version and fields of their own, such as Zarf and Score.
const fieldsOfObjects: ReadonlySet<string> = new Set([
  ...['kind', 'metadata', 'spec', 'status', 'items', 'template', 'webhooks', 'secrets', 'imagePullSecrets'],
  ...['data', 'stringData', 'binaryData', 'type', 'immutable', 'automountServiceAccountToken', 'subsets'],
  ...['rules', 'subjects', 'roleRef', 'aggregationRule', 'value', 'globalDefault', 'preemptionPolicy'],
  ...[
    'provisioner',
    'parameters',
    'reclaimPolicy',
    'volumeBindingMode',
    'allowVolumeExpansion',
    'mountOptions',
  ],
  ...[
    'description',
    'handler',
    'overhead',
    'scheduling',
    'allowedTopologies',
    'endpoints',
    'ports',
    'addressType',
  ],
]);

function incomplete(resource: Resource, missing: string): Diagnostic {
  return findingAt(resource, {
    rule: 'required-field-missing',
    severity: 'error',
    message: `${missing} is missing, so nothing can send this object`,
    help: `write ${missing}, or remove the document`,
    path: [missing],
  });
}
