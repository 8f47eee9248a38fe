import { type Cursor, isBlankOrEnd, peek } from './cursor.ts';
import { Refusal } from './refusal.ts';
import { newToken, type Token } from './token.ts';

const namePattern = /[0-9A-Za-z_-]*/y;
const uriPattern = /(?:[0-9A-Za-z_\-;/?:@&=+$,.!~*'()[\]]|%[0-9A-Fa-f]{2})*/y;

/** What may follow an anchor or an alias directly: `? : , ] } % @` and a backquote. */
const behindName = new Set([63, 58, 44, 93, 125, 37, 64, 96]);

/** An anchor or an alias. */
export function scanAnchor(cursor: Cursor, kind: 'anchor' | 'alias'): Token {
  const start = cursor.at;
  cursor.at += 1;
  const name = passPattern(cursor, namePattern);
  const next = peek(cursor);
  if (name === '' || !(isBlankOrEnd(next) || behindName.has(next)))
    throw new Refusal(
      `the name of an ${kind} can contain only letters, digits, - and _`,
      start,
      cursor.at + 1,
    );
  return newToken(kind, start, cursor.at, name);
}

/** A tag: `!<uri>`, `!!suffix`, `!suffix` or `!` alone. */
export function scanTag(cursor: Cursor): Token {
  const start = cursor.at;
  const tag = peek(cursor, 1) === 60 ? verbatimTag(cursor) : shorthandTag(cursor);
  if (!isBlankOrEnd(peek(cursor))) throw new Refusal('a tag must end with a space', start, cursor.at + 1);
  return newToken('tag', start, cursor.at, tag);
}

const namedHandle = /![0-9A-Za-z_-]+!/y;

/** The handle of a tag that only a directive could define, which go-yaml's parser refuses, and its scanner does not. */
export function undefinedHandle(text: string, { start }: Token): string | undefined {
  namedHandle.lastIndex = start;
  return namedHandle.exec(text)?.[0];
}

function verbatimTag(cursor: Cursor): string {
  const start = cursor.at;
  cursor.at += 2;
  const uri = passUri(cursor, start);
  if (uri === '' || peek(cursor) !== 62)
    throw new Refusal('a tag must be written !<uri>', start, cursor.at + 1);
  cursor.at += 1;
  return uri;
}

function shorthandTag(cursor: Cursor): string {
  const start = cursor.at;
  cursor.at += 1;
  const name = passPattern(cursor, namePattern);
  if (peek(cursor) !== 33) return `!${name}${passUri(cursor, start)}`;
  cursor.at += 1;
  const suffix = passUri(cursor, start);
  if (suffix === '') throw new Refusal('the tag has no name', start, cursor.at);
  return name === '' ? `tag:yaml.org,2002:${suffix}` : `!${name}!${suffix}`;
}

function passUri(cursor: Cursor, start: number): string {
  const uri = passPattern(cursor, uriPattern);
  if (peek(cursor) === 37)
    throw new Refusal('a % in a tag needs two hexadecimal digits', start, cursor.at + 1);
  if (!uri.includes('%')) return uri;
  try {
    return decodeURIComponent(uri);
  } catch {
    throw new Refusal('the escapes of the tag are not UTF-8', start, cursor.at);
  }
}

function passPattern(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  const [match = ''] = pattern.exec(cursor.text) ?? [];
  const passed = match.slice(0, cursor.end - cursor.at);
  cursor.at += passed.length;
  return passed;
}
