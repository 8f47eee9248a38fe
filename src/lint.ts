import { judgeResources } from './admit/judge.ts';
import { type PolicyChoice, type Profile, policyNames } from './admit/policy/built-in.ts';
import { catalogue } from './admit/policy/catalogue.ts';
import { policiesFor, type ScopePolicies } from './admit/scope-policies.ts';
import { type Build, openBuilder } from './build/build.ts';
import { readPlainManifests, undeployedManifests } from './build/plain-manifests.ts';
import { objectReference } from './build/resource.ts';
import { secretSpansIn } from './build/secret-spans.ts';
import { serviceName, servicesOf } from './build/service-name.ts';
import { sha256 } from './build/sha256.ts';
import { applySettings, isSelected, type Selection } from './configuration/apply-settings.ts';
import type { Configuration } from './configuration/configuration.ts';
import { type EntryPoint, type EntryPoints, findEntryPoints } from './configuration/entry-points.ts';
import { loadBaseline } from './configuration/load-baseline.ts';
import { loadConfiguration } from './configuration/load-configuration.ts';
import { unknownRules } from './configuration/unknown-rules.ts';
import type { Diagnostic, ObjectReference } from './diagnostic/diagnostic.ts';
import type { Span } from './diagnostic/span.ts';
import { assembleReport } from './report/assemble.ts';
import { applyBaseline } from './report/baseline.ts';
import { isSecretRule } from './report/criteria.ts';
import { valueSpan } from './report/redact.ts';
import type { EnvironmentReport, FailOn, Report, Unchecked } from './report/report.ts';
import { judgeBuild, judgeCluster, rules } from './rules/judge.ts';
import { rulePage } from './rules/pages.ts';
import type { RuleContext } from './rules/rule.ts';
import { ruleSummaries } from './rules/rule-summaries.ts';
import type { FileSystem } from './source/file-system.ts';
import { openSources, type Sources } from './source/load.ts';

export interface LintOptions {
  readonly fileSystem: FileSystem;
  /** Files and directories to judge, relative to the repository's root. */
  readonly paths: readonly string[];
  /** The configuration file; the nearest cdb-lint.yaml where absent. */
  readonly configuration?: string;
  /** Only these environments; all where empty. */
  readonly environments?: readonly string[];
  readonly kubernetesVersion?: string;
  /** Which policies of the catalogue judge; the configuration's, or `acceptance`, where absent. */
  readonly profile?: Profile;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly failOn?: FailOn;
  /** A file of findings that are known and count no more, see `--update-baseline`. */
  readonly baseline?: string;
}

/** What reaches a cluster together: one build, or the manifests that no kustomization takes. */
interface Scope extends Build {
  readonly entryPoint?: EntryPoint;
}

const defaultKubernetesVersion = '1.36';
const nothingUndeployed = { places: [], diagnostics: [] };

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
  const { environments, file: configurationFile } = configuration;
  const found = findEntryPoints(sources, {
    paths,
    environments,
    selected,
    ...(configurationFile === undefined ? {} : { configurationFile }),
  });
  // A configuration that cannot be used says nothing of what to judge, or how.
  const scopes = problems.length > 0 ? [] : [...buildScopes(sources, found), plainScope(sources, found)];
  const undeployed = selected.length > 0 ? nothingUndeployed : leftOver(sources, found, scopes);
  const kubernetesVersion =
    options.kubernetesVersion ?? configuration.kubernetesVersion ?? defaultKubernetesVersion;
  const policies = policiesFor(
    scopes.map(({ resources }) => resources),
    { kubernetesVersion, ...policyChoice(configuration, options) },
  );
  const judged = scopes.map((scope, index) => judge(scope, policies[index], kubernetesVersion));
  const diagnostics = [
    ...problems,
    ...(baseline?.diagnostics ?? []),
    ...(problems.length > 0 ? [] : found.diagnostics),
    ...unknownRules([...policyNames(), ...runRules(policies)], configuration, { only, skip }),
    ...policies.flatMap((one) => one.diagnostics),
    ...judged.flatMap((one) => one.diagnostics),
    ...judgeByRules(sources, scopes, found, configuration, {
      kubernetesVersion,
      isWhole: selected.length === 0,
    }),
    ...undeployed.diagnostics,
  ];
  const settled = applySettings(diagnostics, configuration, { only, skip });
  const report = assembleReport({
    diagnostics: settled.kept,
    accepted: settled.accepted,
    serviceOf: attribution(scopes),
    environments: scopes.flatMap(environmentReport),
    coverage: {
      ...sources.counts,
      builds: found.roots.length,
      objects: scopes.reduce((sum, { resources }) => sum + resources.length, 0),
      policies: new Set(policies.flatMap((one) => one.policies.map(({ name }) => name))).size,
      withoutSchema: [...new Set(judged.flatMap((one) => one.withoutSchema))],
      // While a build is broken, nobody knows what it would have read.
      notDeployed: scopes.every(({ complete }) => complete) ? undeployed.places : [],
    },
    unchecked: uncheckedScopes(scopes, problems.length > 0, paths),
    rules: rulesOf(policies, configuration, { only, skip }),
    secrets: secretsIn(sources, diagnostics, scopes, found),
    failOn,
    digest: sha256,
  });
  return baseline === undefined ? report : applyBaseline(report, baseline.file, baseline.entries);
}

function buildScopes(sources: Sources, { roots }: EntryPoints): Scope[] {
  const builder = openBuilder(sources);
  return roots.map((entryPoint) => ({ ...builder.build(entryPoint.root), entryPoint }));
}

function plainScope(sources: Sources, { plainFiles }: EntryPoints): Scope {
  const manifests = readPlainManifests(sources, plainFiles);
  return { ...manifests, root: '', inputs: plainFiles, effects: [], complete: true };
}

function leftOver(
  sources: Sources,
  { kustomizedFiles, kustomizations }: EntryPoints,
  scopes: readonly Scope[],
): ReturnType<typeof undeployedManifests> {
  const read = new Set(scopes.flatMap(({ inputs }) => inputs));
  const unused = kustomizations
    .filter((file) => !read.has(file))
    .map((file) => file.replace(/\/[^/]+$/u, ''));
  return undeployedManifests(
    sources,
    kustomizedFiles.filter((file) => !read.has(file)),
    unused,
  );
}

function judge(
  scope: Scope,
  policies: ScopePolicies | undefined,
  kubernetesVersion: string,
): ReturnType<typeof judgeResources> {
  const { entryPoint, resources, diagnostics } = scope;
  const judged = judgeResources(resources, {
    policies: policies?.policies ?? [],
    kubernetesVersion,
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
    const diagnostics = judgeBuild(scope, { ...context, neighbours: scopes });
    return scope.entryPoint === undefined ? diagnostics.map(withoutEntryPoint) : diagnostics;
  });
  return [...ofScopes, ...judgeCluster(scopes, context)];
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
    ...(nothing ? [{ what: paths.join(', '), why: 'there is no Kubernetes manifest to judge' }] : []),
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
  { plainFiles }: EntryPoints,
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
