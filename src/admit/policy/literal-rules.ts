import { ownOf } from '../../source/own.ts';
import { CelError } from './cel-error.ts';
import { type CelType, dyn, formatType } from './cel-type.ts';
import { type CelValue, double, uint } from './cel-value.ts';
import { CheckError } from './check-error.ts';
import type { Checker } from './checker.ts';
import { childrenOf } from './children.ts';
import { checkFormatCall } from './format-rules.ts';
import { conversionFunctions } from './library/conversions.ts';
import { compilePattern } from './library/regex.ts';
import type { Node } from './node.ts';
import { substitute } from './unify.ts';

/** What the server refuses in literals after an expression fits its types: cel-go 0.26 cel/validator.go, and what folding constants fails at. */
export function checkLiterals(root: Node, checker: Checker): void {
  visit(root, checker, false);
}

function visit(node: Node, checker: Checker, isInFormat: boolean): void {
  if (node.op === 'call' || node.op === 'rcall') checkCall(node, checker);
  if (!isInFormat && node.op === 'list') checkAlike(node.args as readonly Node[], checker);
  if (!isInFormat && node.op === 'map') {
    const entries = node.args as readonly (readonly [Node, Node])[];
    checkAlike(
      entries.map(([key]) => key),
      checker,
    );
    checkAlike(
      entries.map(([, value]) => value),
      checker,
    );
  }
  const isFormat = node.op === 'rcall' && (node.args as readonly [string])[0] === 'format';
  for (const child of childrenOf(node)) visit(child, checker, isInFormat || isFormat);
}

/** Kubernetes wants literals whose items have one type. */
function checkAlike(items: readonly Node[], checker: Checker): void {
  let expected: CelType | undefined;
  for (const item of items) {
    const isOptional = item.op === '?';
    const inner = isOptional ? (item.args as Node) : item;
    const whole = substitute(checker.bindings, checker.types.get(inner) ?? dyn, true);
    const type = isOptional && whole.name === 'optional' ? (whole.of[0] ?? whole) : whole;
    if (expected !== undefined && !isEquivalent(expected, type))
      throw new CheckError(
        `expected type '${formatType(expected)}' but found '${formatType(type)}'`,
        inner.start,
      );
    expected ??= type;
  }
}

function isEquivalent(a: CelType, b: CelType): boolean {
  return (
    a.name === b.name &&
    a.fields === b.fields &&
    a.of.length === b.of.length &&
    a.of.every((type, index) => isEquivalent(type, b.of[index] as CelType))
  );
}

const conversions = new Set(['bool', 'bytes', 'double', 'duration', 'int', 'string', 'timestamp', 'uint']);

function checkCall(node: Node, checker: Checker): void {
  if (node.op === 'call') {
    const [name, args] = node.args as readonly [string, readonly Node[]];
    const [first, second] = args;
    if (name === 'matches') checkPattern(second, 'invalid matches argument');
    if (conversions.has(name) && args.length === 1 && first?.op === 'value') convert(name, first);
    return;
  }
  const [name, receiver, args] = node.args as readonly [string, Node, readonly Node[]];
  if (name === 'matches') checkPattern(args[0], 'invalid matches argument');
  if (name === 'find' || name === 'findAll')
    checkPattern(args[0], 'program instantiation failed: error parsing regexp');
  if (name === 'format') checkFormatCall(receiver, args[0], checker);
}

function checkPattern(node: Node | undefined, problem: string): void {
  if (node?.op !== 'value' || typeof node.args !== 'string') return;
  const program = compilePattern(node.args);
  if (typeof program === 'string') throw new CheckError(`${problem}: ${program}`, node.start);
}

/** `int('a')` fails before anything is judged. */
function convert(name: string, argument: Node): void {
  // The validator of durations knows texts only.
  if (name === 'duration' && typeof argument.args === 'bigint')
    throw new CheckError('invalid duration argument', argument.start);
  try {
    ownOf(conversionFunctions, name)?.([constant(argument.args)], undefined as never);
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    const isTime = name === 'duration' || name === 'timestamp';
    const problem = isTime ? `invalid ${name} argument` : `program instantiation failed: ${error.message}`;
    throw new CheckError(problem, argument.start);
  }
}

function constant(value: unknown): CelValue {
  if (typeof value === 'number') return double(value);
  if (typeof value === 'object' && value !== null && 'uint' in value) return uint(value.uint as bigint);
  return value as CelValue;
}
