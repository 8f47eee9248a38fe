import { ownOf } from '../../source/own.ts';
import { sortedKeys } from './datum.ts';
import { nextDirective, nextLetters, readDirectives, type Verb } from './format-directive.ts';
import { formatHexFloat } from './hex-float.ts';
import { integerOf, typeOf } from './kind.ts';
import type { Datum, GoList, GoMap } from './model.ts';
import { printFloat, printValue } from './print.ts';
import { quoteGo, quoteRune } from './quote.ts';
import { goSyntaxOfTime } from './time.ts';

/** A piece of what printf makes: letters of the format, or the argument that stands there. */
export type FormattedPiece = { readonly text: string; readonly argument?: number };

/** Fills a format in as Go's fmt.Sprintf does, in pieces, so that each can be followed to its argument. */
export function formatPieces(format: string, args: readonly Datum[]): FormattedPiece[] {
  const reading = readDirectives(format, args);
  const pieces: FormattedPiece[] = [];
  for (let text = nextLetters(reading); ; text = nextLetters(reading)) {
    if (text !== '') pieces.push({ text });
    if (reading.at >= format.length) break;
    const { problems, directive } = nextDirective(reading);
    pieces.push(...problems.map((problem) => ({ text: problem })));
    if (directive === undefined) continue;
    const { argument } = directive;
    if (argument === undefined) pieces.push({ text: '%' });
    else pieces.push({ text: formatVerb(directive, args[argument]), argument });
  }
  if (!reading.isReordered && reading.next < args.length)
    pieces.push({ text: extra(args.slice(reading.next)) });
  return pieces;
}

/** The same as one text. */
export function formatText(format: string, args: readonly Datum[]): string {
  return formatPieces(format, args)
    .map(({ text }) => text)
    .join('');
}

function extra(args: readonly Datum[]): string {
  const named = args.map((one) =>
    one === undefined || one === null ? '<nil>' : `${typeOf(one)}=${printValue(one)}`,
  );
  return `%!(EXTRA ${named.join(', ')})`;
}

function formatVerb(verb: Verb, value: Datum): string {
  const { letter } = verb;
  if (letter === 'T') return pad(verb, typeOf(value));
  if (value === undefined || value === null)
    return letter === 'v' ? pad(verb, '<nil>') : `%!${letter}(<nil>)`;
  if (letter === 'v' && verb.flags.includes('#')) return goSyntax(value);
  if (typeof value === 'object') {
    if (value.kind === 'list') return formatList(verb, value);
    if (value.kind === 'map') return formatMap(verb, value);
    if (value.kind === 'bytes') return formatBytes(verb, value.text);
    if (value.kind === 'object') return formatScalar(verb, value.text, value);
  }
  return formatScalar(verb, value, value);
}

function formatBytes(verb: Verb, text: string): string {
  if ('sqxX'.includes(verb.letter)) return formatScalar(verb, text, text);
  const bytes = [...new TextEncoder().encode(text)].map((one) =>
    formatScalar(verb, BigInt(one), BigInt(one)),
  );
  return `[${bytes.join(' ')}]`;
}

function formatList(verb: Verb, { items }: GoList): string {
  return `[${items.map(({ value }) => formatInside(verb, value)).join(' ')}]`;
}

function formatMap(verb: Verb, map: GoMap): string {
  const entries = sortedKeys(map).map(
    (key) => `${formatScalar(verb, key, key)}:${formatInside(verb, map.entries.get(key)?.value)}`,
  );
  return `map[${entries.join(' ')}]`;
}

function formatInside(verb: Verb, value: Datum): string {
  if (typeof value === 'object' && value?.kind === 'object' && value.textInside !== undefined)
    return value.textInside;
  return value === undefined || value === null ? '<nil>' : formatVerb(verb, value);
}

function formatScalar(verb: Verb, value: Datum, whole: Datum): string {
  const integer = integerOf(value);
  const text =
    typeof value === 'string'
      ? formatString(verb, value)
      : integer !== undefined
        ? formatInteger(verb, integer)
        : typeof value === 'number'
          ? formatFloat(verb, value)
          : typeof value === 'boolean' && (verb.letter === 't' || verb.letter === 'v')
            ? String(value)
            : undefined;
  if (text === undefined)
    return `%!${verb.letter}(${typeOf(whole)}=${formatVerb({ ...verb, flags: verb.flags.replaceAll('#', ''), letter: 'v' }, whole)})`;
  return pad(verb, text);
}

function formatString({ letter, flags, precision }: Verb, value: string): string | undefined {
  const cut = precision === undefined ? value : [...value].slice(0, precision).join('');
  if (letter === 's' || letter === 'v') return cut;
  if (letter === 'q')
    return flags.includes('#') && !cut.includes('`') && !/[^\t\P{C}]/u.test(cut)
      ? `\`${cut}\``
      : quoteGo(cut);
  if (letter !== 'x' && letter !== 'X') return undefined;
  const bytes = [...new TextEncoder().encode(value)].slice(0, precision);
  const digits = bytes.map((one) => one.toString(16).padStart(2, '0'));
  const hex = (flags.includes('#') ? '0x' : '') + digits.join(flags.includes(' ') ? ' ' : '');
  return letter === 'X' ? hex.toUpperCase() : hex;
}

