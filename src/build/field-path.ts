import {
  getAt,
  getPart,
  itemsOf,
  type Origin,
  setItem,
  setItems,
  setKey,
  type Tracked,
} from '../object/provenance.ts';
import { resolveScalar } from '../source/scalar.ts';
import { isMapping, isSequence, newMapping, type Path, type Value } from '../source/value.ts';
import { compileGoRegExp } from './go-regexp.ts';
import { isProblem, type Problem } from './problem.ts';
import { scalarSource } from './scalar-style.ts';
// Loaded when called: few replacements reach into text.
import { leadsIntoText } from './structured-text.ts';

/** The steps of a replacement's field path: dots part them, unless escaped or in brackets (kyaml's SmarterPathSplitter). */
export function splitFieldPath(path: string): readonly string[] {
  const steps: string[] = [];
  const parts = splitEscaped(path);
  for (let index = 0; index < parts.length; index++) {
    let part = parts[index] ?? '';
    if (!part.startsWith('[') || part.endsWith(']')) {
      steps.push(part);
      continue;
    }
    while (index < parts.length - 1 && !part.endsWith(']')) part += `.${parts[++index] ?? ''}`;
    steps.push(part.includes('=') ? part : part.replace(/^[[\]]+|[[\]]+$/g, ''));
  }
  return steps;
}

function splitEscaped(path: string): readonly string[] {
  const [first = '', ...rest] = path.split('.');
  const parts = first === '' && rest.length > 0 ? [] : [first];
  for (const part of rest) {
    const last = parts.at(-1);
    if (last?.endsWith('\\')) parts[parts.length - 1] = `${last.slice(0, -1)}.${part}`;
    else parts.push(part);
  }
  return parts;
}

/** The path of the one field that the steps lead to, undefined where it is missing (kyaml's PathGetter). */
export function lookupField(root: Tracked, steps: readonly string[]): Path | undefined | Problem {
  const path: (string | number)[] = [];
  let current: Tracked | undefined = root;
  for (const step of steps.map((part) => part.trim()).filter((part) => part !== '')) {
    const next = lookupStep(current, step);
    if (next === undefined || isProblem(next)) return next;
    path.push(next);
    current = getPart(current, next);
    if (current === undefined) return undefined;
  }
  return path;
}

function lookupStep(current: Tracked, step: string): string | number | undefined | Problem {
  const { value } = current;
  const isForList = isIndex(step) || step === '-' || step === '*' || isListEntry(step);
  if (value === null) return undefined;
  if (step === '*')
    return {
      problem: 'a source cannot have a wildcard',
      help: 'write the index, or select the item with [field=value]',
      at: current.origin,
    };
  if (!isForList) return isMapping(value) ? step : unfitting(current, step, 'mapping');
  if (!isSequence(value)) return unfitting(current, step, 'list');
  if (step === '-') return value.length - 1;
  if (isIndex(step)) return Number(step);
  return findEntry(current, step);
}

/** The index of the item that `[field=value]` selects; undefined for none. */
export function findEntry(list: Tracked, step: string): number | undefined | Problem {
  const entry = parseEntry(step);
  if (isProblem(entry)) return entry;
  const index = itemsOf(list).findIndex((item) => {
    const field = entry.key === '' ? item : isMapping(item.value) ? getPart(item, entry.key) : undefined;
    return field !== undefined && scalarSource(field) === entry.value;
  });
  return index < 0 ? undefined : index;
}

/** The item that `[field=value]` makes where it selects none. */
export function entryFor(step: string, origin: Origin): Tracked | Problem {
  const entry = parseEntry(step);
  return isProblem(entry) ? entry : newEntry(entry, origin);
}

/** A field that was found, or was made for the occasion and has no value yet. */
export interface FoundField {
  readonly path: Path;
  readonly created: boolean;
}

