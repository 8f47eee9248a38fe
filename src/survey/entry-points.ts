import type { Environment } from '../configuration/configuration.ts';
import { configurationNames } from '../configuration/configuration-names.ts';
import {
  type Ignored,
  type IgnoredPaths,
  ignoredPaths,
  leavesOut,
  unusedIgnores,
} from '../configuration/ignored-paths.ts';
import { helpForPath } from '../configuration/meant-path.ts';
import { nearest } from '../configuration/nearest.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { startOf } from '../diagnostic/span.ts';
import { isForeignTemplate } from '../object/foreign-template.ts';
import { isKustomizationPath, kustomizationNames } from '../object/kustomization-path.ts';
import type { EntryKind, FileSystem } from '../source/file-system.ts';
import { type Sources, tooMuchToRead } from '../source/load.ts';
import { directoryOf, isBelow, isBelowAny, lastPartOf, normalisePath } from '../source/path.ts';
import { commandFile } from '../source/shell-command.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';
import { fleetOverlays } from './fleet-overlays.ts';
import { programFile, recipeFile } from './program-files.ts';
import { enterDirectory, isTooMuch, namePath, type Search, unreadable } from './search-directory.ts';
import { hasAction, isChart, isPutAway, isPutAwayFile, isTest, type Skipped, whySkipped } from './skipped.ts';

/** A directory to build: an environment, or a kustomization that no other one uses. */
export interface EntryPoint {
  readonly name: string;
  readonly root: string;
  readonly environment?: Environment;
}

