import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Document, Reader } from './document.ts';
import type { Limits } from './limits.ts';
import { stride } from './position.ts';
import { resolveScalar, type ScalarValue } from './scalar.ts';
import { newMapping, type Value } from './value.ts';
import { escapes, hexLengths } from './yaml/escapes.ts';

// Deeper input goes to the reader of all of YAML, which judges it.
const maxDepth = 60;

// go-yaml looks 1024 characters ahead for the colon of a key.
const longestKey = 1000;

// What splits a stream looks for JSON behind any space that Go knows.
const wideSpaceFirst = /^[ \n]*[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]/;

// Thrown where the text is anything but the subset: the reader of all of YAML then reads the whole file again.
const unusual: unknown = Symbol('unusual');

interface Scanned {
  readonly documents: readonly Document[];
  /** Whether the other decoder makes the same of every scalar and key. */
  readonly isReadAlike: boolean;
}

/**
 * Reads the subset of YAML that nearly all Kubernetes files keep to, in one pass and without judging: undefined where
 * there is anything else, or anything wrong, in the file.
 */
export function scanDocuments(file: SourceFile, reader: Reader, limits: Limits): Scanned | undefined {
  if (/[\r\x85\u2028\u2029\ufeff]/.test(file.text) || wideSpaceFirst.test(file.text)) return undefined;
  try {
    return createScanner(file, reader, limits)();
  } catch (error) {
    if (error === unusual) return undefined;
    throw error;
  }
}

