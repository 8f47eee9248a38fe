import type { Builder } from '../build/build.ts';
import { defaultFolder, openFetched } from '../fetched/fetched.ts';
import { groupVersionKind, type Resource } from '../object/resource.ts';
import { supportedVersions } from '../schema/facts.ts';
import type { Sources } from '../source/load.ts';
import { newTemplateBudget } from '../template/run.ts';
import { applicationSetKind } from './argocd/application-set.ts';
import { readClusters } from './argocd/known-clusters.ts';
import { generatedAlone, ownRepositories } from './argocd/own-repository.ts';
import { renderApplicationSet } from './argocd/render-application-set.ts';
import { switchesGlobbing } from './argocd/settings.ts';
import type { ClusterGroup, ClusterGroups } from './cluster-group.ts';
import { isOf } from './controller-kind.ts';
import type { BuiltFreely, DiscoverOptions, Earlier } from './discover-options.ts';
import { changesKustomizations } from './flux/changed-on-the-way.ts';
import type { MissingChart } from './flux/release-chart.ts';
import { sourceKnowledge, withRendered } from './flux/source-knowledge.ts';
import { substitutesStrictly } from './flux/strict-substitution.ts';
import type { Begun } from './loose-entries.ts';
import type { ReconcileContext } from './reconcile-context.ts';
import type { MadeReconciliation, Reconciliation } from './reconciliation.ts';
import { type ServedApis, servedApis } from './served-apis.ts';

/** An owner that may have a chart, and whether that asked for what is served now and was not then. */
export interface AskingOwner {
  readonly render: (served: ServedApis) => MadeReconciliation | MissingChart;
  owner: Reconciliation;
  dependsOn: (served: ServedApis) => boolean;
}

export interface Run {
  readonly context: Omit<ReconcileContext, 'find' | 'findEarlier'> & {
    /** Applications that the ApplicationSets of the files make without any repository. */
    readonly generated: readonly Resource[];
  };
  /** Objects of Flux and Argo CD as the files have them. */
  readonly declared: readonly Resource[];
  /** Addresses of this repository; empty where nobody said. */
  readonly repositories: readonly string[];
  readonly groups: ClusterGroups;
  /** Files with objects that say what to deploy. */
  readonly entryFiles: ReadonlySet<string>;
  /** Files that something applies. */
  readonly reached: Set<string>;
  /** What was begun at a file that no kustomization lists. */
  readonly begun: Begun[];
  /** Kustomizations with entry points that nobody applies. */
  readonly leftOut: string[];
  /** HelmReleases whose charts are not here, and why. */
  readonly missingCharts: Map<Resource, string>;
  /** What was followed so far, whose charts may ask for what else reaches their cluster. */
  readonly asking: Map<ClusterGroup, AskingOwner[]>;
  readonly earlier?: Earlier;
  /** How many objects owners apply so far: a thousand of them may apply one folder. */
  deployed: number;
}

export function contextOf(
  sources: Sources,
  builder: Builder,
  declared: readonly Resource[],
  {
    repositories = [],
    strictSubstitution,
    clustersFile,
    fetched,
    kubernetesVersion,
    files,
    builtFreely,
  }: DiscoverOptions & { readonly files: readonly string[]; readonly builtFreely: BuiltFreely },
): Run['context'] {
  const clusters = clustersFile === undefined ? {} : { clusters: readClusters(sources, clustersFile) };
  const hasNewGlobbing = files.some((file) => switchesGlobbing(sources.file(file)?.text ?? ''));
  const generated =
    repositories.length > 0 ? [] : generatedAlone(declared, { sources, hasNewGlobbing, ...clusters });
  return {
    sources,
    builder,
    budget: newTemplateBudget(),
    isStrict: strictSubstitution ?? substitutesStrictly(sources, files, declared),
    areChanged: changesKustomizations(sources, files),
    ...clusters,
    hasNewGlobbing,
    generated,
    knowledge: sourceKnowledge(sources, declared, { repositories, files }),
    builtFreely,
    isHere: ownRepositories(sources, { resources: declared, generated, known: repositories }),
    charts: new Map(),
    fetched: fetched ?? openFetched(sources, defaultFolder, new Map()),
    served: servedApis(kubernetesVersion ?? supportedVersions().at(-1) ?? '', () => []),
  };
}

export function isOfFlux({ object }: Resource): boolean {
  return /(?:^|\.)toolkit\.fluxcd\.io$|^fluxcd\.controlplane\.io$/u.test(groupVersionKind(object).group);
}

/** What is known with rendered entry points as well: a patch may have said where they lead. */
export function contextWith(
  { context, declared, repositories }: Run,
  rendered: readonly Resource[],
): Run['context'] {
  const { sources, knowledge } = context;
  const applications = rendered
    .filter((one) => isOf(applicationSetKind, one))
    .flatMap((one) => renderApplicationSet(one, context).build.resources);
  return {
    ...context,
    knowledge: withRendered(knowledge, sources, rendered),
    isHere: ownRepositories(sources, {
      resources: [...declared, ...rendered, ...applications],
      generated: context.generated,
      known: repositories,
    }),
  };
}
