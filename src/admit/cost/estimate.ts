import { macroCall } from '../policy/macro-call.ts';
import type { Node } from '../policy/node.ts';
import type { Signature } from '../policy/signatures.ts';
import { costOfCall } from './call-cost.ts';
import { type Coster, overloadsOf, pathOf, sizeIfAny, sizeOf, typeOf } from './coster.ts';
import { costOfMacro } from './macro-cost.ts';
import { below, type Path, pathOfVariable } from './path.ts';
import { type Range, union, unlimited } from './range.ts';

/** What a part of an expression may cost at most: cel-go 0.26 checker/cost.go, with the costs of Kubernetes' own functions. */
export function costOf(node: Node, coster: Coster): number {
  switch (node.op) {
    case 'value':
      return 0;
    case '.':
      return costOfSelection(node, coster);
    case 'id':
      return costOfName(node, coster.locals.get(node.args as string)?.(), coster);
    case '.?':
      return costOfArgument((node.args as readonly [Node])[0], coster) + 1;
    case 'list':
      return costOfList(node, coster);
    case 'map':
      return costOfMap(node, coster);
    case 'message':
      return costOfMessage(node, coster);
    case '?':
      return costOf(node.args as Node, coster);
    case 'call':
    case 'rcall':
      return costOfFunction(node, coster);
    default: {
      const isUnary = node.op === '!_' || node.op === '-_';
      const operands = isUnary ? [node.args as Node] : (node.args as readonly Node[]);
      return costOfOperands(node, node.op, undefined, operands, coster);
    }
  }
}

function costOfName(node: Node, path: Path | undefined, coster: Coster): number {
  coster.paths.set(node, path ?? pathOfVariable());
  return 1;
}

function costOfSelection(node: Node, coster: Coster): number {
  const [operand, name] = node.args as readonly [Node, string];
  // The name of a type is one name, whatever dots it has.
  if (!coster.checker.types.has(operand)) return costOfName(node, undefined, coster);
  const cost = costOf(operand, coster);
  const type = typeOf(coster, operand);
  coster.paths.set(node, below(pathOf(coster, operand), name));
  return type.name === 'map' || type.fields !== undefined ? cost + 1 : cost;
}

function costOfList(node: Node, coster: Coster): number {
  const items = node.args as readonly Node[];
  let cost = 10;
  const sizes: Range[] = [];
  for (const item of items) {
    cost += costOf(item, coster);
    sizes.push(sizeOf(coster, item));
  }
  coster.entries.set(node, unionOfAll(sizes));
  return cost;
}

function unionOfAll(sizes: readonly Range[]): Range {
  return sizes.reduce(union, { min: sizes.length === 0 ? 0 : unlimited, max: 0 });
}

function costOfMap(node: Node, coster: Coster): number {
  const entries = node.args as readonly (readonly [Node, Node])[];
  let cost = 30;
  const sizes: Range[] = [];
  for (const [key, value] of entries) {
    cost += costOf(key, coster) + costOf(value, coster);
    sizes.push(sizeOf(coster, value));
  }
  coster.entries.set(node, unionOfAll(sizes));
  return cost;
}

function costOfMessage(node: Node, coster: Coster): number {
  const [, entries] = node.args as readonly [string, readonly (readonly [string, Node])[]];
  return entries.reduce((sum, [, value]) => sum + costOf(value, coster), 40);
}

function costOfFunction(node: Node, coster: Coster): number {
  const macro = macroCall(node);
  if (macro !== undefined) return costOfMacro(macro, node, coster, costOf);
  if (node.op === 'call') {
    const [name, args] = node.args as readonly [string, readonly [Node]];
    // Asking for presence costs nothing of its own.
    if (name === 'has') return costOf((args[0].args as readonly [Node])[0], coster);
    if (name === 'dyn') return costOfDyn(node, args[0], coster);
    return costOfOperands(node, name, undefined, args, coster);
  }
  const [name, receiver, args] = node.args as readonly [string, Node, readonly Node[]];
  const [overload] = overloadsOf(coster, node) as readonly [Signature];
  // A namespace is no receiver.
  return overload.receiver === undefined
    ? costOfOperands(node, overload.name, undefined, args, coster)
    : costOfOperands(node, name, receiver, args, coster);
}

function costOfDyn(node: Node, argument: Node, coster: Coster): number {
  const cost = costOf(argument, coster) + 1;
  coster.sizes.set(node, sizeIfAny(coster, argument));
  coster.entries.set(node, coster.entries.get(argument));
  return cost;
}

/** Its size is looked up before the next one changes its path. */
function costOfArgument(argument: Node, coster: Coster): number {
  const cost = costOf(argument, coster);
  sizeIfAny(coster, argument);
  return cost;
}

function costOfOperands(
  node: Node,
  name: string,
  receiver: Node | undefined,
  args: readonly Node[],
  coster: Coster,
): number {
  const [first = 0, ...others] = args.map((arg) => costOfArgument(arg, coster));
  const ofReceiver = receiver === undefined ? 0 : costOfArgument(receiver, coster);
  const ofOthers = name === '?:' ? Math.max(...others) : others.reduce((sum, cost) => sum + cost, 0);
  let highest = 0;
  let size: Range | undefined;
  for (const overload of overloadsOf(coster, node)) {
    const estimate = costOfCall({ node, name, overload, receiver, args }, coster);
    highest = Math.max(highest, estimate.cost);
    size ??= estimate.size ?? sizeIfAny(coster, node);
  }
  coster.sizes.set(node, size);
  return first + ofReceiver + ofOthers + highest;
}
