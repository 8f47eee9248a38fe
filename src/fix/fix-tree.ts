import type { Span } from '../diagnostic/span.ts';
import type { Report } from '../report/report.ts';
import type { FileSystem } from '../source/file-system.ts';
import { withFiles } from '../source/overlay.ts';
import { applyEdits, isSameEdit, touches } from './edit-text.ts';
import type { Judge, Judgement } from './judgement.ts';
import { type Fixable, refutation } from './prove.ts';

/** A file that fixes change. */
export interface FixedFile {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** A fix that is not made, and why. */
export interface RefusedFix extends Fixable {
  readonly why: string;
}

export interface FixOutcome {
  readonly files: readonly FixedFile[];
  readonly applied: readonly Fixable[];
  readonly refused: readonly RefusedFix[];
  /** What was found without them. */
  readonly before: Report;
  /** What is found in the tree with the fixes. */
  readonly report: Report;
}

// Each round makes at least one fix; so many have never met in one place.
const maximumRounds = 50;

/**
 * Makes the fixes of the findings in memory: each round those that do not touch each other, and of these the ones for which
 * it is proven that they change nothing else.
 */
export function fixTree(fileSystem: FileSystem, judge: Judge): FixOutcome {
  const applied: Fixable[] = [];
  const refused = new Map<string, RefusedFix>();
  let files: ReadonlyMap<string, Uint8Array> = new Map();
  const first = judge(fileSystem);
  let judgement = first;
  for (let round = 0; round < maximumRounds; round++) {
    const open = fixablesOf(judgement.report).filter(({ finding }) => !refused.has(finding.fingerprint));
    const [chosen, unwritable] = chooseApart(open, fileSystem);
    for (const one of unwritable) refused.set(one.finding.fingerprint, one);
    if (chosen.length === 0) break;
    const base = { fileSystem, files, judgement, judge };
    const made = applyProven(base, { fixables: [], files, judgement }, chosen, (one) =>
      refused.set(one.finding.fingerprint, one),
    );
    if (made.fixables.length === 0) continue;
    applied.push(...made.fixables);
    files = made.files;
    judgement = made.judgement;
  }
  return {
    files: [...files].flatMap(([path, after]) => {
      const before = fileSystem.read(path);
      return typeof before === 'string' ? [] : [{ path, before, after }];
    }),
    applied,
    refused: [...refused.values()],
    before: first.report,
    report: judgement.report,
  };
}

function fixablesOf({ findings }: Report): Fixable[] {
  return findings.flatMap((finding) => (finding.fix === undefined ? [] : [{ finding, fix: finding.fix }]));
}

/** Fixes that do not touch each other, the first of those that do, and those whose files cannot be written. */
function chooseApart(
  fixables: readonly Fixable[],
  fileSystem: FileSystem,
): [chosen: Fixable[], unwritable: RefusedFix[]] {
  const chosen: Fixable[] = [];
  const unwritable: RefusedFix[] = [];
  for (const fixable of fixables) {
    const link = fixable.fix.edits.find(({ span: { file } }) => fileSystem.realPath(file.path) !== file.path);
    if (link !== undefined)
      unwritable.push({ ...fixable, why: `${link.span.file.path} is reached by a symbolic link` });
    else if (!chosen.some((other) => conflicts(fixable, other))) chosen.push(fixable);
  }
  return [chosen, unwritable];
}

function conflicts({ fix: one }: Fixable, { fix: other }: Fixable): boolean {
  const isApart = (a: Span, b: Span): boolean => !touches(a, b);
  if (one.region !== undefined && other.edits.some(({ span }) => !isApart(span, one.region ?? span)))
    return true;
  if (other.region !== undefined && one.edits.some(({ span }) => !isApart(span, other.region ?? span)))
    return true;
  return one.edits.some((edit) =>
    other.edits.some((another) => !isSameEdit(edit, another) && touches(edit.span, another.span)),
  );
}

interface Base {
  readonly fileSystem: FileSystem;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly judgement: Judgement;
  readonly judge: Judge;
}

interface Made {
  readonly fixables: readonly Fixable[];
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly judgement: Judgement;
}

/** What is made of `base` so far, with those of `candidates` that can be proven beside it; halves find the others. */
function applyProven(
  base: Base,
  made: Made,
  candidates: readonly Fixable[],
  refuse: (one: RefusedFix) => void,
): Made {
  const fixables = [...made.fixables, ...candidates];
  const files = withEdits(base, fixables);
  const judgement = base.judge(withFiles(base.fileSystem, files));
  const why = refutation(base.judgement, judgement, fixables);
  if (why === undefined) return { fixables, files, judgement };
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) {
    refuse({ ...only, why });
    return made;
  }
  const middle = Math.ceil(candidates.length / 2);
  const first = applyProven(base, made, candidates.slice(0, middle), refuse);
  return applyProven(base, first, candidates.slice(middle), refuse);
}

const byteOrderMark = [0xef, 0xbb, 0xbf];

function withEdits(
  { fileSystem, files }: Base,
  fixables: readonly Fixable[],
): ReadonlyMap<string, Uint8Array> {
  const edits = fixables.flatMap(({ fix }) => fix.edits);
  const changed = new Map(files);
  for (const path of new Set(edits.map(({ span }) => span.file.path))) {
    const own = edits.filter(({ span }) => span.file.path === path);
    const before = files.get(path) ?? fileSystem.read(path);
    const text = own[0]?.span.file.text ?? '';
    const hasMark =
      typeof before !== 'string' && byteOrderMark.every((byte, index) => before[index] === byte);
    const encoded = new TextEncoder().encode(applyEdits(text, own));
    changed.set(path, hasMark ? Uint8Array.from([...byteOrderMark, ...encoded]) : encoded);
  }
  return changed;
}
