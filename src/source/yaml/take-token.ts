import { fetchNext } from './fetch-token.ts';
import { isUsable } from './simple-key.ts';
import type { Token } from './token.ts';
import type { Tokens } from './tokens.ts';

/** The next token, which stays the next. */
export function peekToken(tokens: Tokens): Token {
  if (!tokens.isHeadReady) fetchMore(tokens);
  tokens.isHeadReady = true;
  return tokens.queue[tokens.head] as Token;
}

export function takeToken(tokens: Tokens): Token {
  const token = peekToken(tokens);
  tokens.isHeadReady = false;
  tokens.taken += 1;
  tokens.head += 1;
  if (tokens.head > 1000) {
    tokens.queue.splice(0, tokens.head);
    tokens.head = 0;
  }
  return token;
}

function fetchMore(tokens: Tokens): void {
  const ahead = tokens.dialect.isThird ? 2 : 0;
  for (;;) {
    if (tokens.queue.length - tokens.head > ahead) {
      const key = tokens.keys[tokens.keysByNumber.get(tokens.taken) ?? -1];
      if (key === undefined || !isUsable(tokens, key)) return;
    }
    fetchNext(tokens);
  }
}
