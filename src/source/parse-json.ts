import type { SourceFile } from '../diagnostic/source-file.ts';
import type { LoadedFile } from './document.ts';
import type { Limits } from './limits.ts';
import { closeRow, finishRows, newRows, noteKey, openRow, type PositionRows } from './position-rows.ts';
import { syntaxFinding } from './syntax-finding.ts';
import { newMapping, type Value } from './value.ts';

/**
 * The value of a JSON text as Go's encoding/json reads it: nothing but JSON, the last of repeated keys counts, half a
 * surrogate pair becomes U+FFFD.
 */
export function parseJson(file: SourceFile, limits: Limits): LoadedFile {
  const state: State = { text: file.text, at: 0, depth: 0, limits, rows: newRows() };
  try {
    const value = readValue(state, -1, -1);
    skipSpace(state);
    if (state.at < file.text.length) throw new JsonError('nothing can follow the value', state.at);
    return {
      file,
      documents: [{ index: 0, value, positions: finishRows(state.rows, file) }],
      diagnostics: [],
    };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const help = 'write plain JSON: keys and strings in double quotes, no comments, no comma at the end';
    const range = [error.offset, error.offset + 1] as const;
    return {
      file,
      documents: [],
      diagnostics: [
        error.rule === 'too-deep'
          ? syntaxFinding('too-deep', file, range, error.message, 'nest less')
          : syntaxFinding(
              'not-json',
              file,
              range,
              `this starts like JSON but is not valid JSON: ${error.message}`,
              help,
            ),
      ],
    };
  }
}

interface State {
  readonly text: string;
  at: number;
  depth: number;
  readonly limits: Limits;
  readonly rows: PositionRows;
}

class JsonError extends Error {
  readonly offset: number;
  readonly rule: 'not-json' | 'too-deep';
  constructor(message: string, offset: number, rule: JsonError['rule'] = 'not-json') {
    super(message);
    this.offset = offset;
    this.rule = rule;
  }
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const text = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const word = /true|false|null/y;

function readValue(state: State, keyStart: number, keyEnd: number): Value {
  skipSpace(state);
  const row = openRow(state.rows, keyStart, keyEnd, state.at);
  const first = state.text[state.at];
  const value = first === '{' ? readObject(state) : first === '[' ? readArray(state) : readScalar(state);
  closeRow(state.rows, row, state.at);
  return value;
}

function readObject(state: State): Value {
  const mapping = newMapping();
  readItems(state, '}', () => {
    const start = state.at;
    const raw = take(state, text);
    if (raw === undefined) throw new JsonError('a key in double quotes is missing here', state.at);
    const end = state.at;
    const key = decodeText(raw);
    skipSpace(state);
    if (state.text[state.at] !== ':') throw new JsonError('a colon is missing here', state.at);
    state.at += 1;
    const row = state.rows.count;
    mapping[key] = readValue(state, start, end);
    noteKey(state.rows, row, raw, key);
  });
  return mapping;
}

function readArray(state: State): Value {
  const items: Value[] = [];
  readItems(state, ']', () => items.push(readValue(state, -1, -1)));
  return items;
}

/** What stands between brackets, parted by commas. */
function readItems(state: State, closing: string, readItem: () => void): void {
  state.depth += 1;
  if (state.depth > state.limits.depth)
    throw new JsonError(`it is nested more than ${state.limits.depth} levels deep`, state.at, 'too-deep');
  state.at += 1;
  skipSpace(state);
  while (state.text[state.at] !== closing) {
    readItem();
    skipSpace(state);
    if (state.text[state.at] === closing) break;
    if (state.text[state.at] !== ',') throw new JsonError(`a comma or ${closing} is missing here`, state.at);
    state.at += 1;
    skipSpace(state);
    if (state.text[state.at] === closing) throw new JsonError('there is an extra comma', state.at);
  }
  state.at += 1;
  state.depth -= 1;
}

function readScalar(state: State): Value {
  const raw = take(state, text);
  if (raw !== undefined) return decodeText(raw);
  const literal = take(state, word);
  if (literal !== undefined) return literal === 'null' ? null : literal === 'true';
  const digits = take(state, number);
  if (digits === undefined) throw new JsonError('this is not a JSON value', state.at);
  const value = Number(digits);
  if (!Number.isFinite(value)) throw new JsonError('the number is too large', state.at - digits.length);
  return /^-?\d+$/.test(digits) && !Number.isSafeInteger(value) ? BigInt(digits) : value;
}

// What V8 leaves as half a pair is no character.
function decodeText(raw: string): string {
  const decoded = JSON.parse(raw) as string;
  return raw.includes('\\u') ? decoded.replace(/\p{Surrogate}/gu, '\uFFFD') : decoded;
}

function take(state: State, pattern: RegExp): string | undefined {
  pattern.lastIndex = state.at;
  const [found] = pattern.exec(state.text) ?? [];
  if (found !== undefined) state.at += found.length;
  return found;
}

function skipSpace(state: State): void {
  while (' \t\n\r'.includes(state.text[state.at] ?? 'x')) state.at += 1;
}
