// The common simple patterns of RE2, so that no engine has to be loaded for them. As RE2 does, an automaton reads each character of a
// text once: it is in all the places of the pattern that may have been reached at the same time.

/** Says whether a pattern is found in a text. */
export type PlainPattern = (text: string) => boolean;

/** Characters as a test of their code. */
type Characters = (code: number) => boolean;

/** A pattern as a tree, and what any match of it holds: of each of these lists one text at least has to be there. */
interface Part {
  readonly node: Node;
  readonly needs: readonly (readonly string[])[];
}

type Node =
  | { readonly is: 'characters'; readonly of: Characters }
  | { readonly is: 'start' | 'end' }
  | { readonly is: 'sequence' | 'choice'; readonly parts: readonly Node[] }
  | { readonly is: 'repeat'; readonly part: Node; readonly from: number; readonly to: number | undefined };

interface Reader {
  readonly text: string;
  at: number;
}

/** A pattern of this subset, compiled; undefined for any other, which is RE2's. */
export function plainPattern(pattern: string): PlainPattern | undefined {
  const reader = { text: pattern, at: 0 };
  const branches = readBranches(reader);
  if (branches === undefined || reader.at < pattern.length) return undefined;
  const compiled = branches.map(({ node, needs }) => ({ needs, program: compile(node) }));
  if (compiled.some(({ program }) => program === undefined)) return undefined;
  return (text) =>
    compiled.some(
      ({ needs, program }) =>
        program !== undefined &&
        needs.every((any) => any.some((literal) => text.includes(literal))) &&
        isFound(program, text),
    );
}

/** One step of the automaton: characters and what comes after them, a condition, or two ways on. */
type Step =
  | { readonly is: 'characters'; readonly of: Characters; readonly next: number }
  | { readonly is: 'start' | 'end'; readonly next: number }
  | { readonly is: 'fork'; readonly ways: readonly number[] }
  | { readonly is: 'found' };

interface Program {
  readonly steps: readonly Step[];
  readonly begin: number;
  readonly scratch: Scratch;
}

const mostSteps = 500;

/** The steps from the last to the first; undefined where counted repetitions make too many. */
function compile(node: Node): Program | undefined {
  const steps: Step[] = [{ is: 'found' }];
  const add = (step: Step): number => (steps.length >= mostSteps ? -1 : steps.push(step) - 1);
  const build = (one: Node, next: number): number => {
    if (next < 0 || steps.length >= mostSteps) return -1;
    if (one.is === 'characters') return add({ is: 'characters', of: one.of, next });
    if (one.is === 'sequence') return one.parts.reduceRight((after, part) => build(part, after), next);
    if (one.is === 'choice') return add({ is: 'fork', ways: one.parts.map((part) => build(part, next)) });
    if (one.is !== 'repeat') return add({ is: one.is, next });
    return buildRepeat(one, next);
  };
  const buildRepeat = (
    { part, from, to }: { readonly part: Node; readonly from: number; readonly to: number | undefined },
    next: number,
  ): number => {
    let after = next;
    if (to === undefined) {
      const ways = [next];
      after = add({ is: 'fork', ways });
      ways.unshift(build(part, after));
    } else
      for (let count = from; count < to && after >= 0; count++)
        after = add({ is: 'fork', ways: [build(part, after), next] });
    for (let count = 0; count < from && after >= 0; count++) after = build(part, after);
    return after;
  };
  const begin = build(node, 0);
  const isWhole =
    begin >= 0 && steps.every((step) => step.is !== 'fork' || step.ways.every((way) => way >= 0));
  return isWhole && steps.length < mostSteps ? { steps, begin, scratch: newScratch(steps) } : undefined;
}

/** What one search after another writes into: a pattern is asked of thousands of texts. */
interface Scratch {
  /** The number of the place in a text at which each step was entered last. */
  readonly seen: Float64Array;
  place: number;
  /** Where the automaton waits for the next character, and where it waited for this one. */
  current: Int32Array;
  waiting: Int32Array;
  count: number;
  /** What is still to be entered: each step leads on once at most. */
  readonly open: Int32Array;
}

