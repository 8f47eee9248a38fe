import { ownOf } from '../../source/own.ts';
import type { Node } from '../policy/node.ts';
import { type Call, type Estimate, patternCost, perCharacter } from './call.ts';
import { type Coster, pathOf, setEntrySize, sizeOf, unionOfEntries } from './coster.ts';
import { libraryCost } from './library-cost.ts';
import { isText, listCost } from './list-cost.ts';
import { below } from './path.ts';
import { exactly, passing, plus, product, type Range, union, unlimited } from './range.ts';

export function costOfCall(call: Call, coster: Coster): Estimate {
  return libraryCost(call, coster) ?? listCost(call, coster) ?? ownCost(call, coster) ?? { cost: 1 };
}

/** cel-go 0.26 checker/cost.go functionCost: what it knows of its own functions. */
function ownCost(call: Call, coster: Coster): Estimate | undefined {
  const { name, overload, receiver, args } = call;
  const [first, second] = args;
  const size = (node: Node | undefined): Range => (node === undefined ? exactly(0) : sizeOf(coster, node));
  const ofText = isText(overload?.args[0]);
  switch (name) {
    case 'format':
      return { cost: passing(size(receiver), perCharacter) };
    case 'bytes':
    case 'string':
      return conversion(call, size(first));
    case 'strings.quote':
      return { cost: passing(size(first), perCharacter), size: quotedSize(size(first)) };
    case 'startsWith':
    case 'endsWith':
      return { cost: passing(size(first), perCharacter) };
    case 'in':
      return overload?.args[1]?.name === 'list' ? { cost: size(second).max } : undefined;
    case 'matches':
      return matching(call, coster);
    case 'contains':
      return { cost: product(passing(size(receiver), perCharacter), passing(size(first), perCharacter)) };
    case '||':
    case '&&':
      return { cost: 0 };
    case '?:':
      return conditional(call, coster);
    case '+':
      return ofText || overload?.args[0]?.name === 'list' ? addition(call, coster, ofText) : undefined;
    case '[]':
      return indexing(call, coster);
    case '==':
    case '!=':
      return { cost: comparison(size(first), size(second)) };
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ofText ? { cost: comparison(size(first), size(second)) } : undefined;
    default:
      return undefined;
  }
}

/** A character takes four bytes at most. */
function conversion({ name, overload }: Call, size: Range): Estimate | undefined {
  const cost = passing(size, perCharacter);
  if (overload?.args[0]?.name !== (name === 'bytes' ? 'string' : 'bytes')) return undefined;
  if (name === 'bytes') return { cost, size: { min: size.min, max: product(size.max, 4) } };
  return { cost, size: { min: Math.floor(size.min / 4), max: size.max } };
}

/** All may be escaped; the sum wraps around where nothing is known of the size. */
function quotedSize({ min, max }: Range): Range {
  return { min: min + 2, max: (max * 2 + 2) % unlimited };
}

/** The function is one like any other up to Kubernetes 1.36. */
function matching({ receiver, args }: Call, coster: Coster): Estimate | undefined {
  if (receiver === undefined && coster.checker.kubernetesMinor < 37) return undefined;
  const [text, pattern] = (receiver === undefined ? args : [receiver, ...args]) as readonly [Node, Node];
  return { cost: patternCost(sizeOf(coster, text), sizeOf(coster, pattern)) };
}

/** Equality of two scalars costs one. */
function comparison(a: Range, b: Range): number {
  return passing(exactly(Math.min(a.max, b.max)), perCharacter);
}

/** What may come of it; only one of the two is evaluated, which costOfOperands counts. */
function conditional({ node, args }: Call, coster: Coster): Estimate {
  const [, yes, no] = args as readonly [Node, Node, Node];
  setEntrySize(coster, node, unionOfEntries(coster.entries.get(yes), coster.entries.get(no)));
  return { cost: 0, size: union(sizeOf(coster, yes), sizeOf(coster, no)) };
}

function addition({ node, args }: Call, coster: Coster, ofText: boolean): Estimate {
  const [left, right] = args as readonly [Node, Node];
  const size = plus(sizeOf(coster, left), sizeOf(coster, right));
  setEntrySize(coster, node, unionOfEntries(coster.entries.get(left), coster.entries.get(right)));
  return { cost: ofText ? passing(size, perCharacter) : 1, size };
}

/** An item of a list or a map has a place of its own; one of an optional has none. */
function indexing({ node, overload, args }: Call, coster: Coster): Estimate | undefined {
  const [range] = args as readonly [Node];
  const step = ownOf({ list: '@items', map: '@values' }, overload?.args[0]?.name ?? '');
  if (step === undefined) return undefined;
  coster.paths.set(node, below(pathOf(coster, range), step));
  return { cost: 1, size: coster.entries.get(range)?.value, isIndex: true };
}
