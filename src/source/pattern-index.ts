/** A pattern over the segments of paths: an anchored one begins at the first of them, any other one may begin at each. */
export interface SegmentPattern {
  readonly segments: readonly string[];
  readonly anchored: boolean;
}

type End = 'prefix' | 'suffix';

/** Patterns by the text that a name has to begin or end with, and how long these texts are at most. */
interface ByText {
  readonly end: End;
  readonly places: Map<string, number[]>;
  longest: number;
}

interface Ends {
  readonly prefix: ByText;
  readonly suffix: ByText;
}

/** Files patterns by what their first named segment asks for literally: those that may match a path, in their order. */
export function openPatternIndex<P extends SegmentPattern>(
  patterns: readonly P[],
): (path: readonly string[]) => readonly P[] {
  const atFirst = newEnds();
  const atAny = newEnds();
  for (const [place, { segments, anchored }] of patterns.entries()) {
    const at = segments.findIndex((segment) => segment !== '' && segment !== '**');
    const isFirst = anchored && !segments.slice(0, at).includes('**');
    file(isFirst ? atFirst : atAny, segments[at] ?? '', place);
  }
  return (path) => {
    const found = new Set<number>();
    collect(atFirst, path[0] ?? '', found);
    for (const name of path) collect(atAny, name, found);
    return [...found].sort((a, b) => a - b).flatMap((place) => patterns[place] ?? []);
  };
}

function newEnds(): Ends {
  const empty = (end: End): ByText => ({ end, places: new Map(), longest: -1 });
  return { prefix: empty('prefix'), suffix: empty('suffix') };
}

function file({ prefix, suffix }: Ends, segment: string, place: number): void {
  const [before = ''] = segment.split(/[*?]/u, 1);
  const isPrefix = before !== '' || segment === '';
  const text = isPrefix ? before : segment.slice(lastWildcard(segment) + 1);
  const byText = isPrefix ? prefix : suffix;
  const known = byText.places.get(text);
  if (known === undefined) byText.places.set(text, [place]);
  else known.push(place);
  byText.longest = Math.max(byText.longest, text.length);
}

function lastWildcard(segment: string): number {
  return Math.max(segment.lastIndexOf('*'), segment.lastIndexOf('?'));
}

function collect(ends: Ends, name: string, found: Set<number>): void {
  for (const { end, places, longest } of [ends.prefix, ends.suffix])
    for (let length = 0; length <= Math.min(longest, name.length); length++) {
      const text = end === 'prefix' ? name.slice(0, length) : name.slice(name.length - length);
      for (const place of places.get(text) ?? []) found.add(place);
    }
}