function newScratch(steps: readonly Step[]): Scratch {
  const ways = steps.reduce((sum, step) => sum + (step.is === 'fork' ? step.ways.length : 1), 0);
  const ofSteps = (): Int32Array => new Int32Array(steps.length);
  const seen = new Float64Array(steps.length);
  return { seen, place: 0, current: ofSteps(), waiting: ofSteps(), count: 0, open: new Int32Array(ways + 1) };
}

/** Whether the automaton gets through anywhere in the text: each character costs at most as many steps as there are. */
function isFound(program: Program, text: string): boolean {
  const { steps, begin, scratch } = program;
  scratch.count = 0;
  for (let at = 0; ; ) {
    const { current: waiting, waiting: current, count } = scratch;
    scratch.place += 1;
    scratch.current = current;
    scratch.waiting = waiting;
    scratch.count = 0;
    const code = at === 0 ? -1 : codeBefore(text, at);
    for (let index = 0; index < count; index++) {
      const step = steps[waiting[index] ?? 0];
      if (step?.is === 'characters' && step.of(code) && enter(program, step.next, at, text)) return true;
    }
    if (enter(program, begin, at, text)) return true;
    if (at >= text.length) return false;
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
}

/** Whether a match ends here; the places that wait for a character go to `current`. */
function enter({ steps, scratch }: Program, first: number, at: number, text: string): boolean {
  const { seen, place, current, open } = scratch;
  let left = 0;
  open[left++] = first;
  while (left > 0) {
    const index = open[--left] ?? 0;
    if (seen[index] === place) continue;
    seen[index] = place;
    const step = steps[index];
    if (step === undefined) continue;
    if (step.is === 'found') return true;
    if (step.is === 'characters') current[scratch.count++] = index;
    else if (step.is === 'fork')
      for (let way = step.ways.length - 1; way >= 0; way--) open[left++] = step.ways[way] ?? 0;
    else if (step.is === 'start' ? at === 0 : at === text.length) open[left++] = step.next;
  }
  return false;
}

function codeBefore(text: string, at: number): number {
  const low = text.charCodeAt(at - 1);
  const isPair = low >= 0xdc00 && low < 0xe000 && at > 1;
  const whole = isPair ? (text.codePointAt(at - 2) ?? 0) : 0;
  return whole > 0xffff ? whole : low;
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
  const parts: Node[] = [];
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
    parts.push(part.node);
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
  return { node: { is: 'sequence', parts }, needs };
}

function readRepeated(reader: Reader): Part | undefined {
  const isGroup = reader.text[reader.at] === '(';
  const part = isGroup ? readGroup(reader) : readAtom(reader);
  if (part === undefined) return undefined;
  const quantifier = /^(?:[?*+]|\{(\d{1,3})(,(\d{1,3})?)?\})/u.exec(
    reader.text.slice(reader.at, reader.at + 9),
  );
  if (quantifier === null) return reader.text[reader.at] === '{' ? undefined : part;
  if (part.node.is === 'start' || part.node.is === 'end') return undefined;
  reader.at += quantifier[0].length;
  if (/[?*+{]/u.test(reader.text[reader.at] ?? '')) return undefined;
  const [sign, least, comma, most] = quantifier;
  const from = least === undefined ? (sign === '+' ? 1 : 0) : Number(least);
  const to =
    least === undefined ? (sign === '?' ? 1 : undefined) : comma === undefined ? from : countOf(most);
  if (to !== undefined && to < from) return undefined;
  return { node: { is: 'repeat', part: part.node, from, to }, needs: from > 0 ? part.needs : [] };
}

function countOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

// Groups within groups are read by calls within calls.
const deepestGroup = 50;

function readGroup(reader: Reader & { depth?: number }): Part | undefined {
  const depth = (reader.depth ?? 0) + 1;
  if (depth > deepestGroup) return undefined;
  reader.at += 1;
  if (reader.text[reader.at] === '?') {
    if (!reader.text.startsWith('?:', reader.at)) return undefined;
    reader.at += 2;
  }
  reader.depth = depth;
  const branches = readBranches(reader);
  reader.depth = depth - 1;
  if (branches === undefined || reader.text[reader.at] !== ')') return undefined;
  reader.at += 1;
  return { node: { is: 'choice', parts: branches.map(({ node }) => node) }, needs: alternatives(branches) };
}

/** One text of the first need of each branch, where every branch has one. */
function alternatives(branches: readonly Part[]): (readonly string[])[] {
  const firsts = branches.map(({ needs }) => needs[0]);
  return firsts.every((first) => first !== undefined) ? [firsts.flat() as string[]] : [];
}

const controls: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['f', '\f'],
]);
const classes: ReadonlyMap<string, string> = new Map([
  ['s', '\t\n\f\r '],
  ['d', '0123456789'],
  ['w', '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_'],
]);

