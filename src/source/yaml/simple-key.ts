import { type Cursor, columnOf } from './cursor.ts';
import { Refusal } from './refusal.ts';
import type { SimpleKey, Tokens } from './tokens.ts';

/** The number of the token that comes next into the queue. */
export function nextNumber({ taken, queue, head }: Tokens): number {
  return taken + queue.length - head;
}

const longestKey = 1024;

/** Whether a colon here would still make a key of what began there. */
export function isUsable(tokens: Tokens, key: SimpleKey): boolean {
  if (!key.possible) return false;
  const { cursor, dialect } = tokens;
  if (dialect.isJson || (key.line >= cursor.line && key.at + longestKey >= cursor.at)) return true;
  if (key.required) throw noColon(key, cursor);
  key.possible = false;
  return false;
}

function noColon(key: SimpleKey, { at }: Cursor): Refusal {
  const isLong = at - key.at > longestKey;
  const message = isLong ? `a key can have at most ${longestKey} characters` : 'this is not "key: value"';
  return new Refusal(message, key.at);
}

/** What begins here may be a key. */
export function saveKey(tokens: Tokens): void {
  if (!tokens.mayStartKey) return;
  dropKey(tokens);
  const { cursor } = tokens;
  const column = columnOf(cursor);
  const key: SimpleKey = {
    possible: true,
    required: tokens.flowLevel === 0 && tokens.indent === column,
    number: nextNumber(tokens),
    at: cursor.at,
    line: cursor.line,
    column,
  };
  tokens.keys[tokens.keys.length - 1] = key;
  tokens.keysByNumber.set(key.number, tokens.keys.length - 1);
}

/** What may have been a key is none. */
export function dropKey(tokens: Tokens): void {
  const key = tokens.keys.at(-1) as SimpleKey;
  if (!key.possible) return;
  if (key.required) throw noColon(key, tokens.cursor);
  key.possible = false;
  tokens.keysByNumber.delete(key.number);
}
