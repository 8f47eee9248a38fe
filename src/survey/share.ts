import type { KustomizationEdit } from '../build/build.ts';
import { pathOf } from '../reconcile/controller-kinds.ts';
import { declaredObjects } from '../reconcile/declared-objects.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf } from '../source/path.ts';
import type { Plan } from './plan.ts';
import type { Reach } from './reach.ts';
import { declaresMore } from './touched-deployment.ts';

/** The one of several parts of a run, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** What one shard builds. */
export interface Share {
  /** Whether it is this shard that makes the build for all. */
  isOwn(root: string): boolean;
  /** Whether what comes from these directories is its to check: most of it is its own, and all together is not much more than one shard has to do. */
  takesWhole(roots: readonly string[]): boolean;
  /** Whether it builds a directory at all: its own, and what may name more to deploy, without which nobody finds that. */
  builds(root: string, edit?: KustomizationEdit): boolean;
}

/**
 * Splits what there is to build by what it costs, the same way in every shard: the dearest first, each to whoever has least. What only
 * building finds is nobody's: whoever needs it builds it.
 */
export function shareOf({ found, reachOf, sources }: Plan, { index, count }: Shard): Share {
  const costs = [...buildable(found, sources)].map((root) => ({
    root,
    cost: costOf(reachOf(root), sources),
  }));
  costs.sort((a, b) => b.cost - a.cost || (a.root < b.root ? -1 : 1));
  const loads = Array.from({ length: count }, () => 0);
  const owners = new Map<string, { readonly shard: number; readonly cost: number }>();
  for (const { root, cost } of costs) {
    const least = loads.indexOf(Math.min(...loads));
    loads[least] = (loads[least] ?? 0) + cost;
    owners.set(root, { shard: least + 1, cost });
  }
  const isOwn = (root: string): boolean => owners.get(root)?.shard === index;
  const mostTogether = (mostOfShare * sumOf(loads)) / count;
  return {
    isOwn,
    takesWhole(roots) {
      const parts = Array.from({ length: count }, () => 0);
      for (const { shard, cost } of [...new Set(roots)].flatMap((root) => owners.get(root) ?? []))
        parts[shard - 1] = (parts[shard - 1] ?? 0) + cost;
      const most = Math.max(...parts);
      return most > 0 && parts.indexOf(most) === index - 1 && sumOf(parts) <= mostTogether;
    },
    builds(root, edit) {
      if (isOwn(root)) return true;
      const reach = reachOf(root, edit);
      return reach === undefined || declaresMore(sources, reach);
    },
  };
}

/** Directories that a person, Flux or Argo CD builds, as far as files tell. */
function buildable(found: Plan['found'], sources: Sources): Set<string> {
  const files = [...found.plainFiles, ...found.kustomizedFiles];
  const declared = declaredObjects(sources, files).flatMap(({ resource }) => pathOf(resource) ?? []);
  const takenIn = new Set(found.takenIn);
  // Applications and ResourceSets that a template makes name directories that no file names.
  const others = found.roots.some(({ environment }) => environment !== undefined)
    ? []
    : found.kustomizations.map(directoryOf).filter((directory) => !takenIn.has(directory));
  return new Set([...found.roots.map(({ root }) => root), ...declared, ...others]);
}

/** Rendering costs about as much as there is to read; where only building tells what that is, nothing is known. */
function costOf(reach: Reach, sources: Sources): number {
  const kinds = [...(reach ?? [])].filter((path) => sources.fileSystem.kind(path) === 'file');
  return kinds.reduce((sum, path) => {
    const bytes = sources.bytes(path);
    return sum + (typeof bytes === 'string' ? 0 : bytes.length);
  }, leastCost);
}

const leastCost = 1_000;

/** A cluster that is much more than that stays split: one shard would build it, and the others would wait. */
const mostOfShare = 1.5;

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}
