import type { AppliedBy } from './admit/admit.ts';
import { type Judged, type JudgeOptions, judgeResources, type LooseKind } from './admit/judge.ts';
import { type PolicyChoice, type Profile, policyNames } from './admit/policy/built-in.ts';
import { catalogue } from './admit/policy/catalogue.ts';
import { noCustomKinds } from './admit/schema/custom-kind.ts';
import { isOfOtherTool } from './admit/schema/served-kind.ts';
import { policiesFor, type ScopePolicies } from './admit/scope-policies.ts';
import { customKindsFor } from './admit/scope-schemas.ts';
import { type Build, type Builder, openBuilder } from './build/build.ts';
import { ignoreAnnotations } from './build/ignore-annotations.ts';
import { byFolder, readObjects, readPlainManifests, undeployedManifests } from './build/plain-manifests.ts';
import { objectReference, type Resource } from './build/resource.ts';
import { secretSpansIn } from './build/secret-spans.ts';
import { serviceName, servicesOf } from './build/service-name.ts';
import { sha256 } from './build/sha256.ts';
import { applySettings, isSelected, type Selection } from './configuration/apply-settings.ts';
import { clusterTarget, type GivenTarget } from './configuration/cluster-target.ts';
import { type Configuration, defaultConfiguration } from './configuration/configuration.ts';
import {
  type EntryPoint,
  type EntryPoints,
  findEntryPoints,
  findManifests,
} from './configuration/entry-points.ts';
import {
  defaultKubernetesVersion,
  readVersions,
  unknownVersion,
} from './configuration/kubernetes-versions.ts';
import { loadBaseline } from './configuration/load-baseline.ts';
import { loadConfiguration } from './configuration/load-configuration.ts';
import { unknownRules, unreadParameters } from './configuration/unknown-rules.ts';
import { unusedLooseSchemas } from './configuration/unused-loose-schemas.ts';
import type { Diagnostic, ObjectReference } from './diagnostic/diagnostic.ts';
import type { Span } from './diagnostic/span.ts';
// Loaded when called: most repositories have neither Flux nor Argo CD.
import { deploymentOf } from './reconcile/deployment.ts';
import { mentionsController } from './reconcile/mentions.ts';
import { assembleReport } from './report/assemble.ts';
import { applyBaseline } from './report/baseline.ts';
import { isSecretRule } from './report/criteria.ts';
import { valueSpan } from './report/redact.ts';
import type { Coverage, EnvironmentReport, FailOn, Report, Unchecked } from './report/report.ts';
import { judgeBuild, judgeCluster, rules } from './rules/judge.ts';
import { rulePage } from './rules/pages.ts';
import type { RuleContext } from './rules/rule.ts';
import { ruleSummaries } from './rules/rule-summaries.ts';
import type { FileSystem } from './source/file-system.ts';
import { type IgnoreComments, ignoreComments } from './source/ignore-comments.ts';
import { openSources, type Sources } from './source/load.ts';
import { isBelow } from './source/path.ts';
import type { Mapping } from './source/value.ts';

export interface LintOptions {
  readonly fileSystem: FileSystem;
  /** Files and directories to judge, relative to the repository's root. */
  readonly paths: readonly string[];
  /** The configuration file; the nearest cdb-lint.yaml where absent. */
  readonly configuration?: string;
  /** Only these environments; all where empty. */
  readonly environments?: readonly string[];
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
  /** A file of findings that are known and count no more, see `--update-baseline`. */
  readonly baseline?: string;
  /** What day it is, for what is accepted up to a day; without it nothing expires. */
  readonly now?: Date;
}

/** What reaches a cluster together: one build, or the manifests that no kustomization takes. */
interface Scope extends Build {
  readonly entryPoint?: EntryPoint;
  /** What of it Flux applies. */
  readonly byFlux?: ReadonlySet<Resource>;
  /** Whether variables stand in it whose values are not in the repository. */
  readonly hasPlaceholders?: boolean;
}

const nothingUndeployed = { places: [], definitions: [], diagnostics: [] };

