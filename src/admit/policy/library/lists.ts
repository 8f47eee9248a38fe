import { CelError, noSuchOverload } from '../cel-error.ts';
import { type CelList, type CelValue, double, isList, isSpecial, kind, lift } from '../cel-value.ts';
import { applyBinary, compare, equals } from '../operators.ts';
import { charge, type Scope } from '../scope.ts';
import { intArgument, type Library, listArgument } from './argument.ts';
import { sizeOf } from './conversions.ts';

function itemsOf(value: CelValue | undefined, scope: Scope): CelValue[] {
  const list = listArgument(value);
  charge(scope.root, list.length);
  return list.map(lift);
}

/** Cheap for the lists that objects hold; what compares every pair pays for every pair. */
function chargePairs(list: CelList, scope: Scope): void {
  charge(scope.root, list.length * list.length);
}

function extreme(items: readonly CelValue[], sign: 1 | -1): CelValue {
  const [first, ...rest] = items;
  if (first === undefined) throw new CelError(`${sign < 0 ? 'min' : 'max'} called on empty list`);
  return rest.reduce((best, item) => (compare(item, best) * sign > 0 ? item : best), first);
}

function sum(items: readonly CelValue[]): CelValue {
  const [first, ...rest] = items;
  if (first === undefined) return 0n;
  if (
    typeof first !== 'bigint' &&
    !(isSpecial(first) && ['double', 'uint', 'duration'].includes(first[kind]))
  ) {
    throw noSuchOverload();
  }
  return rest.reduce<CelValue>((total, item) => applyBinary('+', total, item), first);
}

function flatten(list: CelList, depth: bigint): CelValue[] {
  if (depth < 0n) throw new CelError('level must be non-negative');
  return list.flatMap((item) => (isList(item) && depth > 0n ? flatten(item, depth - 1n) : [item]));
}

function slice(list: CelList, start: bigint, end: bigint): CelList {
  if (start < 0n || end < 0n || start > end || end > BigInt(list.length)) {
    throw new CelError(`cannot slice(${start}, ${end}), list is length ${list.length}`);
  }
  return list.slice(Number(start), Number(end));
}

function distinct(list: CelList): CelList {
  return list.filter((item, index) => list.findIndex((other) => equals(item, other)) === index);
}

function position(args: readonly CelValue[], scope: Scope, last: boolean): bigint {
  const items = itemsOf(args[0], scope);
  const isWanted = (item: CelValue) => equals(item, args[1] as CelValue);
  return BigInt(last ? items.findLastIndex(isWanted) : items.findIndex(isWanted));
}

export const listMethods: Library = {
  size: ([value]) => sizeOf(value),
  isSorted: ([list], scope) => {
    const items = itemsOf(list, scope);
    return items.every((item, index) => index === 0 || compare(items[index - 1] as CelValue, item) <= 0);
  },
  sum: ([list], scope) => sum(itemsOf(list, scope)),
  min: ([list], scope) => extreme(itemsOf(list, scope), -1),
  max: ([list], scope) => extreme(itemsOf(list, scope), 1),
  sort: ([list], scope) => itemsOf(list, scope).sort(compare),
  distinct: ([list], scope) => {
    chargePairs(listArgument(list), scope);
    return distinct(listArgument(list));
  },
  flatten: ([list, depth], scope) =>
    flatten(itemsOf(list, scope), depth === undefined ? 1n : intArgument(depth)),
  slice: ([list, start, end]) => slice(listArgument(list), intArgument(start), intArgument(end)),
  first: ([list]) => ({ [kind]: 'optional', value: listArgument(list)[0] }),
  last: ([list]) => ({ [kind]: 'optional', value: listArgument(list).at(-1) }),
};

/** `indexOf` and `lastIndexOf` exist on strings too; these take lists. */
export const listPositions = {
  indexOf: (args: readonly CelValue[], scope: Scope) => position(args, scope, false),
  lastIndexOf: (args: readonly CelValue[], scope: Scope) => position(args, scope, true),
};

function containsAll(list: CelList, wanted: CelList, scope: Scope): boolean {
  charge(scope.root, list.length * wanted.length);
  return wanted.every((item) => list.some((other) => equals(item, other)));
}

export const listFunctions: Library = {
  'sets.contains': ([list, wanted], scope) => containsAll(listArgument(list), listArgument(wanted), scope),
  'sets.equivalent': ([a, b], scope) =>
    containsAll(listArgument(a), listArgument(b), scope) &&
    containsAll(listArgument(b), listArgument(a), scope),
  'sets.intersects': ([a, b], scope) => {
    charge(scope.root, listArgument(a).length * listArgument(b).length);
    return listArgument(a).some((item) => listArgument(b).some((other) => equals(item, other)));
  },
  'lists.range': ([count], scope) => {
    const size = intArgument(count);
    if (size > BigInt(scope.root.limit)) throw new CelError(`range too large: ${size}`);
    charge(scope.root, Number(size));
    return Array.from({ length: Math.max(0, Number(size)) }, (_, index) => BigInt(index));
  },
  'math.greatest': (args, scope) =>
    extreme(args.length === 1 && isList(args[0]) ? itemsOf(args[0], scope) : args.map(lift), 1),
  'math.least': (args, scope) =>
    extreme(args.length === 1 && isList(args[0]) ? itemsOf(args[0], scope) : args.map(lift), -1),
  'math.abs': ([value]) => {
    if (typeof value === 'bigint') return value < 0n ? -value : value;
    if (isSpecial(value) && value[kind] === 'double') return double(Math.abs(value.value));
    throw noSuchOverload();
  },
};
