/** True for a string that yaml v2 would read as another type if it stood there plain (its resolve.go and isBase60Float). */
export function resolvesToOtherType(text: string): boolean {
  if (text === '') return true;
  const first = text.charCodeAt(0);
  const isSign = first === 0x2b || first === 0x2d;
  if (!isSign && !(first >= 0x30 && first <= 0x39)) {
    return first === 0x2e ? words.has(text) || isFloat(text, leadingDotFloat) : words.has(text);
  }
  return words.has(text) || isTimestamp(text) || isNumber(text.replaceAll('_', '')) || base60.test(text);
}

/** The words of YAML 1.1 for booleans, null, infinity and not-a-number. */
const words: ReadonlySet<string> = new Set([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'],
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'],
  ...['~', 'null', 'Null', 'NULL', '.nan', '.NaN', '.NAN'],
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF', '-.inf', '-.Inf', '-.INF'],
]);

// Go's ParseFloat takes single underscores between digits, and here they are not stripped before.
const leadingDotFloat = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+)$/;
const signedBinary = /^0b([-+])([01]+)$/;
const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

function isNumber(plain: string): boolean {
  if (isFloat(plain, float)) return true;
  const [, sign = '', digits] = integer.exec(plain) ?? [];
  if (digits !== undefined) return fits(digits, sign);
  // The binary branch parses what follows `0b` as a number of its own, with a sign.
  const [, binarySign = '', bits = ''] = signedBinary.exec(plain) ?? [];
  return bits !== '' && fits(`0b${bits}`, binarySign);
}

/** Beyond the range of a float it is a string. */
function isFloat(plain: string, pattern: RegExp): boolean {
  return pattern.test(plain) && Number.isFinite(Number(plain.replace(/^\+|_/g, '')));
}

function fits(digits: string, sign: string): boolean {
  const number = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  if (sign === '-') return number <= 2n ** 63n;
  return number < (sign === '+' ? 2n ** 63n : 2n ** 64n);
}

const date = '([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})';
const time = '([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?';
const timestamps = [
  new RegExp(`^${date}[Tt]${time}(?:Z|[-+]([0-9]{2}):([0-9]{2}))$`),
  new RegExp(`^${date} +${time}$`),
  new RegExp(`^${date}$`),
];

/** What one of the four layouts of resolve.go accepts through Go's time.Parse, with its range checks. */
function isTimestamp(text: string): boolean {
  if (text.charCodeAt(4) !== 0x2d) return false;
  return timestamps.some((pattern) => {
    const match = pattern.exec(text);
    if (match === null) return false;
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offsetHour = 0, offsetMinute = 0] =
      match.slice(1).map((part) => Number(part ?? 0));
    if (hour > 23 || minute > 59 || second > 59 || offsetHour > 24 || offsetMinute > 60) return false;
    return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  });
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
