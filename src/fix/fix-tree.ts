import { grouped } from '../diagnostic/grouped.ts';
import { runsWithin } from '../diagnostic/runs-within.ts';
import type { Finding, Report } from '../report/report.ts';
import type { FileSystem } from '../source/file-system.ts';
import { withFiles } from '../source/overlay.ts';
import { newApart } from './apart.ts';
import { applyEdits } from './edit-text.ts';
import type { Judge, Judgement } from './judgement.ts';
import { type Fixable, refutations, unprovable } from './prove.ts';

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

/** Which fixes are made. */
export interface FixChoice {
  /** Those with which a program may not work any more as well. */
  readonly unsafe?: boolean;
}

// Each round makes at least one fix; so many have never met in one place.
const maximumRounds = 50;

/**
 * Makes the fixes of the findings in memory: each round those that do not touch each other, and of these the ones for which
 * it is proven that they change nothing else.
 */
export function fixTree(
  fileSystem: FileSystem,
  judge: Judge,
  { unsafe = false }: FixChoice = {},
): FixOutcome {
  const applied: Fixable[] = [];
  const refused = new Map<string, RefusedFix>();
  let files: ReadonlyMap<string, Uint8Array> = new Map();
  const first = judge(fileSystem);
  const proofs = proofsFor(first, judge);
  let judgement = first;
  // What stood in the way of one fix may be repaired by another, so that the refused are tried once more after others were made.
  let isWorthAnother = false;
  for (let round = 0; round < maximumRounds && !proofs.areSpent(); round++) {
    const all = fixablesOf(judgement.report).filter(({ finding }) => !refused.has(keyOf(finding)));
    const open = all.filter(({ fix }) => unsafe || fix.risk === undefined);
    const [chosen, hopeless] = chooseApart(open, fileSystem, judgement);
    for (const one of hopeless) refused.set(keyOf(one.finding), one);
    if (chosen.length === 0) {
      if (!isWorthAnother || refused.size === 0) break;
      refused.clear();
      isWorthAnother = false;
      continue;
    }
    const base = { fileSystem, files, judgement, proofs };
    const made = applyProven(base, { fixables: [], files, judgement }, chosen, (one) =>
      refused.set(keyOf(one.finding), one),
    );
    if (made.fixables.length === 0) continue;
    isWorthAnother ||= refused.size > 0;
    applied.push(...made.fixables);
    files = made.files;
    judgement = made.judgement;
  }
  const left = proofs.areSpent()
    ? fixablesOf(judgement.report)
        .filter(({ finding, fix }) => !refused.has(keyOf(finding)) && (unsafe || fix.risk === undefined))
        .map((one) => ({ ...one, why: unproven }))
    : [];
  const withheld = fixablesOf(judgement.report).flatMap(({ finding, fix }): RefusedFix[] =>
    unsafe || fix.risk === undefined
      ? []
      : [{ finding, fix, why: `it is not safe: ${fix.risk}; --fix --unsafe applies it` }],
  );
  return {
    files: [...files].flatMap(([path, after]) => {
      const before = fileSystem.read(path);
      return typeof before === 'string' ? [] : [{ path, before, after }];
    }),
    applied,
    refused: [...refused.values(), ...withheld, ...left],
    before: first.report,
    report: judgement.report,
  };
}

/** What a finding is told by while others are repaired: fingerprints of what is alike are numbered, and lines move. */
function keyOf({ rule, message, span, occurrences }: Finding): string {
  return JSON.stringify([rule, message, span.file.path, occurrences]);
}

/** What is against making one fix by itself; undefined is the proof. */
export function refuteOne(fileSystem: FileSystem, fixable: Fixable, judge: Judge): string | undefined {
  const judgement = judge(fileSystem);
  const [[chosen], [hopeless]] = chooseApart([fixable], fileSystem, judgement);
  if (chosen === undefined) return hopeless?.why;
  const files = withEdits({ fileSystem, files: new Map() }, [chosen]);
  return refutations(judgement, judge(withFiles(fileSystem, files)), [chosen])[0]?.why;
}

function fixablesOf({ findings }: Report): Fixable[] {
  return findings.flatMap((finding) => (finding.fix === undefined ? [] : [{ finding, fix: finding.fix }]));
}

