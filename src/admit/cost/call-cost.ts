import { ownOf } from '../../source/own.ts';
import type { Node } from '../policy/node.ts';
import { type Call, type Estimate, isText, patternCost, perCharacter } from './call.ts';
import { type Coster, pathOf, sizeOf, unionIfBoth } from './coster.ts';
import { libraryFunctionCost, libraryMethodCost } from './library-cost.ts';
import { listFunctionCost, listMethodCost } from './list-cost.ts';
import { below } from './path.ts';
import { exactly, passing, plus, product, type Range, union, unlimited } from './range.ts';

export function costOfCall(call: Call, coster: Coster): Estimate {
  const { receiver } = call;
  const estimate =
    receiver === undefined
      ? (libraryFunctionCost(call, coster) ?? listFunctionCost(call, coster) ?? functionCost(call, coster))
      : (libraryMethodCost(call, receiver, coster) ??
        listMethodCost(call, sizeOf(coster, receiver)) ??
        methodCost(call, receiver, coster));
  return estimate ?? { cost: 1 };
}

// cel-go 0.26 checker/cost.go functionCost: what it knows of its own functions.

function functionCost(call: Call, coster: Coster): Estimate | undefined {
  const { name, overload, args } = call;
  const [first, second] = args as readonly [Node, Node];
  const argument = overload.args[0]?.name;
  switch (name) {
    case 'bytes':
      return argument === 'string' ? bytesOfText(sizeOf(coster, first)) : undefined;
    case 'string':
      return argument === 'bytes' ? textOfBytes(sizeOf(coster, first)) : undefined;
    case 'strings.quote':
      return quotedText(sizeOf(coster, first));
    case 'in':
      return overload.args[1]?.name === 'list' ? { cost: sizeOf(coster, second).max } : undefined;
    case 'matches':
      // It is a function like any other up to Kubernetes 1.36.
      return coster.checker.kubernetesMinor < 37
        ? undefined
        : { cost: patternCost(sizeOf(coster, first), sizeOf(coster, second)) };
    case '?:':
      return conditional(call, coster);
    case '+':
      return isText(overload.args[0]) || argument === 'list' ? addition(call, coster) : undefined;
    case '[]':
      return indexing(call, coster);
    case '==':
    case '!=':
      return { cost: comparison(sizeOf(coster, first), sizeOf(coster, second)) };
    case '<':
    case '<=':
    case '>':
    case '>=':
      return isText(overload.args[0])
        ? { cost: comparison(sizeOf(coster, first), sizeOf(coster, second)) }
        : undefined;
  }
  return undefined;
}

function methodCost({ name, args }: Call, receiver: Node, coster: Coster): Estimate | undefined {
  const size = sizeOf(coster, receiver);
  const [first] = args.map((arg) => sizeOf(coster, arg)) as [Range];
  switch (name) {
    case 'format':
      return { cost: passing(size, perCharacter) };
    case 'startsWith':
    case 'endsWith':
      return { cost: passing(first, perCharacter) };
    case 'contains':
      return { cost: product(passing(size, perCharacter), passing(first, perCharacter)) };
    case 'matches':
      return { cost: patternCost(size, first) };
  }
  return undefined;
}

/** A character takes four bytes at most. */
function bytesOfText(text: Range): Estimate {
  return { cost: passing(text, perCharacter), size: { min: text.min, max: product(text.max, 4) } };
}

function textOfBytes(bytes: Range): Estimate {
  return { cost: passing(bytes, perCharacter), size: { min: Math.floor(bytes.min / 4), max: bytes.max } };
}

/** All may be escaped; the sum wraps around where nothing is known of the size. */
function quotedText(text: Range): Estimate {
  const size = { min: text.min + 2, max: (text.max * 2 + 2) % unlimited };
  return { cost: passing(text, perCharacter), size };
}

/** Equality of two scalars costs one. */
function comparison(a: Range, b: Range): number {
  return passing(exactly(Math.min(a.max, b.max)), perCharacter);
}

/** Only one of the two is evaluated, which is counted where the arguments are. */
function conditional({ node, args }: Call, coster: Coster): Estimate {
  const [, yes, no] = args as readonly [Node, Node, Node];
  coster.entries.set(node, unionIfBoth(coster.entries.get(yes), coster.entries.get(no)));
  return { cost: 0, size: union(sizeOf(coster, yes), sizeOf(coster, no)) };
}

function addition({ node, overload, args }: Call, coster: Coster): Estimate {
  const [left, right] = args as readonly [Node, Node];
  const size = plus(sizeOf(coster, left), sizeOf(coster, right));
  coster.entries.set(node, unionIfBoth(coster.entries.get(left), coster.entries.get(right)));
  return { cost: isText(overload.args[0]) ? passing(size, perCharacter) : 1, size };
}

/** An item of a list or a map has a place of its own; one of an optional has none. */
function indexing({ node, overload, args }: Call, coster: Coster): Estimate | undefined {
  const [range] = args as readonly [Node];
  const step = ownOf({ list: '@items', map: '@values' }, overload.args[0]?.name ?? '');
  if (step === undefined) return undefined;
  coster.paths.set(node, below(pathOf(coster, range), step));
  return { cost: 1, size: coster.entries.get(range) };
}
