import { applySettings, isSelected } from '../accept/apply-settings.ts';
import { type LoadedBaseline, loadBaseline } from '../accept/load-baseline.ts';
import { acceptedAbsent } from '../accept/not-judged.ts';
import { isWholeRun, readSuppressions } from '../accept/suppressions.ts';
import { unknownRules, unreadParameters } from '../accept/unknown-rules.ts';
import { unusedLooseSchemas } from '../accept/unused-loose-schemas.ts';
import type { AppliedBy } from '../admit/admit.ts';
import { judgeResources } from '../admit/judge.ts';
import { type Profile, policyNames } from '../admit/policy/built-in.ts';
import { renewBudgets } from '../admit/policy/run-budget.ts';
import { policiesFor } from '../admit/scope-policies.ts';
import { customKindsFor } from '../admit/scope-schemas.ts';
import type { BuildMemory } from '../build/build-memory.ts';
import { emptyAlternatives } from '../configuration/alternatives.ts';
import { clusterTarget, type GivenTarget } from '../configuration/cluster-target.ts';
import { type Configuration, defaultConfiguration } from '../configuration/configuration.ts';
import {
  defaultKubernetesVersion,
  readVersions,
  unknownVersion,
} from '../configuration/kubernetes-versions.ts';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import { missingClusters } from '../configuration/missing-clusters.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Step } from '../diagnostic/step.ts';
import { type FixOutcome, fixTree, refuteOne } from '../fix/fix-tree.ts';
import type { Judgement } from '../fix/judgement.ts';
import { withFixes } from '../fix/propose-fix.ts';
import type { Fixable } from '../fix/prove.ts';
import type { Build } from '../object/build.ts';
import { readObjects } from '../object/plain-manifests.ts';
import type { Resource } from '../object/resource.ts';
import { servedByOlderFlux } from '../reconcile/flux/removed-versions.ts';
import { clusterGraph } from '../reconcile/graph.ts';
import { assembleReport } from '../report/finding/assemble.ts';
import { applyBaseline } from '../report/finding/baseline.ts';
import type { BaselineEntry, FailOn, Report } from '../report/report.ts';
import { noCustomKinds } from '../schema/custom-kind.ts';
import type { FileSystem } from '../source/file-system.ts';
import { openSources, type Sources } from '../source/load.ts';
import { isBelow } from '../source/path.ts';
import { sha256 } from '../source/sha256.ts';
import type { Mapping } from '../source/value.ts';
import { findManifests } from '../survey/entry-points.ts';
import { alternativesUsed, renderedBuilds, surveyRun } from '../survey/survey.ts';
import { witnessBuilds } from '../survey/witness-builds.ts';
import { cataloguePolicies, policyChoice, rulesOf, runRules, takingParameters } from './chosen-rules.ts';
import { earlierObjects } from './earlier.ts';
import { attribution, environmentReport, uncheckedScopes } from './environment.ts';
import { evidenceReports } from './evidence-report.ts';
import { judgedObjects } from './judged-objects.ts';
import { ownershipReports } from './ownership-report.ts';
import { parityReports } from './parity-report.ts';
import { resourceReports } from './resource-report.ts';
import { judgeByRules, withoutRefused, withoutUncompiled } from './rule-findings.ts';
import { admitScopes, usedLooseKinds, withoutSchema } from './scope-admission.ts';
import { secretsIn } from './secrets.ts';
import { readSchemas } from './vendored-schemas.ts';

export { rulePages } from './rule-pages.ts';

export interface LintOptions {
  readonly fileSystem: FileSystem;
  /** Files and directories to judge, relative to the repository's root. */
  readonly paths: readonly string[];
  /** The configuration file; the nearest cdb-lint.yaml where absent. */
  readonly configuration?: string;
  /** Only these environments; all where empty. */
  readonly environments?: readonly string[];
  /** Files, relative to the repository's root: only the entry points that read one of them. */
  readonly touched?: readonly string[];
  /** Judged for each, in place of what the configuration says; one text may hold several, with commas between them. */
  readonly kubernetesVersions?: readonly string[];
  /** How objects reach the cluster, in place of what the configuration says. */
  readonly appliedBy?: AppliedBy;
  /** Whether an object of a kind without schema counts as not checked. */
  readonly requireSchemas?: boolean;
  /** Which policies of the catalogue judge; the configuration's, or `acceptance`, where absent. */
  readonly profile?: Profile;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly failOn?: FailOn;
  /** The least percentage of the known objects that has to be fully judged; with less the run exits 2. */
  readonly minCoverage?: number;
  /** Whether the report names the lines behind the marks of the matrix. */
  readonly withEvidence?: boolean;
  /** A file of findings that are known and count no more, see `--update-baseline`; the configuration's where absent, none for false. */
  readonly baseline?: string | false;
  /** What day it is, for what is accepted up to a day; without it nothing expires. */
  readonly now?: Date;
  /** @internal What earlier runs made of files whose bytes are the same array, see `rememberFiles`; for one run at a time. */
  readonly memory?: BuildMemory;
  /** Told what begins, for whoever waits. */
  readonly onStep?: (step: Step) => void;
}