/** Judges what is deployed below the given paths: builds it, admits it, and says what is wrong at the line to edit. */
export function lint(options: LintOptions): Report {
  const sources = openSources(options.fileSystem);
  const { paths, environments: selected = [], only = [], skip = [], failOn = 'error' } = options;
  const { configuration, diagnostics: problems } = loadConfiguration(
    sources,
    paths[0] ?? '',
    options.configuration,
  );
  const baseline =
    options.baseline === undefined ? undefined : loadBaseline(options.fileSystem, options.baseline);
  const { environments, file: configurationFile, remotes } = configuration;
  const surveyed = findEntryPoints(sources, {
    paths,
    environments,
    selected,
    ...(configurationFile === undefined ? {} : { configurationFile }),
  });
  const builder = openBuilder(sources);
  const build: Builder['build'] = (root, more) => builder.build(root, { remotes, ...more });
  const isUsable = problems.length === 0;
  const deployment =
    isUsable && selected.length === 0 ? findDeployment(sources, surveyed, { build }) : undefined;
  const found = deployment === undefined ? surveyed : withoutReached(surveyed, deployment.reached);
  // A configuration that cannot be used says nothing of what to judge, or how.
  const scopes = !isUsable
    ? []
    : [
        ...(deployment?.scopes ?? []),
        ...buildScopes(found, { build }, deployment?.fluxPaths),
        plainScope(sources, found),
      ];
  const undeployed =
    selected.length > 0
      ? nothingUndeployed
      : leftOver(sources, found, [...scopes.flatMap(({ inputs }) => inputs), ...(deployment?.reached ?? [])]);
  const versions = readVersions(options.kubernetesVersions ?? []);
  const targets = scopes.map(({ entryPoint }) =>
    clusterTarget(configuration, entryPoint?.environment, {
      ...options,
      kubernetesVersions: 'problem' in versions ? [] : versions,
    }),
  );
  const sets = scopes.map(({ resources }) => resources);
  const policies = policiesFor(sets, {
    kubernetesVersions: targets.map(({ kubernetesVersions: [oldest] }) => oldest),
    ...policyChoice(configuration, options),
  });
  const vendored = readSchemas(sources, configuration.schemas);
  const customKinds = customKindsFor(sets, [...vendored.objects, ...undeployed.definitions]);
  const judged = scopes.map((scope, index) =>
    judge(scope, {
      ...(targets[index] ?? { kubernetesVersions: [] }),
      policies: policies[index]?.policies ?? [],
      customKinds: customKinds[index] ?? noCustomKinds,
      looseKinds: configuration.looseSchemas,
      hasPlaceholders: scope.hasPlaceholders === true,
      requiresSchemas: options.requireSchemas ?? configuration.requireSchemas,
    }),
  );
  const ofRules = judgeByRules(sources, scopes, found, configuration, {
    kubernetesVersion: targets[0]?.kubernetesVersions[0] ?? defaultKubernetesVersion,
    isWhole: selected.length === 0,
  });
  const admitted = judged.flatMap((one) => one.diagnostics);
  const known = [...policyNames(), ...runRules(policies)];
  const ignored = readSuppressions(sources, scopes, found);
  const isWhole = isWholeRun(configuration, found, scopes, options);
  const diagnostics = [
    ...problems,
    ...('problem' in versions ? [unknownVersion(versions)] : []),
    ...(baseline?.diagnostics ?? []),
    ...vendored.diagnostics,
    ...(problems.length > 0 ? [] : found.diagnostics),
    ...unknownRules(known, configuration, { only, skip }),
    ...unreadParameters(known, takingParameters(policies), configuration),
    ...policies.flatMap((one) => one.diagnostics),
    ...admitted,
    ...withoutRefused(ofRules, admitted),
    ...(deployment?.diagnostics ?? []),
    ...undeployed.diagnostics,
    ...ignored.diagnostics,
    ...(isWhole ? unusedLooseSchemas(configuration, usedLooseKinds(judged)) : []),
  ];
  const settled = applySettings(
    diagnostics,
    configuration,
    { only, skip },
    {
      suppressions: ignored.suppressions,
      knownRules: known,
      runRules: rulesOf(policies, configuration, { only, skip }),
      isWhole,
      ...(options.now === undefined ? {} : { today: options.now.toISOString().slice(0, 10) }),
    },
  );
  const report = assembleReport({
    diagnostics: settled.kept,
    accepted: [...settled.accepted, ...judged.flatMap((one) => one.accepted)],
    serviceOf: attribution(scopes),
    environments: scopes.flatMap(environmentReport),
    coverage: {
      ...sources.counts,
      builds: found.roots.length + (deployment?.builds ?? 0),
      objects: scopes.reduce((sum, { resources }) => sum + resources.length, 0),
      policies: new Set(policies.flatMap((one) => one.policies.map(({ name }) => name))).size,
      ...withoutSchema(judged),
      // While a build is broken, nobody knows what it would have read.
      notDeployed: scopes.every(({ complete }) => complete) ? undeployed.places : [],
      notRendered: [
        ...(deployment?.notRendered ?? []),
        ...found.charts.map((chart) => `${chart || '.'}: charts are not rendered`),
      ],
      unresolvedVariables: deployment?.unresolvedVariables ?? [],
    },
    unchecked: uncheckedScopes(scopes, problems.length > 0, paths),
    rules: rulesOf(policies, configuration, { only, skip }),
    secrets: secretsIn(sources, [...diagnostics, ...settled.kept], scopes, found),
    failOn,
    digest: sha256,
  });
  return baseline === undefined ? report : applyBaseline(report, baseline.file, baseline.entries);
}

