/** A dash or a key on a line, with what stands behind it. */
export interface LinePart {
  readonly is: 'key' | 'item';
  readonly key: string;
  readonly column: number;
  readonly end: number;
  readonly value: string;
  readonly valueColumn: number;
}

const keyPattern =
  /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|((?:[^\s#:"'[\]{},&*!|>%@`-]|-(?=\S)|:(?=\S))(?:[^:#\n]|:(?=\S)|(?<=\S)#)*?))\s*:(?=\s|$)/u;

/** Deeper than anyone nests: what stands within that is left out. */
export const deepest = 500;

// Longer ones are none (YAML 1.2, 7.4.2), and a pattern would try each of their blanks.
export const longestKey = 1024;

/** The dashes of a line and its key, from left to right. */
export function readLine(text: string): LinePart[] {
  const parts: LinePart[] = [];
  let column = text.search(/\S/u);
  while (column >= 0 && parts.length < deepest && /^-(?:\s|$)/u.test(text.slice(column, column + 2))) {
    const rest = text.slice(column + 1);
    const blanks = rest.search(/\S/u);
    const valueColumn = column + 1 + Math.max(blanks, 0);
    const value = blanks < 0 ? '' : withoutComment(rest.slice(blanks));
    parts.push({ is: 'item', key: '', column, end: column + 1, value, valueColumn });
    if (blanks < 0) return parts;
    column = valueColumn;
  }
  const key = column < 0 ? undefined : keyAt(text, column);
  if (key === undefined) return parts;
  // The value of the item is the mapping that begins here.
  const item = parts.pop();
  return [...parts, ...(item === undefined ? [] : [{ ...item, value: '' }]), key];
}

function keyAt(text: string, column: number): LinePart | undefined {
  const match = keyPattern.exec(text.slice(column, column + longestKey));
  if (match === null) return undefined;
  const [whole, double, single, plain = ''] = match;
  const rest = text.slice(column + whole.length);
  const blanks = Math.max(rest.search(/\S/u), 0);
  return {
    is: 'key',
    key: double ?? single?.replaceAll("''", "'") ?? plain,
    column,
    end: column + whole.length - 1,
    value: withoutComment(rest.slice(blanks)),
    valueColumn: column + whole.length + blanks,
  };
}

/** The last of a text that holds none of some characters. */
export function tailWithout(text: string, ending: RegExp): string {
  let start = text.length;
  while (start > 0 && !ending.test(text.charAt(start - 1))) start -= 1;
  return text.slice(start);
}

/** What stands before a comment: `#` begins one behind a blank, outside of quotes. */
export function withoutComment(text: string): string {
  const end = commentStart(text);
  return (end < 0 ? text : text.slice(0, end)).trimEnd();
}

/** Where a comment begins; -1 where there is none. */
export function commentStart(text: string): number {
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (quote !== '') {
      if (character === '\\' && quote === '"') index += 1;
      else if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && /^$|[\s[{,:-]/u.test(text[index - 1] ?? ''))
      quote = character;
    else if (character === '#' && (index === 0 || /\s/u.test(text[index - 1] ?? ''))) return index;
  }
  return -1;
}
