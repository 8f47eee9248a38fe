import { ownOf } from '../../../source/own.ts';
import { CelError, noSuchOverload } from '../cel-error.ts';
import { type CelValue, double, fitsInt, kind, lift, type Quantity } from '../cel-value.ts';
import { compare } from '../operators.ts';
import { type Library, specialArgument, stringArgument } from './argument.ts';

const decimalSuffixes: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binarySuffixes: readonly string[] = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** A quantity in Kubernetes' notation (`500m`, `1.5Gi`, `1e3`), or undefined. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = /^([+-]?)(\d{0,30})(?:\.(\d{0,30}))?((?:[KMGTPE]i)|[numkMGTPE]|[eE][+-]?\d{1,3}|)$/.exec(
    text,
  );
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
  // Upstream takes a lone sign, point or suffix for zero, but not nothing at all.
  if (text === '') return undefined;
  const binary = binarySuffixes.indexOf(suffix);
  const scale = binary < 0 ? 1n : 1024n ** BigInt(binary + 1);
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`.replace(/^-?$/, '0')) * scale;
  const exponent = /\d$/.test(suffix) ? Number(suffix.slice(1)) : (ownOf(decimalSuffixes, suffix) ?? 0);
  return quantityOf(digits, exponent - fraction.length, text);
}

function quantityOf(digits: bigint, exponent: number, text = ''): Quantity {
  return { [kind]: 'quantity', digits, exponent, text };
}

/** The integer that the quantity is, or undefined where it is none or does not fit. */
function integerOf({ digits, exponent }: Quantity): bigint | undefined {
  if (exponent >= 0) {
    const value = digits * 10n ** BigInt(exponent);
    return fitsInt(value) ? value : undefined;
  }
  const scale = 10n ** BigInt(-exponent);
  return digits % scale === 0n && fitsInt(digits / scale) ? digits / scale : undefined;
}

function add(left: CelValue | undefined, right: CelValue | undefined, sign: 1n | -1n): Quantity {
  const a = specialArgument(left, 'quantity');
  const value = lift(right ?? null);
  const b = typeof value === 'bigint' ? quantityOf(value, 0) : specialArgument(value, 'quantity');
  const exponent = Math.min(a.exponent, b.exponent);
  const aligned = (item: Quantity) => item.digits * 10n ** BigInt(item.exponent - exponent);
  return quantityOf(aligned(a) + sign * aligned(b), exponent);
}

function compared(left: CelValue | undefined, right: CelValue | undefined): number {
  return compare(left as CelValue, right as CelValue);
}

export const quantityFunctions: Library = {
  quantity: ([text]) => {
    const value = parseQuantity(stringArgument(text));
    if (value === undefined)
      throw new CelError('quantities must match the regular expression of resource.Quantity');
    return value;
  },
  sign: ([a]) => {
    const { digits } = specialArgument(a, 'quantity');
    return digits > 0n ? 1n : digits < 0n ? -1n : 0n;
  },
  isQuantity: ([text]) => parseQuantity(stringArgument(text)) !== undefined,
};

export const quantityMethods: Library = {
  add: ([a, b]) => add(a, b, 1n),
  sub: ([a, b]) => add(a, b, -1n),
  isInteger: ([a]) => integerOf(specialArgument(a, 'quantity')) !== undefined,
  asInteger: ([a]) => {
    const value = integerOf(specialArgument(a, 'quantity'));
    if (value === undefined) throw new CelError('cannot convert value to integer');
    return value;
  },
  asApproximateFloat: ([a]) => {
    const { digits, exponent } = specialArgument(a, 'quantity');
    return double(Number(`${digits}e${exponent}`));
  },
};

/** Quantities and semantic versions share these three. */
export const orderMethods: Library = {
  isLessThan: ([a, b]) => compared(ordered(a), ordered(b)) < 0,
  isGreaterThan: ([a, b]) => compared(ordered(a), ordered(b)) > 0,
  compareTo: ([a, b]) => BigInt(Math.sign(compared(ordered(a), ordered(b)))),
};

function ordered(value: CelValue | undefined): CelValue {
  if (typeof value !== 'object' || value === null || !(kind in value)) throw noSuchOverload();
  return value;
}
