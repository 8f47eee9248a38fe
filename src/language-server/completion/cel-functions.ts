import { declaredFunctions } from '../../admit/policy/signatures.ts';

/** A function that expressions of policies may call. */
export interface CelFunction {
  /** The type that it is called on; empty where it stands by itself. */
  readonly on: string;
  readonly name: string;
  /** Each with its arguments and what it returns. */
  readonly signatures: readonly string[];
}

/** What the parser makes of, rather than a library (cel-go, parser/macro.go). */
const macros = [
  'has(e.field) bool',
  'list<T>.all(x, predicate) bool',
  'list<T>.exists(x, predicate) bool',
  'list<T>.exists_one(x, predicate) bool',
  'list<T>.map(x, transform) list<V>',
  'list<T>.filter(x, predicate) list<T>',
  'cel.bind(name, value, expression) T',
];

/** Namespaces of functions, which look like what a method is called on. */
const namespaces: ReadonlySet<string> = new Set(['sets', 'format', 'lists', 'strings', 'optional', 'cel']);

/** The functions of a Kubernetes version, each once, with all its signatures. */
export function celFunctions(minor: number): CelFunction[] {
  const found = new Map<string, { on: string; name: string; signatures: string[] }>();
  for (const signature of [...macros, ...declaredFunctions(minor)]) {
    const call = signature.slice(0, signature.indexOf('('));
    const dot = call.lastIndexOf('.');
    const before = call.slice(0, Math.max(dot, 0));
    const isNamespace = namespaces.has(before);
    const on = isNamespace ? '' : before;
    const name = isNamespace ? call : call.slice(dot + 1);
    const key = `${on === '' ? '' : '.'}${name}`;
    const known = found.get(key) ?? { on, name, signatures: [] };
    known.signatures.push(signature);
    found.set(key, known);
  }
  return [...found.values()];
}
