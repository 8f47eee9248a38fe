import { missingPathIn } from '../build/loader.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isError } from '../diagnostic/severity.ts';
import { objectPlace } from '../object/object-place.ts';
import { objectReference, type Resource } from '../object/resource.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import { ofOtherRevisions } from '../reconcile/other-revision.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import { isGitIgnored } from '../source/git-ignore.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf } from '../source/path.ts';
import type { Tree } from '../survey/tree.ts';
import type { Unit } from '../survey/unit.ts';
import { isWritten } from '../survey/written-by-commands.ts';
import { objectKey } from './object-key.ts';

/** What is said beside a finding that would be an error if it were known to reach a cluster. */
const notApplied =
  'reported as a warning, because nothing in the repository shows that it is applied as written';
const otherRevision = 'reported as a warning, because another revision of this repository is applied there';
const writtenBefore = 'reported as a warning, because a command or flux bootstrap writes it before the build';
const keptElsewhere =
  'reported as a warning, because .gitignore keeps it out of Git: a working copy may have it';

/**
 * An error says that something breaks where it is applied. Of what a controller applies, an environment names, or somebody is seen to
 * apply (`survey/delivery.ts`) that is known; of all else the same finding is a warning. A kustomization that does not build is an error
 * whoever builds it, save for what lies in working copies alone.
 */
export function withoutUndeserved(
  diagnostics: readonly Diagnostic[],
  tree: Tree,
  { sources, policies }: { readonly sources: Sources; readonly policies: ReadonlySet<string> },
): Diagnostic[] {
  const { units, found, delivery } = tree;
  const roots = new Set(units.filter(isRoot).map(({ id }) => id.root));
  const ofBuilds = new Set(units.filter(isRoot).flatMap(({ build }) => build.diagnostics));
  const besideEntries = foldersOfEntries(tree);
  const files = new Set(
    [...found.plainFiles, ...found.kustomizedFiles].filter((file) => !besideEntries.has(directoryOf(file))),
  );
  const isOfOtherRevision = broughtBy(ofOtherRevisions(tree.clusters), tree.clusters);
  const isLooselyBrought = broughtBy(tree.loose, tree.clusters);
  const whyUndeserved = (one: Diagnostic): string | undefined => {
    if (ofBuilds.has(one)) return whyMissing(one, found, sources);
    if (policies.has(one.rule)) return undefined;
    const { entryPoint, span } = one;
    if (isOfOtherRevision(one)) return otherRevision;
    if (isLooselyBrought(one)) return notApplied;
    const place = entryPoint ?? span.file.path;
    const isLoose = entryPoint === undefined ? files.has(place) : roots.has(place);
    return isLoose && delivery.isAssumed(place) ? notApplied : undefined;
  };
  return diagnostics.map((one) => {
    const why = isError(one) ? whyUndeserved(one) : undefined;
    return why === undefined ? one : asWarning(one, why);
  });
}

/** Whoever applies an entry point applies what stands beside it, such as its source. */
function foldersOfEntries({ clusters, loose }: Tree): ReadonlySet<string> {
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  return new Set(
    owners.flatMap((one) => {
      const place =
        one.declaration === undefined || loose.has(one) ? undefined : objectPlace(one.declaration);
      return place === undefined ? [] : [directoryOf(place.file)];
    }),
  );
}

function isRoot({ id }: Unit): boolean {
  return id.role === 'root';
}

/** Where it comes from what a kustomization lacks here, if anything tells: it lies in working copies, or is written before the build. */
function whyMissing(
  { rule, message }: Diagnostic,
  found: Tree['found'],
  sources: Sources,
): string | undefined {
  const path = rule === 'file-missing' ? missingPathIn(message) : undefined;
  if (path === undefined) return undefined;
  if (isGitIgnored(sources, path)) return keptElsewhere;
  return isWritten(sources, found, path) ? writtenBefore : undefined;
}

/** Tells what is found in what some of those that deploy to a cluster bring, and nobody else does. */
function broughtBy(
  others: ReadonlySet<Reconciliation>,
  clusters: readonly Cluster[],
): (diagnostic: Diagnostic) => boolean {
  if (others.size === 0) return () => false;
  const spans = new Set([...others].flatMap(({ build }) => build.diagnostics.map(({ span }) => span)));
  const objects = new Set(
    clusters.flatMap(({ root, reconciliations, inventory }) => [
      ...[...inventory.values()].flatMap(([first, ...more]) =>
        first !== undefined && [first, ...more].every(({ owner }) => others.has(owner))
          ? [keyOf(root, first.resource)]
          : [],
      ),
      ...reconciliations.flatMap((one) =>
        others.has(one) && one.declaration !== undefined ? [keyOf(root, one.declaration)] : [],
      ),
    ]),
  );
  return ({ span, object, entryPoint = '' }) =>
    spans.has(span) || (object !== undefined && objects.has(`${entryPoint} ${objectKey(object, undefined)}`));
}

function keyOf(root: string, { object }: Resource): string {
  return `${root} ${objectKey(objectReference(object), undefined)}`;
}

function asWarning(diagnostic: Diagnostic, why: string): Diagnostic {
  const { help } = diagnostic;
  return { ...diagnostic, severity: 'warning', help: help === undefined ? why : `${help}; ${why}` };
}
