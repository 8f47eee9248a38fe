import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { grouped } from '../diagnostic/grouped.ts';
import { isError } from '../diagnostic/severity.ts';
import { knownOnce } from '../object/known-once.ts';
import type { Earlier } from '../reconcile/discover-options.ts';
import { ofOtherRevisions } from '../reconcile/other-revision.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { Report } from '../report/report.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf, isBelow, pathBelow } from '../source/path.ts';
import type { Tree } from '../survey/tree.ts';
import { keyOfObject, objectsBroughtBy } from './brought-by.ts';
import { earlierIn } from './earlier-objects.ts';
import { foldersOfEntries, missingFile, whyMissing } from './lack-of-evidence.ts';
import { isServedByInstalledFlux } from './older-flux.ts';
import { openWords } from './open-words.ts';

/**
 * What the base of a change says of findings of its head. No change says by a file of its own that its errors are none: they are
 * warnings only where the base by itself would have called them so.
 */
export interface BaseEvidence {
  /** Whether there too what a build lacks is written before it, or lies in working copies. */
  mayLack(diagnostic: Diagnostic): boolean;
  /** Whether there too nobody is seen to build a kustomization, and nothing that reads it builds. */
  isUnbuilt(diagnostic: Diagnostic): boolean;
  /** Whether there too only another revision, or somebody whom nobody is seen to apply, brings what it speaks of. */
  isLooselyBrought(diagnostic: Diagnostic): boolean;
  /** Whether the same words stood for the value there. */
  isOpen(diagnostic: Diagnostic): boolean;
  /** Whether it had no such file, and nothing there would have read it. */
  isNew(diagnostic: Diagnostic): boolean;
  /** Whether there too nothing shows that the place is applied as it stands. */
  isAssumed(diagnostic: Diagnostic): boolean;
  /** Whether there too the cluster installs a Flux that serves the version. */
  isServed(diagnostic: Diagnostic): boolean;
  /** What the base's own report says to the same finding, where it is a warning there. */
  lowered(diagnostic: Diagnostic): readonly string[];
  /** What its clusters have. */
  readonly earlier: Earlier;
}

/** Reads that from the rendered base. */
export function evidenceIn({
  tree,
  sources,
  report,
}: {
  readonly tree: Tree;
  readonly sources: Sources;
  readonly report: Pick<Report, 'findings'>;
}): BaseEvidence {
  const { allClusters, delivery } = tree;
  const owners = allClusters.flatMap(({ reconciliations }) => reconciliations);
  const weak = new Set([...ofOtherRevisions(allClusters), ...tree.loose]);
  const isApplied = isReadBy(
    owners.filter((one) => !weak.has(one)),
    tree,
  );
  const isWeaklyApplied = isReadBy([...weak], tree);
  const known = objectsBroughtBy(new Set(owners), allClusters);
  const weakObjects = objectsBroughtBy(weak, allClusters);
  const builtBy = kustomizationIn(tree);
  const folders = foldersOfEntries({ clusters: allClusters, loose: tree.loose }, sources);
  let built: ReadonlySet<string> | undefined;
  return {
    isServed: isServedByInstalledFlux(tree, sources),
    earlier: earlierIn(owners, tree.builtFreely),
    lowered: (one) =>
      warningsOf(report)
        .get(keyOfFinding(one))
        ?.flatMap(({ help }) => help ?? []) ?? [],
    mayLack(one) {
      const path = missingFile(one);
      const isThere = path !== undefined && sources.fileSystem.kind(path) !== undefined;
      return !isThere && !isApplied(builtBy(one)) && whyMissing(one, tree, sources) !== undefined;
    },
    isUnbuilt(one) {
      const file = builtBy(one);
      const { entryPoint = directoryOf(file) } = one;
      if (isApplied(file) || delivery.isBuilt(entryPoint)) return false;
      built ??= readByBuildsThatWork(tree);
      return !built.has(file) && !built.has(one.span.file.path);
    },
    isLooselyBrought(one) {
      const key = keyOfObject(one) ?? '';
      if (known.has(key)) return weakObjects.has(key);
      const { path } = one.span.file;
      return !isApplied(path) && isWeaklyApplied(path);
    },
    isOpen(one) {
      const { path } = one.span.file;
      const text = sources.file(path)?.text;
      return !isApplied(builtBy(one)) && text?.includes(openWords(one) ?? '') === true;
    },
    isNew: (one) => sources.fileSystem.kind(one.span.file.path) === undefined && !isApplied(builtBy(one)),
    isAssumed(one) {
      const { entryPoint, span } = one;
      const { path } = span.file;
      if (isApplied(builtBy(one))) return false;
      if (entryPoint === undefined && folders.has(directoryOf(path))) return false;
      return delivery.isAssumed(entryPoint ?? path);
    },
  };
}

const warningsOf = knownOnce(({ findings }: Pick<Report, 'findings'>) =>
  grouped(
    findings.filter(({ severity }) => severity === 'warning'),
    keyOfFinding,
  ),
);

function keyOfFinding({ rule, message, span }: Pick<Diagnostic, 'rule' | 'message' | 'span'>): string {
  return JSON.stringify([rule, span.file.path, message]);
}

/** The files that some kustomization reads which builds without an error. */
function readByBuildsThatWork({ units }: Tree): ReadonlySet<string> {
  const working = units.map(({ build }) => build).filter(({ diagnostics }) => !diagnostics.some(isError));
  return new Set(working.flatMap(({ inputs }) => [...inputs]));
}

/** The file whose being applied brings a finding to a cluster: the kustomization that is built, or the file itself. */
function kustomizationIn({ found }: Tree): (diagnostic: Diagnostic) => string {
  const files = new Map(found.kustomizations.map((file) => [directoryOf(file), file] as const));
  return ({ entryPoint, span }) => {
    if (entryPoint === undefined) return span.file.path;
    return files.get(entryPoint) ?? pathBelow(entryPoint, 'kustomization.yaml');
  };
}

/** Tells the files that some of those that deploy read, or would read if they were there. */
function isReadBy(owners: readonly Reconciliation[], { found }: Tree): (path: string) => boolean {
  const kustomized = new Set(found.kustomizations.map(directoryOf));
  const files = new Set(owners.flatMap(({ build }) => [...build.inputs]));
  const whole = owners.filter(({ path }) => path !== undefined && !kustomized.has(path));
  return (file) =>
    files.has(file) ||
    whole.some(({ path = '', by }) => directoryOf(file) === path || (by === 'flux' && isBelow(file, path)));
}
