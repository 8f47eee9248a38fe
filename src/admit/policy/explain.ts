import type { Path } from '../../source/value.ts';
import { type CelValue, isList, isMap, keyText } from './cel-value.ts';
import {
  bindAll,
  type Element,
  type Explanation,
  elementsOf,
  evaluate,
  type Located,
  locate,
  partsOf,
  variableOf,
} from './locate.ts';
import { type MacroCall, macroCall } from './macro-call.ts';
import type { Node } from './node.ts';
import { equals } from './operators.ts';
import type { Scope } from './scope.ts';

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

function pathsOf(located: Located): Path[] {
  return located.path === undefined ? [] : [located.path];
}

type Values = Map<Node, CelValue | undefined>;

/** Which sides of `&&` or `||` are to blame; `values` are those of sides that were asked before, since a chain of a thousand is a tree. */
function ofLogical(
  node: Node,
  scope: Scope,
  expected: boolean,
  explanation: Explanation,
  values: Values = new Map(),
): Path[] {
  const sides = node.args as readonly [Node, Node];
  const deciding = node.op === '||';
  // `a && b` had to be true: only the sides that are not. `a || b` had to be true: both failed. With a negation the other way round.
  const judged = sides.map((side) => ({ side, value: sideValue(side, scope, values) }));
  const guilty = judged.filter(({ value }) => value !== expected);
  // A side that could not be evaluated is not what decided.
  const decisive = guilty.find(({ value }) => value !== undefined) ?? guilty[0];
  const toBlame = (expected === deciding ? guilty : decisive === undefined ? [] : [decisive]).map(
    ({ side }) => side,
  );
  const found = toBlame.map((side) =>
    isLogical(side)
      ? ofLogical(side, scope, expected, explanation, values)
      : culprits(side, scope, expected, explanation),
  );
  const [first = [], second = []] = found;
  // `!condition || requirement` is about the requirement; otherwise the side that looked deeper says more.
  if (expected && deciding && second.length > 0 && isGuard(sides[0])) return second;
  return deeper(first, second);
}

function isLogical({ op }: Node): boolean {
  return op === '&&' || op === '||';
}

/** As CEL has it: a side that decides does so whatever becomes of the other one, an error included. */
function sideValue(node: Node, scope: Scope, values: Values): CelValue | undefined {
  if (!isLogical(node)) return evaluate(node, scope);
  if (values.has(node)) return values.get(node);
  const deciding = node.op === '||';
  const sides = (node.args as readonly [Node, Node]).map((side) => sideValue(side, scope, values));
  const value = sides.includes(deciding)
    ? deciding
    : sides.every((one) => one === !deciding)
      ? !deciding
      : undefined;
  values.set(node, value);
  return value;
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
  const ofSets = setItems(node, scope, expected, explanation);
  return ofSets.length > 0 ? ofSets : pathsOf(locate(node, scope, explanation));
}

/** `sets.contains(allowed, given)`: what is given and not allowed; a true `sets.intersects` that had to be false: what both have. */
function setItems(node: Node, scope: Scope, expected: boolean, explanation: Explanation): Path[] {
  if (node.op !== 'rcall') return [];
  const [name, owner, [left, right]] = node.args as readonly [string, Node, readonly Node[]];
  if (owner.op !== 'id' || owner.args !== 'sets' || left === undefined || right === undefined) return [];
  if (name === 'contains' ? !expected : name !== 'intersects' || expected) return [];
  const [a, b] = [left, right].map((side) => partsOf(locate(side, scope, explanation)));
  const known = (a ?? []).map(({ located }) => located.value);
  return (b ?? []).flatMap(({ located }) =>
    known.some((value) => isEqual(value, located.value)) === expected ? [] : pathsOf(located),
  );
}

function isEqual(a: CelValue | undefined, b: CelValue | undefined): boolean {
  return a !== undefined && b !== undefined && equals(a, b);
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

/** `key in map`: the map where the key should be there, the entry where it should not; `item in list`: the item, or the one that is equal. */
function ofMembership(
  [item, container]: readonly [Node, Node],
  scope: Scope,
  expected: boolean,
  explanation: Explanation,
): Path[] {
  const outer = locate(container, scope, explanation);
  const inner = locate(item, scope, explanation);
  if (!expected && isList(outer.value)) {
    const equal = partsOf(outer).filter(({ located }) => isEqual(located.value, inner.value));
    const places = equal.flatMap(({ located }) => pathsOf(located));
    if (places.length > 0) return places;
  }
  if (inner.path !== undefined && (isList(outer.value) || outer.path === undefined)) return [inner.path];
  if (outer.path === undefined) return [];
  return [!expected && isMap(outer.value) ? [...outer.path, keyText(inner.value ?? null)] : outer.path];
}

/** A comparison is about the operand that stands in the object; `list.size() == 0` and `list == []` are about what is in the list. */
function ofComparison(sides: readonly [Node, Node], scope: Scope, explanation: Explanation): Path[] {
  const isWithEmpty = sides.some((side) => side.op === 'list' && (side.args as readonly Node[]).length === 0);
  const counted = isWithEmpty
    ? sides.flatMap((side) => (locate(side, scope, explanation).items ?? []).flatMap(pathsOf))
    : sides.flatMap((side) => countedItems(side, scope, explanation));
  if (counted.length > 0 && (isWithEmpty || sides.some((side) => side.op === 'value'))) return counted;
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
