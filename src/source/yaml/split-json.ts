import type { Chunk } from './chunk.ts';
import { Refusal } from './refusal.ts';

/**
 * The JSON values at the start of a stream as YAMLOrJSONDecoder of k8s.io/apimachinery 0.36 finds them; returns where YAML begins. Behind
 * none or one of them the rest is YAML, behind more there must be nothing else: that throws `Refusal`.
 */
export function* splitJson(text: string): Generator<Chunk, number> {
  let end = 0;
  if (!mightBeJson(text)) return end;
  for (let count = 0; ; count++) {
    const start = pass(jsonSpace, text, end);
    if (start === text.length) return start;
    const next = Math.max(collectionEnd(text, start), scalarEnd(text, start));
    if (next < 0) return yamlStart(text, end, count);
    if (text.slice(start, next) !== 'null') yield { start, end: next, isJson: true };
    end = next;
  }
}

// So far readers look for a brace (GuessJSONStream), in bytes.
const lookahead = 4096;

// What Go's unicode.IsSpace knows, and what is space in JSON.
const anySpace = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*/y;
const jsonSpace = /[ \t\r\n]*/y;

function mightBeJson(text: string): boolean {
  const start = pass(anySpace, text, 0);
  return text[start] === '{' && byteLength(text.slice(0, start)) < lookahead;
}

/** What looked like JSON is read as YAML from its first character, or from its second line (consumeWhitespace). */
function yamlStart(text: string, from: number, count: number): number {
  const rest = pass(anySpace, text, from);
  if (count > 1) throw new Refusal('this follows JSON objects, but is not JSON', rest);
  const newline = text.slice(from, rest).indexOf('\n');
  const last = newline < 0 ? rest : from + newline;
  checkLookahead(text, from, last);
  return newline < 0 ? rest : last + 1;
}

/** The decoder looks four bytes ahead of each character that it passes, and gives up where there are less. */
function checkLookahead(text: string, from: number, last: number): void {
  if (text[last] === '\ufffd') throw new Refusal('this follows JSON, and is no character', last);
  for (let at = Math.max(from, text.length - 4); at <= last; at++)
    if (byteLength(text.slice(at)) < 4)
      throw new Refusal('this follows JSON, but is not JSON', at, text.length);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function pass(space: RegExp, text: string, from: number): number {
  space.lastIndex = from;
  return from + (space.exec(text)?.[0].length ?? 0);
}

const jsonScalar = /(?:null|true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|"(?:[^"\\\n]|\\.)*")/y;

/** Where a JSON value that is no collection ends, -1 if there is none. */
function scalarEnd(text: string, start: number): number {
  jsonScalar.lastIndex = start;
  const found = jsonScalar.exec(text)?.[0];
  return found === undefined || !isJson(found) ? -1 : start + found.length;
}

/** Where the JSON object or list that starts here ends, -1 if there is none. */
function collectionEnd(text: string, start: number): number {
  if (text[start] !== '{' && text[start] !== '[') return -1;
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) at = stringEnd(text, at);
    else if (code === 123 || code === 91) depth += 1;
    else if ((code === 125 || code === 93) && --depth === 0)
      return isJson(text.slice(start, at + 1)) ? at + 1 : -1;
  }
  return -1;
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