/** Judges what is deployed below the given paths: builds it, admits it, and says what is wrong at the line to edit. */
export function lint(options: LintOptions): Report {
  return judge(options).report;
}

/** The report with all that is rendered. */
export function judgeTree(options: LintOptions): Judgement {
  const { report, builds } = judge(options);
  return { report, builds };
}

/** Repairs in memory what has one right answer, as far as it is proven that nothing else changes. */
export function fix(options: LintOptions): FixOutcome {
  return fixTree(options.fileSystem, (fileSystem) => judgeWithWitnesses({ ...options, fileSystem }));
}

/** What is against one fix; undefined where it is proven that nothing else changes. */
export function refuteFix(options: LintOptions, fixable: Fixable): string | undefined {
  return refuteOne(options.fileSystem, fixable, (fileSystem) =>
    judgeWithWitnesses({ ...options, fileSystem }),
  );
}

function judgeWithWitnesses(options: LintOptions): Judgement {
  const { report, builds, configuration } = judge(options);
  return { report, builds: [...builds, ...witnessBuilds(options.fileSystem, configuration, builds)] };
}

interface Judged {
  readonly report: Report;
  readonly builds: readonly Build[];
  readonly configuration: Configuration;
}

function judge(options: LintOptions): Judged {
  const sources = openSources(options.fileSystem, {}, options.memory?.files);
  const { paths, environments: selected = [], only = [], skip = [], failOn = 'error', touched } = options;
  const { onStep = () => {} } = options;
  onStep({ name: 'read' });
  const { configuration, diagnostics: problems } = loadConfiguration(
    sources,
    touched?.[0] ?? paths[0] ?? '',
    options.configuration,
  );
  const baseline = chosenBaseline(configuration, options);
  const versions = readVersions(options.kubernetesVersions ?? []);

  // What there is to judge, as Kustomize, Flux and Argo CD build it.
  const survey = surveyRun(sources, configuration, {
    paths,
    selected,
    // A configuration that cannot be used says nothing of what to judge, or how.
    isUsable: problems.length === 0,
    // Whatever the configuration changes may change everywhere.
    ...(touched === undefined || touched.includes(configuration.file ?? '') ? {} : { touched }),
    onStep,
    ...(options.memory === undefined ? {} : { memory: options.memory }),
  });
  const { scopes, found, undeployed } = survey;

  // What the API server says of each object.
  renewBudgets();
  onStep({ name: 'admit' });
  const targets = scopes.map(({ entryPoint }) =>
    clusterTarget(configuration, entryPoint?.environment, {
      ...options,
      kubernetesVersions: 'problem' in versions ? [] : versions,
    }),
  );
  const sets = scopes.map(({ resources }) => resources);
  const vendored = readSchemas(sources, configuration.schemas);
  const customKinds = customKindsFor(
    sets,
    [...vendored.objects, ...undeployed.definitions],
    servedByOlderFlux(configuration.fluxVersion),
  );
  const policies = policiesFor(sets, {
    kubernetesVersions: targets.map(({ kubernetesVersions: [oldest] }) => oldest),
    customKinds,
    ...policyChoice(configuration, options),
  });
  const ofPolicies = policies.flatMap((one) => one.diagnostics);
  const judged = admitScopes(
    scopes,
    (scope, index) => ({
      ...(targets[index] ?? { kubernetesVersions: [] }),
      policies: policies[index]?.policies ?? [],
      customKinds: customKinds[index] ?? noCustomKinds,
      looseKinds: configuration.looseSchemas,
      hasPlaceholders: scope.hasPlaceholders === true,
      requiresSchemas: options.requireSchemas ?? configuration.requireSchemas,
    }),
    onStep,
  );
  const admitted = judged.flatMap((one) => one.diagnostics);

  // What needs more than one object to be seen.
  onStep({ name: 'rules' });
  const kubernetesVersion = targets[0]?.kubernetesVersions[0] ?? defaultKubernetesVersion;
  const ofRules = judgeByRules(sources, survey, configuration, {
    kubernetesVersion,
    isWhole: selected.length === 0 && touched === undefined,
    isPart: touched !== undefined,
    onStep,
  });

  // What of it is accepted, and what counts.
  onStep({ name: 'report' });
  const known = [...policyNames(), ...runRules(policies)];
  const running = rulesOf(policies, configuration, { only, skip });
  const ignored = readSuppressions(sources, scopes, found);
  const isWhole =
    touched === undefined && isWholeRun(configuration, found, scopes, { environments: selected, paths });
  const diagnostics = [
    ...problems,
    ...('problem' in versions ? [unknownVersion(versions)] : []),
    ...missingClusters(configuration, options.fileSystem),
    ...(baseline?.diagnostics ?? []),
    ...vendored.diagnostics,
    ...(problems.length > 0 ? [] : found.diagnostics),
    ...unknownRules(known, configuration, { only, skip }),
    ...unreadParameters(known, takingParameters(policies), configuration),
    ...ofPolicies,
    ...withoutUncompiled(admitted, ofPolicies),
    ...withoutRefused(ofRules, admitted),
    ...undeployed.diagnostics,
    ...ignored.diagnostics,
    ...(isWhole ? unusedLooseSchemas(configuration, usedLooseKinds(judged)) : []),
    ...(isWhole ? emptyAlternatives(configuration, paths, alternativesUsed(survey)) : []),
  ];
  const settled = applySettings(
    diagnostics,
    configuration,
    { only, skip },
    {
      suppressions: ignored.suppressions,
      knownRules: known,
      runRules: running,
      isWhole,
      ...(options.now === undefined ? {} : { today: options.now.toISOString().slice(0, 10) }),
    },
  );
  const surveyed = {
    ...survey.coverage,
    notRendered: [...(survey.coverage.notRendered ?? []), ...acceptedAbsent(settled.accepted)],
  };
  const assembled = assembleReport({
    diagnostics: settled.kept,
    accepted: [...settled.accepted, ...judged.flatMap((one) => one.accepted)],
    serviceOf: attribution(scopes),
    environments: scopes.flatMap((scope, index) => environmentReport(scope, judged[index]?.undecoded)),
    parity: parityReports(scopes, configuration, settled.accepted),
    resources: resourceReports(scopes),
    ownership: ownershipReports(
      survey.clusters,
      scopes.filter(
        (scope) => !scope.isBeside && survey.deployment?.scopes.some((one) => one === scope) !== true,
      ),
    ),
    ...(options.withEvidence === true ? { evidence: evidenceReports(scopes) } : {}),
    clusters: survey.clusters.map(clusterGraph),
    coverage: {
      ...sources.counts,
      ...surveyed,
      ...judgedObjects(scopes, judged, surveyed),
      policies: new Set(policies.flatMap((one) => one.policies.map(({ name }) => name))).size,
      ...withoutSchema(judged),
    },
    unchecked: uncheckedScopes(
      scopes,
      problems.length > 0,
      touched === undefined && found.diagnostics.every(({ unchecked }) => unchecked === undefined)
        ? paths
        : [],
    ),
    rules: running,
    policies: cataloguePolicies(policies),
    secrets: secretsIn(sources, [...diagnostics, ...settled.kept], scopes, found),
    failOn,
    ...(options.minCoverage === undefined ? {} : { minCoverage: options.minCoverage }),
    digest: sha256,
  });
  const repairable = withFixes(assembled, scopes, { sources, kubernetesVersion });
  return {
    report: baseline === undefined ? repairable : applyBaseline(repairable, baseline, isLookedFor(options)),
    builds: renderedBuilds(survey),
    configuration,
  };
}

