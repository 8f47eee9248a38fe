import type { Origin } from '../../object/provenance.ts';
import { isList, isMap, newList, newMap, sized } from './datum.ts';
import type { Datum, GoList, GoMap, Known } from './model.ts';
import { quoteRune } from './quote.ts';

/** What a text in TOML 1.0 says, or why it says nothing; dates are the texts that JSON has for them. */
export type TomlReading = { readonly value: GoMap } | { readonly problem: string };

/** Reads TOML as `fromToml` of Helm does (BurntSushi/toml 1.6); every value has the origins of the text. */
export function readToml(text: string, origins: readonly Origin[]): TomlReading {
  const reading: Reading = {
    text,
    at: 0,
    origins,
    last: '',
    closed: new Set(),
    items: new Map(),
    headed: new Set(),
    depth: 0,
  };
  try {
    return { value: readDocument(reading) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const line = text.slice(0, reading.at).split('\n').length;
    const key = reading.last === '' ? '' : ` (last key ${JSON.stringify(reading.last)})`;
    return { problem: `toml: line ${line}${key}: ${error.message}` };
  }
}

class TomlError extends Error {}

interface Reading {
  readonly text: string;
  at: number;
  readonly origins: readonly Origin[];
  /** The key that was read last, which problems name. */
  last: string;
  /** Inline tables, to which nothing can be added. */
  readonly closed: Set<GoMap>;
  /** The items of each list of tables that headers make. */
  readonly items: Map<GoList, Known[]>;
  /** Tables that have a header of their own, or had values put into them by a dotted key. */
  readonly headed: Set<GoMap>;
  depth: number;
}

const maximumDepth = 100;

function readDocument(reading: Reading): GoMap {
  const root = newMap();
  let table = root;
  for (skipLines(reading); reading.at < reading.text.length; skipLines(reading)) {
    if (reading.text[reading.at] === '[') table = readHeader(reading, root);
    else readAssignment(reading, table);
    endLine(reading);
  }
  return root;
}

function readHeader(reading: Reading, root: GoMap): GoMap {
  const isItem = reading.text.startsWith('[[', reading.at);
  reading.at += isItem ? 2 : 1;
  const path = readNamedPath(reading, () => takeEndOfName(reading, isItem));
  const name = path.pop() ?? '';
  const parent = tableAt(reading, root, path);
  if (isItem) return addItem(reading, parent, name);
  const table = tableAt(reading, parent, [name]);
  if (reading.headed.has(table)) throw alreadyDefined(reading);
  reading.headed.add(table);
  return table;
}

function takeEndOfName(reading: Reading, isItem: boolean): void {
  take(reading, ']', `expected '.' or ']' to end table name, but got ${nextIn(reading)} instead`);
  if (isItem)
    take(reading, ']', `expected end of table array name delimiter ']', but got ${nextIn(reading)} instead`);
}

/** What stands next, as Go quotes a character; nothing is one too. */
function nextIn({ text, at }: Reading): string {
  const next = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return quoteRune(next);
}

/** What is said where a key does not end as it should. */
function noEndOfKey(reading: Reading): string {
  if (reading.at >= reading.text.length) return `${atEnd(reading)}expected key separator '='`;
  return `expected '.' or '=', but got ${nextIn(reading)} instead`;
}

/** What is said where a key should stand. */
function noKey(reading: Reading, isFirst: boolean): string {
  if (reading.text[reading.at] === '=') return `unexpected '='${isFirst ? ': key name appears blank' : ''}`;
  if (isFirst && reading.text[reading.at] === '.') return "unexpected '.': keys cannot start with a '.'";
  return noEndOfKey(reading);
}

function addItem(reading: Reading, parent: GoMap, name: string): GoMap {
  const own = parent.entries.get(name)?.value;
  const items = own === undefined ? [] : itemsOf(reading, own);
  if (items === undefined) throw alreadyDefined(reading);
  const table = newMap();
  items.push(known(reading, table));
  if (own !== undefined) return table;
  const list = newList(items, '[]map[string]interface {}');
  reading.items.set(list, items);
  parent.entries.set(name, known(reading, list));
  return table;
}

function itemsOf({ items }: Reading, value: Datum): Known[] | undefined {
  return isList(value) ? items.get(value) : undefined;
}

/** The table at a path, made where it is not there; of a list of tables the last one. */
function tableAt(reading: Reading, root: GoMap, path: readonly string[]): GoMap {
  let table = root;
  for (const key of path) {
    const own = table.entries.get(key)?.value;
    const next = own === undefined ? newMap() : isList(own) ? itemsOf(reading, own)?.at(-1)?.value : own;
    if (!isMap(next) || reading.closed.has(next)) throw alreadyDefined(reading);
    if (own === undefined) table.entries.set(key, known(reading, next));
    table = next;
  }
  return table;
}

function readAssignment(reading: Reading, table: GoMap): void {
  const path = readNamedPath(reading, () => take(reading, '=', noEndOfKey(reading)));
  const key = path.pop() ?? '';
  const parent = tableAt(reading, table, path);
  if (path.length > 0) reading.headed.add(parent);
  const value = readValue(reading);
  if (parent.entries.has(key)) throw alreadyDefined(reading);
  parent.entries.set(key, known(reading, value));
}

/** A name, which is the last one only once what ends it was read. */
function readNamedPath(reading: Reading, takeEnd: () => void): string[] {
  const before = reading.last;
  const path = readPath(reading);
  const named = reading.last;
  reading.last = before;
  takeEnd();
  reading.last = named;
  return path;
}

function readPath(reading: Reading): string[] {
  const path: string[] = [];
  do {
    skipSpaces(reading);
    path.push(readKey(reading, path.length === 0));
    skipSpaces(reading);
  } while (taken(reading, '.'));
  reading.last = path.join('.');
  return path;
}

function readKey(reading: Reading, isFirst: boolean): string {
  const mark = reading.text[reading.at];
  const key = mark === '"' || mark === "'" ? readText(reading, mark) : match(reading, /[A-Za-z0-9_-]+/uy);
  if (key === undefined) throw new TomlError(noKey(reading, isFirst));
  return key;
}

function readValue(reading: Reading): Datum {
  skipSpaces(reading);
  if (reading.depth >= maximumDepth) throw new TomlError('values nested this deeply');
  const mark = reading.text[reading.at];
  if (mark === '"' || mark === "'") return readText(reading, mark);
  reading.depth += 1;
  const value = mark === '[' ? readList(reading) : mark === '{' ? readTable(reading) : readPlain(reading);
  reading.depth -= 1;
  return value;
}

function readList(reading: Reading): GoList {
  const items: Known[] = [];
  reading.at += 1;
  for (skipLines(reading); !taken(reading, ']'); skipLines(reading)) {
    items.push(known(reading, readValue(reading)));
    skipLines(reading);
    if (!taken(reading, ',')) {
      take(reading, ']', `${atEnd(reading)}expected a comma (',') or array terminator (']')`);
      break;
    }
  }
  return newList(items);
}

function readTable(reading: Reading): GoMap {
  const table = newMap();
  reading.at += 1;
  skipSpaces(reading);
  if (taken(reading, '}')) return closed(reading, table);
  do readAssignment(reading, table);
  while (taken(reading, ','));
  take(reading, '}', `${atEnd(reading)}expected a comma or an inline table terminator '}'`);
  return closed(reading, table);
}

function closed(reading: Reading, table: GoMap): GoMap {
  reading.closed.add(table);
  return table;
}

const integer =
  /^(?:[+-]?(?:0|[1-9](?:_?\d)*)|0x[\dA-Fa-f](?:_?[\dA-Fa-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*)$/u;
const float = /^[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?$/u;
const date = /^(?:\d{4}-\d\d-\d\d)?(?:[Tt ]?\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?)?$/u;

function readPlain(reading: Reading): Datum {
  const text = match(reading, /\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]+|[^\s,\]}#]+/uy);
  if (text === undefined) throw new TomlError(`${atEnd(reading)}expected value`);
  if (text === 'true' || text === 'false') return text === 'true';
  if (integer.test(text)) return readInteger(text);
  if (float.test(text)) return Number(text.replaceAll('_', ''));
  if (/^[+-]?inf$/u.test(text))
    return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^[+-]?nan$/u.test(text)) return Number.NaN;
  if (date.test(text)) return jsonDate(text);
  const [word] = /^\p{L}+/u.exec(text) ?? [];
  const found = word === undefined ? quoteRune([...text][0] ?? '') : JSON.stringify(word);
  throw new TomlError(`expected value but found ${found} instead`);
}

/** 64 binary digits behind `0b`. */
const longestInteger = 66;

function readInteger(text: string): Datum {
  const digits = text.replaceAll('_', '');
  if (digits.length > longestInteger)
    throw new TomlError(`an integer of ${digits.length} digits is out of range for int64`);
  const size = BigInt(digits.replace(/^[+-]/u, ''));
  const value = digits.startsWith('-') ? -size : size;
  if (BigInt.asIntN(64, value) !== value) throw new TomlError(`${text} is out of range for int64`);
  return sized(value);
}

/** A moment as Go writes it in JSON: what has no date is in the year 0, what has no zone in UTC. */
function jsonDate(text: string): string {
  const [, day = '0000-01-01', time = '00:00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)?[Tt ]?(\d\d:\d\d:\d\d(?:\.\d+)?)?([Zz]|[+-]\d\d:\d\d)?$/u.exec(text) ?? [];
  return `${day}T${time}${zone.toUpperCase()}`;
}

/** A text in quotes, of one line or of several. */
function readText(reading: Reading, mark: '"' | "'"): string {
  const { text, at } = reading;
  const isLong = text.startsWith(mark.repeat(3), at);
  const start = isLong ? at + 3 : at + 1;
  const end = endOfText(text, start, mark, isLong);
  if (end < 0) {
    reading.at = text.length;
    throw new TomlError("unexpected EOF; expected '\"'");
  }
  reading.at = end + (isLong ? 3 : 1);
  const inner = text.slice(start, end);
  const own = isLong ? inner.replace(/^\r?\n/u, '') : inner;
  if (!isLong && own.includes('\n')) throw new TomlError('strings cannot contain newlines');
  return mark === "'" ? own : unescapeText(own);
}

/** Where the closing quotes begin; up to two more of them may stand before those of a long text. */
function endOfText(text: string, start: number, mark: string, isLong: boolean): number {
  const close = isLong ? mark.repeat(3) : mark;
  for (let at = start; at < text.length; at++) {
    if (mark === '"' && text[at] === '\\') at += 1;
    else if (text.startsWith(close, at)) {
      let more = 0;
      while (isLong && more < 2 && text[at + 3 + more] === mark) more += 1;
      return at + more;
    }
  }
  return -1;
}

const escapes: ReadonlyMap<string, string> = new Map(
  Object.entries({ b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001b', '"': '"', '\\': '\\' }),
);

function unescapeText(text: string): string {
  return text.replaceAll(
    /\\(?:[ \t]*\r?\n\s*|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|([\s\S]))/gu,
    (whole, short?: string, long?: string, letter?: string) => {
      const code = Number.parseInt(short ?? long ?? '0', 16);
      if (short !== undefined || long !== undefined) {
        if (code > 0x10_ff_ff) throw new TomlError(`invalid code point ${whole}`);
        return String.fromCodePoint(code);
      }
      if (letter === undefined) return '';
      const plain = escapes.get(letter);
      if (plain === undefined) throw new TomlError(`invalid escape character '${letter}'`);
      return plain;
    },
  );
}

function known({ origins }: Reading, value: Datum): Known {
  return { value, origins };
}

function match(reading: Reading, pattern: RegExp): string | undefined {
  pattern.lastIndex = reading.at;
  const found = pattern.exec(reading.text)?.[0];
  reading.at += found?.length ?? 0;
  return found;
}

function skipSpaces(reading: Reading): void {
  match(reading, /[ \t]*/uy);
}

function skipLines(reading: Reading): void {
  match(reading, /(?:[ \t\r\n]+|#[^\n]*)*/uy);
}

function endLine(reading: Reading): void {
  match(reading, /[ \t]*(?:#[^\n]*)?\r?/uy);
  if (reading.at < reading.text.length && reading.text[reading.at] !== '\n')
    throw new TomlError(`expected a new line, and found ${JSON.stringify(reading.text[reading.at])}`);
}

function taken(reading: Reading, mark: string): boolean {
  skipSpaces(reading);
  const isThere = reading.text.startsWith(mark, reading.at);
  if (isThere) reading.at += mark.length;
  return isThere;
}

function take(reading: Reading, mark: string, words: string): void {
  if (!taken(reading, mark)) throw new TomlError(words);
}

function atEnd({ text, at }: Reading): string {
  return at < text.length ? '' : 'unexpected EOF; ';
}

function alreadyDefined({ last }: Reading): TomlError {
  return new TomlError(`Key '${last}' has already been defined.`);
}
