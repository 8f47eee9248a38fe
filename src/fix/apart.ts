import type { Edit } from '../diagnostic/fix.ts';
import { addTo } from '../diagnostic/grouped.ts';
import type { Span } from '../diagnostic/span.ts';
import { isSameEdit, touches } from './edit-text.ts';
import type { Fixable } from './prove.ts';

/** Fixes that do not touch each other, which are asked by place: thousands of one file are not compared with each other. */
export interface Apart {
  readonly chosen: readonly Fixable[];
  /** Whether a fix touches one of them. */
  conflicts(fixable: Fixable): boolean;
  add(fixable: Fixable): void;
}

export function newApart(): Apart {
  const chosen: Fixable[] = [];
  const byFile = new Map<string, Fixable[]>();
  const byStretch = new Map<string, Fixable[]>();
  const regions = new Map<string, Fixable[]>();
  return {
    chosen,
    conflicts(fixable) {
      const { edits, region } = fixable.fix;
      const near = edits.flatMap(({ span }) => [
        ...(regions.get(span.file.path) ?? []),
        ...stretchesOf(span).flatMap((stretch) => byStretch.get(stretch) ?? []),
      ]);
      const inRegion = region === undefined ? [] : (byFile.get(region.file.path) ?? []);
      return [...near, ...inRegion].some((other) => conflict(fixable, other));
    },
    add(fixable) {
      const { edits, region } = fixable.fix;
      chosen.push(fixable);
      if (region !== undefined) addTo(regions, region.file.path, fixable);
      for (const path of new Set(edits.map(({ span }) => span.file.path))) addTo(byFile, path, fixable);
      for (const stretch of new Set(edits.flatMap(({ span }) => stretchesOf(span))))
        addTo(byStretch, stretch, fixable);
    },
  };
}

const stretchLength = 512;

/** The stretches of a file that a span has a part in, so that spans which touch have one in common. */
function stretchesOf({ file, start, end }: Span): string[] {
  const first = Math.floor(start / stretchLength);
  const count = Math.floor(end / stretchLength) - first + 1;
  return Array.from({ length: count }, (_, index) => `${file.path}\0${first + index}`);
}

function conflict({ fix: one }: Fixable, { fix: other }: Fixable): boolean {
  return (
    isWithin(one.region, other.edits) ||
    isWithin(other.region, one.edits) ||
    one.edits.some((edit) =>
      other.edits.some((another) => !isSameEdit(edit, another) && touches(edit.span, another.span)),
    )
  );
}

function isWithin(region: Span | undefined, edits: readonly Edit[]): boolean {
  return region !== undefined && edits.some(({ span }) => touches(span, region));
}