export interface FoundFields {
  /** The object, with the fields that had to be created. */
  readonly root: Tracked;
  readonly fields: readonly FoundField[];
  /** Whether the path led into the text of a scalar, where kustomize finds fields and loses what it writes. */
  readonly isInText?: boolean;
}

/** Creates what is missing: the last field of this kind, with this origin. */
export interface Creation {
  readonly kind: 'scalar' | 'mapping' | 'sequence';
  readonly origin: Origin;
}

/** All fields that the steps lead to: list entries match by regular expression, `*` is every item (kyaml's PathMatcher). */
export function matchFields(
  root: Tracked,
  steps: readonly string[],
  creation: Creation | undefined,
): FoundFields | Problem {
  return matchBelow({ root, path: [], created: false }, steps, creation);
}

interface Position extends FoundField {
  readonly root: Tracked;
}

function matchBelow(
  position: Position,
  steps: readonly string[],
  creation: Creation | undefined,
): FoundFields | Problem {
  const [step, ...rest] = steps;
  const { root, path, created } = position;
  if (step === undefined) return { root, fields: [{ path, created }] };
  if (isIndex(step)) return matchIndex(position, step, rest, creation);
  if (isListEntry(step)) return matchEntries(position, step, rest, creation);
  if (step === '*') {
    const list = listAt(position, step);
    return isProblem(list) ? list : matchItems(position, [...list.keys()], rest, creation);
  }
  return matchMember(position, step, rest, creation);
}

function matchMember(
  position: Position,
  step: string,
  rest: readonly string[],
  creation: Creation | undefined,
): FoundFields | Problem {
  const { root, path } = position;
  const current = getAt(root, path);
  if (current === undefined) return { root, fields: [] };
  if (current.value === null && creation === undefined) return { root, fields: [] };
  if (!isMapping(current.value)) return unfitting(current, step, 'mapping');
  // A field of no name is one of a scalar (FieldMatcher of kyaml).
  if (step === '') return { problem: 'a part of the path is empty', help: 'remove the dot too many' };
  const below = [...path, step];
  if (Object.hasOwn(current.value, step)) {
    const field = getPart(current, step) as Tracked;
    const isText = field.value !== null && typeof field.value !== 'object';
    if (isText && rest.length > 0 && leadsIntoText(scalarSource(field), rest)) {
      return { root, fields: [], isInText: true };
    }
    return matchBelow({ root, path: below, created: false }, rest, creation);
  }
  if (creation === undefined) return { root, fields: [] };
  const placed = setAt(root, below, placeholder(rest[0], creation));
  return matchBelow({ root: placed, path: below, created: true }, rest, creation);
}

function matchIndex(
  position: Position,
  step: string,
  rest: readonly string[],
  creation: Creation | undefined,
): FoundFields | Problem {
  const list = listAt(position, step);
  if (isProblem(list)) return list;
  const index = Number(step);
  const path = [...position.path, index];
  if (index < list.length) return matchBelow({ root: position.root, path, created: false }, rest, creation);
  if (index > list.length || creation === undefined) {
    return {
      problem: `index ${index} is out of range: the list has ${list.length} items`,
      help: 'use an existing index, or the next one with options.create',
    };
  }
  const root = appendAt(position, placeholder(rest[0], creation));
  return matchBelow({ root, path, created: true }, rest, creation);
}

