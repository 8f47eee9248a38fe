import type { EditWork } from '../object/edit-work.ts';
import type { Origin } from '../object/provenance.ts';
import type { Problem } from './problem.ts';

/** What a run has built so far: kustomizations, those that are built anew for each use counted each time, and the objects in them. */
export interface BuildWork {
  targets: number;
  readonly mostTargets: () => number;
  objects: number;
  readonly mostObjects: () => number;
  readonly edits: EditWork;
  /** What was too much; nothing more is begun then. */
  spent?: string;
}

const maximumTargets = 20_000;
/** A fleet of a million objects has an overlay for each kilobyte of its files. */
const bytesForTarget = 1_000;
// A third of a millisecond each, with what rules say of them; of 455 public repositories none below a megabyte has 1,500.
const maximumObjects = 16_000;
/** A repository may have as many more as it has bytes for: up to here few, since whoever wants a run to take long writes few. */
const fewBytes = 1_000_000;
const bytesForObject = { early: 500, late: 10 };
const maximumDepth = 128;
// Two seconds about; a thousand overlays of forty objects need half of it, the largest repositories of the field test a sixth.
const maximumEdits = 10_000_000;
const editsForByte = 8;

/** The work of a run over so many bytes as were read, of which each of several shards may do as much as a run that is not split. */
export function newBuildWork(bytes: () => number, shards = 1): BuildWork {
  return {
    targets: 0,
    mostTargets: () => shards * (maximumTargets + Math.floor(bytes() / bytesForTarget)),
    objects: 0,
    mostObjects: () => mostObjects(bytes(), shards),
    edits: { done: 0, most: () => shards * (maximumEdits + editsForByte * bytes()) },
  };
}

/** Counts a kustomization that is built; the problem where a run builds too many, each of which may name two others. */
export function countTarget(work: BuildWork, depth: number, at: Origin): Problem | undefined {
  if (work.spent !== undefined) return { ...tooLarge(work.spent, at), isOfRun: true };
  work.targets += 1;
  const most = work.mostTargets();
  if (work.targets > most) return spend(work, `more than ${most} uses of kustomizations`, at);
  if (depth <= maximumDepth) return undefined;
  return tooLarge(`kustomizations nested more than ${maximumDepth} levels deep`, at);
}

/** Counts the objects that a kustomization hands on; the problem where a run makes more of its bytes than anybody means. */
export function countObjects(work: BuildWork, count: number, at: Origin): Problem | undefined {
  work.objects += count;
  const most = work.mostObjects();
  return work.objects <= most ? undefined : spend(work, `more than ${most} objects`, at);
}

/** The problem of builds that look at more objects, or write more keys anew, than anybody means. */
export function tooManyEdits({ edits }: BuildWork, at: Origin): Problem {
  return { ...tooLarge(`more than ${edits.most()} accesses to fields and objects`, at), isOfRun: true };
}

/** How many objects a repository of so many bytes can mean, in a run that is split into shards. */
export function mostObjects(bytes: number, shards = 1): number {
  const late = Math.max(0, bytes - fewBytes);
  const more = (bytes - late) / bytesForObject.early + late / bytesForObject.late;
  return shards * (maximumObjects + Math.floor(more));
}

function spend(work: BuildWork, what: string, at: Origin): Problem {
  work.spent = what;
  return { ...tooLarge(what, at), isOfRun: true };
}

function tooLarge(what: string, at: Origin): Problem {
  return {
    rule: 'too-large',
    problem: `the repository needs ${what}, which cdb-lint does not build`,
    help: 'let fewer kustomizations include each other, or split the run with --shard',
    at,
  };
}
