import { ownOf } from '../../../source/own.ts';
/** Says whether the pattern is found in the text, or undefined where RE2 has to. */
export type NativePattern = (text: string) => boolean | undefined;

/** A part of a pattern: as JavaScript writes it, what any match holds, and how often a backtracking engine may try it. */
interface Part {
  readonly source: string;
  /** Of each of these lists one text at least has to be there. */
  readonly needs: readonly (readonly string[])[];
  /** Steps for a text of `length` characters; infinite where there is no bound worth having. */
  readonly steps: (length: number) => number;
}

interface Reader {
  readonly text: string;
  at: number;
}

// About a millisecond.
const stepLimit = 1_000_000;

/**
 * The common simple patterns of RE2 as JavaScript's, which needs no engine to be loaded: first whether the text holds what every match
 * holds, then the native match, if even its worst case is short. Whatever is not plainly the same in both is left to RE2.
 */
export function nativePattern(pattern: string): NativePattern | undefined {
  const reader = { text: pattern, at: 0 };
  const branches = readBranches(reader);
  if (branches === undefined || reader.at < pattern.length) return undefined;
  const compiled = branches.map((part) => ({ ...part, regExp: undefined as RegExp | undefined }));
  return (text) => {
    let isOpen = false;
    for (const branch of compiled) {
      if (!branch.needs.every((any) => any.some((literal) => text.includes(literal)))) continue;
      if (branch.steps(text.length) * (text.length + 1) > stepLimit) isOpen = true;
      else {
        branch.regExp ??= new RegExp(branch.source, 'u');
        if (branch.regExp.test(text)) return true;
      }
    }
    return isOpen ? undefined : false;
  };
}

function readBranches(reader: Reader): Part[] | undefined {
  const branches: Part[] = [];
  for (;;) {
    const branch = readSequence(reader);
    if (branch === undefined) return undefined;
    branches.push(branch);
    if (reader.text[reader.at] !== '|') return branches;
    reader.at += 1;
  }
}

function readSequence(reader: Reader): Part | undefined {
  const parts: Part[] = [];
  let run = '';
  const needs: (readonly string[])[] = [];
  const endRun = () => {
    if (run !== '') needs.push([run]);
    run = '';
  };
  while (reader.at < reader.text.length && !'|)'.includes(reader.text[reader.at] ?? '')) {
    const start = reader.at;
    const part = readRepeated(reader);
    if (part === undefined) return undefined;
    parts.push(part);
    // Single characters side by side are one text to look for.
    const isSingle = reader.at - start === (reader.text[start] === '\\' ? 2 : 1);
    const literal = isSingle ? part.needs[0]?.[0] : undefined;
    if (literal !== undefined) run += literal;
    else {
      endRun();
      needs.push(...part.needs);
    }
  }
  endRun();
  return {
    source: parts.map(({ source }) => source).join(''),
    needs,
    steps: (length) => parts.reduce((product, part) => product * part.steps(length), 1),
  };
}

