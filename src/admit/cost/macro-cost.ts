import type { MacroCall } from '../policy/macro-call.ts';
import type { Node } from '../policy/node.ts';
import {
  type Coster,
  declaredRange,
  type EntrySize,
  entrySizeOf,
  type LocalVariable,
  pathOf,
  scalars,
  setEntrySize,
  sizeOf,
  typeOf,
} from './coster.ts';
import { exactly, plus, type Range, times, union, unknownSize } from './range.ts';

type CostOf = (node: Node, coster: Coster) => Range;

/** What a macro costs by what it stands for: cel-go 0.26 parser/macro.go, costed as checker/cost.go does comprehensions. */
export function costOfMacro(call: MacroCall, node: Node, coster: Coster, costOf: CostOf): Range {
  if (call.name === 'optMap' || call.name === 'optFlatMap') return costOfOptional(call, coster, costOf);
  const range = costOf(call.receiver, coster);
  const inner: Coster = { ...coster, locals: withVariables(call, coster) };
  const [first, second] = call.bodies.map((body) => costOf(body, inner));
  const loop = loopOf(call, first ?? exactly(0), second);
  const count = sizeOf(coster, call.receiver);
  coster.sizes.set(node, loop.makes === undefined ? exactly(1) : count);
  if (loop.makes === 'list') setEntrySize(coster, node, madeEntries(call, inner));
  return plus(plus(range, loop.around), times(count, loop.each));
}

/** What stands in a list that a loop makes: it began empty. */
function madeEntries({ name, variables, bodies, receiver }: MacroCall, inner: Coster): EntrySize {
  const body = bodies.at(-1);
  const isWhole = name === 'filter' || body === undefined;
  const item = isWhole ? variableSize(variables[0] ?? '', receiver, inner) : sizeOf(inner, body);
  return { isList: true, key: exactly(1), value: { min: 0, max: item.max } };
}

function variableSize(name: string, receiver: Node, coster: Coster): Range {
  const local = coster.locals.get(name);
  const declared = local === undefined ? undefined : declaredRange(coster, local.path);
  const [item] = typeOf(coster, receiver).of;
  const isScalar = item !== undefined && scalars.has(item.name);
  return declared ?? (isScalar ? exactly(1) : (local?.size ?? unknownSize));
}

interface Loop {
  /** Before the first and after the last turn. */
  readonly around: Range;
  readonly each: Range;
  readonly makes?: 'list' | 'map';
}

/** The accumulator is read at each turn, and once for the result. */
function loopOf({ name }: MacroCall, first: Range, second: Range | undefined): Loop {
  const read = exactly(1);
  switch (name) {
    case 'all':
      return { around: read, each: plus(exactly(2), shortCircuit(read, first)) };
    case 'exists':
      return { around: read, each: plus(exactly(3), shortCircuit(read, first)) };
    case 'exists_one':
    case 'existsOne':
      return { around: exactly(2), each: plus(first, union(exactly(2), read)) };
    case 'filter':
      return { around: exactly(11), each: plus(first, union(exactly(13), read)), makes: 'list' };
    case 'transformMap':
      return { around: exactly(31), each: guarded(first, second, 3), makes: 'map' };
    case 'transformMapEntry':
      return { around: exactly(31), each: guarded(first, second, 2), makes: 'map' };
    default:
      return { around: exactly(11), each: guarded(first, second, 12), makes: 'list' };
  }
}

function guarded(first: Range, second: Range | undefined, own: number): Range {
  if (second === undefined) return plus(first, exactly(own));
  return plus(first, union(plus(second, exactly(own)), exactly(1)));
}

function shortCircuit(left: Range, right: Range): Range {
  return { min: left.min, max: plus(left, right).max };
}

function withVariables(call: MacroCall, coster: Coster): ReadonlyMap<string, LocalVariable> {
  const { receiver, variables } = call;
  const [first = '', second] = variables;
  const entry = entrySizeOf(coster, receiver);
  const isList = entry?.isList ?? typeOf(coster, receiver).name === 'list';
  const path = pathOf(coster, receiver);
  const variable = (step: string, size: Range | undefined): LocalVariable => ({
    path: [...path, step],
    size,
    entry: undefined,
  });
  const locals = new Map(coster.locals);
  if (second === undefined)
    return locals.set(first, isList ? variable('@items', entry?.value) : variable('@keys', entry?.key));
  locals.set(first, variable(isList ? '@indices' : '@keys', entry?.key));
  return locals.set(second, variable(isList ? '@items' : '@values', entry?.value));
}

/** `a.hasValue() ? optional.of(bind(x, a.value(), body)) : optional.none()`. */
function costOfOptional(call: MacroCall, coster: Coster, costOf: CostOf): Range {
  const target = plus(costOf(call.receiver, coster), exactly(1));
  const locals = new Map(coster.locals);
  locals.set(call.variables[0] ?? '', { path: [], size: undefined, entry: undefined });
  const body = costOf(call.bodies[0] as Node, { ...coster, locals });
  const bound = plus(plus(exactly(10), target), body);
  const some = call.name === 'optMap' ? plus(bound, exactly(1)) : bound;
  return plus(target, union(some, exactly(1)));
}
