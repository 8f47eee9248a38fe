import { bool, type CelType, dyn, formatType, int, listOf, mapOf, optionalOf, string } from './cel-type.ts';
import { CheckError } from './check-error.ts';
import {
  type Checker,
  callResult,
  expectType,
  freshVariable,
  requireVersion,
  undeclared,
} from './checker.ts';
import type { MacroCall } from './macro-call.ts';
import type { Node } from './node.ts';
import { isDyn, substitute, unify } from './unify.ts';

type Check = (node: Node, checker: Checker) => CelType;

/** The type of a macro that loops or binds; cel-go 0.26 parser/macro.go says what each stands for. */
export function checkMacro(call: MacroCall, node: Node, checker: Checker, check: Check): CelType {
  const { name, receiver, variables } = call;
  // The API server does not have cel-go's bindings library.
  if (name === 'cel.bind') throw undeclared('cel', node.start);
  if (name === 'sortBy') requireVersion(35, name, receiver.end + 1, checker);
  if (variables.length > 1) requireVersion(33, `${name} with two variables`, receiver.end, checker);
  const range = substitute(checker.bindings, check(receiver, checker));
  if (name === 'optMap' || name === 'optFlatMap') return optionalResult(call, range, checker, check);
  const [key, value] = rangeTypes(range, checker, receiver.start);
  const [first = '', second] = variables;
  const names = new Map(checker.names);
  const isList = range.name === 'list' || range.name === 'dyn';
  names.set(first, second === undefined && isList ? value : key);
  if (second !== undefined) names.set(second, value);
  const inner: Checker = { ...checker, names };
  const types = call.bodies.map((body) => check(body, inner));
  return loopResult(call, node, checker, { range, key, types, element: names.get(first) ?? dyn });
}

interface Loop {
  readonly range: CelType;
  readonly key: CelType;
  readonly types: readonly CelType[];
  /** What the first variable stands for. */
  readonly element: CelType;
}

function loopResult(call: MacroCall, node: Node, checker: Checker, loop: Loop): CelType {
  const { key, types, element } = loop;
  const result = types.at(-1) ?? dyn;
  switch (call.name) {
    case 'all':
    case 'exists':
      expectType(checker, bool, result, call.bodies[0]?.start ?? node.start);
      return bool;
    case 'exists_one':
    case 'existsOne':
      conditional(call, node, checker, result, int);
      return bool;
    case 'filter':
      conditional(call, node, checker, result, listOf(element));
      return listOf(element);
    case 'sortBy':
      callResult(checker, { node, name: 'isSorted', offset: call.receiver.end + 1 }, listOf(result), []);
      return listOf(element);
    case 'map':
    case 'transformList':
      return guarded(call, node, checker, types, listOf(result));
    case 'transformMap':
      return guarded(call, node, checker, types, mapOf(key, result));
    default:
      return guarded(call, node, checker, types, entryMap(checker, result, call));
  }
}

/** `transformMapEntry` makes maps, which are put together. */
function entryMap(checker: Checker, result: CelType, call: MacroCall): CelType {
  const map = mapOf(freshVariable(checker), freshVariable(checker));
  expectType(checker, map, result, call.bodies.at(-1)?.start ?? 0);
  return substitute(checker.bindings, map);
}

function guarded(
  call: MacroCall,
  node: Node,
  checker: Checker,
  types: readonly CelType[],
  result: CelType,
): CelType {
  if (types.length > 1) conditional(call, node, checker, types[0] ?? dyn, result);
  return result;
}

function conditional(call: MacroCall, node: Node, checker: Checker, test: CelType, result: CelType): void {
  const offset = call.receiver.end + 1;
  const overloads = checker.overloads.get(node);
  callResult(checker, { node, name: '_?_:_', offset }, undefined, [test, result, result]);
  if (overloads !== undefined) checker.overloads.set(node, overloads);
}

function optionalResult(call: MacroCall, range: CelType, checker: Checker, check: Check): CelType {
  const value = freshVariable(checker);
  if (!unify(checker.bindings, range, optionalOf(value))) {
    const applied = `${formatType(substitute(checker.bindings, range, true))}.()`;
    throw new CheckError(
      `found no matching overload for 'hasValue' applied to '${applied}'`,
      call.receiver.end + 1,
    );
  }
  const names = new Map(checker.names);
  names.set(call.variables[0] ?? '', substitute(checker.bindings, value));
  const result = check(call.bodies[0] as Node, { ...checker, names });
  if (call.name === 'optMap') return optionalOf(result);
  const other = optionalOf(freshVariable(checker));
  expectType(checker, other, result, call.bodies[0]?.start ?? 0);
  return result;
}

function rangeTypes(range: CelType, checker: Checker, offset: number): readonly [CelType, CelType] {
  if (range.isLoose === true) return [string, dyn];
  if (range.name === 'map') return [range.of[0] ?? dyn, range.of[1] ?? dyn];
  if (range.name === 'list') return [int, range.of[0] ?? dyn];
  if (range.name.startsWith('$')) unify(checker.bindings, dyn, range);
  else if (!isDyn(range)) {
    const problem = `expression of type '${formatType(range)}' cannot be range of a comprehension (must be list, map, or dynamic)`;
    throw new CheckError(problem, offset);
  }
  return [dyn, dyn];
}
