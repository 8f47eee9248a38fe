import type { Path, PathElement } from '../../source/value.ts';
import { isAbsorbable } from './cel-error.ts';
import { type CelValue, entryOf, isList, isMap, isOptional, keysOf, lift } from './cel-value.ts';
import { compileNode } from './compile-expression.ts';
import type { Node } from './expression.ts';
import { type MacroCall, macroCall } from './macro-call.ts';
import { bind, type Scope } from './scope.ts';

/** A value together with where it stands in the object; items of a computed list know their own places. */
export interface Located {
  /** Undefined where it could not be evaluated, e.g. for a missing field, whose path is known all the same. */
  readonly value: CelValue | undefined;
  readonly path: Path | undefined;
  readonly items?: readonly Located[];
}

/** Explains results of one policy for one object: where its variables come from, and which element each name stands for. */
export interface Explanation {
  readonly root: Scope;
  /** The expression of `variables.NAME`. */
  readonly variable: (name: string) => Node | undefined;
  readonly bound: WeakMap<Scope, Located>;
}

/** The fields for which the expression was not `expected`: list elements for quantifiers, the deepest field for tests. */
export function culprits(node: Node, scope: Scope, expected: boolean, explanation: Explanation): Path[] {
  const explain = (child: Node, wanted = expected) => culprits(child, scope, wanted, explanation);
  switch (node.op) {
    case '&&':
    case '||':
      return ofLogical(node, scope, expected, explanation);
    case '!_':
      return explain(node.args as Node, !expected);
    case '?:': {
      const [condition, yes, no] = node.args as readonly [Node, Node, Node];
      const chosen = evaluate(condition, scope);
      if (typeof chosen !== 'boolean') return explain(condition, true);
      const found = explain(chosen ? yes : no);
      return found.length > 0 ? found : explain(condition, !chosen);
    }
    case 'call':
    case 'rcall':
      return ofCall(node, scope, expected, explanation);
    case '.':
    case 'id': {
      const variable = variableOf(node, explanation);
      if (variable !== undefined) return culprits(variable, explanation.root, expected, explanation);
      return pathsOf(locate(node, scope, explanation));
    }
    case 'in':
      return ofMembership(node.args as readonly [Node, Node], scope, expected, explanation);
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ofComparison(node.args as readonly [Node, Node], scope, explanation);
    default:
      return pathsOf(locate(node, scope, explanation));
  }
}

/** The value of a node, or undefined where it fails. */
function evaluate(node: Node, scope: Scope): CelValue | undefined {
  try {
    return compileNode(node)(scope);
  } catch (error) {
    if (!isAbsorbable(error)) throw error;
    return undefined;
  }
}

function pathsOf(located: Located): Path[] {
  return located.path === undefined ? [] : [located.path];
}

/** Which sides of `&&` or `||` are to blame. */
function ofLogical(node: Node, scope: Scope, expected: boolean, explanation: Explanation): Path[] {
  const sides = node.args as readonly [Node, Node];
  const deciding = node.op === '||';
  // `a && b` had to be true: only the sides that are not. `a || b` had to be true: both failed. With a negation the other way round.
  const guilty = sides.filter((side) => evaluate(side, scope) !== expected);
  const toBlame = expected === deciding ? guilty : guilty.slice(0, 1);
  const found = toBlame.map((side) => culprits(side, scope, expected, explanation));
  const [first = [], second = []] = found;
  // `!condition || requirement` is about the requirement; otherwise the side that looked deeper says more.
  if (expected && deciding && second.length > 0 && isGuard(sides[0])) return second;
  return deeper(first, second);
}

function isGuard(node: Node): boolean {
  if (node.op === '||') return (node.args as readonly Node[]).every(isGuard);
  return node.op === '!_' || node.op === '==' || node.op === '!=';
}

function deeper(a: Path[], b: Path[]): Path[] {
  return depth(b) >= depth(a) ? b : a;
}

