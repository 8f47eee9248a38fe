import { countEdits } from '../../object/edit-work.ts';
import { getAt, getPart, removeKey, setKey, type Tracked } from '../../object/provenance.ts';
import { groupVersionKind, nameOf, namespaceOf } from '../../object/resource.ts';
import { decodeAsIs } from '../../source/decode-text.ts';
import type { AnyReader } from '../../source/document.ts';
import { readPart } from '../../source/parse-embedded.ts';
import {
  equalValues,
  isMapping,
  isSequence,
  type Mapping,
  newMapping,
  noFields,
  type Sequence,
  type Value,
  valueAt,
} from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import {
  type AccumulatedResource,
  allIds,
  currentId,
  currentKey,
  describeId,
  effectiveNamespace,
  hasNotes,
  originalId,
  type ResourceId,
  rememberId,
  sameId,
  setMetadata,
  wasNamed,
} from '../accumulated-resource.ts';
import { decodeAnnotations, setAnew } from '../decode-annotations.ts';
import { findEmptiedBlock } from '../emptied-block.ts';
import { holdsNull } from '../holds.ts';
import { applyJsonPatch, checkJsonPatch, writeAnew } from '../json-patch.ts';
import { isTrue, mappingOf, textOf } from '../kustomization.ts';
import type { Loader } from '../loader.ts';
import type { MergeSchemas } from '../merge-schema.ts';
import { sizeProblem } from '../object-size.ts';
import { newKeyThatIsNoText, withoutNullKeys, writeNewNulls } from '../patch-nulls.ts';
import { isEmptyListAsPatch, isPatchOfNothing } from '../patch-of-nothing.ts';
import { writePatchedTexts } from '../patched-text.ts';
import { isProblem, type Problem } from '../problem.ts';
import { readObjects } from '../resource-file.ts';
import { scalarSource } from '../scalar-style.ts';
import { compileSelector } from '../selector.ts';
import { withObject } from '../shared-field.ts';
import { mergeStrategic } from '../strategic-merge.ts';
import type { EffectLog, Resources } from '../transformer.ts';
import { findUnreadableText } from '../unreadable-text.ts';

export interface PatchScope {
  readonly loader: Loader;
  readonly schemas: MergeSchemas;
  readonly log: EffectLog;
  /** Told what a patch takes out. */
  readonly drop?: (resource: AccumulatedResource) => void;
  /** How often an entry of this kustomization was applied to an object so far. */
  readonly spent?: { readonly applied: number };
  /** Whether something is absent that may bring the object of a patch. */
  readonly isPartial?: boolean;
}

// Each patch makes the history of an object longer; a kustomization that exceeds this is no work of people.
const maximumApplications = 50_000;

/** The problem of a kustomization that patches too many objects too often. */
function exhausted({ spent }: PatchScope, { origin }: Tracked): Problem | undefined {
  if ((spent?.applied ?? 0) <= maximumApplications) return undefined;
  return {
    rule: 'too-many-patches',
    problem: `patches were applied more than ${maximumApplications} times in this kustomization`,
    help: 'select fewer objects, or combine patches of the same objects',
    at: origin,
  };
}

