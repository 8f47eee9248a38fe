import { type Cursor, columnOf, dash, dot, isBlankOrEnd, isIndicator, passToBreak, peek } from './cursor.ts';
import { Refusal } from './refusal.ts';
import { scanBlockScalar } from './scan-block-scalar.ts';
import { scanPlain, scanQuoted } from './scan-scalar.ts';
import { scanAnchor, scanTag } from './scan-tag.ts';
import { dropKey, isUsable, nextNumber, saveKey } from './simple-key.ts';
import { newToken, type Token, type TokenKind } from './token.ts';
import { noKey, roll, type SimpleKey, type Tokens, unroll } from './tokens.ts';
import { passLineComment, passToToken } from './white-space.ts';

/** Puts what comes next into the queue: one token, and those that end or start collections before it. */
export function fetchNext(tokens: Tokens): void {
  passToToken(tokens);
  const { cursor } = tokens;
  unroll(tokens, columnOf(cursor));
  if (cursor.at >= cursor.end) fetchEnd(tokens);
  else if (columnOf(cursor) === 0 && peek(cursor) === 37) throw directive(cursor);
  else if (isIndicator(cursor, dash)) fetchMarker(tokens, 'document-start');
  else if (isIndicator(cursor, dot)) fetchMarker(tokens, 'document-end');
  else fetchContent(tokens);
}

function fetchContent(tokens: Tokens): void {
  const { cursor } = tokens;
  const fetchIt = fetchers.get(String.fromCharCode(peek(cursor))) ?? fetchPlain;
  fetchIt(tokens);
  if (tokens.dialect.isThird && tokens.queue.at(-1)?.kind !== 'block-entry') passLineComment(cursor);
}

function directive(cursor: Cursor): Refusal {
  const start = cursor.at;
  passToBreak(cursor);
  const line = cursor.text.slice(start, cursor.at).trim();
  return new Refusal(
    `the directive ${line} has no document after it when the file is split at ---`,
    start,
    cursor.at,
    'remove the line',
  );
}

type Fetch = (tokens: Tokens) => void;

/** By the first character; everything else starts a plain scalar. */
const fetchers: ReadonlyMap<string, Fetch> = new Map<string, Fetch>([
  ['[', (tokens) => openFlow(tokens, 'flow-sequence')],
  ['{', (tokens) => openFlow(tokens, 'flow-mapping')],
  [']', (tokens) => closeFlow(tokens, 'flow-sequence-end')],
  ['}', (tokens) => closeFlow(tokens, 'flow-mapping-end')],
  [',', fetchFlowEntry],
  ['-', (tokens) => (isAlone(tokens) ? fetchBlockEntry(tokens) : fetchPlain(tokens))],
  ['?', (tokens) => (isFlow(tokens) || isAlone(tokens) ? fetchKey(tokens) : fetchPlain(tokens))],
  [':', (tokens) => (isFlow(tokens) || isAlone(tokens) ? fetchValue(tokens) : fetchPlain(tokens))],
  ['*', (tokens) => fetchSimple(tokens, () => scanAnchor(tokens.cursor, 'alias'))],
  ['&', (tokens) => fetchSimple(tokens, () => scanAnchor(tokens.cursor, 'anchor'))],
  ['!', (tokens) => fetchSimple(tokens, () => scanTag(tokens.cursor))],
  ['"', fetchQuoted],
  ["'", fetchQuoted],
  ['|', fetchBlockScalar],
  ['>', fetchBlockScalar],
  ...['#', '%', '@', '`', '\t'].map((character): [string, Fetch] => [character, refuse]),
]);

function isAlone({ cursor }: Tokens): boolean {
  return isBlankOrEnd(peek(cursor, 1));
}

function isFlow({ flowLevel }: Tokens): boolean {
  return flowLevel > 0;
}

function refuse({ cursor }: Tokens): never {
  const character = String.fromCharCode(peek(cursor));
  throw new Refusal(
    character === '\t' ? 'a tab cannot be used for indentation' : `no value can start with ${character}`,
    cursor.at,
  );
}

function fetchQuoted(tokens: Tokens): void {
  fetchSimple(tokens, () => scanQuoted(tokens.cursor, tokens.dialect.isJson));
}

function fetchSimple(tokens: Tokens, scan: () => Token): void {
  saveKey(tokens);
  tokens.mayStartKey = false;
  tokens.queue.push(scan());
}

