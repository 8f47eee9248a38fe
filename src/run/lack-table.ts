import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Build } from '../object/build.ts';
import { isForeignTemplate } from '../object/foreign-template.ts';
import { objectPlace } from '../object/object-place.ts';
import { objectReference } from '../object/resource.ts';
import { ofOtherRevisions } from '../reconcile/other-revision.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import { isBuiltInGroup } from '../schema/facts.ts';
import type { Sources } from '../source/load.ts';
import { isBuiltFreely } from '../survey/built-freely.ts';
import { isExample } from '../survey/examples.ts';
import type { Tree } from '../survey/tree.ts';
import { generatesCrds } from '../survey/written-by-commands.ts';
import { isOfAlternativesIn } from './alternative-owners.ts';
import type { BaseEvidence } from './base-evidence.ts';
import { broughtBy } from './brought-by.ts';
import { isCommandedIn } from './brought-by-command.ts';
import { isCompletedByWebhookIn } from './completed-by-webhook.ts';
import { isOfCrdDefinedTwiceIn } from './defined-twice.ts';
import { isFilledByCluster } from './filled-by-cluster.ts';
import { isFilledByYtt, isRunThroughYttIn } from './filled-by-ytt.ts';
import {
  isAssumedIn,
  isByHandIn,
  isPushedLater,
  isUnbuiltIn,
  type Lack,
  lacks,
  restsOnAssumedIn,
  whyMissing,
} from './lack-of-evidence.ts';
import { isLeftToOthersIn } from './left-namespace.ts';
import { losesLabelsIn } from './lost-labels.ts';
import { isMadeElsewhereIn } from './made-elsewhere.ts';
import { mayBeUnreadIn } from './may-be-unread.ts';
import { objectKey } from './object-key.ts';
import { isForOlderCluster } from './older-cluster.ts';
import { isServedByInstalledFlux } from './older-flux.ts';
import { isForVaultPlugin, isNameLeftEmpty, openWords } from './open-words.ts';
import { isOfOtherRoot } from './other-root.ts';
import { isOfControllerItself, isOfPatchFile } from './patch-files.ts';
import { isReadBackIn } from './read-back.ts';
import { isSetByOtherIn } from './set-by-other.ts';
import { isOfSuspendedIn } from './suspended.ts';
import { isOfUnseenArgoIn } from './unseen-argo.ts';

/** One lack of evidence: which findings have it, and where a change is judged, what its base has to show so that no change makes its own errors warnings. */
interface LackOfEvidence {
  /** Why, or undefined where the finding does not have it. */
  readonly why: (one: Diagnostic) => Lack | undefined;
  /** `always`: the base has nothing to do with it. `never`: no change may be excused by it. */
  readonly inBase: 'always' | 'never' | ((base: BaseEvidence, one: Diagnostic) => boolean);
}

/** The first lack that counts. */
export function whyIn(
  table: readonly LackOfEvidence[],
  one: Diagnostic,
  base: BaseEvidence | undefined,
): Lack | undefined {
  for (const { why, inBase } of table) {
    if (base !== undefined && inBase === 'never') continue;
    const found = why(one);
    if (found === undefined) continue;
    if (base === undefined || typeof inBase === 'string' || inBase(base, one)) return found;
  }
  return undefined;
}

/** What may be lacking of a kustomization that does not build. */
export function lacksOfBuilds(tree: Tree, sources: Sources): LackOfEvidence[] {
  const isUnbuilt = isUnbuiltIn(tree, sources);
  let builtFreely: boolean | undefined;
  const isFree = ({ rule }: Diagnostic): boolean => {
    if (rule !== 'file-outside-kustomization') return false;
    builtFreely ??= isBuiltFreely(sources, tree.found);
    return builtFreely;
  };
  const isOfPlugin = isOfPluginIn(tree);
  const isFineElsewhere = isFineElsewhereIn(tree);
  const isLoose = broughtBy(tree.loose, tree.clusters);
  const isToCopy = ({ entryPoint = '' }: Diagnostic): boolean =>
    templateDirectory.test(`${entryPoint}/`) && tree.delivery.isAssumed(entryPoint);
  return [
    { why: (one) => (isFree(one) ? lacks.free : undefined), inBase: 'never' },
    { why: (one) => (isOfPlugin(one) ? lacks.template : undefined), inBase: 'never' },
    { why: (one) => (isInTemplate(one, sources) ? lacks.template : undefined), inBase: 'never' },
    { why: (one) => whyMissing(one, tree, sources), inBase: (base, one) => base.mayLack(one) },
    {
      why: (one) => (isUnbuilt(one) ? lacks.applied : undefined),
      inBase: (base, one) => base.isUnbuilt(one),
    },
    {
      why: (one) => (isLoose(one) ? lacks.applied : undefined),
      inBase: (base, one) => base.isLooselyBrought(one),
    },
    { why: (one) => (isFineElsewhere(one) ? lacks.applied : undefined), inBase: 'never' },
    { why: (one) => (isToCopy(one) ? lacks.copied : undefined), inBase: 'never' },
  ];
}

