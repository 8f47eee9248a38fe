import { type Origin, overwrite, type Tracked } from '../object/provenance.ts';
import { resolveScalar } from '../source/scalar.ts';
import { isProblem as isUndecoded, resolveTagged } from '../source/tagged-scalar.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import type { Problem } from './problem.ts';
import { inTypeOf, scalarSource } from './scalar-style.ts';

/** What a replacement writes. */
export interface ReplacementValue {
  readonly value: Value;
  /** The value as text, which is all that a scalar takes over. */
  readonly text: string;
  readonly origin: Origin;
  /** Whether it is a field of an object, whose quotes and comments go with it where it takes the place of a list or a mapping. */
  readonly isNode?: true;
}

/** `options` of a source or a target. */
export interface FieldOptions {
  readonly delimiter: string;
  readonly index: number;
  readonly create: boolean;
}

export function fieldOptions(options: Value | undefined): FieldOptions {
  const read = (key: string): Value | undefined => readOption(options, key);
  const [delimiter, index, create] = [read('delimiter'), read('index'), read('create')];
  return {
    delimiter: typeof delimiter === 'string' ? delimiter : '',
    index: typeof index === 'number' ? index : 0,
    create: create === true,
  };
}

function readOption(options: Value | undefined, key: string): Value | undefined {
  const mapping: Mapping | undefined = isMapping(options) ? options : undefined;
  return mapping !== undefined && Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}

/** The part of a source that its options ask for. */
export function refineSource(source: Tracked, options: FieldOptions): ReplacementValue | Problem {
  const { value, origin } = source;
  const text = scalarSource(source);
  if (options.delimiter === '') return { value, text, origin, isNode: true };
  if (isMapping(value) || isSequence(value)) return delimiterProblem(source);
  const parts = text.split(options.delimiter);
  const part = options.index < 0 ? undefined : parts[options.index];
  if (part === undefined) {
    const count = parts.length === 1 ? '1 part' : `${parts.length} parts`;
    return {
      problem: `index ${options.index} is out of range: ${JSON.stringify(text)} has ${count}`,
      help: 'correct options.index, which counts from 0, or options.delimiter',
      at: origin,
    };
  }
  const sameType = typeof value === 'string' ? part : (resolveScalar(part, 'kustomize') ?? part);
  return { value: sameType, text: part, origin, isNode: true };
}

/** Where a field was created, which decides what its text is read as. */
export type CreatedIn = 'annotations' | 'flow' | 'block';

/** The value of a target field after a replacement. A scalar keeps its type, a field that was created has none yet. */
export function replaceField(
  field: Tracked,
  created: CreatedIn | undefined,
  source: ReplacementValue,
  options: FieldOptions,
): Value | Problem {
  const isScalar = !isMapping(field.value) && !isSequence(field.value);
  if (!isScalar) return options.delimiter === '' ? source.value : delimiterProblem(field);
  const text =
    options.delimiter === '' ? source.text : joinDelimited(scalarSource(field), source.text, options);
  if (created === 'annotations' || (created === 'flow' && text === '')) return text;
  if (created !== undefined) return createdValue(text, source.origin);
  const value = inTypeOf(field, text);
  if (value !== undefined) return value;
  return {
    problem: `${JSON.stringify(text)} cannot replace ${JSON.stringify(scalarSource(field))}: a replacement keeps the type of its target`,
    help: 'put the target in quotes, or remove it and set options.create',
    at: field.origin,
    from: source.origin,
  };
}

function createdValue(text: string, at: Origin): Value | Problem {
  const value = resolveTagged(text, undefined, true, 'kustomize');
  return isUndecoded(value) ? { problem: value.problem, help: value.help, at } : value;
}

/** The target's text with the part put in at the index, or before or behind it all. */
export function joinDelimited(target: string, part: string, { delimiter, index }: FieldOptions): string {
  const parts = target.split(delimiter);
  if (index < 0) parts.unshift(part);
  else if (index >= parts.length) parts.push(part);
  else parts[index] = part;
  return parts.join(delimiter);
}

function delimiterProblem(field: Tracked): Problem {
  return {
    problem: 'a delimiter can only split a scalar, and this is not a scalar',
    help: 'remove options.delimiter, or use a field with a scalar',
    at: field.origin,
  };
}

/** The history of a replaced field: what was there, the replacement's target, and last the source. */
export function replacementOrigin(previous: Origin | undefined, target: Origin, source: Origin): Origin {
  return overwrite(overwrite(previous, target), source);
}