function fetchPlain(tokens: Tokens): void {
  saveKey(tokens);
  const { token, hasBreakBehind } = scanPlain(tokens.cursor, tokens.indent, tokens.flowLevel > 0);
  // What no reader of this text is given would stand here for ever.
  if (token.end <= token.start) refuse(tokens);
  tokens.mayStartKey = hasBreakBehind;
  tokens.queue.push(token);
}

function fetchBlockScalar(tokens: Tokens): void {
  if (isFlow(tokens)) refuse(tokens);
  dropKey(tokens);
  tokens.mayStartKey = true;
  tokens.queue.push(scanBlockScalar(tokens.cursor, tokens.indent));
}

function fetchEnd(tokens: Tokens): void {
  const { cursor } = tokens;
  if (columnOf(cursor) !== 0) {
    cursor.lineStart = cursor.at;
    cursor.line += 1;
  }
  unroll(tokens, -1);
  dropKey(tokens);
  tokens.mayStartKey = false;
  tokens.queue.push(newToken('stream-end', cursor.at, cursor.at));
}

function fetchMarker(tokens: Tokens, kind: TokenKind): void {
  unroll(tokens, -1);
  dropKey(tokens);
  tokens.mayStartKey = false;
  pushIndicator(tokens, kind, 3);
}

function openFlow(tokens: Tokens, kind: TokenKind): void {
  if (!tokens.dialect.isJson) saveKey(tokens);
  tokens.keys.push({ ...noKey, number: nextNumber(tokens) });
  tokens.flowLevel += 1;
  tokens.mayStartKey = true;
  pushIndicator(tokens, kind);
}

function closeFlow(tokens: Tokens, kind: TokenKind): void {
  dropKey(tokens);
  if (tokens.flowLevel > 0) {
    tokens.flowLevel -= 1;
    // Brackets with nothing inside have no key of their own, so that this forgets the one that they may be themselves.
    tokens.keysByNumber.delete(tokens.keys.pop()?.number ?? -1);
  }
  tokens.mayStartKey = false;
  pushIndicator(tokens, kind);
}

function fetchFlowEntry(tokens: Tokens): void {
  dropKey(tokens);
  tokens.mayStartKey = true;
  pushIndicator(tokens, 'flow-entry');
}

function fetchBlockEntry(tokens: Tokens): void {
  if (tokens.flowLevel === 0) {
    if (!tokens.mayStartKey) throw new Refusal('no list can start here', tokens.cursor.at);
    roll(tokens, columnOf(tokens.cursor), tokens.queue.length, 'block-sequence', tokens.cursor.at);
  }
  dropKey(tokens);
  tokens.mayStartKey = true;
  pushIndicator(tokens, 'block-entry');
}

function fetchKey(tokens: Tokens): void {
  if (tokens.flowLevel === 0) {
    if (!tokens.mayStartKey) throw new Refusal('no key can start here', tokens.cursor.at);
    roll(tokens, columnOf(tokens.cursor), tokens.queue.length, 'block-mapping', tokens.cursor.at);
  }
  dropKey(tokens);
  tokens.mayStartKey = tokens.flowLevel === 0;
  pushIndicator(tokens, 'key');
}

function fetchValue(tokens: Tokens): void {
  const key = tokens.keys.at(-1) as SimpleKey;
  if (isUsable(tokens, key)) startKey(tokens, key);
  else {
    if (tokens.flowLevel === 0) {
      if (!tokens.mayStartKey)
        throw new Refusal('a second "key: value" is inside this value', tokens.cursor.at);
      roll(tokens, columnOf(tokens.cursor), tokens.queue.length, 'block-mapping', tokens.cursor.at);
    }
    tokens.mayStartKey = tokens.flowLevel === 0;
  }
  pushIndicator(tokens, 'value');
}

/** A colon makes a key of what stands before it. */
function startKey(tokens: Tokens, key: SimpleKey): void {
  const ahead = key.number - tokens.taken;
  const place = ahead < 0 ? tokens.queue.length : tokens.head + ahead;
  tokens.queue.splice(place, 0, newToken('key', key.at, key.at));
  roll(tokens, key.column, place, 'block-mapping', key.at);
  key.possible = false;
  tokens.keysByNumber.delete(key.number);
  tokens.mayStartKey = false;
}

function pushIndicator(tokens: Tokens, kind: TokenKind, length = 1): void {
  const start = tokens.cursor.at;
  tokens.cursor.at += length;
  tokens.queue.push(newToken(kind, start, tokens.cursor.at));
}