// One closure over the cursor: properties of an object, or parameters handed around, cost a third of the speed.
function createScanner(file: SourceFile, reader: Reader, limits: Limits): () => Scanned {
  const { text } = file;
  const other = reader === 'kustomize' ? 'api-server' : 'kustomize';
  let isReadAlike = true;
  const { length } = text;
  let nodes = new Int32Array(Math.max(64, length >> 2));
  let rows = 0;
  let at = 0;
  // The column of the content that `at` stands on, -1 at the end of a document.
  let column = -1;
  let depth = 0;

  function scanStream(): Scanned {
    const documents: Document[] = [];
    at = 0;
    nextContent();
    while (at < length) {
      if (column < 0) {
        passMarker();
        continue;
      }
      if (documents.length === limits.documents) throw unusual;
      rows = 0;
      const value = scanRoot();
      const positions = { file, nodes: nodes.slice(0, rows * stride) };
      documents.push({ index: documents.length, value, positions });
      if (column >= 0 && at < length) throw unusual;
    }
    return { documents, isReadAlike };
  }

  function scanRoot(): Value {
    const code = text.charCodeAt(at);
    if (code === 91 || code === 123) {
      const value = scanFlow(-1, -1, true);
      // What follows JSON and is none has rules of its own.
      if (text.includes('#', at)) throw unusual;
      endLine();
      return value;
    }
    const row = rows;
    const value = scanBlock(-1, -1, -1);
    if (typeof value !== 'object' || value === null || rows === row) throw unusual;
    return value;
  }

  /** Passes `---` with nothing but a comment behind it. */
  function passMarker(): void {
    if (text.charCodeAt(at) !== 45) throw unusual;
    at += 3;
    endLine();
  }

  function isMarker(): boolean {
    const code = text.charCodeAt(at);
    if (code !== 45 && code !== 46) return false;
    if (text.charCodeAt(at + 1) !== code || text.charCodeAt(at + 2) !== code) return false;
    return at + 3 >= length || isSpaceOrBreak(text.charCodeAt(at + 3));
  }

  /** From the start of a line to the next content, over empty lines and comments. */
  function nextContent(): void {
    for (;;) {
      const start = at;
      let code = text.charCodeAt(at);
      while (code === 32) code = text.charCodeAt(++at);
      if (at >= length) {
        at = length;
        column = -1;
        return;
      }
      if (code === 10) {
        at += 1;
        continue;
      }
      if (code === 35) {
        passLine();
        continue;
      }
      if (code === 9) throw unusual;
      column = at - start;
      if (column === 0) {
        if (code === 37) throw unusual;
        if (isMarker()) column = -1;
        // What splits a file takes any line that starts like a marker for one.
        else if (code === 45 && text.startsWith('---', at)) throw unusual;
      }
      return;
    }
  }

  function passLine(): void {
    const newline = text.indexOf('\n', at);
    at = newline < 0 ? length : newline + 1;
  }

  /** Only white space or a comment may follow on this line; goes on to the next content. */
  function endLine(): void {
    const start = at;
    let code = text.charCodeAt(at);
    while (code === 32) code = text.charCodeAt(++at);
    if (code === 10) at += 1;
    else if (at < length) {
      if (code !== 35 || at === start) throw unusual;
      passLine();
    }
    nextContent();
  }

  /** From the end of a key or dash, behind which nothing but a comment stands, to what stands below it. */
  function passToBelow(): void {
    passLine();
    nextContent();
  }

  function openNode(keyStart: number, keyEnd: number, start: number): number {
    const index = rows;
    const row = index * stride;
    if (row + stride > nodes.length) {
      const larger = new Int32Array(nodes.length * 2);
      larger.set(nodes);
      nodes = larger;
    }
    nodes[row] = keyStart;
    nodes[row + 1] = keyEnd;
    nodes[row + 2] = start;
    nodes[row + 3] = start;
    nodes[row + 4] = index + 1;
    rows = index + 1;
    return index;
  }

  function addScalar(keyStart: number, keyEnd: number, start: number, end: number): void {
    // Opening may replace the table, so it comes first.
    const index = openNode(keyStart, keyEnd, start);
    nodes[index * stride + 3] = end;
  }

  function closeNode(index: number, end: number): void {
    nodes[index * stride + 3] = end;
    nodes[index * stride + 4] = rows;
  }

  /** A collection ends with its last child, whose row is `last`. */
  function closeCollection(index: number, last: number): void {
    const row = last * stride;
    closeNode(index, Math.max(nodes[row + 3] as number, nodes[row + 1] as number));
  }

  /** The node whose content starts here; `parent` is the indentation that its lines must exceed. */
  function scanBlock(parent: number, keyStart: number, keyEnd: number): Value {
    const code = text.charCodeAt(at);
    if (code === 45 && isSpaceOrBreak(text.charCodeAt(at + 1))) return scanSequence(keyStart, keyEnd);
    if (startsMapping(code)) return scanMapping(keyStart, keyEnd);
    return scanInline(parent, keyStart, keyEnd);
  }

  /** What stands below its key or dash; a scalar behind a comment is left to the reader of all of YAML, which has views on those. */
  function scanBelow(parent: number, keyStart: number, keyEnd: number, above: number): Value {
    const code = text.charCodeAt(at);
    if (code === 45 && isSpaceOrBreak(text.charCodeAt(at + 1))) return scanSequence(keyStart, keyEnd);
    if (startsMapping(code)) return scanMapping(keyStart, keyEnd);
    if (code === 124 || code === 62 || !isWhiteSpace(above, at)) throw unusual;
    return scanInline(parent, keyStart, keyEnd);
  }

  function isWhiteSpace(from: number, to: number): boolean {
    for (let index = from; index < to; index++) if (!isSpaceOrBreak(text.charCodeAt(index))) return false;
    return true;
  }

  /** Whether a key in one line stands here. */
  function startsMapping(code: number): boolean {
    if (code === 91 || code === 123) return false;
    let end: number;
    if (code === 34 || code === 39) {
      end = quotedEnd(code, true);
      while (text.charCodeAt(end) === 32) end += 1;
      return text.charCodeAt(end) === 58;
    }
    for (end = at; end < length; end++) {
      const next = text.charCodeAt(end);
      if (next === 10) return false;
      if (next === 58 && (end + 1 >= length || isSpaceOrBreak(text.charCodeAt(end + 1)))) return true;
      if (next === 35 && text.charCodeAt(end - 1) === 32) return false;
    }
    return false;
  }

  function scanMapping(keyStart: number, keyEnd: number): Value {
    const indent = column;
    if (++depth > maxDepth) throw unusual;
    const index = openNode(keyStart, keyEnd, at);
    const mapping = newMapping();
    let last = index;
    do {
      const start = at;
      const key = scanKey();
      const end = at;
      while (text.charCodeAt(at) === 32) at += 1;
      at += 1;
      if (mapping[key] !== undefined) throw unusual;
      last = rows;
      mapping[key] = scanValue(indent, start, end);
    } while (column === indent);
    if (column > indent) throw unusual;
    depth -= 1;
    closeCollection(index, last);
    return mapping;
  }

  /** Reads a key and stops behind it, before the colon. */
  function scanKey(): string {
    const start = at;
    const code = text.charCodeAt(at);
    if (code === 34 || code === 39) {
      const end = quotedEnd(code);
      const raw = text.slice(start + 1, end - 1);
      if (code === 34 && raw.includes('\\')) throw unusual;
      at = end;
      let colon = end;
      while (text.charCodeAt(colon) === 32) colon += 1;
      if (text.charCodeAt(colon) !== 58 || !isSpaceOrBreak(text.charCodeAt(colon + 1))) throw unusual;
      if (colon - start > longestKey) throw unusual;
      return code === 39 ? raw.replaceAll("''", "'") : raw;
    }
    if (isIndicator(code)) throw unusual;
    if (code === 45 && isSpaceOrBreak(text.charCodeAt(at + 1))) throw unusual;
    for (;;) {
      const next = text.charCodeAt(at);
      // Anything but a colon that ends the key, or a character that cannot be in the middle of a simple one.
      if (next === 58) {
        if (at + 1 >= length || isSpaceOrBreak(text.charCodeAt(at + 1))) break;
      } else if (next === 10 || next === 9 || at >= length) throw unusual;
      else if (next === 35 && text.charCodeAt(at - 1) === 32) throw unusual;
      at += 1;
    }
    if (at - start > longestKey) throw unusual;
    let end = at;
    while (text.charCodeAt(end - 1) === 32) end -= 1;
    at = end;
    const key = text.slice(start, end);
    if (key === '' || key === '<<' || !isPlainString(key, code)) throw unusual;
    return key;
  }

  function resolve(word: string): ScalarValue {
    const value = resolveScalar(word, reader);
    if (isReadAlike && resolveScalar(word, other) !== value) isReadAlike = false;
    return value;
  }

  /** Whether a plain key is no number, boolean, null or timestamp for this reader. */
  function isPlainString(key: string, first: number): boolean {
    if (first >= 97 && first <= 122 && key.length > 5) return true;
    return resolve(key) === key;
  }

  /** What follows a key's colon. */
  function scanValue(indent: number, keyStart: number, keyEnd: number): Value {
    const colonEnd = at;
    let code = text.charCodeAt(at);
    while (code === 32) code = text.charCodeAt(++at);
    if (code === 10 || at >= length || (code === 35 && at > colonEnd)) {
      passToBelow();
      if (column > indent) return scanBelow(indent, keyStart, keyEnd, colonEnd);
      // A list may stand right below its key, without indentation.
      if (column === indent && text.charCodeAt(at) === 45 && isSpaceOrBreak(text.charCodeAt(at + 1))) {
        return scanSequence(keyStart, keyEnd);
      }
      addScalar(keyStart, keyEnd, keyEnd, keyEnd);
      return null;
    }
    return scanInline(indent, keyStart, keyEnd);
  }

  function scanSequence(keyStart: number, keyEnd: number): Value {
    const indent = column;
    if (++depth > maxDepth) throw unusual;
    const index = openNode(keyStart, keyEnd, at);
    const items: Value[] = [];
    let last = index;
    do {
      if (text.charCodeAt(at) !== 45 || !isSpaceOrBreak(text.charCodeAt(at + 1))) break;
      last = rows;
      items.push(scanItem(indent));
    } while (column === indent);
    if (column > indent) throw unusual;
    depth -= 1;
    closeCollection(index, last);
    return items;
  }

  function scanItem(indent: number): Value {
    const dash = at;
    at += 1;
    let code = text.charCodeAt(at);
    while (code === 32) code = text.charCodeAt(++at);
    if (code === 9 || at >= length) throw unusual;
    if (code === 10 || (code === 35 && at > dash + 1)) {
      passToBelow();
      if (column > indent) return scanBelow(indent, -1, -1, dash + 1);
      addScalar(-1, -1, dash + 1, dash + 1);
      return null;
    }
    column = indent + at - dash;
    return scanBlock(indent, -1, -1);
  }

  /** A value that starts on this line and is no block collection. */
  function scanInline(parent: number, keyStart: number, keyEnd: number): Value {
    const start = at;
    const code = text.charCodeAt(at);
    let value: Value;
    switch (code) {
      case 34:
      case 39:
        value = scanQuotedLines(code, parent);
        addScalar(keyStart, keyEnd, start, at);
        break;
      case 91:
      case 123:
        value = scanFlow(keyStart, keyEnd, false);
        break;
      case 124:
      case 62:
        return scanBlockScalar(parent, keyStart, keyEnd);
      default:
        value = scanPlain(parent, keyStart, keyEnd);
    }
    endLine();
    // What follows stands deeper: an error.
    if (column > parent) throw unusual;
    return value;
  }

  function scanPlain(parent: number, keyStart: number, keyEnd: number): Value {
    const start = at;
    const first = text.charCodeAt(at);
    const second = text.charCodeAt(at + 1);
    if (isIndicator(first) && (first !== 58 || isIndicator(second))) throw unusual;
    if (first === 45 && (at + 1 >= length || isSpaceOrBreak(second))) throw unusual;
    passPlainLine();
    const firstEnd = at;
    const more = scanPlainLines(parent);
    addScalar(keyStart, keyEnd, start, at);
    const written = text.slice(start, firstEnd) + more;
    const value = resolve(written);
    if (value === undefined || (more !== '' && value !== written)) throw unusual;
    return value;
  }

  /** Stops behind the content of the line: the blank before a comment has to be there still when the line is ended. */
  function passPlainLine(): void {
    let code = text.charCodeAt(at);
    while (at < length && code !== 10) {
      if (code === 58) {
        if (at + 1 >= length || isSpaceOrBreak(text.charCodeAt(at + 1))) throw unusual;
      } else if (code === 35) {
        if (text.charCodeAt(at - 1) === 32) break;
      } else if (code === 9) throw unusual;
      code = text.charCodeAt(++at);
    }
    while (text.charCodeAt(at - 1) === 32) at -= 1;
  }

  /** The further lines of a plain scalar, folded, each deeper than the parent; none behind a comment. Stops behind the last. */
  function scanPlainLines(parent: number): string {
    let more = '';
    for (;;) {
      let next = at;
      while (text.charCodeAt(next) === 32) next += 1;
      let breaks = 0;
      let lineStart = next;
      while (text.charCodeAt(next) === 10) {
        breaks += 1;
        lineStart = ++next;
        while (text.charCodeAt(next) === 32) next += 1;
      }
      if (breaks === 0 || next >= length || next - lineStart <= parent) return more;
      const code = text.charCodeAt(next);
      if (code === 35) return more;
      if (code === 9 || parent < 0) throw unusual;
      at = next;
      passPlainLine();
      more += (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + text.slice(next, at);
    }
  }

  /** The offset behind the closing quote of the text in quotes that starts here. */
  function quotedEnd(quote: number, spansLines = false): number {
    for (let end = at + 1; end < length; end++) {
      const code = text.charCodeAt(end);
      if (code === quote) {
        if (quote === 34 || text.charCodeAt(end + 1) !== 39) return end + 1;
        end += 1;
      } else if (code === 10) {
        if (!spansLines) throw unusual;
      } else if (code === 92 && quote === 34) end += 1;
    }
    throw unusual;
  }

  function scanQuoted(quote: number, isRoot: boolean): string {
    const start = at;
    at = quotedEnd(quote);
    const raw = text.slice(start + 1, at - 1);
    // JSON has escapes of its own.
    if (isRoot && /\\[^"\\nt]/.test(raw)) throw unusual;
    return unquoted(raw, quote);
  }

  function unquoted(raw: string, quote: number): string {
    if (quote === 39) return raw.includes("'") ? raw.replaceAll("''", "'") : raw;
    return raw.includes('\\') ? decodeEscapes(raw) : raw;
  }

  /** A text in quotes over one or several lines, each deeper than the parent. */
  function scanQuotedLines(quote: number, parent: number): string {
    const start = at;
    at = quotedEnd(quote, true);
    const raw = text.slice(start + 1, at - 1);
    if (!raw.includes('\n')) return unquoted(raw, quote);
    if (parent < 0 || raw.includes('\t')) throw unusual;
    const lines = raw.split('\n');
    let content = '';
    let breaks = 0;
    let isEscaped = false;
    for (const [index, line] of lines.entries()) {
      const isLast = index === lines.length - 1;
      const from = index === 0 ? 0 : leadingSpaces(line);
      let to = line.length;
      while (!isLast && to > from && line.charCodeAt(to - 1) === 32) to -= 1;
      if (index > 0) breaks += 1;
      if (from === to && !isLast && index > 0) continue;
      if (index > 0 && from <= parent) throw unusual;
      if (breaks > 0) content += breaks === 1 && !isEscaped ? ' ' : '\n'.repeat(breaks - 1);
      breaks = 0;
      isEscaped = quote === 34 && !isLast && endsInBackslash(line, to);
      // A blank behind a backslash belongs to the text.
      if (isEscaped && to < line.length) throw unusual;
      content += unquoted(line.slice(from, isEscaped ? to - 1 : to), quote);
    }
    return content;
  }

  /** Whether the backslash before this place stands for itself, and is no escaped one. */
  function endsInBackslash(line: string, end: number): boolean {
    let count = 0;
    while (line.charCodeAt(end - 1 - count) === 92) count += 1;
    return count % 2 === 1;
  }

  function leadingSpaces(line: string): number {
    let count = 0;
    while (line.charCodeAt(count) === 32) count += 1;
    return count;
  }

  function scanFlow(keyStart: number, keyEnd: number, isRoot: boolean): Value {
    if (++depth > maxDepth) throw unusual;
    const index = openNode(keyStart, keyEnd, at);
    const isList = text.charCodeAt(at) === 91;
    at += 1;
    const value = isList ? scanFlowItems(isRoot) : scanFlowPairs(isRoot);
    depth -= 1;
    closeNode(index, at);
    return value;
  }

  function scanFlowItems(isRoot: boolean): Value {
    const items: Value[] = [];
    for (passFlowSpace(isRoot); text.charCodeAt(at) !== 93; passFlowSpace(isRoot)) {
      items.push(scanFlowValue(-1, -1, isRoot));
      passFlowSpace(isRoot);
      if (text.charCodeAt(at) === 44) at += 1;
      else if (text.charCodeAt(at) !== 93) throw unusual;
    }
    at += 1;
    return items;
  }

  function scanFlowPairs(isRoot: boolean): Value {
    const mapping = newMapping();
    for (passFlowSpace(isRoot); text.charCodeAt(at) !== 125; passFlowSpace(isRoot)) {
      const start = at;
      const key = scanFlowKey(isRoot);
      const end = at;
      passFlowSpace(false);
      if (text.charCodeAt(at) !== 58 || mapping[key] !== undefined || at - start > longestKey) throw unusual;
      at += 1;
      if (text.charCodeAt(at) !== 32 && text.charCodeAt(at) !== 10 && text.charCodeAt(start) !== 34)
        throw unusual;
      passFlowSpace(isRoot);
      mapping[key] = scanFlowValue(start, end, isRoot);
      passFlowSpace(isRoot);
      if (text.charCodeAt(at) === 44) at += 1;
      else if (text.charCodeAt(at) !== 125) throw unusual;
    }
    at += 1;
    return mapping;
  }

  function passFlowSpace(isRoot: boolean): void {
    let code = text.charCodeAt(at);
    while (code === 32 || (code === 10 && isRoot)) {
      const isBreak = code === 10;
      code = text.charCodeAt(++at);
      if (isBreak && (code === 45 || code === 46)) throw unusual;
    }
  }

  function scanFlowKey(isRoot: boolean): string {
    const start = at;
    const code = text.charCodeAt(at);
    if (code === 34) {
      const key = scanQuoted(34, isRoot);
      if (at - start !== key.length + 2) throw unusual;
      return key;
    }
    const end = flowWordEnd();
    const key = text.slice(start, end);
    at = end;
    if (key === '<<' || resolve(key) !== key) throw unusual;
    return key;
  }

  function scanFlowValue(keyStart: number, keyEnd: number, isRoot: boolean): Value {
    const start = at;
    const code = text.charCodeAt(at);
    if (code === 91 || code === 123) return scanFlow(keyStart, keyEnd, isRoot);
    if (code === 34 || code === 39) {
      const value = scanQuoted(code, isRoot);
      addScalar(keyStart, keyEnd, start, at);
      return value;
    }
    const end = flowWordEnd();
    at = end;
    addScalar(keyStart, keyEnd, start, end);
    const value = resolve(text.slice(start, end));
    // A number beyond all others is a text in YAML, and an error in JSON.
    if (value === undefined || (isRoot && typeof value === 'string' && code < 58)) throw unusual;
    // kustomize puts a time in quotes.
    if (typeof value === 'string' && value.length !== end - start) throw unusual;
    return value;
  }

  /** The end of a plain scalar in flow style without any character that could mean something else. */
  function flowWordEnd(): number {
    const first = text.charCodeAt(at);
    if (isIndicator(first) || (first === 45 && !isWordCharacter(text.charCodeAt(at + 1)))) throw unusual;
    let end = at;
    while (isWordCharacter(text.charCodeAt(end))) end += 1;
    if (end === at) throw unusual;
    return end;
  }

  function scanBlockScalar(parent: number, keyStart: number, keyEnd: number): Value {
    if (parent < 0) throw unusual;
    const start = at;
    const isFolded = text.charCodeAt(at) === 62;
    at += 1;
    const isStripped = text.charCodeAt(at) === 45 || text.charCodeAt(at + 1) === 45;
    const given = passHeader();
    const lines: string[] = [];
    let indent = given === 0 ? -1 : parent + given;
    let blanks = 0;
    let end = start;
    while (at < length) {
      let content = at;
      let code = text.charCodeAt(content);
      const limit = indent < 0 ? length : at + indent;
      while (code === 32 && content < limit) code = text.charCodeAt(++content);
      if (code === 10) {
        blanks += 1;
        if (indent < 0 && content - at > parent + 1) throw unusual;
        at = content + 1;
        continue;
      }
      if (indent < 0) {
        if (content >= length || content - at <= parent) break;
        if (code === 9) throw unusual;
        indent = content - at;
      } else if (content < limit) break;
      // kustomize writes no digit for such a first line.
      if (given > 0 && lines.length === 0 && (code === 32 || code === 9)) throw unusual;
      let newline = text.indexOf('\n', content);
      if (newline < 0) newline = length;
      if ((code === 32 || code === 9) && (isFolded || isBlank(content, newline))) throw unusual;
      for (; blanks > 0; blanks--) lines.push('');
      blanks = 0;
      lines.push(text.slice(content, newline));
      end = newline;
      if (newline === length) throw unusual;
      at = newline + 1;
    }
    if (lines.length === 0) throw unusual;
    return finishBlockScalar(lines, start, end, isFolded, isStripped, parent, keyStart, keyEnd);
  }

  /** Passes the indicators and gives the digit of the indentation; kept line breaks are left to the reader of all of YAML. */
  function passHeader(): number {
    const isStripped = text.charCodeAt(at) === 45;
    if (isStripped) at += 1;
    const digit = text.charCodeAt(at) - 48;
    const isGiven = digit > 0 && digit < 10;
    if (isGiven) at += 1;
    if (isGiven && !isStripped && text.charCodeAt(at) === 45) at += 1;
    const code = text.charCodeAt(at);
    if (code !== 10 && code !== 32) throw unusual;
    while (text.charCodeAt(at) === 32) at += 1;
    if (text.charCodeAt(at) === 35) passLine();
    else if (text.charCodeAt(at) === 10) at += 1;
    else throw unusual;
    return isGiven ? digit : 0;
  }

  function isBlank(from: number, to: number): boolean {
    for (let index = from; index < to; index++) {
      const code = text.charCodeAt(index);
      if (code !== 32 && code !== 9) return false;
    }
    return true;
  }

  function finishBlockScalar(
    lines: string[],
    start: number,
    contentEnd: number,
    isFolded: boolean,
    isStripped: boolean,
    parent: number,
    keyStart: number,
    keyEnd: number,
  ): Value {
    let end = contentEnd;
    while (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 9) end -= 1;
    addScalar(keyStart, keyEnd, start, end);
    nextContent();
    if (column > parent) throw unusual;
    const content = isFolded ? fold(lines) : lines.join('\n');
    return isStripped ? content : `${content}\n`;
  }

  return scanStream;
}

/** One line break becomes a space, of several the first is dropped. */
function fold(lines: readonly string[]): string {
  let content = '';
  let breaks = 0;
  for (const line of lines) {
    if (line === '') {
      content += '\n';
      breaks = 1;
    } else {
      content += content === '' || breaks > 0 ? line : ` ${line}`;
      breaks = 0;
    }
  }
  return content;
}

// What stands for a control character is refused, or read otherwise by Argo CD.
const unsteady = /[\x7f-\x9f\ufffe\uffff]/;

function decodeEscapes(raw: string): string {
  let decoded = '';
  let from = 0;
  for (let at = raw.indexOf('\\'); at >= 0; at = raw.indexOf('\\', from)) {
    decoded += raw.slice(from, at);
    const letter = raw.charAt(at + 1);
    const length = hexLengths.get(letter) ?? 0;
    from = at + 2 + length;
    decoded += escapes.get(letter) ?? characterOf(raw.slice(at + 2, from), length);
  }
  if (unsteady.test(decoded)) throw unusual;
  return decoded + raw.slice(from);
}

function characterOf(digits: string, length: number): string {
  const code = Number.parseInt(digits, 16);
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  if (length === 0 || digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) throw unusual;
  if (isHalf || code > 0x10ffff) throw unusual;
  return String.fromCodePoint(code);
}

function isSpaceOrBreak(code: number): boolean {
  // A comparison with NaN, behind the end, is false: a lone dash at the end is left to the reader of all of YAML.
  return code === 32 || code === 10;
}

/** Characters that no plain scalar, or only some, may start with. */
function isIndicator(code: number): boolean {
  switch (code) {
    case 33: // !
    case 34: // "
    case 35: // #
    case 37: // %
    case 38: // &
    case 39: // '
    case 42: // *
    case 44: // ,
    case 58: // :
    case 62: // >
    case 63: // ?
    case 64: // @
    case 91: // [
    case 93: // ]
    case 96: // `
    case 123: // {
    case 124: // |
    case 125: // }
      return true;
    default:
      return false;
  }
}

/** Letters, digits and the punctuation of names, paths and quantities. */
function isWordCharacter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 45 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    code === 43 ||
    code === 61
  );
}