function depth(paths: readonly Path[]): number {
  return paths.length === 0 ? -1 : Math.max(...paths.map((path) => path.length));
}

function ofCall(node: Node, scope: Scope, expected: boolean, explanation: Explanation): Path[] {
  const macro = macroCall(node);
  if (macro !== undefined) return ofMacro(macro, node, scope, expected, explanation);
  if (node.op === 'call') {
    const [name, args] = node.args as readonly [string, readonly Node[]];
    const field = args[0];
    if (name === 'has' && field !== undefined) {
      const variable = variableOf(field, explanation);
      return pathsOf(locate(variable ?? field, scope, explanation));
    }
  }
  return pathsOf(locate(node, scope, explanation));
}

function ofMacro(
  call: MacroCall,
  node: Node,
  scope: Scope,
  expected: boolean,
  explanation: Explanation,
): Path[] {
  const body = call.bodies[0];
  if (call.name === 'cel.bind' && body !== undefined) {
    return culprits(
      body,
      bindAll(call, [locate(call.receiver, scope, explanation)], scope, explanation),
      expected,
      explanation,
    );
  }
  const range = locate(call.receiver, scope, explanation);
  const isQuantifier = ['all', 'exists', 'exists_one', 'existsOne'].includes(call.name);
  if (!isQuantifier || body === undefined) return pathsOf(locate(node, scope, explanation));
  const elements = elementsOf(range, call, scope, explanation);
  // A failed `all` is the fault of elements, as is a true `exists` that had to be false; a failed `exists` that of the whole list.
  const blamed =
    expected === (call.name === 'all')
      ? opposing(elements, body, !expected)
      : expected
        ? surplus(elements, call, body)
        : [];
  const found = blamed.flatMap((element) => {
    const inside = culprits(body, element.scope, expected, explanation);
    return inside.length > 0 ? inside : pathsOf(element.located);
  });
  return found.length > 0 ? found : pathsOf(range);
}

interface Element {
  readonly located: Located;
  readonly scope: Scope;
}

/** The elements whose body came out as it should not; for `all` also those for which it failed. */
function opposing(elements: readonly Element[], body: Node, result: boolean): Element[] {
  return elements.filter((element) => {
    const value = evaluate(body, element.scope);
    return result ? value === true : value !== true;
  });
}

/** For `exists_one`: the second match and those after it. */
function surplus(elements: readonly Element[], call: MacroCall, body: Node): Element[] {
  return call.name === 'exists' ? [] : opposing(elements, body, true).slice(1);
}

function elementsOf(range: Located, call: MacroCall, scope: Scope, explanation: Explanation): Element[] {
  const [first = '', second] = call.variables;
  return partsOf(range).map(({ key, located }) => {
    const keyed: Located = { value: typeof key === 'number' ? BigInt(key) : key, path: located.path };
    const isMapKey = typeof key === 'string' && second === undefined;
    const values = second === undefined ? [isMapKey ? keyed : located] : [keyed, located];
    return {
      located,
      scope: bindAll(
        { ...call, variables: second === undefined ? [first] : [first, second] },
        values,
        scope,
        explanation,
      ),
    };
  });
}

function bindAll(call: MacroCall, values: readonly Located[], scope: Scope, explanation: Explanation): Scope {
  return call.variables.reduce((outer, name, index) => {
    const located = values[index];
    const inner = bind(outer, name, located?.value ?? null);
    if (located !== undefined) explanation.bound.set(inner, located);
    return inner;
  }, scope);
}

/** The parts of a located list or map, each with its own place. */
function partsOf(range: Located): { readonly key: PathElement; readonly located: Located }[] {
  if (range.items !== undefined) return range.items.map((located, key) => ({ key, located }));
  const { value, path } = range;
  const part = (key: PathElement, item: CelValue): { key: PathElement; located: Located } => ({
    key,
    located: { value: lift(item), path: path === undefined ? undefined : [...path, key] },
  });
  if (isList(value)) return value.map((item, index) => part(index, item));
  if (isMap(value)) return keysOf(value).map((key) => part(String(key), entryOf(value, key) ?? null));
  return [];
}