/** What comments of the files that builds read, and annotations of the objects that they render, accept. */
function readSuppressions(
  sources: Sources,
  scopes: readonly Scope[],
  { plainFiles }: EntryPoints,
): IgnoreComments {
  const plain = new Set(plainFiles);
  const inputs = new Set(scopes.flatMap((scope) => scope.inputs).filter((path) => !plain.has(path)));
  const found = [
    ignoreComments(sources, [...inputs], 'kustomize'),
    ignoreComments(sources, plainFiles, 'api-server'),
    ...scopes.map(({ resources, entryPoint }) => ignoreAnnotations(resources, entryPoint?.root)),
  ];
  return {
    suppressions: found.flatMap(({ suppressions }) => suppressions),
    diagnostics: found.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Whether all that the configuration speaks of was judged. */
function isWholeRun(
  { environments, file = '' }: Configuration,
  { roots }: EntryPoints,
  scopes: readonly Scope[],
  { environments: selected = [], paths }: LintOptions,
): boolean {
  if (selected.length > 0 || scopes.length === 0 || !scopes.every(({ complete }) => complete)) return false;
  if (environments.length > 0)
    return environments.every((one) => roots.some(({ environment }) => environment === one));
  return file === '' || paths.some((path) => isBelow(file, path));
}

function usedLooseKinds(judged: readonly Judged[]): ReadonlySet<LooseKind> {
  return new Set(judged.flatMap((one) => one.usedLooseKinds));
}

function takingParameters(policies: readonly ScopePolicies[]): string[] {
  const taking = policies.flatMap((one) => one.policies.filter(({ usesParams }) => usesParams));
  return [...new Set(taking.map(({ name }) => name))];
}

export interface AdmitOptions extends Partial<GivenTarget> {
  readonly fileSystem: FileSystem;
  /** Files and directories, relative to the repository's root. */
  readonly paths: readonly string[];
  readonly requireSchemas?: boolean;
  readonly failOn?: FailOn;
}

/** Judges each document as an API server would when it is created: no Kustomize, no rules, no policies, no configuration. */
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
  const judged = judgeResources(resources, {
    ...target,
    policies: [],
    customKinds,
    requiresSchemas: requireSchemas,
  });
  const problems = [
    ...('problem' in versions ? [unknownVersion(versions)] : []),
    ...found.diagnostics,
    ...diagnostics.map((one) => (target.appliedBy === 'create' ? one : toleratingRepeats(one))),
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
      ...withoutSchema([judged]),
      notDeployed: found.kustomizations,
    },
    unchecked: isEmpty ? [unchecked] : [],
    rules: [],
    secrets: secretsIn(sources, problems, [], { plainFiles: found.files }),
    failOn,
    digest: sha256,
  });
}

// Whoever applies makes JSON of the file first, in which the last of two keys has won.
function toleratingRepeats(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.rule !== 'duplicate-key') return diagnostic;
  const { unchecked: _, ...rest } = diagnostic;
  return { ...rest, severity: 'warning' };
}

function withoutSchema(judged: readonly Judged[]): Pick<Coverage, 'withoutSchema' | 'objectsWithoutSchema'> {
  const kinds = judged.flatMap((one) => one.withoutSchema);
  return { withoutSchema: [...new Set(kinds)], objectsWithoutSchema: kinds.length };
}

/** What Flux and Argo CD deploy of it; undefined where neither has to do with the repository. */
function findDeployment(
  sources: Sources,
  found: EntryPoints,
  builder: Builder,
): ReturnType<typeof deploymentOf> | undefined {
  const files = [...found.plainFiles, ...found.kustomizedFiles];
  return files.some((file) => mentionsController(sources, file))
    ? deploymentOf(sources, found, builder)
    : undefined;
}

