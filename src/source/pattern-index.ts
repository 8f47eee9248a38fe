import { addTo } from '../diagnostic/grouped.ts';

/** A pattern over the segments of paths: an anchored one begins at the first of them, any other one may begin at each. */
export interface SegmentPattern {
  readonly segments: readonly string[];
  readonly anchored: boolean;
}

type Where = 'whole' | 'prefix' | 'suffix' | 'within';

/** A text that some name of a path has to be, to begin or end with, or to hold. */
interface Piece {
  readonly where: Where;
  readonly text: string;
}

/** The places of patterns by the piece that is looked for, and how long these pieces are at most. */
interface ByText {
  readonly places: Map<string, number[]>;
  longest: number;
}

type Index = Readonly<Record<Where, ByText>>;

// Each stretch of a name up to this length is looked up.
const longestWithin = 12;

/** Files patterns by the rarest text that they ask for literally: those that may match a path, in their order. */
export function openPatternIndex<P extends SegmentPattern>(
  patterns: readonly P[],
): (path: readonly string[]) => readonly P[] {
  const pieces = patterns.map(({ segments }) => segments.flatMap(piecesOf));
  const counts = new Map<string, number>();
  for (const key of pieces.flat().map(keyOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const index: Index = { whole: newTexts(), prefix: newTexts(), suffix: newTexts(), within: newTexts() };
  const anywhere: number[] = [];
  for (const [place, own] of pieces.entries()) {
    const rarest = rarestOf(own, counts);
    if (rarest === undefined) anywhere.push(place);
    else file(index[rarest.where], rarest.text, place);
  }
  return (path) => {
    const found = new Set(anywhere);
    for (const name of path) collect(index, name, found);
    return [...found].sort((a, b) => a - b).flatMap((place) => patterns[place] ?? []);
  };
}

function newTexts(): ByText {
  return { places: new Map(), longest: 0 };
}

/** What a segment asks for: all of it where nothing in it is a wildcard, else what stands before, behind and between them. */
function piecesOf(segment: string): Piece[] {
  const [first = '', ...others] = segment.split(/[*?]+/u);
  const last = others.pop();
  if (last === undefined) return first === '' ? [] : [{ where: 'whole', text: first }];
  const within = others.map((text): Piece => ({ where: 'within', text: text.slice(0, longestWithin) }));
  const all: Piece[] = [{ where: 'prefix', text: first }, ...within, { where: 'suffix', text: last }];
  return all.filter(({ text }) => text !== '');
}

function keyOf({ where, text }: Piece): string {
  return `${where} ${text}`;
}

function rarestOf(pieces: readonly Piece[], counts: ReadonlyMap<string, number>): Piece | undefined {
  const countOf = (piece: Piece): number => counts.get(keyOf(piece)) ?? 0;
  return pieces.reduce<Piece | undefined>(
    (rarest, piece) => (rarest === undefined || countOf(piece) < countOf(rarest) ? piece : rarest),
    undefined,
  );
}

function file(byText: ByText, text: string, place: number): void {
  addTo(byText.places, text, place);
  byText.longest = Math.max(byText.longest, text.length);
}

function collect({ whole, prefix, suffix, within }: Index, name: string, found: Set<number>): void {
  const lookUp = ({ places }: ByText, text: string): void => {
    for (const place of places.get(text) ?? []) found.add(place);
  };
  lookUp(whole, name);
  for (let length = 1; length <= Math.min(prefix.longest, name.length); length++)
    lookUp(prefix, name.slice(0, length));
  for (let length = 1; length <= Math.min(suffix.longest, name.length); length++)
    lookUp(suffix, name.slice(name.length - length));
  for (let length = 1; length <= Math.min(within.longest, name.length); length++)
    for (let at = 0; at + length <= name.length; at++) lookUp(within, name.slice(at, at + length));
}