/**
 * Tells what is wrong only where nobody is seen to build it: in files that controllers build, or in a list of parts most of which they build.
 * A list of all parts is for readers.
 */
function isFineElsewhereIn({
  clusters,
  delivery,
}: Pick<Tree, 'clusters' | 'delivery'>): (diagnostic: Diagnostic) => boolean {
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  const files = new Set(
    owners.filter(({ by }) => by !== 'kustomize').flatMap(({ build }) => [...build.inputs]),
  );
  const isOfParts = ({ inputs }: Build): boolean =>
    inputs.filter((file) => files.has(file)).length * 2 > inputs.length;
  const lists = new Set(
    owners.filter(({ by, build }) => by === 'kustomize' && isOfParts(build)).map(({ build }) => build.root),
  );
  return ({ entryPoint, span }) =>
    entryPoint !== undefined &&
    (files.has(span.file.path) || lists.has(entryPoint)) &&
    !delivery.isBuilt(entryPoint);
}

/** Whether what stops the reader is for another tool to fill in before the build. */
function isInTemplate({ rule, span: { file } }: Diagnostic, sources: Sources): boolean {
  if (rule !== 'yaml-syntax' && rule !== 'not-json') return false;
  return isForeignTemplate(sources.load(file.path, 'api-server'));
}

/** Tells what is wrong with a kustomization in the directory of an Application that does not build it: a plugin or another tool renders it. */
function isOfPluginIn({ clusters }: Pick<Tree, 'clusters'>): (diagnostic: Diagnostic) => boolean {
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  const paths = new Set(owners.filter(({ by }) => by === 'argocd').map(({ path }) => path));
  return ({ entryPoint }) => entryPoint !== undefined && paths.has(entryPoint);
}

/** What may be lacking of anything else. */
export function lacksOfObjects(
  tree: Tree,
  sources: Sources,
  fluxVersion: string | undefined,
): LackOfEvidence[] {
  const isServedByInstalled = isServedByInstalledFlux(tree, sources);
  const isServed = (one: Diagnostic): boolean => fluxVersion === undefined && isServedByInstalled(one);
  const isOfOtherRevision = broughtBy(ofOtherRevisions(tree.clusters), tree.clusters);
  const isBrought = broughtBy(tree.loose, tree.clusters);
  const isDeclared = declaredBy(tree.loose);
  const isLooselyBrought = (one: Diagnostic): boolean => isBrought(one) || isDeclared(one);
  const isAnswer = isReadBackIn(tree, sources);
  const isByHand = isByHandIn(tree, sources);
  const isAssumed = isAssumedIn(tree, sources);
  const isRunThroughYtt = isRunThroughYttIn(tree, sources);
  let crdsAreGenerated: boolean | undefined;
  const isOfGeneratedCrd = (one: Diagnostic): boolean => {
    if (one.rule !== 'unknown-field' || !isOfCustomKind(one) || !isByHand(one)) return false;
    crdsAreGenerated ??= generatesCrds(sources, tree.found);
    return crdsAreGenerated;
  };
  const isOpen = (one: Diagnostic): boolean =>
    openWords(one) !== undefined && (isByHand(one) || isOfEntry(one));
  const row = (
    why: Lack,
    isSo: (one: Diagnostic) => boolean,
    inBase: LackOfEvidence['inBase'],
  ): LackOfEvidence => ({ why: (one) => (isSo(one) ? why : undefined), inBase });
  return [
    row(lacks.flux, isServed, (base, one) => base.isServed(one)),
    row(lacks.suspended, isOfSuspendedIn(tree), 'never'),
    row(lacks.labels, losesLabelsIn(tree), 'always'),
    row(lacks.merged, isSetByOtherIn(tree), 'never'),
    row(lacks.revision, isOfOtherRevision, (base, one) => base.isLooselyBrought(one)),
    row(lacks.applied, isLooselyBrought, (base, one) => base.isLooselyBrought(one)),
    row(lacks.cluster, isFilledByCluster, 'always'),
    row(lacks.elsewhere, isMadeElsewhereIn(tree), 'never'),
    row(lacks.generated, isOfGeneratedCrd, 'never'),
    row(lacks.twice, isOfCrdDefinedTwiceIn(tree, sources), 'never'),
    { why: isCommandedIn(tree, sources), inBase: 'never' },
    row(lacks.unread, mayBeUnreadIn(tree, sources), 'never'),
    row(lacks.webhook, isCompletedByWebhookIn(tree), 'never'),
    row(lacks.root, (one) => isOfOtherRoot(one, sources.fileSystem), 'never'),
    row(lacks.pushed, (one) => isPushedLater(one, tree, sources), 'never'),
    row(lacks.argo, isOfUnseenArgoIn(tree, sources), 'never'),
    row(lacks.open, isOpen, (base, one) => base.isOpen(one)),
    row(lacks.open, isForVaultPlugin, 'always'),
    row(lacks.open, (one) => isNameLeftEmpty(one) && !isOfEntry(one), 'never'),
    row(lacks.open, (one) => isSampleSecret(one) && isByHand(one), 'never'),
    // No server takes its name as it stands, whoever sends it; one that had another name before is refused from now on.
    row(
      lacks.template,
      (one) => isNamedLater(one) && isByHand(one),
      (base, one) => base.isNew(one),
    ),
    row(lacks.template, (one) => (isFilledByYtt(one) || isRunThroughYtt(one)) && isByHand(one), 'never'),
    row(lacks.named, (one) => isTemplateByName(one) && isByHand(one), 'never'),
    { why: isLeftToOthersIn(tree), inBase: 'never' },
    row(lacks.answer, isAnswer, 'never'),
    row(lacks.older, (one) => isForOlderCluster(one) && isByHand(one), 'never'),
    row(lacks.part, (one) => isOfPatchFile(one) && isByHand(one), 'never'),
    row(lacks.installed, isOfControllerItself, 'always'),
    row(lacks.other, restsOnAssumedIn(tree, sources), 'never'),
    row(lacks.alternatives, isOfAlternativesIn(tree), 'never'),
    row(lacks.applied, isAssumed, (base, one) => base.isAssumed(one)),
  ];
}