function matchEntries(
  position: Position,
  step: string,
  rest: readonly string[],
  creation: Creation | undefined,
): FoundFields | Problem {
  const list = listAt(position, step);
  if (isProblem(list)) return list;
  const entry = parseEntry(step);
  if (isProblem(entry)) return entry;
  const expression = compileGoRegExp(entry.value);
  if (isProblem(expression)) return expression;
  const matching = list.flatMap((item, index) => {
    const field = entry.key === '' ? item : isMapping(item.value) ? getPart(item, entry.key) : undefined;
    return field !== undefined && expression.test(scalarSource(field)) ? [index] : [];
  });
  // A scalar that matches is the field, whatever follows it in the path.
  const below = entry.key === '' ? [] : rest;
  const found = matchItems(position, matching, below, creation);
  if (isProblem(found) || found.fields.length > 0 || found.isInText === true || creation === undefined)
    return found;
  if (!expression.test(entry.value))
    return {
      problem: `an item created for ${step} would not match it`,
      help: 'without a match, kustomize creates an item from the expression itself: write [field=value] with a plain value',
    };
  const root = appendAt({ ...position, root: found.root }, newEntry(entry, creation.origin));
  const item = { root, path: [...position.path, list.length], created: entry.key === '' };
  return matchBelow(item, below, creation);
}

function matchItems(
  position: Position,
  indexes: readonly number[],
  rest: readonly string[],
  creation: Creation | undefined,
): FoundFields | Problem {
  let { root } = position;
  let isInText = false;
  const fields: FoundField[] = [];
  for (const index of indexes) {
    const below = { root, path: [...position.path, index], created: false };
    const found = matchBelow(below, rest, creation);
    if (isProblem(found)) return found;
    root = found.root;
    fields.push(...found.fields);
    isInText ||= found.isInText === true;
  }
  return { root, fields, isInText };
}

function listAt(position: Position, step: string): readonly Tracked[] | Problem {
  const current = getAt(position.root, position.path);
  if (current === undefined || current.value === null) return [];
  return isSequence(current.value) ? itemsOf(current) : unfitting(current, step, 'list');
}

function appendAt(position: Position, item: Tracked): Tracked {
  const list = getAt(position.root, position.path);
  if (list === undefined) return position.root;
  return setAt(position.root, position.path, setItems(list, [...itemsOf(list), item]));
}

/** The value with `part` at the path, whose parents exist. */
export function setAt(root: Tracked, path: Path, part: Tracked): Tracked {
  const [step, ...rest] = path;
  if (step === undefined) return part;
  const child = getPart(root, step);
  const below = child === undefined || rest.length === 0 ? part : setAt(child, rest, part);
  const { value, origin } = root;
  if (typeof step === 'number') return setItem(root, step, below);
  return isMapping(value) ? setKey({ value, origin }, step, below) : root;
}

function placeholder(next: string | undefined, creation: Creation): Tracked {
  const { origin } = creation;
  if (next === undefined) {
    return {
      value: creation.kind === 'sequence' ? [] : creation.kind === 'mapping' ? newMapping() : '',
      origin,
    };
  }
  return { value: isIndex(next) || isListEntry(next) ? [] : newMapping(), origin };
}

function newEntry(entry: { key: string; value: string }, origin: Origin): Tracked {
  // What is written into a path has no type yet: `[port=80]` makes a number.
  const scalar: Value = resolveScalar(entry.value, 'kustomize') ?? entry.value;
  if (entry.key === '') return { value: scalar, origin };
  const value = newMapping();
  value[entry.key] = scalar;
  return { value, origin };
}

function isIndex(step: string): boolean {
  return /^\+?\d+$/.test(step);
}

export function isListEntry(step: string): boolean {
  return step.startsWith('[') && step.endsWith(']');
}

function parseEntry(step: string): { key: string; value: string } | Problem {
  const inner = step.slice(1, -1);
  const equals = inner.indexOf('=');
  if (equals < 0) return { problem: `${step} selects no list item`, help: 'write [field=value] or [=value]' };
  return { key: inner.slice(0, equals), value: inner.slice(equals + 1) };
}

function unfitting(current: Tracked, step: string, expected: string): Problem {
  const found = isMapping(current.value) ? 'a mapping' : isSequence(current.value) ? 'a list' : 'a scalar';
  return {
    problem: `${step} needs a ${expected}, but this is ${found}`,
    help: 'correct the path: names lead into mappings, indexes and [field=value] into lists',
    at: current.origin,
  };
}
