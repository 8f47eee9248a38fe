import type { CelError } from './cel-error.ts';
import type { CelValue } from './cel-value.ts';
import type { CompiledPolicy } from './policy.ts';

/** A variable that another policy has evaluated for the same object, and what that cost. */
export interface SharedValue {
  readonly value: CelValue | CelError;
  readonly cost: number;
  /** The policy that used it last; each one pays for its first use. */
  turn: number;
}

const meanings = new WeakMap<CompiledPolicy, Map<string, number | undefined>>();
const numbers = new Map<string, number>();
const numberLimit = 10_000;
let nextNumber = 0;

/** One number for all variables that are written alike, down to the variables in them; undefined where parameters have a part in it. */
export function meaningOf(policy: CompiledPolicy, name: string): number | undefined {
  let known = meanings.get(policy);
  if (known === undefined) {
    known = new Map();
    meanings.set(policy, known);
  }
  if (known.has(name)) return known.get(name);
  // Whoever asks again before there is an answer stands in a circle, which nobody shares.
  known.set(name, undefined);
  const meaning = findMeaning(policy, name);
  known.set(name, meaning);
  return meaning;
}

function findMeaning(policy: CompiledPolicy, name: string): number | undefined {
  const text = policy.variables.get(name)?.text;
  if (text === undefined || /\bparams\b|\bvariables\b(?!\.\w)/u.test(text)) return undefined;
  const inner = [...text.matchAll(/\bvariables\.(\w+)/gu)].map(([, other = '']) => meaningOf(policy, other));
  if (inner.includes(undefined)) return undefined;
  const key = `${inner.join(',')} ${text}`;
  let number = numbers.get(key);
  if (number === undefined) {
    if (numbers.size >= numberLimit) numbers.clear();
    number = nextNumber++;
    numbers.set(key, number);
  }
  return number;
}
