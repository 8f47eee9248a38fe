import type { Mapping } from '../../source/value.ts';
import { CelError, isAbsorbable, noSuchOverload } from './cel-error.ts';
import {
  type CelKey,
  type CelValue,
  entryOf,
  hasEntry,
  isList,
  isMap,
  isOptional,
  keysOf,
  keyText,
  lift,
  mapKey,
  optional,
} from './cel-value.ts';
import { macroCall } from './macro-call.ts';
import type { Node } from './node.ts';
import { booleanOf, compare } from './operators.ts';
import { bind, charge, type Run, type Scope } from './scope.ts';

/** The program of a macro, or undefined where the node is an ordinary call. */
export function compileMacro(node: Node, compile: (node: Node) => Run): Run | undefined {
  if (node.op === 'call') return compileHas(node, compile);
  const call = macroCall(node);
  if (call === undefined) return undefined;
  const receiver = compile(call.receiver);
  const bodies = call.bodies.map(compile);
  const body = bodies.at(-1) as Run;
  const condition = bodies.length > 1 ? (bodies[0] as Run) : undefined;
  const [first = '', second] = call.variables;
  const each = (scope: Scope): Scope[] => scopesOf(receiver(scope), first, second, scope);
  switch (call.name) {
    case 'cel.bind':
      return (scope) => body(bind(scope, first, receiver(scope)));
    case 'optMap':
    case 'optFlatMap':
      return (scope) =>
        mapOptional(receiver(scope), call.name === 'optMap', (value) => body(bind(scope, first, value)));
    case 'all':
    case 'exists':
      return (scope) => quantify(each(scope), body, call.name === 'exists');
    case 'exists_one':
    case 'existsOne':
      return (scope) => each(scope).filter((inner) => booleanOf(body(inner))).length === 1;
    case 'filter':
      return (scope) => {
        const found: CelValue[] = [];
        for (const inner of each(scope)) if (booleanOf(body(inner))) found.push(inner.value);
        return found;
      };
    case 'map':
    case 'transformList':
      return (scope) => kept(each(scope), condition).map((inner) => body(inner));
    case 'transformMap':
    case 'transformMapEntry':
      return (scope) => makeMap(kept(each(scope), condition), call.name === 'transformMap', body);
    default:
      return (scope) => sortBy(each(scope), body);
  }
}

/** One scope per element; with two variables the first is the index or key and the second the value. */
export function scopesOf(range: CelValue, first: string, second: string | undefined, scope: Scope): Scope[] {
  if (second === undefined) {
    const items = isList(range) ? range : keysIn(range);
    charge(scope.root, 1 + items.length * 3);
    return items.map((item) => bind(scope, first, lift(item)));
  }
  const entries = entriesOf(range);
  charge(scope.root, 1 + entries.length * 3);
  return entries.map(([key, value]) => bind(bind(scope, first, key), second, value));
}

function entriesOf(range: CelValue): (readonly [CelValue, CelValue])[] {
  if (isList(range)) return range.map((value, index) => [BigInt(index), lift(value)] as const);
  return keysIn(range).map((key) => [key, entryOf(range as Mapping, key) as CelValue] as const);
}

/** A Go map has no order; the object's own makes the result repeatable. */
function keysIn(range: CelValue): CelKey[] {
  if (!isMap(range)) throw noSuchOverload();
  return keysOf(range);
}

function kept(scopes: readonly Scope[], condition: Run | undefined): readonly Scope[] {
  return condition === undefined ? scopes : scopes.filter((inner) => booleanOf(condition(inner)));
}

/** `all` (decided by false) and `exists` (decided by true): the deciding element wins over the error of another. */
function quantify(scopes: readonly Scope[], body: Run, deciding: boolean): boolean {
  let failure: CelError | undefined;
  for (const inner of scopes) {
    try {
      if (booleanOf(body(inner)) === deciding) return deciding;
    } catch (error) {
      if (!isAbsorbable(error)) throw error;
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
  return !deciding;
}

function mapOptional(value: CelValue, wrap: boolean, body: (value: CelValue) => CelValue): CelValue {
  if (!isOptional(value)) throw noSuchOverload();
  if (value.value === undefined) return value;
  const result = body(value.value);
  return wrap ? optional(result) : result;
}

function makeMap(scopes: readonly Scope[], keepKeys: boolean, body: Run): CelValue {
  const map = new Map<CelKey, CelValue>();
  for (const inner of scopes) {
    const value = body(inner);
    const pairs = keepKeys ? [[inner.parent?.value as CelValue, value] as const] : pairsOf(value);
    for (const [key, entry] of pairs) {
      if (map.has(mapKey(key))) throw new CelError(`insert failed: key ${keyText(key)} already exists`);
      map.set(mapKey(key), entry);
    }
  }
  return map;
}

function pairsOf(value: CelValue): (readonly [CelValue, CelValue])[] {
  if (!isMap(value)) throw noSuchOverload();
  return keysOf(value).map((key) => [key, entryOf(value, key) as CelValue] as const);
}

function sortBy(scopes: readonly Scope[], body: Run): CelValue {
  const keyed = scopes.map((inner) => ({ key: body(inner), value: inner.value }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map((item) => item.value);
}

/** `has(a.b)`: whether the field is there. */
function compileHas(node: Node, compile: (node: Node) => Run): Run | undefined {
  const [name, args] = node.args as readonly [string, readonly Node[]];
  const field = args[0];
  if (name !== 'has' || args.length !== 1 || (field?.op !== '.' && field?.op !== '.?')) return undefined;
  const [operand, key] = field.args as readonly [Node, string];
  if (operand.op === 'id' && operand.args === 'variables')
    return (scope) => scope.root.variable(key) !== undefined;
  const run = compile(operand);
  return (scope) => {
    charge(scope.root, 1);
    const value = run(scope);
    const inner = isOptional(value) ? value.value : value;
    if (inner === undefined) return false;
    if (!isMap(inner)) throw noSuchOverload();
    return hasEntry(inner, key);
  };
}
