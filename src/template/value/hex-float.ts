/** The size of a float64 as Go writes it with %x: a hexadecimal fraction, and an exponent of two. */
export function formatHexFloat(size: number, precision: number | undefined): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0);
  let power = Number(bits >> 52n) - 1023;
  let fraction = bits & (2n ** 52n - 1n);
  if (size === 0) power = 0;
  else if (power === -1023) [power, fraction] = normalized(fraction);
  let digits = fraction.toString(16).padStart(13, '0');
  let whole = size === 0 ? 0n : 1n;
  if (precision === undefined) digits = digits.replace(/0+$/u, '');
  else if (precision < 13) {
    const rounded = roundedTo(whole * 2n ** 52n + fraction, precision);
    whole = rounded >> BigInt(4 * precision);
    digits =
      precision === 0
        ? ''
        : (rounded & (2n ** BigInt(4 * precision) - 1n)).toString(16).padStart(precision, '0');
    if (whole === 2n) [whole, power] = [1n, power + 1];
  } else digits = digits.padEnd(precision, '0');
  const exponent = `${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return `0x${whole}${digits === '' ? '' : `.${digits}`}p${exponent}`;
}

/** What is smaller than any number with a leading one, with one. */
function normalized(fraction: bigint): [power: number, fraction: bigint] {
  const missing = 53 - fraction.toString(2).length;
  return [-1022 - missing, (fraction << BigInt(missing)) & (2n ** 52n - 1n)];
}

/** Half goes to the even one. */
function roundedTo(mantissa: bigint, precision: number): bigint {
  const cut = BigInt(52 - 4 * precision);
  const [kept, rest, half] = [mantissa >> cut, mantissa & (2n ** cut - 1n), 2n ** (cut - 1n)];
  return rest > half || (rest === half && kept % 2n === 1n) ? kept + 1n : kept;
}
