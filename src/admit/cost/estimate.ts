import { macroCall } from '../policy/macro-call.ts';
import type { Node } from '../policy/node.ts';
import type { Signature } from '../policy/signatures.ts';
import type { Estimate } from './call.ts';
import { costOfCall } from './call-cost.ts';
import { type Coster, pathOf, setEntrySize, sizeIfAny, sizeOf, typeOf } from './coster.ts';
import { costOfMacro } from './macro-cost.ts';
import { below, pathOfVariable } from './path.ts';
import { exactly, type Range, union, unlimited } from './range.ts';

/** What a part of an expression may cost at most: cel-go 0.26 checker/cost.go, with the costs of Kubernetes' own functions. */
export function costOf(node: Node, coster: Coster): number {
  switch (node.op) {
    case 'value':
      return 0;
    case 'id':
      return costOfName(node, coster);
    case '.':
      return costOfSelection(node, coster);
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

function costOfName(node: Node, coster: Coster): number {
  const local = node.op === 'id' ? coster.locals.get(node.args as string) : undefined;
  coster.paths.set(node, local?.path() ?? pathOfVariable());
  return 1;
}

function costOfSelection(node: Node, coster: Coster): number {
  const [operand, name] = node.args as readonly [Node, string];
  // The name of a type is one name, whatever dots it has.
  if (!coster.checker.types.has(operand)) return costOfName(node, coster);
  const cost = costOf(operand, coster);
  const type = typeOf(coster, operand);
  coster.paths.set(node, below(pathOf(coster, operand), name));
  return type.name === 'map' || type.fields !== undefined ? cost + 1 : cost;
}

function costOfList(node: Node, coster: Coster): number {
  const items = node.args as readonly Node[];
  let cost = 10;
  let value = noItem(items);
  for (const item of items) {
    cost += costOf(item, coster);
    value = union(value, sizeOf(coster, item));
  }
  setEntrySize(coster, node, { isList: true, key: exactly(1), value });
  return cost;
}

function noItem(items: readonly unknown[]): Range {
  return { min: items.length === 0 ? 0 : unlimited, max: 0 };
}

function costOfMap(node: Node, coster: Coster): number {
  const entries = node.args as readonly (readonly [Node, Node])[];
  let cost = 30;
  let [key, value] = [noItem(entries), noItem(entries)];
  for (const [ofKey, ofValue] of entries) {
    cost += costOf(ofKey, coster) + costOf(ofValue, coster);
    key = union(key, sizeOf(coster, ofKey));
    value = union(value, sizeOf(coster, ofValue));
  }
  setEntrySize(coster, node, { isList: false, key, value });
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
    const [name, args] = node.args as readonly [string, readonly Node[]];
    const [first] = args;
    // Asking for presence costs nothing of its own.
    if (name === 'has' && first !== undefined) return costOf((first.args as readonly [Node])[0], coster);
    if (name === 'dyn' && first !== undefined) return costOfDyn(node, first, coster);
    return costOfOperands(node, name, undefined, args, coster);
  }
  const [name, receiver, args] = node.args as readonly [string, Node, readonly Node[]];
  const [overload] = coster.checker.overloads.get(node) ?? [];
  // A namespace is no receiver.
  if (overload !== undefined && overload.receiver === undefined)
    return costOfOperands(node, overload.name, undefined, args, coster);
  return costOfOperands(node, name, receiver, args, coster);
}

function costOfDyn(node: Node, argument: Node, coster: Coster): number {
  const cost = costOf(argument, coster) + 1;
  const size = sizeIfAny(coster, argument);
  if (size !== undefined) coster.sizes.set(node, size);
  setEntrySize(coster, node, coster.entries.get(argument));
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
  const overloads: readonly (Signature | undefined)[] = coster.checker.overloads.get(node) ?? [undefined];
  let highest = 0;
  let size: Range | undefined;
  for (const overload of overloads) {
    const estimate: Estimate = costOfCall({ node, name, overload, receiver, args }, coster);
    highest = Math.max(highest, estimate.cost);
    if (estimate.isIndex === true || size === undefined) size = estimate.size;
    else if (estimate.size !== undefined) size = union(size, estimate.size);
    size ??= sizeIfAny(coster, node);
  }
  if (size !== undefined) coster.sizes.set(node, size);
  return first + ofReceiver + ofOthers + highest;
}