function readRepeated(reader: Reader): Part | undefined {
  const isGroup = reader.text[reader.at] === '(';
  const part = isGroup ? readGroup(reader) : readAtom(reader);
  if (part === undefined) return undefined;
  const quantifier = /^(?:[?*+]|\{(\d{1,3})(,(\d{1,3})?)?\})/u.exec(reader.text.slice(reader.at));
  if (quantifier === null) return reader.text[reader.at] === '{' ? undefined : part;
  if (part.source === '^' || part.source === '$') return undefined;
  reader.at += quantifier[0].length;
  if (/[?*+{]/u.test(reader.text[reader.at] ?? '')) return undefined;
  const [sign, least, comma, most] = quantifier;
  const from = least === undefined ? (sign === '+' ? 1 : 0) : Number(least);
  const to =
    least === undefined ? (sign === '?' ? 1 : undefined) : comma === undefined ? from : numberOf(most);
  if (to !== undefined && to < from) return undefined;
  return {
    source: `${part.source}${sign}`,
    needs: from > 0 ? part.needs : [],
    steps: (length) => repeatedSteps(part.steps(length), { isGroup, from, to, length }),
  };
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function repeatedSteps(
  once: number,
  { isGroup, from, to, length }: { isGroup: boolean; from: number; to: number | undefined; length: number },
): number {
  if (!isGroup) return (to ?? length + from) - from + 1;
  // A repeated group may split one text in many ways: no bound is worth having.
  return to !== undefined && to <= 1 ? 1 + once : Number.POSITIVE_INFINITY;
}

function readGroup(reader: Reader): Part | undefined {
  reader.at += 1;
  if (reader.text[reader.at] === '?') {
    if (!reader.text.startsWith('?:', reader.at)) return undefined;
    reader.at += 2;
  }
  const branches = readBranches(reader);
  if (branches === undefined || reader.text[reader.at] !== ')') return undefined;
  reader.at += 1;
  return {
    source: `(?:${branches.map(({ source }) => source).join('|')})`,
    needs: alternatives(branches),
    steps: (length) => branches.reduce((sum, branch) => sum + branch.steps(length), 0),
  };
}

/** One text of the first need of each branch, where every branch has one. */
function alternatives(branches: readonly Part[]): (readonly string[])[] {
  const firsts = branches.map(({ needs }) => needs[0]);
  return firsts.every((first) => first !== undefined) ? [firsts.flat() as string[]] : [];
}

const single = (): number => 1;
const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f' };
const classes: Readonly<Record<string, string>> = { s: '\\t\\n\\f\\r ', d: '0-9', w: '0-9A-Za-z_' };

function readAtom(reader: Reader): Part | undefined {
  const character = reader.text[reader.at] ?? '';
  if (character === '[') return readClass(reader);
  reader.at += 1;
  if (character === '^' || character === '$') return { source: character, needs: [], steps: single };
  if (character === '.') return { source: '[^\\n]', needs: [], steps: single };
  if (character === '\\') {
    const escaped = reader.text[reader.at] ?? '';
    reader.at += 1;
    if (Object.hasOwn(classes, escaped))
      return { source: `[${ownOf(classes, escaped)}]`, needs: [], steps: single };
    const negated = /[SDW]/u.test(escaped) ? ownOf(classes, escaped.toLowerCase()) : undefined;
    if (negated !== undefined) return { source: `[^${negated}]`, needs: [], steps: single };
    const control = ownOf(controls, escaped);
    if (control !== undefined) return { source: `\\${escaped}`, needs: [[control]], steps: single };
    return /^[.$^*+?()[\]{}|\\/]$/u.test(escaped) ? literalOf(escaped) : undefined;
  }
  return /^[ -~\n]$/u.test(character) && !'*+?{}])'.includes(character) ? literalOf(character) : undefined;
}

function literalOf(character: string): Part {
  const source = /[.$^*+?()[\]{}|\\/]/u.test(character) ? `\\${character}` : character;
  return { source, needs: [[character]], steps: single };
}

/** Members are single ASCII characters and ranges of them; what POSIX or Unicode names is left to RE2. */
function readClass(reader: Reader): Part | undefined {
  const [whole] =
    /^\[\^?(?:[^\]\\[]|\[(?!:)|\\[sdwntrf.$^*+?()[\]{}|\\/-])+\]/u.exec(reader.text.slice(reader.at)) ?? [];
  if (whole === undefined || !/^[ -~\n]+$/u.test(whole) || /\\[sdw]-[^\]]|-\\[sdw]/u.test(whole))
    return undefined;
  reader.at += whole.length;
  const source = whole.replaceAll(/\\([sdw])/gu, (_, name: string) => ownOf(classes, name) ?? '');
  try {
    new RegExp(source, 'u');
  } catch {
    return undefined;
  }
  return { source, needs: [], steps: single };
}