/** One entry of `patches` or `patchesJson6902`: `path` or `patch`, a `target`, `options`. */
export function transformPatch(
  resources: Resources,
  entry: Tracked<Mapping>,
  by: 'patches' | 'patchesJson6902',
  scope: PatchScope,
): Resources | Problem {
  const tooMany = exhausted(scope, entry);
  if (tooMany !== undefined) return tooMany;
  const text = getPart(entry, by === 'patches' || getPart(entry, 'patch') !== undefined ? 'patch' : 'jsonOp');
  const path = getPart(entry, 'path');
  const inline =
    typeof text?.value === 'string' && text.value.trim() !== '' ? (text as Tracked<string>) : undefined;
  const file = typeof path?.value === 'string' && path.value !== '' ? (path as Tracked<string>) : undefined;
  if ((inline === undefined) === (file === undefined)) {
    return {
      rule: 'patch-invalid',
      problem:
        inline === undefined ? 'the patch has neither path nor patch' : 'the patch has both path and patch',
      help: 'write one of the two',
      at: entry.origin,
    };
  }
  const source = (inline ?? file) as Tracked<string>;
  const whole = inline === undefined ? textOfFile(source, scope.loader) : inline.value;
  if (isProblem(whole)) return whole;
  // The patch of an entry of `patches` loses the space around it, and what follows is aligned no more.
  const isTrimmed = inline !== undefined && by === 'patches';
  const cut = isTrimmed ? whole.trimStart() : whole;
  if (by === 'patches' && isPatchOfNothing(cut)) {
    scope.log({ by, origin: entry.origin, selected: 1, changed: 0, target: describeTarget(entry) });
    return resources;
  }
  const read = (reader: AnyReader) =>
    inline === undefined
      ? scope.loader.documents(source, by, reader)
      : scope.loader.embedded({ value: cut, origin: source.origin }, by, { as: reader, isTrimmed });
  // sigs.k8s.io/yaml, which reads a JSON 6902 patch in YAML, knows more booleans than the reader of resources.
  const isNothing = by === 'patches' && isEmptyListAsPatch(readPart(cut, { as: 'patch', isTrimmed }));
  const documents = read(isNothing ? 'patch' : readerOfPatch(cut));
  if (isProblem(documents)) return documents;
  const first = documents[0];
  if (first !== undefined && isSequence(first.value) && !isNothing) {
    return applyOperations(resources, entry, first as Tracked<Sequence>, by, scope);
  }
  if (by === 'patchesJson6902') {
    return {
      rule: 'patch-invalid',
      problem: 'a JSON 6902 patch must be a list of operations',
      help: 'start each operation with a dash: - op: replace; list a merge patch under patches',
      at: source.origin,
    };
  }
  const patches = readObjects(documents);
  if (isProblem(patches)) {
    return {
      ...patches,
      rule: 'patch-invalid',
      problem: `this is neither a strategic merge patch nor a JSON 6902 patch: ${patches.problem}`,
    };
  }
  const target = mappingOf(entry, 'target');
  const options = mappingOf(entry, 'options');
  const changes = {
    name: options !== undefined && isTrue(options, 'allowNameChange'),
    kind: options !== undefined && isTrue(options, 'allowKindChange'),
  };
  if (patches.length === 0) return resources;
  if (target === undefined) return mergePatches(resources, patches, by, scope, changes);
  if (patches.length !== 1) {
    return {
      rule: 'patch-invalid',
      problem: `a patch with a target must be one document, but this one has ${patches.length}`,
      help: 'split it into one entry of patches for each document',
      at: source.origin,
    };
  }
  return mergeIntoSelected(resources, entry, patches[0] as Tracked<Mapping>, target, scope, changes);
}

function readerOfPatch(text: string): AnyReader {
  if (text.startsWith('[')) return 'json';
  return firstItem.test(text) ? 'operations' : 'patch';
}

function describeTarget(entry: Tracked<Mapping>): string {
  const target = mappingOf(entry, 'target');
  return target === undefined ? 'an empty document' : describeSelector(target);
}

function textOfFile(path: Tracked<string>, loader: Loader): string | Problem {
  const bytes = loader.bytes(path);
  return isProblem(bytes) ? bytes : decodeAsIs(bytes);
}

