import { countEdits } from '../object/edit-work.ts';
import { knownOnce } from '../object/known-once.ts';
import { getAt, getPart, itemsOf, type Origin, type Tracked } from '../object/provenance.ts';
import { type GroupVersionKind, groupVersionKind, nameOf, namespaceOf } from '../object/resource.ts';
import { resolveScalar } from '../source/scalar.ts';
import { isMapping, isSequence, type Mapping, type Path, type Sequence } from '../source/value.ts';
import { lookupField, matchFields, setAt, splitFieldPath } from './field-path.ts';
import { sizeProblem } from './object-size.ts';
import { isProblem, type Problem } from './problem.ts';
import { fieldSource, fixedSource, type ReplacementSource } from './replacement-source.ts';
import {
  type CreatedIn,
  type FieldOptions,
  fieldOptions,
  refineSource,
  replaceField,
  replacementOrigin,
} from './replacement-value.ts';
import { isUnwritten, scalarSource, sourceText } from './scalar-style.ts';
import { compileSelector, type ResourceSelector } from './selector.ts';
// Loaded when called: few replacements reach into text.
import { replaceInText } from './structured-text.ts';

/** An identity that an object has or had. */
export interface ReplacementId extends GroupVersionKind {
  readonly name: string;
  readonly namespace: string;
}

/** An object that replacements read from and write to. */
export interface ReplacementTarget {
  readonly tracked: Tracked<Mapping>;
  /** Its identities before each change of name, namespace or kind; the current one is read from the object. */
  readonly previousIds: readonly ReplacementId[];
}

/** What replacements made of the objects, in their order. */
export interface Replaced {
  readonly objects: readonly Tracked<Mapping>[];
  /** The `select` entries, and how many objects each matched: kustomize is silent about those that matched none. */
  readonly selections: readonly Selection[];
}

export interface Selection {
  readonly entry: Tracked;
  readonly selected: number;
}

/** Applies the entries of `replacements` one after the other (kustomize's api/filters/replacement). */
export function applyReplacements(
  targets: readonly ReplacementTarget[],
  replacements: Tracked<Sequence>,
): Replaced | Problem {
  let current = targets;
  const selections: Selection[] = [];
  for (const replacement of itemsOf(replacements)) {
    const result = applyReplacement(current, replacement, selections);
    if (isProblem(result)) return { at: replacement.origin, ...result };
    current = result;
  }
  return { objects: current.map(({ tracked }) => tracked), selections };
}

type Targets = readonly ReplacementTarget[];

function applyReplacement(
  targets: Targets,
  replacement: Tracked,
  selections: Selection[],
): Targets | Problem {
  const entries = getPart(replacement, 'targets');
  const source = findSource(targets, replacement);
  if (isProblem(source)) return source;
  if (entries === undefined || !isSequence(entries.value)) {
    return {
      problem: 'a replacement needs targets',
      help: 'write targets: with select and fieldPaths',
      at: replacement.origin,
    };
  }
  let current = targets;
  for (const entry of itemsOf(entries)) {
    const result = applyToTargets(current, entry, source, selections);
    if (isProblem(result)) return { at: entry.origin, ...result };
    current = result;
  }
  return current;
}

function findSource(targets: Targets, replacement: Tracked): ReplacementSource | Problem {
  const constant = presentPart(replacement, 'sourceValue');
  const selector = presentPart(replacement, 'source');
  if (constant !== undefined && selector !== undefined) {
    return {
      problem: 'source and sourceValue are mutually exclusive',
      help: 'keep one of them',
      at: constant.origin,
    };
  }
  if (constant !== undefined) {
    // It has no type of its own: in a new field `5` becomes a number.
    const text = scalarSource(constant);
    return fixedSource({ value: resolveScalar(text, 'kustomize') ?? null, text, origin: constant.origin });
  }
  if (selector === undefined || !isMapping(selector.value)) {
    return {
      problem: 'a replacement needs a source or a sourceValue',
      help: 'write source: with kind and name of an object, or sourceValue: with a string',
      at: replacement.origin,
    };
  }
  const selected = selectSource(targets, selector);
  if (isProblem(selected)) return { at: selector.origin, ...selected };
  const object = selected.tracked;
  const path = textOf(selector, 'fieldPath') || 'metadata.name';
  const found = lookupField(object, splitFieldPath(path));
  if (isProblem(found)) return { ...found, problem: `${path}: ${found.problem}`, at: selector.origin };
  const field = found && getAt(object, found);
  if (found === undefined || field === undefined || isNothing(field)) {
    const help = `${nameOf(object.value)} has no such field, or it is empty`;
    return { problem: `the source has no ${path}`, help, at: selector.origin };
  }
  const options = fieldOptions(getPart(selector, 'options')?.value);
  const refined = refineSource(field, options);
  if (isProblem(refined)) return { ...refined, at: selector.origin };
  return options.delimiter === ''
    ? fieldSource(refined, targets.indexOf(selected), found)
    : fixedSource(refined);
}

