import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isError } from '../diagnostic/severity.ts';
import { ofOtherRevisions } from '../reconcile/other-revision.ts';
import type { Finding, LoweredFindings } from '../report/report.ts';
import type { Sources } from '../source/load.ts';
import type { Tree } from '../survey/tree.ts';
import type { BaseEvidence } from './base-evidence.ts';
import { broughtBy } from './brought-by.ts';
import { isBuiltFreelyIn } from './built-freely.ts';
import {
  isAssumedIn,
  isByHandIn,
  isKeptOutOfGit,
  isRoot,
  isUnbuiltIn,
  type Lack,
  lacks,
  whyMissing,
  whyUnfinished,
} from './lack-of-evidence.ts';
import { isLeftToOverlayIn } from './left-namespace.ts';
import { isForOlderCluster } from './older-cluster.ts';
import { isServedByInstalledFlux } from './older-flux.ts';
import { openWords } from './open-words.ts';
import { isOfPatchFile } from './patch-files.ts';
import { isReadBackIn } from './read-back.ts';

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
  /** Those of the catalogue and of the repository. */
  readonly policies: ReadonlySet<string>;
  /** As the configuration says it; then what the repository installs says nothing. */
  readonly fluxVersion?: string | undefined;
  /** Where a change is judged: without it nothing becomes a warning. */
  readonly base?: BaseEvidence;
}

/**
 * An error says that something breaks where it is applied. Of what a controller applies, an environment names, or somebody is seen to
 * apply (`survey/delivery.ts`) that is known; of all else the same finding is a warning. A kustomization that does not build is an error
 * whoever builds it, save for what lies in working copies alone. Of a change the base has to show the same.
 */
export function withoutUndeserved(
  diagnostics: readonly Diagnostic[],
  tree: Tree,
  { sources, policies, fluxVersion, base }: DeservedBy,
): Diagnostic[] {
  const ofBuilds = new Set(tree.units.filter(isRoot).flatMap(({ build }) => build.diagnostics));
  const isOfOtherRevision = broughtBy(ofOtherRevisions(tree.clusters), tree.clusters);
  const isLooselyBrought = broughtBy(tree.loose, tree.clusters);
  const isAssumed = isAssumedIn(tree);
  const isUnbuilt = isUnbuiltIn(tree);
  const whyNotBuilt = (one: Diagnostic): Lack | undefined => {
    const why = base?.mayLack(one) === false ? undefined : whyMissing(one, tree, sources);
    if (base === undefined && one.rule === 'file-outside-kustomization' && isBuiltFreely()) return lacks.free;
    if (why !== undefined || !isUnbuilt(one) || base?.isUnfinished(one) === false) return why;
    return whyUnfinished(one, tree, sources);
  };
  const isBuiltFreely = isBuiltFreelyIn(tree, sources);
  const isByHand = isByHandIn(tree);
  const isServed = fluxVersion === undefined ? isServedByInstalledFlux(tree, sources) : () => false;
  const isLeftToOverlay = isLeftToOverlayIn(tree);
  const isAnswer = isReadBackIn(tree, sources);
  const isOpen = (one: Diagnostic): boolean =>
    openWords(one) !== undefined && (isByHand(one) || isOfEntry(one)) && base?.isOpen(one) !== false;
  const whyUndeserved = (one: Diagnostic): Lack | undefined => {
    if (ofBuilds.has(one)) return whyNotBuilt(one);
    if (base === undefined && isKeptOutOfGit(one, sources)) return lacks.ignored;
    if (policies.has(one.rule) || everywhere.has(one.rule)) return undefined;
    if (isServed(one) && base?.isServed(one) !== false) return lacks.flux;
    const isOther = isOfOtherRevision(one);
    if (isOther || isLooselyBrought(one)) {
      if (base?.isLooselyBrought(one) === false) return undefined;
      return isOther ? lacks.revision : lacks.applied;
    }
    if (isOpen(one)) return lacks.open;
    if (base === undefined && isByHand(one) && one.object?.name.includes('${') === true)
      return lacks.template;
    if (base === undefined && isLeftToOverlay(one)) return lacks.overlay;
    if (base === undefined && isAnswer(one)) return lacks.answer;
    if (base === undefined && isForOlderCluster(one) && isByHand(one)) return lacks.older;
    if (base === undefined && isOfPatchFile(one) && isByHand(one)) return lacks.part;
    return isAssumed(one) && base?.isAssumed(one) !== false ? lacks.applied : undefined;
  };
  return diagnostics.map((one) => {
    const why = isError(one) ? whyUndeserved(one) : undefined;
    return why === undefined ? one : asWarning(one, why);
  });
}

/** Whether it is about an object that names what is deployed, which somebody applies before any controller does. */
function isOfEntry({ object }: Diagnostic): boolean {
  if (object === undefined) return false;
  const { apiVersion = '', kind } = object;
  if (apiVersion.startsWith('argoproj.io/')) return /^Application(?:Set)?$/u.test(kind);
  return /^(?:source|kustomize)\.toolkit\.fluxcd\.io\/|^fluxcd\.controlplane\.io\//u.test(apiVersion);
}

/** How many findings are warnings because evidence is lacking, by why. */
export function loweredIn(findings: readonly Finding[]): LoweredFindings[] {
  return Object.values(lacks).flatMap((why) => {
    const some = findings.filter(
      ({ help, severity }) => severity === 'warning' && help?.endsWith(wordsFor(why)) === true,
    );
    return some.length === 0 ? [] : [{ why, findings: some.length }];
  });
}

function asWarning(diagnostic: Diagnostic, why: Lack): Diagnostic {
  const { help } = diagnostic;
  const words = wordsFor(why);
  return { ...diagnostic, severity: 'warning', help: help === undefined ? words : `${help}; ${words}` };
}

function wordsFor(why: Lack): string {
  return `reported as a warning, because ${why}`;
}
