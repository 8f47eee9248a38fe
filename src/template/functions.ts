import { ownOf } from '../source/own.ts';
import { parseDocuments } from '../source/parse.ts';
import { sha256 } from '../source/sha256.ts';
import { equalValues, formatValue, isMapping, isSequence, type Value } from '../source/value.ts';
import { valueNumber } from '../source/value-text.ts';
import type { Argument, Functions } from './argument.ts';
import { argumentCount, isKnownFunction } from './known-functions.ts';
import { listFunctions } from './list-functions.ts';
import { Refused, Unsupported } from './parse.ts';
import { isTruthy, printValue } from './print.ts';
import { textFunctions } from './text-functions.ts';

/** Calls a function of text/template or of sprig 3, as ApplicationSets have them; those that ask the world are not there. */
export function callFunction(name: string, args: readonly Argument[]): Argument {
  const own = [basicFunctions, textFunctions, listFunctions, numberFunctions].find((one) =>
    Object.hasOwn(one, name),
  );
  if (own === undefined) {
    if (isKnownFunction(name)) throw new Unsupported(name);
    throw new Refused(`there is no function ${name}`);
  }
  const wanted = argumentCount(name);
  if (wanted !== undefined && wanted !== args.length)
    throw new Refused(`${name} takes ${wanted} arguments, and is given ${args.length}`);
  return ownOf(own, name)?.(args);
}

const basicFunctions: Functions = {
  not: ([value]) => !isTruthy(value),
  eq: ([first, ...others]) => others.some((one) => isEqual(first, one)),
  ne: ([first, second]) => !isEqual(first, second),
  lt: ([first, second]) => compare(first, second) < 0,
  le: ([first, second]) => compare(first, second) <= 0,
  gt: ([first, second]) => compare(first, second) > 0,
  ge: ([first, second]) => compare(first, second) >= 0,
  print: (args) => args.map(printValue).join(''),
  printf: ([format, ...args]) => formatted(printValue(format), args),
  default: (args) => (args.length > 1 && isTruthy(args[1]) ? args[1] : args[0]),
  empty: ([value]) => !isTruthy(value),
  coalesce: (args) => args.find(isTruthy) ?? null,
  all: (args) => args.every(isTruthy),
  any: (args) => args.some(isTruthy),
  ternary: ([yes, no, condition]) => (isTruthy(condition) ? yes : no),
  kindOf: ([value]) => kindOf(value),
  kindIs: ([kind, value]) => kindOf(value) === kind,
  toString: (args: readonly Argument[]) => printValue(args[0]),
  toJson: ([value]) => jsonOf(value),
  fromJson: ([text]) => parsed(text),
  toYaml: ([value]) => yamlOf(value),
  fromYaml: ([text]) => parsed(text),
  fromYamlArray: ([text]) => parsed(text),
  sha256sum: ([text]) => sha256(printValue(text)),
};

const numberFunctions: Functions = {
  add: (args) => integer(args.reduce<number>((sum, one) => sum + whole(one), 0)),
  add1: ([value]) => integer(whole(value) + 1),
  sub: ([a, b]) => integer(whole(a) - whole(b)),
  mul: (args) => integer(args.reduce<number>((product, one) => product * whole(one), 1)),
  div: ([a, b]) => quotient(a, b, Math.trunc(whole(a) / whole(b))),
  mod: ([a, b]) => quotient(a, b, whole(a) % whole(b)),
  max: (args) => integer(Math.max(...args.map(whole))),
  min: (args) => integer(Math.min(...args.map(whole))),
  int: ([value]) => integer(whole(value)),
  int64: ([value]) => integer(whole(value)),
  atoi: ([value]) => integer(whole(value)),
  float64: ([value]) => valueNumber(value ?? 0) || 0,
};

function quotient(a: Argument, b: Argument, result: number): bigint {
  if (whole(b) === 0) throw new Refused(`${whole(a)} is divided by nothing`);
  return integer(result);
}

/** Go's ints are bigints here, its float64 numbers. */
function integer(value: number): bigint {
  if (!Number.isSafeInteger(value)) throw new Unsupported('a number of this size');
  return BigInt(value);
}

function isEqual(first: Argument, second: Argument): boolean {
  const [a, b] = [first ?? null, second ?? null];
  if (a !== null && b !== null && typeof a !== typeof b)
    throw new Refused('values of different types are compared');
  return equalValues(a, b);
}

/** JSON as Go writes it: keys in order, HTML characters escaped. */
function jsonOf(value: Argument): string {
  return formatValue(value ?? null).replace(
    /[<>&\u2028\u2029]/gu,
    (one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

function whole(value: Argument): number {
  const number = Math.trunc(valueNumber(value ?? 0));
  return Number.isSafeInteger(number) ? number : 0;
}

function compare(a: Argument, b: Argument): number {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  const difference = valueNumber(a) - valueNumber(b);
  if (Number.isNaN(difference)) throw new Refused('values of different types are compared');
  return difference;
}

/** Verbs with flags and widths are not followed. */
function formatted(format: string, args: readonly Argument[]): string {
  const left = [...args];
  return format.replaceAll(/%(%|[^%])/gu, (verb, letter: string) => {
    if (letter === '%') return '%';
    const value = left.shift();
    if (letter === 's' || letter === 'v' || letter === 'd') return printValue(value);
    if (letter === 'q') return JSON.stringify(printValue(value));
    if (letter === 't' && typeof value === 'boolean') return String(value);
    throw new Unsupported(`printf with ${verb}`);
  });
}

function kindOf(value: Argument): string {
  if (isSequence(value)) return 'slice';
  if (isMapping(value)) return 'map';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'bigint') return 'int64';
  return value === undefined || value === null ? 'invalid' : 'float64';
}

function parsed(text: Argument): Value {
  const loaded = parseDocuments({ path: '', text: printValue(text) }, 'api-server');
  const [document] = loaded.documents;
  if (loaded.diagnostics.length > 0 || document === undefined)
    throw new Refused('a text that is no YAML is read as such');
  return document.value;
}

// JSON is YAML, and what is made of it is read as YAML again.
function yamlOf(value: Argument): string {
  return typeof value === 'string' && /^[A-Za-z][\w./-]*$/u.test(value) ? value : jsonOf(value);
}
