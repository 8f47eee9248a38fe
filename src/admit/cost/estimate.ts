import { macroCall } from '../policy/macro-call.ts';
import type { Node } from '../policy/node.ts';
import { costOfCall, type Estimate } from './call-cost.ts';
import { type Coster, pathOf, setEntrySize, sizeIfAny, sizeOf, typeOf } from './coster.ts';
import { costOfMacro } from './macro-cost.ts';
import { exactly, plus, type Range, sum, union, unlimited } from './range.ts';

/** What a part of an expression may cost: cel-go 0.26 checker/cost.go, with the costs of Kubernetes' own functions. */
export function costOf(node: Node, coster: Coster): Range {
  switch (node.op) {
    case 'value':
      return exactly(0);
    case 'id':
      coster.paths.set(node, coster.locals.get(node.args as string)?.path ?? [node.args as string]);
      return exactly(1);
    case '.':
      return costOfSelection(node, coster);
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
    case '.?':
      return plus(costOf((node.args as readonly [Node])[0], coster), exactly(1));
    default: {
      const isUnary = node.op === '!_' || node.op === '-_';
      const operands = isUnary ? [node.args as Node] : (node.args as readonly Node[]);
      return costOfOperands(node, node.op, undefined, operands, coster);
    }
  }
}

function costOfSelection(node: Node, coster: Coster): Range {
  const [operand, name] = node.args as readonly [Node, string];
  const cost = costOf(operand, coster);
  const type = typeOf(coster, operand);
  coster.paths.set(node, [...pathOf(coster, operand), name]);
  return type.name === 'map' || type.fields !== undefined ? plus(cost, exactly(1)) : cost;
}

function costOfList(node: Node, coster: Coster): Range {
  const items = node.args as readonly Node[];
  const costs = items.map((item) => costOf(item, coster));
  const value = items.map((item) => sizeOf(coster, item)).reduce(union, noItem(items));
  setEntrySize(coster, node, { isList: true, key: exactly(1), value });
  return plus(sum(costs), exactly(10));
}

function noItem(items: readonly unknown[]): Range {
  return { min: items.length === 0 ? 0 : unlimited, max: 0 };
}

function costOfMap(node: Node, coster: Coster): Range {
  const entries = node.args as readonly (readonly [Node, Node])[];
  const costs = entries.flatMap((entry) => entry.map((part) => costOf(part, coster)));
  const key = entries.map(([part]) => sizeOf(coster, part)).reduce(union, noItem(entries));
  const value = entries.map(([, part]) => sizeOf(coster, part)).reduce(union, noItem(entries));
  setEntrySize(coster, node, { isList: false, key, value });
  return plus(sum(costs), exactly(30));
}

function costOfMessage(node: Node, coster: Coster): Range {
  const [, entries] = node.args as readonly [string, readonly (readonly [string, Node])[]];
  return plus(sum(entries.map(([, value]) => costOf(value, coster))), exactly(40));
}

function costOfFunction(node: Node, coster: Coster): Range {
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

function costOfDyn(node: Node, argument: Node, coster: Coster): Range {
  const cost = plus(exactly(1), costOf(argument, coster));
  const size = sizeIfAny(coster, argument);
  if (size !== undefined) coster.sizes.set(node, size);
  setEntrySize(coster, node, coster.entries.get(argument));
  return cost;
}

function costOfOperands(
  node: Node,
  name: string,
  receiver: Node | undefined,
  args: readonly Node[],
  coster: Coster,
): Range {
  const costs = args.map((arg) => costOf(arg, coster));
  const ofReceiver = receiver === undefined ? exactly(0) : costOf(receiver, coster);
  const overloads = coster.checker.overloads.get(node) ?? [undefined];
  let cost: Range | undefined;
  let size: Range | undefined;
  for (const overload of overloads) {
    const estimate: Estimate = costOfCall({ node, name, overload, receiver, args, costs }, coster);
    cost = cost === undefined ? estimate.cost : union(cost, estimate.cost);
    if (estimate.size !== undefined) size = size === undefined ? estimate.size : union(size, estimate.size);
    if (estimate.isIndex === true) size = estimate.size;
    size ??= sizeIfAny(coster, node);
  }
  if (size !== undefined) coster.sizes.set(node, size);
  return plus(ofReceiver, cost ?? exactly(0));
}
