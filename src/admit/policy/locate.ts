import type { Path, PathElement } from '../../source/value.ts';
import { isAbsorbable } from './cel-error.ts';
import { type CelValue, entryOf, isList, isMap, isOptional, keysOf, keyText, lift } from './cel-value.ts';
import { compileNode } from './compile-expression.ts';
import { type MacroCall, macroCall } from './macro-call.ts';
import type { Node } from './node.ts';
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
  /** What is known of variables, by their expressions: policies name most of them again and again. */
  readonly located: Map<Node, Located>;
}

/** Where the value of a variable comes from. */
export function locateVariable(variable: Node, explanation: Explanation): Located {
  const known = explanation.located.get(variable);
  if (known !== undefined) return known;
  const located = locate(variable, explanation.root, explanation);
  explanation.located.set(variable, located);
  return located;
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
      if (variable !== undefined) return locateVariable(variable, explanation);
      const [operand, name] = node.args as readonly [Node, string];
      return below(node, at(operand), name, scope);
    }
    case '[]':
    case '[?]': {
      const [operand, index] = node.args as readonly [Node, Node];
      const key = evaluate(index, scope);
      return below(node, at(operand), typeof key === 'bigint' ? Number(key) : keyText(key ?? null), scope);
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

/** The value of a node, or undefined where it fails. */
export function evaluate(node: Node, scope: Scope): CelValue | undefined {
  try {
    return compileNode(node)(scope);
  } catch (error) {
    if (!isAbsorbable(error)) throw error;
    return undefined;
  }
}

/** The expression behind `variables.NAME`. */
export function variableOf(node: Node, explanation: Explanation): Node | undefined {
  if (node.op !== '.') return undefined;
  const [operand, name] = node.args as readonly [Node, string];
  return operand.op === 'id' && operand.args === 'variables' ? explanation.variable(name) : undefined;
}

/** An element of a list or map, with a scope in which the names of a loop stand for it. */
export interface Element {
  readonly located: Located;
  readonly scope: Scope;
}

export function elementsOf(
  range: Located,
  call: MacroCall,
  scope: Scope,
  explanation: Explanation,
): Element[] {
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

export function bindAll(
  call: MacroCall,
  values: readonly Located[],
  scope: Scope,
  explanation: Explanation,
): Scope {
  return call.variables.reduce((outer, name, index) => {
    const located = values[index];
    const inner = bind(outer, name, located?.value ?? null);
    if (located !== undefined) explanation.bound.set(inner, located);
    return inner;
  }, scope);
}

/** The parts of a located list or map, each with its own place. */
export function partsOf(range: Located): { readonly key: PathElement; readonly located: Located }[] {
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
