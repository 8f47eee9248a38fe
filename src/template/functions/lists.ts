import { spendValue } from '../run.ts';
import { FunctionError } from '../template-error.ts';
import { numberIn } from '../value/argument.ts';
import { knownValue, newList, nilList } from '../value/datum.ts';
import { isDeepEqual } from '../value/deep.ts';
import { computes, hands } from '../value/go-function.ts';
import { integerOf, isTruthy, kindOf, typeOf } from '../value/kind.ts';
import type { ArgumentType, Call, Datum, Functions, GoFunction, Known, Run } from '../value/model.ts';
import { toInteger } from '../value/number.ts';
import { printValue } from '../value/print.ts';

const nothing = knownValue(null);

/** The functions of sprig 3.3 for lists; each of them is there again with `must` before its name. */
export const listFunctions: Functions = {
  list: makes([], (args) => args, 'any'),
  tuple: makes([], (args) => args, 'any'),
  ...both(
    'append',
    makes(['any', 'any'], ([list, item]) => [...itemsOf(list, 'push on'), item ?? nothing]),
  ),
  ...both(
    'push',
    makes(['any', 'any'], ([list, item]) => [...itemsOf(list, 'push on'), item ?? nothing]),
  ),
  ...both(
    'prepend',
    makes(['any', 'any'], ([list, item]) => [item ?? nothing, ...itemsOf(list, 'prepend on')]),
  ),
  ...both(
    'first',
    hands(['any'], ([list]) => itemsOf(list, 'find first on')[0] ?? nothing),
  ),
  ...both(
    'last',
    hands(['any'], ([list]) => itemsOf(list, 'find last on').at(-1) ?? nothing),
  ),
  ...both(
    'rest',
    makesSome(['any'], ([list]) => partOf(itemsOf(list, 'find rest on'), 1)),
  ),
  ...both(
    'initial',
    makesSome(['any'], ([list]) => partOf(itemsOf(list, 'find initial on'), 0, -1)),
  ),
  ...both(
    'reverse',
    makes(['any'], ([list]) => itemsOf(list, 'find reverse on').toReversed()),
  ),
  ...both(
    'compact',
    makes(['any'], ([list]) => itemsOf(list, 'compact on').filter(({ value }) => isTruthy(value))),
  ),
  ...both(
    'uniq',
    makes(['any'], ([list], { run }) => unique(itemsOf(list, 'find uniq on'), run)),
  ),
  ...both(
    'without',
    makes(
      ['any'],
      ([list, ...gone]) => itemsOf(list, 'find without on').filter((item) => !isAmong(item, gone)),
      'any',
    ),
  ),
  ...both(
    'has',
    computes(
      ['any', 'any'],
      (item, list) => list !== null && isAmong(knownValue(item), itemsOf(knownValue(list), 'find has on')),
    ),
  ),
  ...both('slice', { takes: ['any'], rest: 'any', call: (args) => sliced(args) }),
  ...both(
    'chunk',
    hands(['int', 'any'], ([size, list]) => ({
      value: newList(chunks(numberIn(size), itemsOf(list, 'chunk')), '[][]interface {}'),
      origins: list?.origins ?? [],
    })),
  ),
  concat: makesSome([], (args) => someOf(args.flatMap((list) => itemsOf(list, 'concat', ' as list'))), 'any'),
};

function both(name: string, own: GoFunction): Functions {
  return { [name]: own, [`must${name.slice(0, 1).toUpperCase()}${name.slice(1)}`]: own };
}

/** A function that makes a list of items that come from where they come from. */
function makes(
  takes: readonly ArgumentType[],
  items: (args: readonly Known[], call: Call) => readonly Known[],
  rest?: ArgumentType,
): GoFunction {
  return hands(
    takes,
    (args, call) => ({ value: newList(items(args, call)), origins: args[0]?.origins ?? [] }),
    rest,
  );
}

/** The same where Go makes no list of nothing; undefined stands for that. */
function makesSome(
  takes: readonly ArgumentType[],
  items: (args: readonly Known[]) => readonly Known[] | undefined,
  rest?: ArgumentType,
): GoFunction {
  return hands(
    takes,
    (args) => {
      const made = items(args);
      return { value: made === undefined ? nilList() : newList(made), origins: args[0]?.origins ?? [] };
    },
    rest,
  );
}

function someOf(items: readonly Known[]): readonly Known[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** A part of a list; of an empty one none. */
function partOf(items: readonly Known[], start: number, end?: number): readonly Known[] | undefined {
  return items.length === 0 ? undefined : items.slice(start, end);
}

function itemsOf(known: Known | undefined, doing: string, ending = ''): readonly Known[] {
  const value = known?.value;
  if (typeof value === 'object' && value !== null && value.kind === 'list') return value.items;
  const kind = kindOf(value);
  if (kind === 'invalid')
    throw new FunctionError('runtime error: invalid memory address or nil pointer dereference');
  throw new FunctionError(`Cannot ${doing} type ${kind}${ending}`);
}

function isAmong(item: Known, items: readonly Known[]): boolean {
  return items.some((one) => isDeepEqual(one.value, item.value));
}

function unique(items: readonly Known[], run: Run): Known[] {
  const found: Known[] = [];
  const scalars = new Set<string>();
  const others: Known[] = [];
  for (const item of items) {
    const key = scalarKey(item.value);
    if (key === undefined) for (const { value } of others) spendValue(run, value);
    if (key === undefined ? isAmong(item, others) : scalars.has(key)) continue;
    if (key === undefined) others.push(item);
    else scalars.add(key);
    found.push(item);
  }
  return found;
}

/** Equal for scalars that reflect.DeepEqual takes for equal; undefined for what has parts. */
function scalarKey(value: Datum): string | undefined {
  if (typeof value === 'object' && value !== null && value.kind !== 'integer') return undefined;
  return `${typeOf(value)} ${printValue(value)}`;
}

function sliced([list, ...at]: readonly Known[]): Known {
  const value = list?.value;
  if (typeof value !== 'object' || value === null || value.kind !== 'list')
    throw new FunctionError(`list should be type of slice or array but ${kindOf(value)}`);
  if (value.items.length === 0) return nothing;
  const [start, end] = at.map((one) => Number(integerOf(one.value) ?? toInteger(one.value)));
  const [from, to] = [start ?? 0, end ?? value.items.length];
  if (from < 0 || to > value.items.length || from > to)
    throw new FunctionError(`reflect.Value.Slice: slice index out of bounds`);
  return { value: newList(value.items.slice(from, to), value.type), origins: list?.origins ?? [] };
}

/** As sprig cuts: the last part has what remains of the others, which Go computes for sizes below zero as well. */
function chunks(size: number, items: readonly Known[]): Known[] {
  const count = Math.floor((items.length - 1) / size) + 1;
  const last = items.length % size || size;
  if (!Number.isFinite(count) || count < 0 || (count > 0 && (count > 1 ? size : last) < 0))
    throw new FunctionError('runtime error: makeslice: len out of range');
  return Array.from({ length: count }, (_, index) => {
    const start = index * size;
    return knownValue(newList(items.slice(start, start + (index === count - 1 ? last : size))));
  });
}
