/** Whether Go's path.Match finds a path like the pattern: stars and classes stay within one part of it. A malformed pattern matches nothing. */
export function matchesPath(pattern: string, path: string): boolean {
  const parts = path.split('/');
  const wanted = pattern.split('/');
  return (
    parts.length === wanted.length && wanted.every((part, index) => matchesPart(part, parts[index] ?? ''))
  );
}

/** The same for one part, or for a whole path where a star goes over slashes, too. */
export function matchesPart(pattern: string, text: string): boolean {
  const tokens = tokensOf(pattern);
  return tokens !== undefined && matchesTokens(tokens, [...text]);
}

/** Go's filepath.Match of one pattern, read once; undefined where it is malformed. Classes alone match a slash. */
export function pathMatcher(pattern: string): ((path: string) => boolean) | undefined {
  const tokens = tokensOf(pattern)?.map((token) => (token === anyCharacter ? anyButSlash : token));
  if (tokens === undefined) return undefined;
  return (path) => matchesTokens(tokens, [...path], '/');
}

const anyCharacter = (): boolean => true;
const anyButSlash = (character: string): boolean => character !== '/';

/** A star, or what one character has to be. */
export type GlobToken = 'any' | ((character: string) => boolean);

/** A pattern in tokens; undefined where it is malformed. */
export function tokensOf(pattern: string): GlobToken[] | undefined {
  const characters = [...pattern];
  const tokens: GlobToken[] = [];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    if (character === '*') tokens.push('any');
    else if (character === '?') tokens.push(anyCharacter);
    else if (character === '[') {
      const found = classAt(characters, at + 1);
      if (found === undefined) return undefined;
      tokens.push(found.accepts);
      at = found.end;
    } else {
      const literal = character === '\\' ? characters[++at] : character;
      if (literal === undefined) return undefined;
      tokens.push((one) => one === literal);
    }
  }
  return tokens;
}

/** `[a-z]` or `[^a-z]` from behind its bracket to the one that closes it. */
function classAt(
  characters: readonly string[],
  start: number,
): { accepts: (one: string) => boolean; end: number } | undefined {
  const isNegated = characters[start] === '^';
  let at = isNegated ? start + 1 : start;
  const ranges: [string, string][] = [];
  const take = (): string | undefined => {
    const isEscaped = characters[at] === '\\';
    if (isEscaped) at += 1;
    const one = characters[at++];
    return !isEscaped && (one === '-' || one === ']') ? undefined : one;
  };
  do {
    const low = take();
    if (low === undefined) return undefined;
    let high: string | undefined = low;
    if (characters[at] === '-') {
      at += 1;
      high = take();
    }
    if (high === undefined) return undefined;
    ranges.push([low, high]);
  } while (at < characters.length && characters[at] !== ']');
  if (characters[at] !== ']') return undefined;
  const isIn = (one: string): boolean => ranges.some(([low, high]) => low <= one && one <= high);
  return { accepts: (one) => isIn(one) !== isNegated, end: at };
}

// In time that grows with the product of the lengths. A star does not go over the character where it ends.
function matchesTokens(tokens: readonly GlobToken[], text: readonly string[], starEnd?: string): boolean {
  let at = 0;
  let position = 0;
  let star = -1;
  let resume = 0;
  while (position < text.length) {
    const token = tokens[at];
    if (token === 'any') {
      star = at++;
      resume = position;
    } else if (token?.(text[position] ?? '') === true) {
      at += 1;
      position += 1;
    } else if (star >= 0 && text[resume] !== starEnd) {
      at = star + 1;
      position = ++resume;
    } else return false;
  }
  while (tokens[at] === 'any') at += 1;
  return at === tokens.length;
}
