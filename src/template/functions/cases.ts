import { computes } from '../value/go-function.ts';
import { lowerOf, upperOf } from '../value/letters.ts';
import type { Functions } from '../value/model.ts';
import { latinOf, textOfLatin } from './bytes.ts';

/** The functions of sprig 3.3 that change the case of letters, or where words and lines break (xstrings 1.5, goutils 1.1). */
export const caseFunctions: Functions = {
  title: computes(['text'], titled),
  untitle: computes(['text'], (text) =>
    text.replaceAll(/(^|\s)(\S)/gu, (_, space: string, one: string) => space + lowerOf(one)),
  ),
  swapcase: computes(['text'], (text) =>
    [...text].map((one) => (one === upperOf(one) ? lowerOf(one) : upperOf(one))).join(''),
  ),
  initials: computes(['text'], (text) =>
    latinOf(text)
      .trim()
      .split(/\s+/u)
      .map((word) => [...word][0] ?? '')
      .join(''),
  ),
  camelcase: computes(['text'], pascalCase),
  snakecase: computes(['text'], (text) => joinWords(text, '_')),
  kebabcase: computes(['text'], (text) => joinWords(text, '-')),
  abbrev: computes(['int', 'text'], (width, text) =>
    width < 4 ? text : textOfLatin(abbreviated(latinOf(text), 0, width)),
  ),
  abbrevboth: computes(['int', 'int', 'text'], (left, right, text) =>
    right < 4 || (left > 0 && right < 7) ? text : textOfLatin(abbreviated(latinOf(text), left, right)),
  ),
  wrap: computes(['int', 'text'], (width, text) => textOfLatin(wrapped(latinOf(text), width, '\n', false))),
  wrapWith: computes(['int', 'text', 'text'], (width, separator, text) =>
    textOfLatin(wrapped(latinOf(text), width, latinOf(separator), true)),
  ),
};

/** As strings.Title: each letter that no letter, digit, underscore or apostrophe-free word character stands before. */
function titled(text: string): string {
  return text.replaceAll(/(?<![\p{L}\p{Nd}_'])\p{L}/gu, (one) => upperOf(one));
}

const isConnector = (rune: string): boolean => /[-_\s]/u.test(rune);

function pascalCase(text: string): string {
  const runes = [...text];
  const start = runes.findIndex((rune) => !isConnector(rune));
  if (start < 0) return text;
  let made = runes.slice(0, start).join('');
  let isFirstUpper = isUpper(runes[start] ?? '');
  let last = upperOf(runes[start] ?? '');
  for (const rune of runes.slice(start + 1)) {
    const before = last;
    last = rune;
    if (isConnector(rune) && isConnector(before)) made += before;
    else if (isConnector(before)) {
      isFirstUpper = isUpper(rune);
      last = upperOf(rune);
    } else {
      if (isFirstUpper && isUpper(rune)) last = lowerOf(rune);
      else isFirstUpper = false;
      made += before;
    }
  }
  return made + last;
}

function isUpper(rune: string): boolean {
  return /\p{Lu}/u.test(rune);
}

type WordKind = 'number' | 'upper' | 'alphabet' | 'connector' | 'punct' | 'other' | 'none';

interface Word {
  readonly kind: WordKind;
  readonly text: string;
}

const wordPattern =
  /(?<connector>[-_\s]+)|(?<punct>\p{P}+)|(?<upper>\p{Lu}+(?=\p{Lu}[\p{Ll}\p{Lt}\p{Lm}\p{Lo}])|\p{Lu}{2,}|\p{Lu}[\p{Ll}\p{Lt}\p{Lm}\p{Lo}]*)|(?<alphabet>[\p{Ll}\p{Lt}\p{Lm}\p{Lo}]+)|(?<number>\p{N}+)|(?<other>[^-_\s\p{P}\p{L}\p{N}]+)/gu;

function wordsOf(text: string): Word[] {
  return [...text.matchAll(wordPattern)].map(({ 0: word, groups = {} }) => ({
    kind: (Object.entries(groups).find(([, group]) => group !== undefined)?.[0] ?? 'other') as WordKind,
    text: word,
  }));
}

const nothing: Word = { kind: 'none', text: '' };

/** The words of a text in small letters with a connector between; what a number belongs to depends on what stands around it. */
function joinWords(text: string, connector: string): string {
  const words = wordsOf(text);
  let made = '';
  let at = 0;
  const next = (): Word => words[at++] ?? nothing;
  const hasMore = (): boolean => at < words.length;
  const write = ({ kind, text: word }: Word): void => {
    if (kind === 'connector') made += connector.repeat([...word].length);
    else made += kind === 'upper' ? lowerOf(word) : word;
  };
  const isWord = ({ kind }: Word): boolean => kind !== 'none' && kind !== 'connector' && kind !== 'punct';
  const writeAll = (word: Word): Word => {
    let current = word;
    while (current.kind === 'alphabet' || current.kind === 'number') {
      write(current);
      current = next();
    }
    if (isWord(current)) made += connector;
    return current;
  };
  let word = next();
  while (hasMore()) {
    if (word.kind !== 'connector') write(word);
    const before = word;
    word = next();
    if (before.kind === 'number') word = writeAll(word);
    else if (before.kind === 'connector') write(before);
    else if (before.kind !== 'punct') {
      if (word.kind !== 'number') {
        if (word.kind !== 'connector' && word.kind !== 'punct') made += connector;
      } else if (hasMore()) {
        const number = word;
        word = next();
        if (word.kind === 'alphabet') {
          made += connector;
          write(number);
          word = writeAll(word);
        } else {
          write(number);
          if (word.kind !== 'connector' && word.kind !== 'punct') made += connector;
        }
      }
    }
  }
  write(word);
  return made;
}

/** goutils.AbbreviateFull, which counts bytes: dots for what is cut off at either end. */
function abbreviated(text: string, offset: number, width: number): string {
  if (text.length <= width) return text;
  let start = Math.min(offset, text.length);
  if (text.length - start < width - 3) start = text.length - (width - 3);
  if (start <= 4) return `${text.slice(0, width - 3)}...`;
  return start + width - 3 < text.length
    ? `...${abbreviated(text.slice(start), 0, width - 3)}`
    : `...${text.slice(text.length - (width - 3))}`;
}

/** goutils.WrapCustom: lines that are broken at spaces, and long words where that is wanted. */
function wrapped(text: string, wanted: number, separator: string, breaksWords: boolean): string {
  const width = Math.max(1, wanted);
  const line = separator === '' ? '\n' : separator;
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    if (rest.startsWith(' ')) {
      rest = rest.slice(1);
      continue;
    }
    const inside = rest.slice(0, width + 1).lastIndexOf(' ');
    const behind = inside >= 0 ? inside : breaksWords ? -1 : rest.indexOf(' ', width);
    if (behind >= 0) {
      lines.push(rest.slice(0, behind));
      rest = rest.slice(behind + 1);
    } else if (breaksWords) {
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    } else {
      lines.push(rest);
      return lines.join(line);
    }
  }
  return [...lines, rest].join(line);
}