/** The dash of the first item of a list, behind comments, empty lines and the start of a document. */
const firstItem =
  /^\ufeff?(?:[^\S\n]*(?:#[^\n]*)?\n|---[ \t]*(?:#[^\n]*)?\n)*[ \t]*(?:---[ \t]+)?(?:-(?:\s|$)|\[)/;

/**
 * `patchesStrategicMerge`: each item is a path or, for old times' sake, the patch itself. `others` are the patches that a configuration has
 * besides them.
 */
export function transformStrategicMerge(
  resources: Resources,
  items: readonly Tracked<string>[],
  scope: PatchScope,
  others: readonly Tracked<Mapping>[] = [],
): Resources | Problem {
  let current = resources;
  let count = 0;
  for (const item of items) {
    const patches = readInlineOrFile(item, scope.loader);
    if (isProblem(patches)) return patches;
    count += patches.length;
    const next = mergeListed(current, patches, scope);
    if (isProblem(next)) return next;
    current = next;
  }
  if (others.length > 0) return mergeListed(current, others, scope);
  if (count > 0 || items.length === 0) return current;
  return {
    rule: 'patch-invalid',
    problem: 'patchesStrategicMerge lists files that contain no patch',
    help: 'write a patch, or remove the entry',
    at: (items[0] as Tracked).origin,
  };
}

function mergeListed(
  resources: Resources,
  patches: readonly Tracked<Mapping>[],
  scope: PatchScope,
): Resources | Problem {
  return mergePatches(resources, patches, 'patchesStrategicMerge', scope, { name: false, kind: false });
}

interface Changes {
  readonly name: boolean;
  readonly kind: boolean;
}

function readInlineOrFile(item: Tracked<string>, loader: Loader): readonly Tracked<Mapping>[] | Problem {
  if (item.value.trim() === '') return [];
  const isInline = /[\n{]|:\s/.test(item.value.trim());
  const documents = isInline
    ? loader.embedded(item, 'patchesStrategicMerge', { as: 'patch' })
    : loader.documents(item, 'patchesStrategicMerge', 'patch');
  if (isProblem(documents)) return documents;
  const objects = readObjects(documents);
  return isProblem(objects) ? { ...objects, rule: 'patch-invalid' } : objects;
}

/** Each patch finds its one target by its own identity, among all the identities that resources ever had. */
export function mergePatches(
  resources: Resources,
  patches: readonly Tracked<Mapping>[],
  by: string,
  scope: PatchScope,
  changes: Changes,
): Resources | Problem {
  let current = resources;
  for (const patch of patches) {
    const id: ResourceId = {
      ...groupVersionKind(patch.value),
      name: nameOf(patch.value),
      namespace: namespaceOf(patch.value),
    };
    countEdits(current.length * 10);
    const matches = current.filter(
      (resource) => wasNamed(resource, id.name) && allIds(resource).some((other) => sameId(other, id)),
    );
    const target = matches[0];
    if (target === undefined && scope.isPartial === true) continue;
    if (target === undefined || matches.length > 1) return targetProblem(current, patch, id, matches);
    const merged = mergeInto(
      target,
      by === 'patchesStrategicMerge' ? withTextMaps(patch) : patch,
      scope.schemas,
      changes,
    );
    if (isProblem(merged)) return merged;
    if (merged === undefined) scope.drop?.(target);
    const changed = merged?.tracked.value === target.tracked.value ? 0 : 1;
    scope.log({ by, origin: patch.origin, selected: 1, changed, target: describeId(id) });
    current = replaceOne(current, target, merged);
    const conflict = findConflict(current, merged, patch);
    if (conflict !== undefined) return conflict;
  }
  return current;
}

function mergeIntoSelected(
  resources: Resources,
  entry: Tracked<Mapping>,
  patch: Tracked<Mapping>,
  target: Tracked<Mapping>,
  scope: PatchScope,
  changes: Changes,
): Resources | Problem {
  const selected = selectResources(resources, target);
  if (isProblem(selected)) return selected;
  let current = resources;
  let changed = 0;
  const textual = withTextMaps(patch);
  for (const resource of selected) {
    countEdits(current.length * 5);
    const merged = mergeInto(resource, textual, scope.schemas, changes);
    if (isProblem(merged)) return merged;
    if (merged === undefined) scope.drop?.(resource);
    if (merged?.tracked.value !== resource.tracked.value) changed += 1;
    current = replaceOne(current, resource, merged);
    const conflict = findConflict(current, merged, patch);
    if (conflict !== undefined) return conflict;
  }
  scope.log({
    by: 'patches',
    origin: entry.origin,
    selected: selected.length,
    changed,
    target: describeSelector(target),
    ...(patch.value['$patch'] === 'delete' ? { deletes: true } : {}),
  });
  return current;
}

// For a patch with a target, or under patchesStrategicMerge, kustomize copies labels and annotations as texts: a null there deletes nothing, but becomes
// the text `null` (resource.CopyMergeMetaDataFieldsFrom of v5.8), and an empty or null map is no map.
function withTextMaps(patch: Tracked<Mapping>): Tracked<Mapping> {
  let current = patch;
  for (const field of ['labels', 'annotations']) {
    const map = getAt(current, ['metadata', field]);
    if (map === undefined) continue;
    let texts: Tracked<Mapping> = { value: newMapping(), origin: map.origin };
    for (const key of isMapping(map.value) ? Object.keys(map.value) : []) {
      const part = getPart(map, key) as Tracked;
      texts = setKey(texts, key, { value: scalarSource(part), origin: part.origin });
    }
    current = setMetadata(current, field, Object.keys(texts.value).length === 0 ? undefined : texts);
  }
  return current;
}

function applyOperations(
  resources: Resources,
  entry: Tracked<Mapping>,
  operations: Tracked<Sequence>,
  by: 'patches' | 'patchesJson6902',
  scope: PatchScope,
): Resources | Problem {
  const invalid = checkJsonPatch(operations);
  if (invalid !== undefined) return { rule: 'patch-invalid', ...invalid };
  if (operations.value.length === 0) return by === 'patches' ? resources : emptyPatch(operations);
  const target = mappingOf(entry, 'target');
  if (target === undefined || (by === 'patchesJson6902' && textOf(target, 'name') === '')) {
    return {
      rule: 'patch-invalid',
      problem:
        target === undefined
          ? 'a JSON 6902 patch needs a target'
          : 'patchesJson6902 needs the name of its target',
      help: 'write target: with the kind and the name of the object',
      at: entry.origin,
    };
  }
  const selected = selectResources(resources, target);
  if (isProblem(selected)) return selected;
  const replaced = new Map<AccumulatedResource, AccumulatedResource>();
  let changed = 0;
  for (const resource of selected) {
    const remembered = by === 'patches' ? rememberId(resource) : resource;
    const before = withPlaceForAnnotations(remembered);
    const unwritable = resource.isWithoutComments === true ? undefined : findEmptiedBlock(resource.tracked);
    if (unwritable !== undefined) return unwritable;
    const lost = resource.isMade === true ? findUnreadableText(resource.tracked) : undefined;
    if (lost !== undefined) return { rule: 'generator-invalid', ...lost };
    const decoded = decodeAnnotations(before);
    if (isProblem(decoded)) return decoded;
    const result = applyJsonPatch(decoded, operations);
    if (isProblem(result)) return { rule: 'patch-invalid', ...result };
    // Before anything walks it: what is copied into itself is shared, and grows without end where it is not.
    const tooLarge = sizeProblem(result);
    if (tooLarge !== undefined) return { ...tooLarge, at: operations.origin };
    const patched = setAnew(writeAnew(result));
    const unreadable = findUnreadableText(patched);
    if (unreadable !== undefined) return { rule: 'patch-invalid', ...unreadable };
    if (Object.keys(patched.value).length === 0) return emptiedObject(operations);
    // An operation makes a new value even where it sets what is there.
    if (!equalValues(patched.value, before.value)) changed += 1;
    // The object goes through JSON, which leaves no shared nodes.
    replaced.set(resource, { ...remembered, tracked: patched, shared: [], isWithoutComments: true });
  }
  const effect = { selected: selected.length, changed, target: describeSelector(target) };
  scope.log({ by, origin: entry.origin, ...effect });
  return resources.map((resource) => replaced.get(resource) ?? resource);
}

/** Only a strategic merge deletes; what kustomize keeps among the annotations is left of an object here. */
function emptiedObject({ origin }: Tracked): Problem {
  const problem = 'kustomize rejects a JSON 6902 patch that removes the whole object';
  return { rule: 'patch-invalid', problem, help: 'delete it with $patch: delete', at: origin };
}

function emptyPatch({ origin }: Tracked): Problem {
  const help = 'write an operation, or remove the entry';
  return { rule: 'patch-invalid', problem: 'the JSON 6902 patch has no operation', help, at: origin };
}

// kustomize keeps its notes among the annotations while it builds, so that a patch finds some where the file has none.
function withPlaceForAnnotations(resource: AccumulatedResource): Tracked<Mapping> {
  const { tracked } = resource;
  const metadata = getPart(tracked, 'metadata');
  const annotations = getAt(tracked, ['metadata', 'annotations']);
  if (metadata === undefined || isMapping(annotations?.value) || !hasNotes(resource)) return tracked;
  return setMetadata(tracked, 'annotations', { value: newMapping(), origin: metadata.origin });
}

/** The resources that a `target`, `select` or `selector` means: by original or present name and namespace. */
export function selectResources(
  resources: Resources,
  selector: Tracked<Mapping>,
): AccumulatedResource[] | Problem {
  const compiled = compileSelector(selector.value);
  if (isProblem(compiled)) return { rule: 'selector-invalid', at: selector.origin, ...compiled };
  countEdits(resources.length * 10);
  return resources.filter((resource) => {
    const original = originalId(resource);
    const current = currentId(resource);
    const metadata = resource.tracked.value['metadata'];
    return compiled.matches({
      gvk: current,
      names: [original.name, current.name],
      namespaces: [effectiveNamespace(original), effectiveNamespace(current)],
      labels: stringMap(metadata, 'labels'),
      annotations: stringMap(metadata, 'annotations'),
    });
  });
}

function stringMap(metadata: unknown, field: string): Mapping {
  const map = isMapping(metadata as Mapping) ? (metadata as Mapping)[field] : undefined;
  return isMapping(map) ? map : noEntries;
}
const noEntries: Mapping = noFields;

function mergeInto(
  resource: AccumulatedResource,
  whole: Tracked<Mapping>,
  schemas: MergeSchemas,
  changes: Changes,
): AccumulatedResource | undefined | Problem {
  const patch = withoutNullKeys(resource.tracked.value, whole);
  const lost = adds(patch) ? newKeyThatIsNoText(resource.tracked.value, patch, 'root') : undefined;
  if (lost !== undefined) return lost;
  const remembered = changes.name || changes.kind ? rememberId(resource) : resource;
  const merged = mergeStrategic(resource.tracked, withoutIdentity(resource, patch, changes), schemas);
  if (merged === undefined) return undefined;
  if (isProblem(merged)) return { rule: 'patch-invalid', ...merged };
  const written = holdsNull(patch.value) ? writeNewNulls(merged, patch) : merged;
  if (isProblem(written)) return written;
  if (Object.keys(merged.value).length === 0) return undefined;
  const respelt = writePatchedTexts(written, patch, resource.isWithoutComments !== true);
  const named = withOldNames(respelt, resource.tracked, changes);
  return withObject(dropsAnnotations(patch) ? withoutNotes(remembered) : remembered, named);
}

/** Of what deletes or replaces its whole target nothing is merged. */
function adds({ value }: Tracked<Mapping>): boolean {
  return value['$patch'] !== 'delete' && value['$patch'] !== 'replace';
}

// Also where the patch takes the place of all metadata.
function withOldNames(
  merged: Tracked<Mapping>,
  target: Tracked<Mapping>,
  changes: Changes,
): Tracked<Mapping> {
  let current = merged;
  for (const field of changes.name ? ['namespace'] : ['namespace', 'name']) {
    const before = getAt(target, ['metadata', field]);
    if (before === undefined || getAt(current, ['metadata', field]) !== undefined) continue;
    const hasMetadata = isMapping(current.value['metadata']);
    const whole = hasMetadata ? current : withEmptyMetadata(current, before);
    current = setMetadata(whole, field, before);
  }
  return current;
}

function withEmptyMetadata(object: Tracked<Mapping>, { origin }: Tracked): Tracked<Mapping> {
  return setKey(object, 'metadata', { value: newMapping(), origin });
}

// kustomize's notes are annotations, and so go with them: the object is then no longer known by its earlier names.
function dropsAnnotations(patch: Tracked<Mapping>): boolean {
  const annotations = getAt(patch, ['metadata', 'annotations'])?.value;
  if (annotations === null) return true;
  const directive = isMapping(annotations) ? annotations['$patch'] : undefined;
  return directive === 'delete' || directive === 'replace';
}

function withoutNotes(resource: AccumulatedResource): AccumulatedResource {
  const { originAnnotation: _, transformations: __, isGenerated: ___, ...rest } = resource;
  const nothing = { previous: [], prefixes: [], suffixes: [], needsHash: false };
  return { ...rest, ...nothing, behavior: 'unspecified' };
}

// kustomize merges these too and then puts the old values back; the namespace even where a name may change.
function withoutIdentity(
  { tracked: target }: AccumulatedResource,
  patch: Tracked<Mapping>,
  changes: Changes,
): Tracked<Mapping> {
  let current = removeKey(patch, 'apiVersion');
  if (!changes.kind) current = removeKey(current, 'kind');
  const metadata = getPart(current, 'metadata');
  if (metadata === undefined || !isMapping(metadata.value)) return current;
  let kept = metadata as Tracked<Mapping>;
  for (const field of changes.name ? ['namespace'] : ['namespace', 'name']) {
    const path = ['metadata', field];
    if (canMerge(valueAt(target.value, path), valueAt(patch.value, path))) kept = removeKey(kept, field);
  }
  return Object.keys(kept.value).length === 0
    ? removeKey(current, 'metadata')
    : setKey(current, 'metadata', kept);
}

// A JSON 6902 patch can make a name a mapping, into which no later patch merges its text.
function canMerge(target: Value | undefined, patch: Value | undefined): boolean {
  if (target === undefined || target === null || patch === undefined || patch === null) return true;
  return isMapping(target) === isMapping(patch) && isSequence(target) === isSequence(patch);
}

function replaceOne(
  resources: Resources,
  old: AccumulatedResource,
  replacement: AccumulatedResource | undefined,
): Resources {
  if (replacement === undefined) return resources.filter((resource) => resource !== old);
  return resources.map((resource) => (resource === old ? replacement : resource));
}

function findConflict(
  resources: Resources,
  merged: AccumulatedResource | undefined,
  patch: Tracked<Mapping>,
): Problem | undefined {
  if (merged === undefined || merged.previous.length === 0) return undefined;
  const key = currentKey(merged);
  if (resources.every((resource) => resource === merged || currentKey(resource) !== key)) return undefined;
  return {
    rule: 'id-conflict',
    problem: `after the patch, two objects have the same identity: ${describeId(currentId(merged))}`,
    help: 'rename one of them',
    at: patch.origin,
  };
}

function targetProblem(
  resources: Resources,
  patch: Tracked<Mapping>,
  id: ResourceId,
  matches: Resources,
): Problem {
  const at = (getPart((getPart(patch, 'metadata') ?? patch) as Tracked, 'name') ?? patch).origin;
  if (matches.length > 1) {
    return {
      rule: 'patch-target-ambiguous',
      problem: `${matches.length} objects match the patch of ${describeId(id)}`,
      help: 'add the namespace to the patch, or add a target to the entry',
      at,
    };
  }
  return {
    rule: 'patch-target-missing',
    problem: `no object matches the patch of ${describeId(id)} (${apiVersionOf(id)})`,
    help: missingTargetHelp(resources, id),
    at,
  };
}

function missingTargetHelp(resources: Resources, id: ResourceId): string {
  const sameKind = resources.map(currentId).filter((other) => other.kind === id.kind);
  const sameName = sameKind.find((other) => other.name === id.name);
  if (sameName !== undefined) {
    return apiVersionOf(sameName) === apiVersionOf(id)
      ? namespaceHelp(sameName)
      : `the object has apiVersion ${apiVersionOf(sameName)}: write the same one in both`;
  }
  const part = sameKind.find(
    ({ name }) => name !== '' && (id.name.endsWith(name) || id.name.startsWith(name)),
  );
  if (part !== undefined && part.name !== id.name) {
    return `there is ${id.kind} ${part.name}: a kustomization adds prefixes and suffixes after its patches, so write the name without them`;
  }
  const names = [...new Set(sameKind.map((other) => other.name))].slice(0, 5);
  if (names.length > 0) return `there are ${id.kind} ${names.join(', ')}: correct the name in the patch`;
  return `this kustomization has no ${id.kind}: correct the kind, or add the resource that it changes`;
}

function namespaceHelp({ namespace }: ResourceId): string {
  return namespace === ''
    ? 'the object has no namespace when patches are applied, because namespace of the kustomization comes later: remove it from the patch'
    : `it is in namespace ${namespace}: write that namespace in the patch`;
}

function apiVersionOf(id: ResourceId): string {
  return id.group === '' ? id.version : `${id.group}/${id.version}`;
}

/** A selector in words, for messages. */
export function describeSelector(selector: Tracked<Mapping>): string {
  const parts = Object.keys(selector.value).map((key) => `${key} ${valueText(selector.value[key])}`);
  return parts.length === 0 ? 'anything' : parts.join(', ');
}