/** `key in map`: the map where the key should be there, the entry where it should not; `item in list`: the item. */
function ofMembership(
  [item, container]: readonly [Node, Node],
  scope: Scope,
  expected: boolean,
  explanation: Explanation,
): Path[] {
  const outer = locate(container, scope, explanation);
  const inner = locate(item, scope, explanation);
  if (inner.path !== undefined && (isList(outer.value) || outer.path === undefined)) return [inner.path];
  if (outer.path === undefined) return [];
  return [!expected && isMap(outer.value) ? [...outer.path, String(inner.value)] : outer.path];
}

/** A comparison is about the operand that stands in the object; `list.size() == 0` is about what is in the list. */
function ofComparison(sides: readonly [Node, Node], scope: Scope, explanation: Explanation): Path[] {
  const counted = sides.flatMap((side) => countedItems(side, scope, explanation));
  if (counted.length > 0 && sides.some((side) => side.op === 'value')) return counted;
  const [left, right] = sides.map((side) => pathsOf(locate(side, scope, explanation)));
  return deeper(left ?? [], right ?? []);
}

function countedItems(node: Node, scope: Scope, explanation: Explanation): Path[] {
  const list =
    node.op === 'rcall' && (node.args as readonly [string])[0] === 'size'
      ? (node.args as readonly [string, Node])[1]
      : node.op === 'call' && (node.args as readonly [string])[0] === 'size'
        ? (node.args as readonly [string, readonly Node[]])[1][0]
        : node.op === 'list' || isListVariable(node)
          ? node
          : undefined;
  if (list === undefined) return [];
  return (locate(list, scope, explanation).items ?? []).flatMap(pathsOf);
}

function isListVariable(node: Node): boolean {
  return node.op === '.' && (node.args as readonly [Node])[0].args === 'variables';
}

function variableOf(node: Node, explanation: Explanation): Node | undefined {
  if (node.op !== '.') return undefined;
  const [operand, name] = node.args as readonly [Node, string];
  return operand.op === 'id' && operand.args === 'variables' ? explanation.variable(name) : undefined;
}

/** The value of a node and where it stands. */
export function locate(node: Node, scope: Scope, explanation: Explanation): Located {
  const at = (child: Node) => locate(child, scope, explanation);
  switch (node.op) {
    case 'id':
      return ofName(node.args as string, scope, explanation);
    case '.':
    case '.?': {
      const variable = variableOf(node, explanation);
      if (variable !== undefined) return locate(variable, explanation.root, explanation);
      const [operand, name] = node.args as readonly [Node, string];
      return below(node, at(operand), name, scope);
    }
    case '[]':
    case '[?]': {
      const [operand, index] = node.args as readonly [Node, Node];
      const key = evaluate(index, scope);
      return below(node, at(operand), typeof key === 'bigint' ? Number(key) : String(key), scope);
    }
    case '?:': {
      const [condition, yes, no] = node.args as readonly [Node, Node, Node];
      return at(evaluate(condition, scope) === true ? yes : no);
    }
    case 'list':
      return { value: evaluate(node, scope), path: undefined, items: (node.args as readonly Node[]).map(at) };
    case '+': {
      const parts = (node.args as readonly [Node, Node]).map(at);
      const value = evaluate(node, scope);
      if (isList(value))
        return {
          value,
          path: undefined,
          items: parts.flatMap((part) => partsOf(part).map((item) => item.located)),
        };
      return { value, path: parts.find((part) => part.path !== undefined)?.path };
    }
    case 'call':
    case 'rcall':
      return ofResult(node, scope, explanation);
    default:
      return { value: evaluate(node, scope), path: undefined };
  }
}

