import { ownOf } from '../../source/own.ts';
import { sortedKeys } from './datum.ts';
import { integerOf, typeOf } from './kind.ts';
import type { Datum, GoList, GoMap } from './model.ts';
import { printFloat, printValue } from './print.ts';
import { quoteGo } from './quote.ts';

/** A piece of what printf makes: letters of the format, or the argument that stands there. */
export type FormattedPiece = { readonly text: string; readonly argument?: number };

interface Verb {
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly letter: string;
}

/** Wider than this Go pads nothing, and of a format that says so reads no further (fmt, tooLarge). */
const mostWidth = 1_000_000;

/** Fills a format in as Go's fmt.Sprintf does, in pieces, so that each can be followed to its argument. */
export function formatPieces(format: string, args: readonly Datum[]): FormattedPiece[] {
  const pieces: FormattedPiece[] = [];
  let next = 0;
  let from = 0;
  const pattern = /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d+)?)?(\p{L}|[^\p{L}]|$)/gu;
  const star = (text: string | undefined): number | undefined => {
    if (text !== '*') return text === undefined ? undefined : Number(text);
    next += 1;
    return Number(integerOf(args[next - 1]) ?? 0n);
  };
  for (const { 0: whole, 1: flags = '', 2: width, 3: precision, 4: letter = '', index } of format.matchAll(
    pattern,
  )) {
    if (index > from) pieces.push({ text: format.slice(from, index) });
    from = index + whole.length;
    const isPrecise = /\.[^.]*$/u.test(whole.slice(0, -letter.length || undefined));
    const verb = {
      // With `v` a plus asks for names of fields, which nothing here has.
      flags: letter === 'v' ? flags.replaceAll('+', '') : flags,
      width: star(width),
      precision: star(precision) ?? (isPrecise ? 0 : undefined),
      letter,
    };
    if ([width, precision].some((size) => size !== '*' && Number(size ?? 0) > mostWidth)) {
      pieces.push({ text: '%!(NOVERB)' });
      from = format.length;
      break;
    }
    if (Math.abs(verb.width ?? 0) > mostWidth) pieces.push({ text: '%!(BADWIDTH)' });
    const known = Math.abs(verb.width ?? 0) > mostWidth ? { ...verb, width: undefined } : verb;
    if (letter === '%') pieces.push({ text: '%' });
    else if (letter === '') pieces.push({ text: '%!(NOVERB)' });
    else if (next >= args.length) pieces.push({ text: `%!${letter}(MISSING)` });
    else {
      pieces.push({ text: formatVerb(known, args[next]), argument: next });
      next += 1;
    }
  }
  if (from < format.length) pieces.push({ text: format.slice(from) });
  if (next < args.length) pieces.push({ text: extra(args.slice(next)) });
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
    return `%!${verb.letter}(${typeOf(whole)}=${formatVerb({ ...verb, letter: 'v' }, whole)})`;
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
  if (letter === 'c') return String.fromCodePoint(Number(value));
  if (letter === 'q') return `'${String.fromCodePoint(Number(value))}'`;
  if (letter === 'U') return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
  const [base, prefix] = ownOf(bases, letter) ?? [0, ''];
  if (base === 0) return undefined;
  const digits = (value < 0n ? -value : value).toString(base).padStart(precision ?? 0, '0');
  const text = (flags.includes('#') || letter === 'O' ? prefix : '') + digits;
  return signed(flags, value < 0n, letter === 'X' ? text.toUpperCase() : text);
}

function signed(flags: string, isNegative: boolean, text: string): string {
  return `${isNegative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''}${text}`;
}

function formatFloat({ letter, flags, precision }: Verb, value: number): string | undefined {
  const size = Math.abs(value);
  const isNegative = value < 0 || Object.is(value, -0);
  if (!Number.isFinite(value))
    return 'vgGeEfF'.includes(letter) ? signed(flags, isNegative, printFloat(size)) : undefined;
  if (letter === 'f' || letter === 'F')
    return signed(flags, isNegative, size.toFixed(Math.min(100, precision ?? 6)));
  if (letter === 'e' || letter === 'E')
    return signed(flags, isNegative, cased(letter, exponential(size, precision ?? 6)));
  if (letter !== 'g' && letter !== 'G' && letter !== 'v') return undefined;
  const text = precision === undefined ? printFloat(size) : general(size, Math.max(1, precision));
  return signed(flags, isNegative, cased(letter, text));
}

function cased(letter: string, text: string): string {
  return letter === letter.toUpperCase() ? text.toUpperCase() : text;
}

function exponential(value: number, precision: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(Math.min(100, precision)).split('e');
  const power = Number(exponent);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function general(value: number, precision: number): string {
  if (value === 0) return '0';
  const power = Number(value.toExponential(Math.min(100, precision - 1)).split('e')[1]);
  const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/u, '') : text);
  if (power >= -4 && power < precision)
    return trimmed(value.toFixed(Math.min(100, Math.max(0, precision - 1 - power))));
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
    default:
      return printValue(value);
  }
}
