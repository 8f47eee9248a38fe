import { FunctionError } from '../template-error.ts';

/** A decimal number: digits, and how many zeros follow, or how many places stand behind the point where that is negative. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** More zeros than a float64 can have. */
const mostExponent = 700;

/** The decimal that a float64 is written as with the fewest digits (shopspring/decimal 1.4, NewFromFloat). */
export function decimalOf(value: number): Decimal {
  if (!Number.isFinite(value))
    throw new FunctionError(
      `Cannot create a Decimal from ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`,
    );
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
  const [whole = '0', places = ''] = mantissa.split('.');
  return { digits: BigInt(whole + places), exponent: Number(exponent) - places.length };
}

/** The float64 that is nearest to a decimal. */
export function floatOf({ digits, exponent }: Decimal): number {
  return Number(`${digits}e${exponent}`) + 0;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { digits: scaled(a, exponent) + scaled(b, exponent), exponent };
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  return addDecimals(a, { ...b, digits: -b.digits });
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, exponent: a.exponent + b.exponent };
}

const places = 16;

/** Sixteen places behind the point, the half away from zero (DivisionPrecision). */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (b.digits === 0n) throw new FunctionError('decimal division by 0');
  const shift = a.exponent - b.exponent + places;
  const [over, under] =
    shift >= 0 ? [a.digits * powerOf(shift), b.digits] : [a.digits, b.digits * powerOf(-shift)];
  const quotient = over / under;
  const isUp = 2n * absolute(over % under) >= absolute(under);
  const away = over < 0n === under < 0n ? 1n : -1n;
  return { digits: isUp ? quotient + away : quotient, exponent: -places };
}

function scaled({ digits, exponent }: Decimal, to: number): bigint {
  return digits * powerOf(exponent - to);
}

function powerOf(zeros: number): bigint {
  if (zeros > 16 * mostExponent) throw new FunctionError('a number of this many digits');
  return 10n ** BigInt(zeros);
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
