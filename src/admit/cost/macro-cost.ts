import { ownOf } from '../../source/own.ts';
import { dyn } from '../policy/cel-type.ts';
import type { MacroCall } from '../policy/macro-call.ts';
import type { Node } from '../policy/node.ts';
import { type Coster, declaredRange, overloadsOf, pathOf, sizeOf, sizeOfType, typeOf } from './coster.ts';
import { sortingEstimate } from './list-cost.ts';
import { below, nowhere, type Path } from './path.ts';
import { exactly, product, type Range, unknownSize } from './range.ts';

type CostOf = (node: Node, coster: Coster) => number;

interface Loop {
  /** Before the first and after the last turn. */
  readonly around: number;
  /** At each turn, beside what the expressions cost. */
  readonly each: number;
  readonly makes?: 'list' | 'map';
}

const mapping: Loop = { around: 11, each: 12, makes: 'list' };

/** By what each stands for: the accumulator is read at each turn, and once for the result. */
const loops: Readonly<Record<string, Loop>> = {
  all: { around: 1, each: 3 },
  exists: { around: 1, each: 4 },
  exists_one: { around: 2, each: 2 },
  existsOne: { around: 2, each: 2 },
  filter: { around: 11, each: 13, makes: 'list' },
  transformMap: { around: 31, each: 3, makes: 'map' },
  transformMapEntry: { around: 31, each: 2, makes: 'map' },
};

/** What a macro costs by what it stands for: cel-go 0.26 parser/macro.go, costed as checker/cost.go does comprehensions. */
export function costOfMacro(call: MacroCall, node: Node, coster: Coster, costOf: CostOf): number {
  if (call.name === 'optMap' || call.name === 'optFlatMap') return costOfOptional(call, coster, costOf);
  if (call.name === 'sortBy') return costOfSortBy(call, node, coster, costOf);
  const range = costOf(call.receiver, coster);
  const inner: Coster = { ...coster, locals: withVariables(call, coster) };
  const loop = ownOf(loops, call.name) ?? mapping;
  const each = costOfBodies(call, inner, costOf) + loop.each;
  const count = sizeOf(coster, call.receiver);
  coster.sizes.set(node, loop.makes === undefined ? exactly(1) : count);
  if (loop.makes === 'list') coster.entries.set(node, { min: 0, max: itemSize(call, inner).max });
  return range + loop.around + product(count.max, each);
}

function costOfBodies({ bodies }: MacroCall, inner: Coster, costOf: CostOf): number {
  return bodies.reduce((sum, body) => sum + costOf(body, inner), 0);
}

/** The largest that stands in the list that a loop makes, which began empty. */
function itemSize({ name, variables, bodies, receiver }: MacroCall, inner: Coster): Range {
  if (name !== 'filter') return sizeOf(inner, bodies.at(-1) as Node);
  const path = inner.locals.get(variables[0] as string) as () => Path;
  const [item] = typeOf(inner, receiver).of;
  return declaredRange(inner, path()) ?? sizeOfType(item ?? dyn) ?? unknownSize;
}

function withVariables({ receiver, variables }: MacroCall, coster: Coster): Coster['locals'] {
  const [first, second] = variables as readonly [string, string?];
  const isList = typeOf(coster, receiver).name === 'list';
  const path = pathOf(coster, receiver);
  const variable = (step: string): (() => Path) => {
    if (coster.checker.kubernetesMinor < 33) return () => below(path, step);
    const shared = below(path, step);
    return () => shared;
  };
  const locals = new Map(coster.locals);
  if (second === undefined) return locals.set(first, variable(isList ? '@items' : '@keys'));
  locals.set(first, variable(isList ? '@indices' : '@keys'));
  return locals.set(second, variable(isList ? '@items' : '@values'));
}

/** `a.hasValue() ? optional.of(bind(x, a.value(), body)) : optional.none()`. */
function costOfOptional(call: MacroCall, coster: Coster, costOf: CostOf): number {
  const target = costOf(call.receiver, coster) + 1;
  const locals = new Map(coster.locals);
  locals.set(call.variables[0] as string, () => nowhere);
  const bound = 10 + target + costOfBodies(call, { ...coster, locals }, costOf);
  return target + bound + (call.name === 'optMap' ? 1 : 0);
}

/** `bind(list, a, list.@sortByAssociatedKeys(list.map(x, body)))`. */
function costOfSortBy(call: MacroCall, node: Node, coster: Coster, costOf: CostOf): number {
  const { receiver } = call;
  const bound = 10 + costOf(receiver, coster);
  const inner: Coster = { ...coster, locals: withVariables(call, coster) };
  const each = costOfBodies(call, inner, costOf) + mapping.each;
  const count = declaredRange(coster, pathOf(coster, receiver)) ?? sizeOf(coster, receiver);
  const keys = 1 + mapping.around + product(count.max, each);
  const sorted = sortingEstimate(count, overloadsOf(coster, node));
  coster.sizes.set(node, sorted.size);
  return bound + keys + 1 + sorted.cost;
}
