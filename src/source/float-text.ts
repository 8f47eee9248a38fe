/** A number as go-yaml writes it: Go's `%g` with the fewest digits that tell it from others. */
export function formatFloat(value: number): string {
  return formatDigits(value, value.toExponential());
}

/** A number as go-yaml writes it as a key, with the digits that a 32-bit float needs. */
export function formatFloatKey(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf';
  let digits = 1;
  while (digits < 9 && Math.fround(Number(single.toPrecision(digits))) !== single) digits += 1;
  return formatDigits(single, single.toExponential(digits - 1));
}

function formatDigits(value: number, digits: string): string {
  const [mantissa = '', exponent = '0'] = digits.split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return Object.is(value, -0) ? '-0' : String(Number(digits));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