function ofName(name: string, scope: Scope, explanation: Explanation): Located {
  for (let current: Scope | undefined = scope; current?.parent !== undefined; current = current.parent) {
    if (current.name === name)
      return explanation.bound.get(current) ?? { value: current.value, path: undefined };
  }
  return { value: scope.root.resolve(name), path: name === 'object' ? [] : undefined };
}

function below(node: Node, outer: Located, key: PathElement, scope: Scope): Located {
  if (outer.items !== undefined && typeof key === 'number')
    return outer.items[key] ?? { value: undefined, path: undefined };
  return {
    value: evaluate(node, scope),
    path: outer.path === undefined ? undefined : deepestPresent(outer, key),
  };
}

/** Below a missing field nothing more is said: `resources.limits.memory` of a container without resources is `resources`. */
function deepestPresent(outer: Located, key: PathElement): Path {
  const path = outer.path ?? [];
  const value = isOptional(outer.value) ? outer.value.value : outer.value;
  return value === undefined ? path : [...path, key];
}

function ofResult(node: Node, scope: Scope, explanation: Explanation): Located {
  const macro = macroCall(node);
  const value = evaluate(node, scope);
  if (macro !== undefined) return ofLoop(macro, value, scope, explanation);
  if (node.op === 'call') {
    const [, args] = node.args as readonly [string, readonly Node[]];
    return { value, path: firstPath(args, scope, explanation) };
  }
  const [name, receiver, args] = node.args as readonly [string, Node, readonly Node[]];
  const inner = locate(receiver, scope, explanation);
  if (name === 'orValue' || name === 'or' || name === 'value')
    return ofFallback(value, inner, args[0], scope, explanation);
  if (name === 'flatten') {
    const items = partsOf(inner).flatMap((part) => partsOf(part.located).map((item) => item.located));
    return { value, path: inner.path, items };
  }
  const path = inner.path ?? firstPath(args, scope, explanation);
  const blamed = path ?? inner.items?.find((item) => item.path !== undefined)?.path;
  return { value, path: blamed };
}

/** `x.orValue(y)` stands where x stands, or where it would. */
function ofFallback(
  value: CelValue | undefined,
  inner: Located,
  fallback: Node | undefined,
  scope: Scope,
  explanation: Explanation,
): Located {
  const isPresent = isOptional(inner.value) && inner.value.value !== undefined;
  if (isPresent || fallback === undefined) {
    return { value, path: inner.path, ...(inner.items === undefined ? {} : { items: inner.items }) };
  }
  const other = locate(fallback, scope, explanation);
  return {
    value,
    path: other.path ?? inner.path,
    ...(isList(value) && value.length > 0 && other.items !== undefined ? { items: other.items } : {}),
  };
}

function firstPath(args: readonly Node[], scope: Scope, explanation: Explanation): Path | undefined {
  for (const arg of args) {
    const { path } = locate(arg, scope, explanation);
    if (path !== undefined) return path;
  }
  return undefined;
}

function ofLoop(
  call: MacroCall,
  value: CelValue | undefined,
  scope: Scope,
  explanation: Explanation,
): Located {
  const range = locate(call.receiver, scope, explanation);
  const body = call.bodies.at(-1) as Node;
  if (call.name === 'cel.bind') return locate(body, bindAll(call, [range], scope, explanation), explanation);
  if (call.name === 'optMap' || call.name === 'optFlatMap') return { value, path: range.path };
  const elements = elementsOf(range, call, scope, explanation);
  const condition = call.bodies.length > 1 ? call.bodies[0] : call.name === 'filter' ? body : undefined;
  const kept =
    condition === undefined
      ? elements
      : elements.filter((element) => evaluate(condition, element.scope) === true);
  if (call.name === 'filter')
    return { value, path: range.path, items: kept.map((element) => element.located) };
  if (call.name !== 'map' && call.name !== 'transformList') return { value, path: range.path };
  const items = kept.map((element) => {
    const result = locate(body, element.scope, explanation);
    return result.path === undefined && result.items === undefined
      ? { ...result, path: element.located.path }
      : result;
  });
  return { value, path: range.path, items };
}