/** What nobody deploys by way of a controller; environments are judged in any case. */
function withoutReached(found: EntryPoints, reached: ReadonlySet<string>): EntryPoints {
  const isReached = ({ root, environment }: EntryPoint): boolean =>
    environment === undefined &&
    found.kustomizations.some(
      (file) => reached.has(file) && file.slice(0, Math.max(0, file.lastIndexOf('/'))) === root,
    );
  return {
    ...found,
    roots: found.roots.filter((one) => !isReached(one)),
    plainFiles: found.plainFiles.filter((file) => !reached.has(file)),
  };
}

function buildScopes(
  { roots }: EntryPoints,
  builder: Builder,
  fluxPaths: ReadonlySet<string> = new Set(),
): Scope[] {
  return roots.map((entryPoint) => {
    const build = builder.build(entryPoint.root);
    const byFlux = fluxPaths.has(entryPoint.root) ? { byFlux: new Set(build.resources) } : {};
    return { ...build, entryPoint, ...byFlux };
  });
}

/** The objects in the directories that the configuration names for schemas. */
function readSchemas(
  sources: Sources,
  directories: readonly string[],
): { readonly objects: readonly Mapping[]; readonly diagnostics: readonly Diagnostic[] } {
  if (directories.length === 0) return { objects: [], diagnostics: [] };
  const found = findManifests(sources, directories);
  const { resources, diagnostics } = readPlainManifests(sources, found.files);
  return {
    objects: resources.map(({ object }) => object),
    diagnostics: [...found.diagnostics, ...diagnostics],
  };
}

function plainScope(sources: Sources, { plainFiles }: EntryPoints): Scope {
  const { resources, diagnostics } = readPlainManifests(sources, plainFiles);
  const manifests = { resources: resources.filter(({ object }) => !isOfOtherTool(object)), diagnostics };
  return { ...manifests, root: '', inputs: plainFiles, effects: [], complete: true };
}

function leftOver(
  sources: Sources,
  { kustomizedFiles, kustomizations }: EntryPoints,
  inputs: readonly string[],
): ReturnType<typeof undeployedManifests> {
  const read = new Set(inputs);
  const unused = kustomizations
    .filter((file) => !read.has(file))
    .map((file) => file.replace(/\/[^/]+$/u, ''));
  return undeployedManifests(
    sources,
    kustomizedFiles.filter((file) => !read.has(file)),
    unused,
  );
}

function judge(scope: Scope, options: JudgeOptions): Judged {
  const { entryPoint, resources, diagnostics, byFlux } = scope;
  const judged = judgeResources(resources, {
    ...options,
    ...(byFlux === undefined ? {} : { byFlux }),
    ...(entryPoint === undefined ? {} : { entryPoint: entryPoint.root }),
  });
  return { ...judged, diagnostics: [...diagnostics, ...judged.diagnostics] };
}

/** What needs more than one object to be seen. */
function judgeByRules(
  sources: Sources,
  scopes: readonly Scope[],
  found: EntryPoints,
  { environments, provided }: Configuration,
  { kubernetesVersion, isWhole }: { readonly kubernetesVersion: string; readonly isWhole: boolean },
): Diagnostic[] {
  const context: RuleContext = {
    sources,
    kubernetesVersion,
    environments,
    provided,
    ...(isWhole ? { files: found.kustomizedFiles } : {}),
  };
  const ofScopes = scopes.flatMap((scope) => {
    if (scope.entryPoint?.environment !== undefined) return judgeBuild(scope, context);
    // Without environments nobody says what reaches which cluster, so that anything may be provided by any build.
    const amongAll = { ...context, neighbours: scopes };
    if (scope.entryPoint !== undefined) return judgeBuild(scope, amongAll);
    return byFolder(scope.resources).flatMap((resources) =>
      judgeBuild({ ...scope, resources }, amongAll).map(withoutEntryPoint),
    );
  });
  return [...ofScopes, ...judgeCluster(scopes, context)];
}

/** What an API server refuses is wrong for that reason; that it leads nowhere as well is no second mistake. */
function withoutRefused(ofRules: readonly Diagnostic[], admitted: readonly Diagnostic[]): Diagnostic[] {
  const fieldKey = ({ object, entryPoint, field }: Diagnostic): string | undefined =>
    object === undefined || field === undefined ? undefined : `${objectKey(object, entryPoint)} ${field}`;
  const refused = new Set(admitted.filter(({ severity }) => severity === 'error').map(fieldKey));
  return ofRules.filter((diagnostic) => {
    const key = fieldKey(diagnostic);
    return key === undefined || !refused.has(key);
  });
}

function withoutEntryPoint({ entryPoint: _, ...diagnostic }: Diagnostic): Diagnostic {
  return diagnostic;
}

