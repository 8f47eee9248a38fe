import { parseQuantity, type Quantity } from '../../object/quantity.ts';
import type { Value } from '../../source/value.ts';

const nano = 1_000_000_000n;
const milli = 1_000_000n;
const decimalSuffixes: readonly string[] = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes: readonly string[] = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** A quantity as the server writes it, apimachinery 0.36 `resource.Quantity.CanonicalizeBytes`; what is none stays as it is. */
export function canonicalQuantity(value: Value): Value {
  const quantity = parseQuantity(value);
  return quantity === undefined ? value : quantityText(quantity);
}

/** The same in a list of resources, whose values the server rounds up to thousandths. */
export function canonicalAmount(value: Value): Value {
  const quantity = parseQuantity(value);
  if (quantity === undefined) return value;
  const rest = quantity.nanos % milli;
  const up = quantity.nanos - rest + (rest > 0n ? milli : rest < 0n ? -milli : 0n);
  return quantityText({ ...quantity, nanos: up });
}

/** The canonical form: no fraction, the largest suffix that keeps the number whole. */
export function quantityText({ nanos, format }: Quantity): string {
  if (format === 'binary' && nanos % nano === 0n && isBeyondOneKibi(nanos)) return binaryText(nanos / nano);
  if (nanos === 0n) return '0';
  let mantissa = nanos;
  let power = 0;
  while (mantissa % 1000n === 0n && power < decimalSuffixes.length - 1) {
    mantissa /= 1000n;
    power += 1;
  }
  if (format !== 'exponent') return `${mantissa}${decimalSuffixes[power]}`;
  const exponent = (power - 3) * 3;
  return exponent === 0 ? String(mantissa) : `${mantissa}e${exponent}`;
}

function isBeyondOneKibi(nanos: bigint): boolean {
  return nanos >= 1024n * nano || nanos <= -1024n * nano;
}

function binaryText(units: bigint): string {
  let mantissa = units;
  let power = 0;
  while (mantissa % 1024n === 0n && power < binarySuffixes.length - 1) {
    mantissa /= 1024n;
    power += 1;
  }
  return `${mantissa}${binarySuffixes[power]}`;
}
