import type { Node } from './node.ts';

/** The parts of a node that are expressions themselves. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [(node.args as readonly [Node])[0]];
    case 'call':
      return (node.args as readonly [string, readonly Node[]])[1];
    case 'rcall': {
      const [, receiver, args] = node.args as readonly [string, Node, readonly Node[]];
      return [receiver, ...args];
    }
    case 'map':
      return (node.args as readonly (readonly Node[])[]).flat();
    case 'message':
      return (node.args as readonly [string, readonly (readonly [string, Node])[]])[1].map(
        ([, value]) => value,
      );
    case '!_':
    case '-_':
    case '?':
      return [node.args as Node];
    default:
      return node.args as readonly Node[];
  }
}