/** Fixes that do not touch each other, the first of those that do, and those that can be neither written nor proven. */
function chooseApart(
  fixables: readonly Fixable[],
  fileSystem: FileSystem,
  judgement: Judgement,
): [chosen: readonly Fixable[], hopeless: RefusedFix[]] {
  const apart = newApart();
  const hopeless: RefusedFix[] = [];
  for (const fixable of fixables) {
    const why = unprovable(judgement, fixable);
    const link = fixable.fix.edits.find(({ span: { file } }) => fileSystem.realPath(file.path) !== file.path);
    if (link !== undefined)
      hopeless.push({ ...fixable, why: `${link.span.file.path} is reached through a symbolic link` });
    else if (why !== undefined) hopeless.push({ ...fixable, why });
    else if (!apart.conflicts(fixable)) apart.add(fixable);
  }
  return [apart.chosen, hopeless];
}

interface Base {
  readonly fileSystem: FileSystem;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly judgement: Judgement;
  readonly proofs: Proofs;
}

/** Judges trees with fixes, as often as the whole is bearable. */
interface Proofs {
  readonly judge: Judge;
  /** Whether no further tree is judged. */
  areSpent(): boolean;
}

const unproven =
  'the fixes cannot be applied together, and there are too many to check one by one; fix a part at a time';

/** Each tree is about as much work as the first; two are judged in any case. */
function proofsFor({ report }: Judgement, judge: Judge): Proofs {
  const mostTrees = Math.max(2, runsWithin(report));
  let trees = 1;
  return {
    judge: (fileSystem) => {
      trees += 1;
      return judge(fileSystem);
    },
    areSpent: () => trees >= mostTrees,
  };
}

interface Made {
  readonly fixables: readonly Fixable[];
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly judgement: Judgement;
}

/**
 * What is made of `base` so far, with those of `candidates` that can be proven beside it. Where not all can, those go first that
 * have no part in what is against it, and of the others one half after the other.
 */
function applyProven(
  base: Base,
  made: Made,
  candidates: readonly Fixable[],
  refuse: (one: RefusedFix) => void,
): Made {
  if (candidates.length === 0) return made;
  if (base.proofs.areSpent()) {
    for (const one of candidates) refuse({ ...one, why: unproven });
    return made;
  }
  const fixables = [...made.fixables, ...candidates];
  const files = withEdits(base, fixables);
  const judgement = base.proofs.judge(withFiles(base.fileSystem, files));
  const against = refutations(base.judgement, judgement, fixables);
  const [first] = against;
  if (first === undefined) return { fixables, files, judgement };
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) {
    refuse({ ...only, why: first.why });
    return made;
  }
  const suspicious = new Set(against.flatMap((one) => one.files));
  const isSuspect = ({ fix }: Fixable): boolean =>
    fix.edits.some(({ span }) => suspicious.has(span.file.path));
  const suspects = candidates.filter(isSuspect);
  const hasParts = suspects.length > 0 && suspects.length < candidates.length;
  const middle = Math.ceil(candidates.length / 2);
  const parts = hasParts
    ? [candidates.filter((one) => !isSuspect(one)), suspects]
    : [candidates.slice(0, middle), candidates.slice(middle)];
  return parts.reduce((sofar, part) => applyProven(base, sofar, part, refuse), made);
}

const byteOrderMark = [0xef, 0xbb, 0xbf];

function withEdits(
  { fileSystem, files }: Pick<Base, 'fileSystem' | 'files'>,
  fixables: readonly Fixable[],
): ReadonlyMap<string, Uint8Array> {
  const byFile = grouped(
    fixables.flatMap(({ fix }) => fix.edits),
    ({ span }) => span.file.path,
  );
  const changed = new Map(files);
  for (const [path, own] of byFile) {
    const before = files.get(path) ?? fileSystem.read(path);
    const text = own[0]?.span.file.text ?? '';
    const hasMark =
      typeof before !== 'string' && byteOrderMark.every((byte, index) => before[index] === byte);
    const encoded = new TextEncoder().encode(applyEdits(text, own));
    changed.set(path, hasMark ? Uint8Array.from([...byteOrderMark, ...encoded]) : encoded);
  }
  return changed;
}
