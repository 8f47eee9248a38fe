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
import type { FileSystem } from '../source/file-system.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf, isBelow, isBelowAny, normalisePath } from '../source/path.ts';
import { commandFile } from '../source/shell-command.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';

/** A directory to build: an environment, or a kustomization that no other one uses. */
export interface EntryPoint {
  readonly name: string;
  readonly root: string;
  readonly environment?: Environment;
}

/** What there is to judge below the given paths. */
export interface EntryPoints {
  readonly roots: readonly EntryPoint[];
  /** YAML and JSON files that stand outside of every kustomization: they reach the API server as they are. */
  readonly plainFiles: readonly string[];
  /** YAML and JSON files below a kustomization; those that no build reads are not deployed. */
  readonly kustomizedFiles: readonly string[];
  /** The kustomization files themselves. */
  readonly kustomizations: readonly string[];
  /** Directories of Helm charts, whose templates are no manifests. */
  readonly charts: readonly string[];
  /** Directories of tests and what they read, and what was put away, which nobody deploys. */
  readonly tests: readonly string[];
  /** Scripts and guides, which may hold commands. */
  readonly documents: readonly string[];
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
}

const maxEntries = 200_000;
const maxDepth = 64;
const skippedDirectories = new Set(['.git', 'node_modules']);

// `go help test`, Maven's standard layout, Jest and helm-unittest, and where Kyverno's policies keep theirs: what only tests read.
const testDirectory =
  /(?:^|\/)(?:testdata|tests?\/data|conformance\/tests|invalid-examples|src\/test\/resources|__snapshots?__|\.(?:chainsaw|kyverno)-test)$/u;
// What somebody put away: the dot or the underscore before it keeps it out of the way, or its place beside what is deployed.
const putAway =
  /(?:^|\/)[._](?:archived?|attic|deprecated|disabled|old|retired|trash|unused)$|^(?:(?:clusters?|gitops|k8s|kubernetes|manifests)\/)?(?:archived?|attic|graveyard)$/u;
// The files that make a directory a test of Chainsaw, of the Kyverno CLI, or a step of KUTTL.
const testFile = /^(?:(?:chainsaw|kyverno)-test|\d+-(?:assert|errors?))\.ya?ml$/u;

/**
 * Finds what to judge: the environments whose root stands below a path, else the kustomizations that no other one uses,
 * and beside them the plain manifests.
 */
export function findEntryPoints(sources: Sources, options: EntryPointOptions): EntryPoints {
  const ignored = ignoredPaths(options.ignore ?? [], options.configurationFile);
  const survey: Survey = { ...newSurvey(sources, ignored), skipsTests: true };
  for (const path of options.paths) surveyPath(survey, path);
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
  const roots = wantsNamed
    ? named.filter((one) => !rootless.includes(one)).map(ofEnvironment)
    : unusedKustomizations(survey);
  const files = [...survey.files].filter((file) => file !== options.configurationFile);
  const directories = new Set([...survey.kustomizations.keys(), ...roots.map(({ root }) => root)]);
  const isKustomized = (file: string): boolean => isBelowAny(file, directories);
  return {
    roots,
    plainFiles: files.filter((file) => !isKustomized(file)),
    kustomizedFiles: files.filter(isKustomized),
    kustomizations: [...survey.kustomizations.values()],
    charts: survey.charts,
    tests: survey.tests,
    documents: survey.documents,
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
        known.length === 0 ? 'name environments in cdb-lint.yaml' : `there are ${known.join(', ')}`;
      return {
        rule: 'environment-unknown',
        severity: 'error',
        message: `no environment has the name "${name}"`,
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
    message: `the root of environment ${name} is ${root}, which is no directory`,
    help: helpForPath(fileSystem, root, 'name the directory that is deployed, relative to this file'),
    span,
    related: [],
    unchecked: `environment ${name}`,
  };
}

interface Survey {
  readonly sources: Sources;
  /** Directories with a kustomization, and its file. */
  readonly kustomizations: Map<string, string>;
  readonly files: Set<string>;
  readonly charts: string[];
  readonly tests: string[];
  readonly documents: string[];
  readonly diagnostics: Diagnostic[];
  readonly ignored: IgnoredPaths;
  readonly skipsTests: boolean;
  entries: number;
}

function newSurvey(sources: Sources, ignored = ignoredPaths([])): Survey {
  const found = {
    kustomizations: new Map(),
    files: new Set<string>(),
    charts: [],
    tests: [],
    documents: [],
    diagnostics: [],
  };
  return { sources, ...found, ignored, skipsTests: false, entries: 0 };
}

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
  const { fileSystem } = survey.sources;
  const real = fileSystem.realPath(directory) ?? directory;
  // A link to a directory above itself shows nothing new, and has no end.
  if (above.includes(real)) return;
  const entries = fileSystem.list(directory);
  if (entries === undefined) {
    survey.diagnostics.push(unreadable(directory));
    return;
  }
  survey.entries += entries.length;
  if (above.length > maxDepth || survey.entries > maxEntries) {
    survey.diagnostics.push(tooMuch(directory));
    return;
  }
  const named = kustomizationNames.find((name) =>
    entries.some((entry) => entry.name === name && entry.kind === 'file'),
  );
  // Whoever names a test wants it judged.
  const isPart = survey.skipsTests && above.length > 0 && named === undefined;
  const isAway = survey.skipsTests && above.length > 0 && named === undefined && putAway.test(directory);
  if (isAway || (isPart && isTest(directory, entries))) {
    survey.tests.push(directory);
    return;
  }
  if (named !== undefined) noteKustomization(survey, directory, join(directory, named));
  const isChart = entries.some(({ name, kind }) => name === 'Chart.yaml' && kind === 'file');
  if (isChart) survey.charts.push(directory);
  for (const { name, kind } of entries) {
    const path = join(directory, name);
    if (leavesOut(survey.ignored, path, kind === 'directory')) continue;
    const isSkipped =
      skippedDirectories.has(name) || (isChart && name === 'templates') || isGoVendor(survey, path);
    if (kind === 'directory' && !isSkipped) surveyDirectory(survey, path, [...above, real]);
    else if (kind === 'file' && /\.(?:ya?ml|json)$/u.test(name) && !isKustomizationPath(path))
      survey.files.add(path);
    else if (kind === 'file' && commandFile.test(name)) survey.documents.push(path);
  }
}