function chosenBaseline(
  { baseline: configured }: Configuration,
  { fileSystem, baseline: given }: LintOptions,
): LoadedBaseline | undefined {
  if (given === false) return undefined;
  if (given !== undefined) return loadBaseline(fileSystem, given);
  return configured && loadBaseline(fileSystem, configured.path, configured.span);
}

/** What of a baseline is gone where nobody finds it: of a run over a part only what that part holds. */
function isLookedFor({
  environments = [],
  paths,
  touched,
  only = [],
  skip = [],
}: LintOptions): (entry: BaselineEntry) => boolean {
  if (environments.length > 0 || touched !== undefined) return () => false;
  return ({ rule, file }) => isSelected(rule, { only, skip }) && paths.some((path) => isBelow(file, path));
}

export interface AdmitOptions extends Partial<GivenTarget> {
  readonly fileSystem: FileSystem;
  /** Files and directories, relative to the repository's root. */
  readonly paths: readonly string[];
  /** The file or directory with what is in the cluster already: its objects are updated, all others are created. */
  readonly old?: string;
  readonly requireSchemas?: boolean;
  readonly failOn?: FailOn;
}

/** Judges each document as an API server would when it is created or updated: no Kustomize, no rules, no policies, no configuration. */
export function admit(options: AdmitOptions): Report {
  const { paths, failOn = 'error', requireSchemas = false } = options;
  const sources = openSources(options.fileSystem);
  const found = findManifests(sources, paths);
  const { resources, diagnostics } = readObjects(sources, found.files);
  const versions = readVersions(options.kubernetesVersions ?? []);
  const target = clusterTarget(defaultConfiguration, undefined, {
    appliedBy: 'create',
    ...options,
    kubernetesVersions: 'problem' in versions ? [] : versions,
  });
  const [customKinds = noCustomKinds] = customKindsFor([resources], []);
  renewBudgets();
  const earlier = readEarlier(sources, resources, options);
  const judged = judgeResources(resources, {
    ...target,
    policies: [],
    customKinds,
    requiresSchemas: requireSchemas,
    before: earlier.objects,
  });
  const problems = [
    ...('problem' in versions ? [unknownVersion(versions)] : []),
    ...found.diagnostics,
    ...diagnostics.map((one) => (target.appliedBy === 'create' ? one : toleratingRepeats(one))),
    ...earlier.diagnostics,
    ...judged.diagnostics,
  ];
  const isEmpty = resources.length === 0 && problems.length === 0;
  const unchecked = {
    what: paths.map((path) => path || '.').join(', '),
    why: 'there is no Kubernetes manifest to judge',
  };
  return assembleReport({
    diagnostics: problems,
    accepted: [],
    serviceOf: () => undefined,
    environments: [],
    coverage: {
      ...sources.counts,
      builds: 0,
      objects: resources.length,
      policies: 0,
      objectsKnown: resources.length,
      objectsJudged:
        resources.length - new Set([...judged.undecoded, ...judged.schemaless, ...judged.ruleless]).size,
      ...withoutSchema([judged]),
      notDeployed: found.kustomizations,
    },
    unchecked: isEmpty ? [unchecked] : earlier.unchecked,
    rules: [],
    policies: [],
    secrets: secretsIn(sources, problems, [], { plainFiles: [...found.files, ...earlier.files] }),
    failOn,
    digest: sha256,
  });
}

interface Earlier extends Pick<Report, 'unchecked'> {
  readonly objects: ReadonlyMap<Resource, Mapping>;
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The objects before an update; where there is none at all, the folders were mixed up rather than everything new. */
function readEarlier(
  sources: Sources,
  resources: readonly Resource[],
  { paths, old }: Pick<AdmitOptions, 'paths' | 'old'>,
): Earlier {
  if (old === undefined) return { objects: new Map(), files: [], diagnostics: [], unchecked: [] };
  const found = findManifests(sources, [old]);
  const { resources: earlier, diagnostics } = readObjects(sources, found.files);
  const objects = earlierObjects(resources, earlier, { paths, old });
  const unchecked = {
    what: old || '.',
    why: 'it has no object that is judged here in a file of the same name, so that nothing was judged as an update',
  };
  return {
    objects,
    files: found.files,
    diagnostics: [...found.diagnostics, ...diagnostics],
    unchecked: objects.size === 0 ? [unchecked] : [],
  };
}

// Whoever applies makes JSON of the file first, in which the last of two keys has won.
function toleratingRepeats(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.rule !== 'duplicate-key') return diagnostic;
  const { unchecked: _, ...rest } = diagnostic;
  return { ...rest, severity: 'warning' };
}
