/** A number as Go prints it after JSON: integers of 64 bits in full, everything else as `%g` with the shortest digits. */
export function formatNumber(value: number | bigint): string {
  if (typeof value === 'bigint') {
    return value >= -(2n ** 63n) && value < 2n ** 64n ? String(value) : formatFloat(Number(value));
  }
  // JSON writes integers below 1e21 without exponent, and the YAML decoder after it reads what fits as an integer.
  return Number.isInteger(value) && value > -(2 ** 63) && value < 2 ** 64
    ? String(value)
    : formatFloat(value);
}

/** Go's strconv.FormatFloat(value, 'g', -1, 64): an exponent below -4 and, for shortest digits, from 6 on. */
function formatFloat(value: number): string {
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return String(value);
  const sign = exponent < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
