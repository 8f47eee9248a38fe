import { ownOf } from '../../source/own.ts';
import type { NumberNode } from './node.ts';

/** What a quoted text of a template stands for, as Go's strconv.Unquote has it; undefined where it is none. */
export function unquoteText(quoted: string): string | undefined {
  const inner = quoted.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  const bytes: (string | number)[] = [];
  const pattern =
    /\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|([^\\]+)|(\\)/gu;
  for (const [, simple, hex, octal, short, long, plain, wrong] of inner.matchAll(pattern)) {
    if (wrong !== undefined) return undefined;
    const byte =
      hex === undefined
        ? octal === undefined
          ? undefined
          : Number.parseInt(octal, 8)
        : Number.parseInt(hex, 16);
    if (byte !== undefined) bytes.push(byte);
    else if (simple !== undefined) bytes.push(ownOf(escapes, simple) ?? simple);
    else if (plain !== undefined) bytes.push(plain);
    else bytes.push(String.fromCodePoint(Math.min(0x10_ffff, Number.parseInt(short ?? long ?? '0', 16))));
  }
  return decodePieces(bytes);
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Texts and single bytes, which may be pieces of a character. */
function decodePieces(pieces: readonly (string | number)[]): string {
  if (pieces.every((one) => typeof one === 'string' || one < 0x80))
    return pieces.map((one) => (typeof one === 'string' ? one : String.fromCharCode(one))).join('');
  const encoder = new TextEncoder();
  const bytes = pieces.flatMap((one) => (typeof one === 'string' ? [...encoder.encode(one)] : [one]));
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/** A number as a template writes it; undefined where it is none. */
export function numberNode(text: string, start: number): NumberNode | undefined {
  const plain = withoutUnderscores(text);
  if (plain === undefined) return undefined;
  const integer = integerOf(plain);
  const float = floatOf(plain);
  if (integer !== undefined) {
    const isFloat = false;
    return { kind: 'number', text, start, integer, float: Number(integer), isFloat };
  }
  // Digits alone that no integer holds are no number at all.
  if (float === undefined || isDigits(text)) return undefined;
  const whole = Number.isInteger(float) && Math.abs(float) < 2 ** 63 ? { integer: BigInt(float) } : {};
  return { kind: 'number', text, start, ...whole, float, isFloat: true };
}

function isDigits(text: string): boolean {
  return !/[.eEpP]/u.test(text);
}

/** Why a text is no number, in Go's words (parse/node.go, newNumber). */
export function numberProblem(text: string): string {
  const plain = withoutUnderscores(text);
  const isTooLarge = plain !== undefined && isDigits(text) && floatOf(plain) !== undefined;
  return `${isTooLarge ? 'integer overflow' : 'illegal number syntax'}: ${JSON.stringify(text)}`;
}

function withoutUnderscores(text: string): string | undefined {
  if (!text.includes('_')) return text;
  return /__|_$|_\.|\._|^[+-]?_/u.test(text) ? undefined : text.replaceAll('_', '');
}

/** As strconv.ParseInt with base 0: a leading zero means octal. */
function integerOf(text: string): bigint | undefined {
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/u.exec(text) ?? [];
  const octal = /^0[0-7]+$/u.test(digits) ? `0o${digits.slice(1)}` : digits;
  if (!/^(?:0|[1-9]\d*|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/u.test(octal)) return undefined;
  const value = BigInt(octal.toLowerCase());
  const signed = sign === '-' ? -value : value;
  return signed >= -(2n ** 63n) && signed < 2n ** 64n ? signed : undefined;
}

function floatOf(text: string): number | undefined {
  const hex = /^([+-]?)0[xX]([0-9a-fA-F]+)(?:\.([0-9a-fA-F]*))?[pP]([+-]?\d+)$/u.exec(text);
  if (hex !== null) {
    const [, sign = '', whole = '', part = '', power = '0'] = hex;
    const digits = Number.parseInt(whole + part, 16) * 2 ** (Number(power) - 4 * part.length);
    return sign === '-' ? -digits : digits;
  }
  const isDecimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u.test(text);
  return isDecimal && Number.isFinite(Number(text)) ? Number(text) : undefined;
}