function environmentReport({ entryPoint, resources, complete }: Scope): EnvironmentReport[] {
  if (entryPoint === undefined) return [];
  const required = entryPoint.environment?.requiredWorkloads.map(({ name }) => name) ?? [];
  const services = new Set([...required, ...servicesOf(resources)]);
  const { name, root } = entryPoint;
  return [{ name, entryPoint: root, complete, objects: resources.length, services: [...services] }];
}

/** The service of a diagnostic's object; a required workload that is missing is known by the line that requires it. */
function attribution(scopes: readonly Scope[]): (diagnostic: Diagnostic) => string | undefined {
  const services = new Map<string | Span, string>();
  for (const { entryPoint, resources } of scopes) {
    for (const { object } of resources)
      services.set(objectKey(objectReference(object), entryPoint?.root), serviceName(object));
    for (const { name, span } of entryPoint?.environment?.requiredWorkloads ?? []) services.set(span, name);
  }
  return ({ object, entryPoint, span }) =>
    services.get(object === undefined ? span : objectKey(object, entryPoint));
}

function objectKey(
  { apiVersion, kind, namespace, name }: ObjectReference,
  entryPoint: string | undefined,
): string {
  return JSON.stringify([entryPoint, apiVersion, kind, namespace, name]);
}

function uncheckedScopes(scopes: readonly Scope[], failed: boolean, paths: readonly string[]): Unchecked[] {
  if (failed) return [];
  const silent = scopes.filter(
    ({ complete, diagnostics }) => !complete && diagnostics.every(({ unchecked }) => unchecked === undefined),
  );
  const nothing = scopes.every(
    ({ resources, diagnostics }) => resources.length === 0 && diagnostics.length === 0,
  );
  return [
    ...silent.map(({ entryPoint }) => ({ what: entryPoint?.root ?? '.', why: 'the build is not complete' })),
    ...(nothing
      ? [
          {
            what: paths.map((path) => path || '.').join(', '),
            why: 'there is no Kubernetes manifest to judge',
          },
        ]
      : []),
  ];
}

/** A policy outside the profile judges all the same where the command line or the configuration names it. */
function policyChoice({ profile, rules: settings }: Configuration, options: LintOptions): PolicyChoice {
  const named = [...settings].filter(([, { severity }]) => severity !== 'off').map(([rule]) => rule);
  const parameters = [...settings].flatMap(([rule, setting]) =>
    setting.parameters === undefined ? [] : [[rule, setting.parameters] as const],
  );
  const chosen = options.profile ?? profile;
  return {
    also: new Set([...named, ...(options.only ?? [])]),
    parameters: new Map(parameters),
    ...(chosen === undefined ? {} : { profile: chosen }),
  };
}

function runRules(policies: readonly ScopePolicies[]): string[] {
  return [
    ...new Set([
      ...policies.flatMap((one) => one.policies.map(({ name }) => name)),
      ...rules.map(({ id }) => id),
      ...Object.keys(ruleSummaries),
    ]),
  ];
}

/** The rules that were run, so that a criterion without findings is known to hold. */
function rulesOf(
  policies: readonly ScopePolicies[],
  configuration: Configuration,
  selection: Selection,
): string[] {
  return runRules(policies).filter(
    (rule) => isSelected(rule, selection) && configuration.rules.get(rule)?.severity !== 'off',
  );
}

function secretsIn(
  sources: Sources,
  diagnostics: readonly Diagnostic[],
  scopes: readonly Scope[],
  { plainFiles }: Pick<EntryPoints, 'plainFiles'>,
): Span[] {
  const places = diagnostics.flatMap(({ span, related }) => [span, ...related.map((one) => one.span)]);
  const files = new Map(places.map(({ file }) => [file.path, file]));
  const plain = new Set(plainFiles);
  const suspects = diagnostics.filter(({ rule }) => isSecretRule(rule));
  return [
    ...secretSpansIn(sources, {
      files: [...files.values()],
      readerOf: (path) => (plain.has(path) ? 'api-server' : 'kustomize'),
      inputs: scopes.flatMap(({ inputs }) => inputs),
    }),
    ...suspects.flatMap(({ span, related }) => [span, ...related.map((one) => one.span)]).map(valueSpan),
  ];
}

/** The pages of all rules by id: of policies, of rules, and one sentence for what kustomize or an API server says. */
export function rulePages(): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(ruleSummaries).map(([id, summary]) => [id, `# ${id}\n\n${summary}\n`] as const),
    ...rules.map(({ id }) => [id, rulePage(id) ?? ''] as const),
    ...catalogue.map(({ id, page }) => [id, page] as const),
  ]);
}