/** What is read as an empty text behind `{a: }` is null before it is written. */
function isNothing({ value, origin }: Tracked): boolean {
  if (value === '') return isUnwritten(origin);
  if (isSequence(value)) return value.length === 0;
  return value === null || (isMapping(value) && Object.keys(value).length === 0);
}

function selectSource(targets: Targets, selector: Tracked): ReplacementTarget | Problem {
  const wanted = {
    group: textOf(selector, 'group'),
    version: textOf(selector, 'version'),
    kind: textOf(selector, 'kind'),
    name: textOf(selector, 'name'),
    namespace: textOf(selector, 'namespace'),
  };
  countEdits(targets.length * 10);
  const matching = targets.filter((target) => idsOf(target).some((id) => isSelected(id, wanted)));
  const [only] = matching;
  if (only !== undefined && matching.length === 1) return only;
  const described = [wanted.kind, wanted.name, wanted.namespace].filter((part) => part !== '').join(' ');
  return {
    problem: `the source ${described || '(empty)'} ${only === undefined ? 'selects nothing' : `selects ${matching.length} objects`}`,
    help: 'a source must select exactly one object of the build, by its current name or an earlier one',
  };
}

/** The empty namespace and `default` are one. */
function isSelected(id: ReplacementId, wanted: ReplacementId): boolean {
  return (
    (wanted.name === '' || wanted.name === id.name) &&
    (wanted.namespace === '' || (id.namespace || 'default') === wanted.namespace) &&
    (wanted.group === '' || wanted.group === id.group) &&
    (wanted.version === '' || wanted.version === id.version) &&
    (wanted.kind === '' || wanted.kind === id.kind)
  );
}

// Asked for by each replacement, of which there may be thousands.
const idsOf = knownOnce(({ tracked, previousIds }: ReplacementTarget): readonly ReplacementId[] => {
  const { value } = tracked;
  return [{ ...groupVersionKind(value), name: nameOf(value), namespace: namespaceOf(value) }, ...previousIds];
});

function applyToTargets(
  targets: Targets,
  entry: Tracked,
  source: ReplacementSource,
  selections: Selection[],
): Targets | Problem {
  const selectEntry = presentPart(entry, 'select');
  const select = selectEntry && compiled(selectEntry);
  if (selectEntry === undefined || select === undefined)
    return {
      problem: 'a target needs select',
      help: 'write select: with kind and name of the objects to change',
    };
  if (isProblem(select)) return { at: selectEntry.origin, ...select };
  const rejects: ResourceSelector[] = [];
  const rejectList = getPart(entry, 'reject');
  for (const item of rejectList === undefined ? [] : itemsOf(rejectList)) {
    const reject = compiled(item);
    if (isProblem(reject)) return { at: item.origin, ...reject };
    rejects.push(reject);
  }
  const writes = {
    source,
    fieldPaths: fieldPathsOf(entry),
    options: fieldOptions(getPart(entry, 'options')?.value),
  };
  countEdits(targets.length * 30);
  let selected = 0;
  const result: ReplacementTarget[] = [];
  for (const [index, target] of targets.entries()) {
    if (!isTarget(target, select, rejects)) {
      result.push(target);
      continue;
    }
    selected += 1;
    const tracked = writeFields(target.tracked, index, writes);
    if (isProblem(tracked)) return tracked;
    result.push({ ...target, tracked });
  }
  selections.push({ entry: selectEntry, selected });
  return result;
}

function compiled(selector: Tracked): ResourceSelector | Problem {
  return isMapping(selector.value)
    ? compileSelector(selector.value)
    : { problem: 'a selector is a mapping', help: 'write kind: and name: below it', at: selector.origin };
}

function isTarget(
  target: ReplacementTarget,
  select: ResourceSelector,
  rejects: readonly ResourceSelector[],
): boolean {
  const metadata = target.tracked.value['metadata'];
  const [labels, annotations] = isMapping(metadata) ? [metadata['labels'], metadata['annotations']] : [];
  if (!select.matchesMetadata(labels, annotations)) return false;
  // A reject with both kinds of conditions rejects by either.
  if (rejects.some((reject) => reject.selectsMetadata && reject.matchesMetadata(labels, annotations))) {
    return false;
  }
  const ids = idsOf(target);
  const matches = (selector: ResourceSelector) =>
    ids.some((id) => selector.matchesId(id, id.name, id.namespace));
  return !rejects.some((reject) => reject.selectsId && matches(reject)) && matches(select);
}

interface Writes {
  readonly source: ReplacementSource;
  readonly fieldPaths: readonly { readonly path: string; readonly origin: Origin }[];
  readonly options: FieldOptions;
}

