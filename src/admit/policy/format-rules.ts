import { ownOf } from '../../source/own.ts';
import { type CelType, dyn, formatType } from './cel-type.ts';
import { CheckError } from './check-error.ts';
import type { Checker } from './checker.ts';
import type { Node } from './node.ts';
import { isDyn, substitute } from './unify.ts';

interface Verb {
  readonly types: readonly string[];
  readonly problem: string;
}

const integers = ['int', 'uint'];
const shown = [
  'list',
  'map',
  ...integers,
  'double',
  'bool',
  'string',
  'timestamp',
  'bytes',
  'duration',
  'type',
  'null_type',
];
const hex: Verb = {
  types: [...integers, 'string', 'bytes'],
  problem: 'only integers, byte buffers, and strings can be formatted as hex',
};

const verbs: Readonly<Record<string, Verb>> = {
  s: {
    types: shown,
    problem:
      'string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps',
  },
  d: { types: integers, problem: 'decimal clause can only be used on integers' },
  f: { types: ['double', 'string'], problem: 'fixed-point clause can only be used on doubles' },
  e: { types: ['double', 'string'], problem: 'scientific clause can only be used on doubles' },
  b: { types: [...integers, 'bool'], problem: 'only integers and bools can be formatted as binary' },
  o: { types: integers, problem: 'octal clause can only be used on integers' },
  x: hex,
  X: hex,
};

/** A literal format with a literal list is checked before it runs: cel-go 0.26 ext/formatting.go stringFormatValidator. */
export function checkFormatCall(receiver: Node, list: Node | undefined, checker: Checker): void {
  if (receiver.op !== 'value' || typeof receiver.args !== 'string' || list?.op !== 'list') return;
  const args = list.args as readonly Node[];
  const fail = (problem: string, node: Node = list): CheckError => new CheckError(problem, node.start);
  let index = 0;
  for (const [clause, precision, verb] of receiver.args.matchAll(/%(?:(\.\d*)?(.?))/gsu)) {
    if (clause === '%%') continue;
    if (verb === undefined || verb === '') throw fail('unexpected end of string');
    const argument = args[index++];
    if (argument === undefined) throw fail(`index ${index - 1} out of range`);
    const known = Object.hasOwn(verbs, verb) ? ownOf(verbs, verb) : undefined;
    if (precision === '.')
      throw fail('could not parse formatting clause: error while parsing precision: it has no digits');
    if (known === undefined)
      throw fail(`could not parse formatting clause: unrecognized formatting clause "${verb}"`);
    const wrong = wrongPart(argument, known.types, checker);
    if (wrong !== undefined)
      throw fail(`error during formatting: ${known.problem}, was given ${formatType(wrong)}`, argument);
  }
  if (args.length > index)
    throw fail(`too many arguments supplied to string.format (expected ${index}, got ${args.length})`);
}

/** The type that a clause does not take, of the argument or of what stands in it. */
function wrongPart(node: Node, types: readonly string[], checker: Checker): CelType | undefined {
  const type = substitute(checker.bindings, checker.types.get(node) ?? dyn, true);
  if (!isDyn(type) && !types.includes(type.name)) return type;
  if (types !== shown) return undefined;
  const parts =
    node.op === 'list' || node.op === 'map' ? (node.args as readonly (Node | Node[])[]).flat() : [];
  for (const part of parts) {
    const wrong = part.op === '?' ? undefined : wrongPart(part, types, checker);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
