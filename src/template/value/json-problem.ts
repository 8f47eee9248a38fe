import { quoteGo } from './quote.ts';

/** Where the reading of a text is. */
interface Reading {
  readonly text: string;
  at: number;
}

/** What is wrong with a text as JSON, in the words of Go's encoding/json (scanner.go); thrown from deep within the text. */
class JsonProblem extends Error {}

/** What Go says of a text that is no JSON. */
export function jsonProblem(text: string): string {
  const reading = { text, at: 0 };
  try {
    readValue(reading);
    skipSpace(reading);
    return reading.at < text.length ? invalid(reading, 'after top-level value').message : 'no JSON';
  } catch (error) {
    if (error instanceof JsonProblem) return error.message;
    throw error;
  }
}

function invalid({ text, at }: Reading, context: string): JsonProblem {
  const code = text.codePointAt(at);
  if (code === undefined) return new JsonProblem('unexpected end of JSON input');
  // Go looks at bytes.
  const byte = code < 0x80 ? code : (new TextEncoder().encode(String.fromCodePoint(code))[0] ?? 0);
  const character = String.fromCharCode(byte);
  const quoted =
    character === "'" ? "'\\''" : character === '"' ? `'"'` : `'${quoteGo(character).slice(1, -1)}'`;
  return new JsonProblem(`invalid character ${quoted} ${context}`);
}

function skipSpace(reading: Reading): void {
  while (/^[ \t\r\n]/u.test(reading.text.slice(reading.at, reading.at + 1))) reading.at += 1;
}

function peek({ text, at }: Reading): string {
  return text[at] ?? '';
}

const words: ReadonlyMap<string, string> = new Map([
  ['t', 'true'],
  ['f', 'false'],
  ['n', 'null'],
]);

function readValue(reading: Reading): void {
  skipSpace(reading);
  const first = peek(reading);
  const word = words.get(first);
  if (first === '{') readMembers(reading, '}');
  else if (first === '[') readMembers(reading, ']');
  else if (first === '"') readString(reading);
  else if (word !== undefined) readWord(reading, word);
  else if (/^[-0-9]$/u.test(first)) readNumber(reading);
  else throw invalid(reading, 'looking for beginning of value');
}

function readMembers(reading: Reading, end: '}' | ']'): void {
  const isObject = end === '}';
  reading.at += 1;
  skipSpace(reading);
  if (peek(reading) === end) {
    reading.at += 1;
    return;
  }
  for (;;) {
    if (isObject) readKey(reading);
    readValue(reading);
    skipSpace(reading);
    const next = peek(reading);
    if (next !== ',' && next !== end)
      throw invalid(reading, isObject ? 'after object key:value pair' : 'after array element');
    reading.at += 1;
    if (next === end) return;
  }
}

function readKey(reading: Reading): void {
  skipSpace(reading);
  if (peek(reading) !== '"') throw invalid(reading, 'looking for beginning of object key string');
  readString(reading);
  skipSpace(reading);
  if (peek(reading) !== ':') throw invalid(reading, 'after object key');
  reading.at += 1;
}

function readString(reading: Reading): void {
  reading.at += 1;
  while (peek(reading) !== '"') {
    const isEscape = peek(reading) === '\\';
    if (peek(reading) < ' ') throw invalid(reading, 'in string literal');
    reading.at += 1;
    if (isEscape) readEscape(reading);
  }
  reading.at += 1;
}

function readEscape(reading: Reading): void {
  if (!/^[bfnrt\\/"u]$/u.test(peek(reading))) throw invalid(reading, 'in string escape code');
  const digits = peek(reading) === 'u' ? 4 : 0;
  reading.at += 1;
  for (let count = 0; count < digits; count++) {
    if (!/^[0-9a-fA-F]$/u.test(peek(reading))) throw invalid(reading, 'in \\u hexadecimal character escape');
    reading.at += 1;
  }
}

function readWord(reading: Reading, word: string): void {
  for (const letter of word) {
    if (peek(reading) !== letter) throw invalid(reading, `in literal ${word} (expecting '${letter}')`);
    reading.at += 1;
  }
}

function readNumber(reading: Reading): void {
  if (peek(reading) === '-') reading.at += 1;
  if (peek(reading) === '0') reading.at += 1;
  else readDigits(reading, 'in numeric literal');
  if (peek(reading) === '.') {
    reading.at += 1;
    readDigits(reading, 'after decimal point in numeric literal');
  }
  if (!/^[eE]$/u.test(peek(reading))) return;
  reading.at += 1;
  if (/^[-+]$/u.test(peek(reading))) reading.at += 1;
  readDigits(reading, 'in exponent of numeric literal');
}

function readDigits(reading: Reading, context: string): void {
  if (!/^[0-9]$/u.test(peek(reading))) throw invalid(reading, context);
  while (/^[0-9]$/u.test(peek(reading))) reading.at += 1;
}
