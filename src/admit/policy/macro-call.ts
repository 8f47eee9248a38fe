import { ownOf } from '../../source/own.ts';
import type { Node } from './node.ts';

/** The parts of a macro call: the receiver, the names it binds, the expressions it evaluates with them. */
export interface MacroCall {
  readonly name: string;
  readonly receiver: Node;
  readonly variables: readonly string[];
  readonly bodies: readonly Node[];
}

const shapes: Readonly<Record<string, readonly (readonly [variables: number, bodies: number])[]>> = {
  all: [
    [1, 1],
    [2, 1],
  ],
  exists: [
    [1, 1],
    [2, 1],
  ],
  exists_one: [
    [1, 1],
    [2, 1],
  ],
  // The one with a single variable is none of the macros that the server has.
  existsOne: [[2, 1]],
  filter: [[1, 1]],
  map: [
    [1, 1],
    [1, 2],
  ],
  transformList: [
    [2, 1],
    [2, 2],
  ],
  transformMap: [
    [2, 1],
    [2, 2],
  ],
  transformMapEntry: [
    [2, 1],
    [2, 2],
  ],
  sortBy: [[1, 1]],
  optMap: [[1, 1]],
  optFlatMap: [[1, 1]],
};

/** Reads a call as a macro that loops or binds; undefined where it is an ordinary call. */
export function macroCall(node: Node): MacroCall | undefined {
  if (node.op !== 'rcall') return undefined;
  const [name, receiver, args] = node.args as readonly [string, Node, readonly Node[]];
  if (name === 'bind' && receiver.op === 'id' && receiver.args === 'cel') {
    const [variable, value, body] = args;
    if (variable?.op !== 'id' || value === undefined || body === undefined) return undefined;
    return { name: 'cel.bind', receiver: value, variables: [variable.args as string], bodies: [body] };
  }
  const candidates = Object.hasOwn(shapes, name) ? (ownOf(shapes, name) ?? []) : [];
  const shape = candidates.find(
    ([variables, bodies]) => variables + bodies === args.length && isShape(args, variables),
  );
  if (shape === undefined) return undefined;
  const variables = args.slice(0, shape[0]).map((arg) => arg.args as string);
  return { name, receiver, variables, bodies: args.slice(shape[0]) };
}

function isShape(args: readonly Node[], variables: number): boolean {
  return args.slice(0, variables).every((arg) => arg.op === 'id');
}
