import { getAt, getPart, type Origin, rewritten, setKey, type Tracked } from '../object/provenance.ts';
import { readAt } from '../source/position.ts';
import { isProblem as isUndecoded, resolveTagged } from '../source/tagged-scalar.ts';
import { isMapping, type Mapping, type Value } from '../source/value.ts';
import { setMetadata } from './accumulated-resource.ts';
import { isProblem, type Problem } from './problem.ts';
import { scalarSource, tagOf } from './scalar-style.ts';

/** kustomize takes annotations as the texts that they are in their file, until the object goes through JSON, which has their values. */
export function decodeAnnotations(object: Tracked<Mapping>): Tracked<Mapping> | Problem {
  return mapAnnotations(object, (part, isInBraces) => {
    const value = typeof part.value === 'string' ? decoded(part, isInBraces) : part.value;
    if (isProblem(value)) return value;
    return { value, origin: value === part.value ? part.origin : rewritten(part.origin) };
  });
}

/** JSON keeps of a scalar what it means, and not how it is written; behind it kustomize sets the annotations anew, which makes texts of them. */
export function setAnew(object: Tracked<Mapping>): Tracked<Mapping> {
  const result = mapAnnotations(object, (part) => {
    // What is not written is a text in quotes then.
    if (part.value === '') return { value: '', origin: rewritten(part.origin) };
    if (typeof part.value === 'string') return part;
    const scalar = { value: part.value, origin: rewritten(part.origin) };
    return { value: part.value === null ? 'null' : scalarSource(scalar), origin: scalar.origin };
  });
  return isProblem(result) ? object : result;
}

function mapAnnotations(
  object: Tracked<Mapping>,
  change: (part: Tracked, isInBraces: boolean) => Tracked | Problem,
): Tracked<Mapping> | Problem {
  const annotations = getAt(object, ['metadata', 'annotations']);
  if (annotations === undefined || !isMapping(annotations.value)) return object;
  const before = annotations as Tracked<Mapping>;
  const isInBraces = startOf(before.origin) === '{';
  let current = before;
  for (const key of Object.keys(before.value)) {
    const part = getPart(before, key) as Tracked;
    const changed = change(part, isInBraces);
    if (isProblem(changed)) return changed;
    if (changed.value !== part.value || changed.origin !== part.origin)
      current = setKey(current, key, changed);
  }
  return current === before ? object : setMetadata(object, 'annotations', current);
}

function startOf(origin: Origin): string | undefined {
  if (!('positions' in origin)) return undefined;
  const { text, start } = readAt(origin.positions, origin.index);
  return text.charAt(start);
}

function decoded({ value, origin }: Tracked, isInBraces: boolean): Value | Problem {
  const first = startOf(origin);
  if (typeof value !== 'string' || first === undefined) return value;
  const tag = tagOf(origin);
  // Nothing in braces, which is a text once it is written.
  if (value === '' && (tag === undefined || (tag === '!' && isInBraces))) return value;
  const isPlain = !/["'|>]/.test(first);
  if (!isPlain && tag === undefined) return value;
  const result = resolveTagged(value, tag, isPlain, 'kustomize');
  return isUndecoded(result)
    ? { rule: 'not-json', problem: result.problem, help: result.help, at: origin }
    : result;
}
