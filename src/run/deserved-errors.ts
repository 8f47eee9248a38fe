import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isError } from '../diagnostic/severity.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { Finding, LoweredFindings } from '../report/report.ts';
import type { Sources } from '../source/load.ts';
import type { Tree } from '../survey/tree.ts';
import type { BaseEvidence } from './base-evidence.ts';
import { isOfCleanedCopyIn } from './cleaned-copy.ts';
import {
  isKeptOutOfGit,
  isRoot,
  type Lack,
  lacks,
  meetsOnlyIfAppliedIn,
  restsOnAssumedIn,
} from './lack-of-evidence.ts';
import { isNamedLater, lacksOfBuilds, lacksOfObjects, whyIn } from './lack-table.ts';

/** What besides policies is as severe wherever it stands: rights over a node, credentials in Git, text that no reviewer sees. */
const everywhere: ReadonlySet<string> = new Set([
  'hidden-text',
  'pod-security-violated',
  'secret-in-command',
  'secret-in-values',
  'sops-file-not-encrypted',
]);

/** By what a run tells which errors are deserved. */
export interface DeservedBy {
  readonly sources: Sources;
  /** Those of the catalogue. */
  readonly policies: ReadonlySet<string>;
  /** Those of the repository: none of them meets an object before its name is one. */
  readonly ownPolicies: ReadonlySet<string>;
  /** As the configuration says it; then what the repository installs says nothing. */
  readonly fluxVersion?: string | undefined;
  /** Where a change is judged: without it nothing becomes a warning. */
  readonly base?: BaseEvidence;
}

/**
 * An error says that something breaks where it is applied. Of what a controller applies, an environment names, or somebody is seen to
 * apply (`survey/delivery.ts`) that is known; of all else the same finding is a warning, also where a kustomization does not build. Of a
 * change the base has to show the same.
 */
export function withoutUndeserved(
  diagnostics: readonly Diagnostic[],
  tree: Tree,
  { sources, policies, ownPolicies, fluxVersion, base }: DeservedBy,
): Diagnostic[] {
  const isOfBuild = isOfBuildByHand(tree);
  const [ofBuild, ofObjects] = [lacksOfBuilds(tree, sources), lacksOfObjects(tree, sources, fluxVersion)];
  const isSevere = (one: Diagnostic): boolean =>
    policies.has(one.rule) || everywhere.has(one.rule) || (ownPolicies.has(one.rule) && !isNamedLater(one));
  const restsOnAssumed = restsOnAssumedIn(tree, sources);
  const meetsOnlyIfApplied = meetsOnlyIfAppliedIn(tree, sources);
  const whyNotMet = (one: Diagnostic): Lack | undefined => {
    if (restsOnAssumed(one)) return lacks.other;
    return meetsOnlyIfApplied(one) ? lacks.applied : undefined;
  };
  const isCleaned = isOfCleanedCopyIn(tree, sources);
  const whyKept = (one: Diagnostic): Lack | undefined => {
    if (isKeptOutOfGit(one, sources)) return lacks.ignored;
    return isCleaned(one) ? lacks.cleaned : undefined;
  };
  const whyBy = (one: Diagnostic, shown: BaseEvidence | undefined): Lack | undefined => {
    const kept = shown === undefined ? whyKept(one) : undefined;
    if (isOfBuild(one)) return whyIn(ofBuild, one, shown) ?? kept;
    if (kept !== undefined) return kept;
    if (!isSevere(one)) return whyIn(ofObjects, one, shown);
    return shown === undefined ? whyNotMet(one) : undefined;
  };
  const whyUndeserved = (one: Diagnostic): Lack | undefined => {
    const why = whyBy(one, base);
    if (base === undefined || why !== undefined) return why;
    // What the base has as well, for the same reason, no change brings.
    const own = whyBy(one, undefined);
    return own !== undefined && base.lowered(one).some((help) => isLoweredFor(own, help)) ? own : undefined;
  };
  return diagnostics.map((one) => {
    const why = isError(one) ? whyUndeserved(one) : undefined;
    return why === undefined ? one : asWarning(one, why);
  });
}

/** Tells what is wrong with kustomizations that no controller builds: whoever does has a working copy. */
function isOfBuildByHand({ units, clusters }: Tree): (diagnostic: Diagnostic) => boolean {
  const ofRoots = new Set(units.filter(isRoot).flatMap(({ build }) => build.diagnostics));
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  const keysOf = (some: readonly Reconciliation[]): Set<string> =>
    new Set(some.flatMap(({ build }) => build.diagnostics.map(keyOfProblem)));
  // A cluster tells the problems of its owners as its own.
  const ofOwners = keysOf(owners);
  const ofControllers = keysOf(owners.filter(({ by }) => by !== 'kustomize'));
  return (one) => {
    if (ofRoots.has(one)) return true;
    const key = keyOfProblem(one);
    return ofOwners.has(key) && !ofControllers.has(key);
  };
}

function keyOfProblem({ rule, message, span }: Diagnostic): string {
  return JSON.stringify([rule, span.file.path, span.start, message]);
}

/** How many findings are warnings because evidence is lacking, by why. */
export function loweredIn(findings: readonly Finding[]): LoweredFindings[] {
  return Object.values(lacks).flatMap((why) => {
    const some = findings.filter(({ help, severity }) => severity === 'warning' && isLoweredFor(why, help));
    return some.length === 0 ? [] : [{ why, findings: some.length }];
  });
}

function asWarning(diagnostic: Diagnostic, why: Lack): Diagnostic {
  const { help } = diagnostic;
  const words = wordsFor(why);
  return { ...diagnostic, severity: 'warning', help: help === undefined ? words : `${help}; ${words}` };
}

function isLoweredFor(why: Lack, help = ''): boolean {
  return help.endsWith(wordsFor(why));
}

function wordsFor(why: Lack): string {
  return `reported as a warning, because ${why}`;
}