function fieldPathsOf(entry: Tracked): Writes['fieldPaths'] {
  const list = getPart(entry, 'fieldPaths');
  const paths = list === undefined ? [] : itemsOf(list);
  if (paths.length === 0) return [{ path: 'metadata.name', origin: entry.origin }];
  return paths.map((path) => ({ path: scalarSource(path), origin: path.origin }));
}

/** Passes an object on that was changed, and tells the source. */
type NoteChange = (changed: Tracked, replaced?: Path) => Tracked;

function writeFields(object: Tracked<Mapping>, index: number, writes: Writes): Tracked<Mapping> | Problem {
  const note = (changed: Tracked, path?: Path): Tracked => {
    writes.source.note(index, changed, path);
    return changed;
  };
  let current: Tracked = object;
  for (const { path, origin } of writes.fieldPaths) {
    const steps = splitFieldPath(path);
    const entry = { path, steps, origin };
    const result = writeIntoText(current, entry, writes, note) ?? writeField(current, entry, writes, note);
    if (isProblem(result)) return { ...result, at: origin };
    const tooLarge = sizeProblem(result);
    if (tooLarge !== undefined) return { ...tooLarge, at: origin };
    current = result;
  }
  const { value, origin } = current;
  return isMapping(value) ? { value, origin } : object;
}

/** Writes into the text of the first scalar on the way, if the path goes on below it. */
function writeIntoText(
  object: Tracked,
  { path: whole, steps, origin }: FieldEntry,
  { source, options }: Writes,
  note: NoteChange,
): Tracked | Problem | undefined {
  for (let depth = 1; depth < steps.length; depth++) {
    const path = lookupField(object, steps.slice(0, depth));
    const field = path === undefined || isProblem(path) ? undefined : getAt(object, path);
    if (path === undefined || isProblem(path) || field === undefined || !isText(field)) continue;
    const written = source.read();
    const replaced = replaceInText(scalarSource(field), steps.slice(depth), written, options);
    if (replaced === 'no-yaml') return undefined;
    if (replaced === 'none') return missingField(object, whole);
    if (replaced === 'kept') return object;
    const history = replacementOrigin(field.origin, origin, written.origin);
    return note(setAt(object, path, { value: replaced.text, origin: history }), path);
  }
  return undefined;
}

function isText({ value }: Tracked): boolean {
  return value !== null && typeof value !== 'object';
}

interface FieldEntry {
  readonly path: string;
  readonly steps: readonly string[];
  readonly origin: Origin;
}

function writeField(
  object: Tracked,
  entry: FieldEntry,
  { source, options }: Writes,
  note: NoteChange,
): Tracked | Problem {
  const { value: copied } = source.read();
  const kind = isMapping(copied) ? 'mapping' : isSequence(copied) ? 'sequence' : 'scalar';
  const creation = options.create ? ({ kind, origin: entry.origin } as const) : undefined;
  const found = matchFields(object, entry.steps, creation);
  if (isProblem(found)) return { ...found, problem: `${entry.path}: ${found.problem}` };
  if (found.fields.length === 0) return found.isInText === true ? object : missingField(object, entry.path);
  let current = note(found.root);
  for (const { path, created } of found.fields) {
    const field = getAt(current, path);
    if (field === undefined) continue;
    const written = source.read();
    const value = replaceField(field, created ? createdIn(object, path) : undefined, written, options);
    if (isProblem(value)) return value;
    const previous = created ? undefined : field.origin;
    const origin = replacementOrigin(previous, entry.origin, written.origin);
    current = note(setAt(current, path, { value, origin }), path);
  }
  return current;
}

/** What a created field becomes part of: an annotation stays as it is spelled, and nothing in flow style is the empty text. */
function createdIn(object: Tracked, path: Path): CreatedIn {
  if (path[0] === 'metadata' && path[1] === 'annotations') return 'annotations';
  for (let depth = 0; depth < path.length; depth++) {
    const parent = getAt(object, path.slice(0, depth));
    if (parent !== undefined && /^[[{]/.test(sourceText(parent.origin) ?? '')) return 'flow';
  }
  return 'block';
}

function missingField({ value }: Tracked, path: string): Problem {
  return {
    problem: `${isMapping(value) ? `${groupVersionKind(value).kind} ${nameOf(value)}` : 'the target'} has no field ${path}`,
    help: 'correct the path, or set options.create to true',
  };
}

/** A part that is there and not null. */
function presentPart(tracked: Tracked, key: string): Tracked | undefined {
  const part = getPart(tracked, key);
  return part === undefined || part.value === null ? undefined : part;
}

function textOf(tracked: Tracked, key: string): string {
  const value = getPart(tracked, key)?.value;
  return typeof value === 'string' ? value : '';
}