const bases: Readonly<Record<string, readonly [base: number, prefix: string]>> = {
  d: [10, ''],
  v: [10, ''],
  b: [2, '0b'],
  o: [8, '0'],
  O: [8, '0o'],
  x: [16, '0x'],
  X: [16, '0X'],
};

function formatInteger({ letter, flags, precision }: Verb, value: bigint): string | undefined {
  if (letter === 'c') return runeOf(value);
  if (letter === 'q') return quoteRune(runeOf(value));
  if (letter === 'U') {
    const named = flags.includes('#') ? ` '${runeOf(value)}'` : '';
    return `U+${value.toString(16).toUpperCase().padStart(4, '0')}${named}`;
  }
  const [base, prefix] = ownOf(bases, letter) ?? [0, ''];
  if (base === 0) return undefined;
  const digits = (value < 0n ? -value : value).toString(base).padStart(precision ?? 0, '0');
  const text = (flags.includes('#') || letter === 'O' ? prefix : '') + digits;
  return signed(flags, value < 0n, letter === 'X' ? text.toUpperCase() : text);
}

/** The character of a number; of one that is none the character that stands for it. */
function runeOf(value: bigint): string {
  const isRune = value >= 0n && value <= 0x10_ffffn && !(value >= 0xd800n && value < 0xe000n);
  return isRune ? String.fromCodePoint(Number(value)) : '\ufffd';
}

function signed(flags: string, isNegative: boolean, text: string): string {
  return `${isNegative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''}${text}`;
}

function formatFloat({ letter, flags, precision }: Verb, value: number): string | undefined {
  const size = Math.abs(value);
  const isNegative = value < 0 || Object.is(value, -0);
  if (!Number.isFinite(value))
    return 'vgGeEfFxX'.includes(letter) ? signed(flags, isNegative, printFloat(size)) : undefined;
  if (letter === 'f' || letter === 'F') return signed(flags, isNegative, fixed(size, precision ?? 6));
  if (letter === 'e' || letter === 'E')
    return signed(flags, isNegative, cased(letter, exponential(size, precision ?? 6)));
  if (letter === 'x' || letter === 'X')
    return signed(flags, isNegative, cased(letter, formatHexFloat(size, precision)));
  if (letter !== 'g' && letter !== 'G' && letter !== 'v') return undefined;
  const text = precision === undefined ? printFloat(size) : general(size, Math.max(1, precision));
  return signed(flags, isNegative, cased(letter, text));
}

function fixed(value: number, precision: number): string {
  return toEven(precision, (digits) => value.toFixed(digits));
}

// More digits than any number in the middle between two others has here.
const furtherDigits = 40;

/** A number with so many digits; of one in the middle Go takes the even one of the two next to it, JavaScript the larger one. */
function toEven(precision: number, write: (digits: number) => string): string {
  const digits = Math.min(100, precision);
  const rounded = write(digits);
  const [whole = '', exponent = ''] = write(Math.min(100, digits + furtherDigits)).split('e');
  const cut = whole.length - (Math.min(100, digits + furtherDigits) - digits);
  if (!/^50*$/u.test(whole.slice(cut))) return rounded;
  const kept = whole.slice(0, cut).replace(/\.$/u, '');
  return /[02468]$/u.test(kept) ? `${kept}${exponent === '' ? '' : `e${exponent}`}` : rounded;
}

function cased(letter: string, text: string): string {
  return letter === letter.toUpperCase() ? text.toUpperCase() : text;
}

function exponential(value: number, precision: number): string {
  const [mantissa = '', exponent = '0'] = toEven(precision, (digits) => value.toExponential(digits)).split(
    'e',
  );
  const power = Number(exponent);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function general(value: number, precision: number): string {
  if (value === 0) return '0';
  const power = Number(toEven(precision - 1, (digits) => value.toExponential(digits)).split('e')[1]);
  const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/u, '') : text);
  if (power >= -4 && power < precision) return trimmed(fixed(value, Math.max(0, precision - 1 - power)));
  const [mantissa = '', exponent = ''] = exponential(value, precision - 1).split('e');
  return `${trimmed(mantissa)}e${exponent}`;
}

function pad({ flags, width = 0 }: Verb, text: string): string {
  if (width === 0) return text;
  const missing = Math.abs(width) - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-') || width < 0) return text + ' '.repeat(missing);
  if (!flags.includes('0')) return ' '.repeat(missing) + text;
  const sign = /^[-+ ]/u.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

function goSyntax(value: Datum): string {
  if (value === undefined || value === null) return 'interface {}(nil)';
  if (typeof value === 'string') return quoteGo(value);
  if (typeof value !== 'object') return printValue(value);
  switch (value.kind) {
    case 'map': {
      const entries = sortedKeys(value).map(
        (key) => `${quoteGo(key)}:${goSyntax(value.entries.get(key)?.value)}`,
      );
      return `${typeOf(value)}{${entries.join(', ')}}`;
    }
    case 'list':
      if (value.isNil) return `${typeOf(value)}(nil)`;
      return `${typeOf(value)}{${value.items.map((item) => goSyntax(item.value)).join(', ')}}`;
    case 'object':
      if (value.seconds !== undefined) return goSyntaxOfTime({ ...value, seconds: value.seconds });
      return value.goSyntax ?? printValue(value);
    default:
      return printValue(value);
  }
}