/** Whether no server takes an object before a tool has filled in its name or namespace. */
export function isNamedLater({ object }: Diagnostic): boolean {
  return [object?.name, object?.namespace].some((name = '') => /\$[{(A-Za-z_]|<[^<>]+>/u.test(name));
}

/** A directory that whoever sets up one more environment makes a copy of, by its name. */
const templateDirectory = /[-_.](?:skeleton|te?mpl|template|tpl)\//iu;

/** Whether the name of its file says that whoever applies it makes a copy first, or writes values into it. */
function isTemplateByName({ span }: Diagnostic): boolean {
  return /[-_.](?:skeleton|te?mpl|template|tpl)\.(?:ya?ml|json)$/iu.test(span.file.path);
}

/** Tells what is found in the objects that declare these, where a file holds them. */
function declaredBy(owners: ReadonlySet<Reconciliation>): (diagnostic: Diagnostic) => boolean {
  const keys = new Set(
    [...owners].flatMap(({ declaration: one }) =>
      one === undefined
        ? []
        : `${objectPlace(one)?.file} ${objectKey(objectReference(one.object), undefined)}`,
    ),
  );
  return ({ object, span }) =>
    object !== undefined && keys.has(`${span.file.path} ${objectKey(object, undefined)}`);
}

/** Whether a value of a Secret that is no base64 shows where the encoded one goes: among examples, or beside a comment that says so. */
function isSampleSecret({ rule, message, object, span: { file, start } }: Diagnostic): boolean {
  if (rule !== 'wrong-type' || object?.kind !== 'Secret' || !message.includes('base64')) return false;
  const [line = ''] = file.text.slice(start).split('\n', 1);
  return isExample(file.path) || /\s#.*base64/iu.test(line);
}

function isOfCustomKind({ object }: Diagnostic): boolean {
  const [group = '', version] = object?.apiVersion?.split('/') ?? [];
  return version !== undefined && !isBuiltInGroup(group);
}

/** Whether it is about an object that names what is deployed, which somebody applies before any controller does. */
function isOfEntry({ object }: Diagnostic): boolean {
  if (object === undefined) return false;
  const { apiVersion = '', kind } = object;
  if (apiVersion.startsWith('argoproj.io/')) return /^Application(?:Set)?$/u.test(kind);
  return /^(?:source|kustomize)\.toolkit\.fluxcd\.io\/|^fluxcd\.controlplane\.io\//u.test(apiVersion);
}