function readAtom(reader: Reader): Part | undefined {
  const character = reader.text[reader.at] ?? '';
  if (character === '[') return readClass(reader);
  reader.at += 1;
  if (character === '^' || character === '$')
    return { node: { is: character === '^' ? 'start' : 'end' }, needs: [] };
  if (character === '.') return anyOf((code) => code !== 10);
  if (character !== '\\')
    return /^[ -~\n]$/u.test(character) && !'*+?{}])'.includes(character) ? literalOf(character) : undefined;
  const escaped = reader.text[reader.at] ?? '';
  reader.at += 1;
  const members = classes.get(escaped.toLowerCase());
  if (members !== undefined) return anyOf(codesOf(members, escaped !== escaped.toLowerCase()));
  const control = controls.get(escaped);
  if (control !== undefined) return literalOf(control);
  return /^[.$^*+?()[\]{}|\\/]$/u.test(escaped) ? literalOf(escaped) : undefined;
}

function anyOf(of: Characters): Part {
  return { node: { is: 'characters', of }, needs: [] };
}

function literalOf(character: string): Part {
  const wanted = character.charCodeAt(0);
  return { node: { is: 'characters', of: (code) => code === wanted }, needs: [[character]] };
}

function codesOf(members: string, isNegated: boolean): Characters {
  const isMember = new Uint8Array(128);
  for (const one of members) isMember[one.charCodeAt(0)] = 1;
  return (code) => (isMember[code] === 1) !== isNegated;
}

/** Members are single ASCII characters and ranges of them; what POSIX or Unicode names is left to RE2. */
function readClass(reader: Reader): Part | undefined {
  const begin = reader.at + 1;
  const isNegated = reader.text[begin] === '^';
  let members = '';
  let at = isNegated ? begin + 1 : begin;
  for (let isFirst = true; isFirst || reader.text[at] !== ']'; isFirst = false) {
    const low = readMember(reader.text, at);
    if (low === undefined) return undefined;
    at = low.end;
    if (reader.text[at] !== '-' || reader.text[at + 1] === ']') members += low.members;
    else {
      const high = readMember(reader.text, at + 1);
      if (high === undefined || low.members.length !== 1 || high.members.length !== 1) return undefined;
      const [from, to] = [low.members.charCodeAt(0), high.members.charCodeAt(0)];
      if (to < from) return undefined;
      for (let code = from; code <= to; code++) members += String.fromCharCode(code);
      at = high.end;
    }
  }
  reader.at = at + 1;
  return anyOf(codesOf(members, isNegated));
}

/** A member of a class: one character, or all of `\\s`, `\\d` and `\\w`. */
function readMember(
  text: string,
  at: number,
): { readonly members: string; readonly end: number } | undefined {
  const character = text[at] ?? '';
  if (character === '\\') {
    const escaped = text[at + 1] ?? '';
    const members = classes.get(escaped) ?? controls.get(escaped);
    if (members !== undefined) return { members, end: at + 2 };
    return /^[.$^*+?()[\]{}|\\/-]$/u.test(escaped) ? { members: escaped, end: at + 2 } : undefined;
  }
  if (!/^[ -~\n]$/u.test(character) || character === ']' || text.startsWith('[:', at)) return undefined;
  return { members: character, end: at + 1 };
}