/** What there is to judge below the given paths. */
export interface EntryPoints {
  readonly roots: readonly EntryPoint[];
  /** Directories of kustomizations that others take in; none where environments are named. */
  readonly takenIn: readonly string[];
  /** YAML and JSON files that stand outside of every kustomization: they reach the API server as they are. */
  readonly plainFiles: readonly string[];
  /** YAML and JSON files below a kustomization; those that no build reads are not deployed. */
  readonly kustomizedFiles: readonly string[];
  /** The kustomization files themselves. */
  readonly kustomizations: readonly string[];
  /** Directories of Helm charts, whose templates are no manifests. */
  readonly charts: readonly string[];
  /** What is not looked at, and why; of what the configuration leaves out see `ignored`. */
  readonly skipped: readonly Skipped[];
  /** Scripts and guides, which may hold commands. */
  readonly documents: readonly string[];
  /** Programs and other tools' files, of which nobody knows what they make of manifests. */
  readonly programs: readonly string[];
  /** What the configuration leaves out. */
  readonly ignored: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface EntryPointOptions {
  readonly paths: readonly string[];
  readonly environments: readonly Environment[];
  /** Names of the environments to judge; all where empty. */
  readonly selected: readonly string[];
  /** Our own configuration, which is nothing to deploy. */
  readonly configurationFile?: string;
  readonly ignore?: readonly Ignored[];
  /** Where that lies which was fetched from elsewhere: nobody deploys it from there. */
  readonly fetchedFolder?: string;
}

/**
 * Finds what to judge: the environments whose root stands below a path, else the kustomizations that no other one uses,
 * and beside them the plain manifests.
 */
export function findEntryPoints(sources: Sources, options: EntryPointOptions): EntryPoints {
  const ignored = ignoredPaths(options.ignore ?? [], options.configurationFile);
  const { fetchedFolder } = options;
  const survey: Survey = {
    ...newSurvey(sources, ignored),
    skipsTests: true,
    ...(fetchedFolder === undefined ? {} : { fetchedFolder }),
  };
  for (const path of options.paths) surveyPath(survey, path);
  if (isTooMuch(survey)) return { ...nothingFound, diagnostics: [tooMuchToRead(sources.limits)] };
  survey.diagnostics.push(...unusedIgnores(ignored, options.paths));
  survey.diagnostics.push(...unknownEnvironments(options));
  const named = options.environments.filter(
    ({ name, root }) =>
      (options.selected.length === 0 || options.selected.includes(name)) &&
      options.paths.some((path) => isBelow(root, path)),
  );
  const wantsNamed = named.length > 0 || options.selected.length > 0;
  const rootless = named.filter(({ root }) => sources.fileSystem.kind(root) !== 'directory');
  survey.diagnostics.push(...rootless.map((one) => withoutRoot(sources.fileSystem, one)));
  leaveToFleet(survey);
  const { unused, takenIn } = wantsNamed ? noUses : surveyUses(survey);
  const roots = wantsNamed ? named.filter((one) => !rootless.includes(one)).map(ofEnvironment) : unused;
  const files = [...survey.files].filter((file) => file !== options.configurationFile);
  const directories = new Set([...survey.kustomizations.keys(), ...roots.map(({ root }) => root)]);
  const isKustomized = (file: string): boolean => isBelowAny(file, directories);
  return {
    roots,
    takenIn,
    plainFiles: files.filter((file) => !isKustomized(file)),
    kustomizedFiles: files.filter(isKustomized),
    kustomizations: [...survey.kustomizations.values()],
    charts: survey.charts,
    skipped: survey.skipped,
    documents: survey.documents,
    programs: survey.programs,
    ignored: [...ignored.met.keys()],
    diagnostics: survey.diagnostics,
  };
}

/** The YAML and JSON files below the given paths. Kustomizations are taken only where they are named themselves. */
export function findManifests(
  sources: Sources,
  paths: readonly string[],
): Pick<EntryPoints, 'kustomizations' | 'diagnostics'> & { readonly files: readonly string[] } {
  const survey = newSurvey(sources);
  for (const path of paths) {
    if (sources.fileSystem.kind(path) === 'file') survey.files.add(path);
    else surveyPath(survey, path);
  }
  if (isTooMuch(survey))
    return { files: [], kustomizations: [], diagnostics: [tooMuchToRead(sources.limits)] };
  const named = new Set(paths);
  const files = [...survey.files].filter((file) => named.has(file) || !isConfiguration(file));
  return { files, kustomizations: [...survey.kustomizations.values()], diagnostics: survey.diagnostics };
}

function isConfiguration(file: string): boolean {
  return configurationNames.some((name) => file === name || file.endsWith(`/${name}`));
}

function unknownEnvironments({ environments, selected }: EntryPointOptions): Diagnostic[] {
  const known = environments.map(({ name }) => name);
  return selected
    .filter((name) => !known.includes(name))
    .map((name) => {
      const close = nearest(name, known);
      const help =
        known.length === 0 ? 'define environments in cdb-lint.yaml' : `use one of ${known.join(', ')}`;
      return {
        rule: 'environment-unknown',
        severity: 'error',
        message: `there is no environment "${name}"`,
        help: close === undefined ? help : `did you mean "${close}"?`,
        span: environments[0]?.span ?? startOf({ path: 'cdb-lint.yaml', text: '' }),
        related: [],
        unchecked: `environment ${name}`,
      };
    });
}

function withoutRoot(fileSystem: FileSystem, { name, root, span }: Environment): Diagnostic {
  return {
    rule: 'environment-unknown',
    severity: 'error',
    message: `the root of environment ${name} is ${root}, which is not a directory`,
    help: helpForPath(fileSystem, root, 'write the directory that is deployed, relative to this file'),
    span,
    related: [],
    unchecked: `environment ${name}`,
  };
}

interface Survey extends Search {
  /** Directories with a kustomization, and its file. */
  readonly kustomizations: Map<string, string>;
  readonly files: Set<string>;
  readonly charts: string[];
  readonly skipped: Skipped[];
  readonly documents: string[];
  readonly programs: string[];
  readonly ignored: IgnoredPaths;
  readonly skipsTests: boolean;
  readonly fetchedFolder?: string;
}

function newSurvey(sources: Sources, ignored = ignoredPaths([])): Survey {
  const found = {
    kustomizations: new Map(),
    files: new Set<string>(),
    charts: [],
    skipped: [],
    documents: [],
    programs: [],
    diagnostics: [],
  };
  return { sources, ...found, ignored, skipsTests: false, looked: { entries: 0 } };
}

const nothingFound: Omit<EntryPoints, 'diagnostics'> = {
  roots: [],
  takenIn: [],
  plainFiles: [],
  kustomizedFiles: [],
  kustomizations: [],
  charts: [],
  skipped: [],
  documents: [],
  programs: [],
  ignored: [],
};

function surveyPath(survey: Survey, path: string): void {
  const kind = survey.sources.fileSystem.kind(path);
  if (kind === 'directory') surveyDirectory(namedAllTheSame(survey, path), path, []);
  else if (kind === 'file' && isKustomizationPath(path)) survey.kustomizations.set(directoryOf(path), path);
  else if (kind === 'file') survey.files.add(path);
  else if (kind === 'other') survey.diagnostics.push(unreadable(path));
  else survey.diagnostics.push(notFound(survey.sources.fileSystem, path));
}

// Somebody who names a directory wants it judged, whatever the configuration leaves out of larger ones.
function namedAllTheSame(survey: Survey, path: string): Survey {
  const patterns = { ...survey.ignored, met: new Map() };
  return leavesOut(patterns, path, true) ? { ...survey, ignored: ignoredPaths([]) } : survey;
}

function surveyDirectory(survey: Survey, directory: string, above: readonly string[]): void {
  const entered = enterDirectory(survey, directory, above);
  if (entered === undefined) return;
  const { entries, within } = entered;
  const named = kustomizationNames.find((name) =>
    entries.some((entry) => entry.name === name && entry.kind === 'file'),
  );
  // Whoever names a test wants it judged.
  const isPart = survey.skipsTests && above.length > 0;
  if (isPart && isPutAway(directory)) {
    survey.skipped.push({ path: directory, why: 'put-away' });
    return;
  }
  if (isPart && named === undefined && isTest(survey.sources, directory, entries)) {
    survey.skipped.push({ path: directory, why: 'tests' });
    return;
  }
  if (named !== undefined) noteKustomization(survey, directory, join(directory, named));
  const isOfChart = isChart(survey.sources, directory, entries);
  if (isOfChart) survey.charts.push(directory);
  for (const { name, kind } of entries) {
    const path = join(directory, name);
    if (name === '.git' || leavesOut(survey.ignored, path, kind === 'directory')) continue;
    const isLeftOver = isPart && named === undefined && kind === 'file' && isPutAwayFile(path);
    const why = isLeftOver ? 'put-away' : whyPassed(survey, path, kind);
    if (why !== undefined) survey.skipped.push({ path, why });
    else if (kind === 'directory' && isOfChart && name === 'templates') surveyTemplates(survey, path, within);
    else if (kind === 'directory') surveyDirectory(survey, path, within);
    else if (kind === 'file' && isManifestName(name) && !isKustomizationPath(path)) survey.files.add(path);
    else if (kind === 'file' && commandFile.test(name)) survey.documents.push(path);
    else if (kind === 'file' && (programFile.test(name) || recipeFile.test(path))) survey.programs.push(path);
  }
}

function whyPassed(
  { sources, fetchedFolder }: Survey,
  path: string,
  kind: EntryKind,
): Skipped['why'] | undefined {
  if (kind !== 'directory') return leadsAway(lastPartOf(path), kind);
  return path === fetchedFolder ? 'fetched' : whySkipped(sources, path);
}

/** What is applied to a chart is judged by nobody who lacks the chart. */
function leaveToFleet({ sources, files, kustomizations, skipped }: Survey): void {
  for (const overlay of fleetOverlays(sources, files)) {
    if (!kustomizations.has(overlay)) continue;
    skipped.push({ path: overlay, why: 'fleet' });
    for (const directory of [...kustomizations.keys()])
      if (isBelow(directory, overlay)) kustomizations.delete(directory);
    for (const file of [...files]) if (isBelow(file, overlay)) files.delete(file);
  }
}

// A link out of the repository or to nothing, a pipe: kubectl would follow it, and nobody here does.
function leadsAway(name: string, kind: EntryKind): 'links' | undefined {
  return kind === 'other' && (isManifestName(name) || !name.includes('.')) ? 'links' : undefined;
}

function isManifestName(name: string): boolean {
  return /\.(?:ya?ml|json)$/u.test(name);
}

/** Of a chart's templates those that Helm has nothing to fill in are manifests as any other. */
function surveyTemplates(survey: Survey, directory: string, above: readonly string[]): void {
  const files = new Set(survey.files);
  surveyDirectory(survey, directory, above);
  for (const file of survey.files) {
    if (files.has(file) || !hasAction(survey.sources.file(file)?.text)) continue;
    survey.files.delete(file);
    survey.skipped.push({ path: file, why: 'charts' });
  }
}

/** A template of another tool is no kustomization before that tool has filled it in. */
function noteKustomization(
  { sources, kustomizations, files }: Survey,
  directory: string,
  path: string,
): void {
  const isTemplate =
    /[{<][{%]|%\{|[<[]\/?#/u.test(sources.file(path)?.text ?? '') &&
    isForeignTemplate(sources.load(path, 'api-server'));
  if (isTemplate) files.add(path);
  else kustomizations.set(directory, path);
}

function ofEnvironment(environment: Environment): EntryPoint {
  return { name: environment.name, root: environment.root, environment };
}

/** Kustomizations that no other one uses, and those that others take in. */
interface Uses {
  readonly unused: readonly EntryPoint[];
  readonly takenIn: readonly string[];
}

const noUses: Uses = { unused: [], takenIn: [] };

function surveyUses({ sources, kustomizations }: Survey): Uses {
  const uses = new Map<string, readonly string[]>();
  const roots: string[] = [];
  for (const [directory, file] of kustomizations) {
    const value = sources.load(file, 'kustomization').documents[0]?.value;
    const targets = usedBy(value).flatMap((target) => normalisePath(join(directory, target)) ?? []);
    uses.set(
      directory,
      targets.filter((path) => path !== directory),
    );
    if (!isComponent(value)) roots.push(directory);
  }
  const used = new Set([...uses.values()].flat());
  // Kustomizations that use each other in a circle have no root: what no root reaches is built, so that the circle is found.
  const reached = reachable(
    roots.filter((root) => !used.has(root)),
    uses,
  );
  const isTakenIn = (root: string): boolean => used.has(root) && reached.has(root);
  return {
    unused: roots
      .filter((root) => !isTakenIn(root))
      .map((root) => ({ name: root === '' ? '.' : root, root })),
    takenIn: roots.filter(isTakenIn),
  };
}

function reachable(roots: readonly string[], uses: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set(roots);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const one of reached) for (const target of uses.get(one) ?? []) reached.add(target);
  return reached;
}

/** Whether a kustomization only completes others. */
export function isComponent(value: Value | undefined): boolean {
  return isMapping(value) && value['kind'] === 'Component';
}

function usedBy(value: Value | undefined): string[] {
  if (!isMapping(value)) return [];
  return ['resources', 'bases', 'components'].flatMap((field) => {
    const items = value[field];
    return isSequence(items) ? items.filter((item) => typeof item === 'string') : [];
  });
}

function join(directory: string, name: string): string {
  return directory === '' || directory === '.' ? name : `${directory}/${name}`;
}

function notFound(fileSystem: FileSystem, path: string): Diagnostic {
  if (path === '..' || path.startsWith('../'))
    return {
      ...unreadable(path),
      message: `${path} is outside the repository`,
      help: `${namePath}, or change --root`,
    };
  return {
    ...unreadable(path),
    message: `${path} does not exist`,
    help: helpForPath(fileSystem, path, namePath),
  };
}