/** A template of another tool is no kustomization before that tool has filled it in. */
function noteKustomization(
  { sources, kustomizations, files }: Survey,
  directory: string,
  path: string,
): void {
  const isTemplate =
    /[{<][{%]/u.test(sources.file(path)?.text ?? '') && isForeignTemplate(sources.load(path, 'kustomize'));
  if (isTemplate) files.add(path);
  else kustomizations.set(directory, path);
}

function isTest(directory: string, entries: ReturnType<FileSystem['list']> = []): boolean {
  return (
    testDirectory.test(directory) || entries.some(({ name, kind }) => kind === 'file' && testFile.test(name))
  );
}

// `go mod vendor` copies what others wrote, with a list of it.
function isGoVendor({ sources }: Survey, path: string): boolean {
  return /(?:^|\/)vendor$/u.test(path) && sources.fileSystem.kind(`${path}/modules.txt`) === 'file';
}

function ofEnvironment(environment: Environment): EntryPoint {
  return { name: environment.name, root: environment.root, environment };
}

function unusedKustomizations({ sources, kustomizations }: Survey): EntryPoint[] {
  const uses = new Map<string, readonly string[]>();
  const roots: string[] = [];
  for (const [directory, file] of kustomizations) {
    const value = sources.load(file, 'kustomize').documents[0]?.value;
    const targets = usedBy(value).flatMap((target) => normalisePath(join(directory, target)) ?? []);
    uses.set(
      directory,
      targets.filter((path) => path !== directory),
    );
    if (!isComponent(value)) roots.push(directory);
  }
  const used = new Set([...uses.values()].flat());
  const unused = roots.filter((root) => !used.has(root));
  // Kustomizations that use each other in a circle have no root: what no root reaches is built, so that the circle is found.
  const reached = reachable(unused, uses);
  return roots
    .filter((root) => !used.has(root) || !reached.has(root))
    .map((root) => ({ name: root === '' ? '.' : root, root }));
}

function reachable(roots: readonly string[], uses: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set(roots);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const one of reached) for (const target of uses.get(one) ?? []) reached.add(target);
  return reached;
}

function isComponent(value: Value | undefined): boolean {
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

const namePath = 'name a file or a directory inside of the repository';

function notFound(fileSystem: FileSystem, path: string): Diagnostic {
  if (path === '..' || path.startsWith('../'))
    return {
      ...unreadable(path),
      message: `${path} lies outside of the repository`,
      help: `${namePath}, or give another --root`,
    };
  return {
    ...unreadable(path),
    message: `${path} does not exist`,
    help: helpForPath(fileSystem, path, namePath),
  };
}

function unreadable(path: string): Diagnostic {
  return {
    rule: 'file-unreadable',
    severity: 'error',
    message: `${path} is no file or directory that can be read`,
    help: namePath,
    span: startOf({ path, text: '' }),
    related: [],
    unchecked: path,
  };
}

function tooMuch(path: string): Diagnostic {
  return {
    rule: 'file-unreadable',
    severity: 'error',
    message: `${path} lies too deep or holds too many files to look through`,
    help: 'name the directories to judge',
    span: startOf({ path, text: '' }),
    related: [],
    unchecked: path,
  };
}
