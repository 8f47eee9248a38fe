import { isKustomizationPath } from '../object/kustomization-path.ts';
import type { FileSystem } from '../source/file-system.ts';
import type { Sources } from '../source/load.ts';
import { directoriesAbove, lastPartOf, normalisePath, pathBelow } from '../source/path.ts';
import { isMapping, isSequence, itemsAt, type Value } from '../source/value.ts';

/** What is not looked at where somebody looks for manifests, and why. */
export interface Skipped {
  readonly path: string;
  readonly why:
    | 'tests'
    | 'put-away'
    | 'charts'
    | 'fleet'
    | 'go-modules'
    | 'node-modules'
    | 'cue-modules'
    | 'fetched'
    | 'links';
}

type Entries = NonNullable<ReturnType<FileSystem['list']>>;

// `go help test`, Maven's standard layout, Jest and helm-unittest, where Kyverno's policies and Conftest keep theirs, CRDs for envtest: what
// only tests and workflows read, golden files with which they compare.
const testDirectory =
  /(?:^|\/)(?:test-?_?data|tests?\/data|tests?\/[\w-]*crds|tests?\/e2e|tests?\/fixtures|tests?(?:\/[\w-]+)*\/test-?cases|tests?(?:\/[\w-]+)*\/corpus|\.devcontainer|\.github|conformance\/tests|goldens?|golden[-_]?files|__fixtures__|(?:integration|acceptance|e2e)[-_]?tests?|invalid-examples|src\/test\/resources|__snapshots?__|\.(?:chainsaw|kyverno)-test)$/iu;

// What somebody put away: the dot or the underscore before it keeps it out of the way, or its place beside what is deployed.
const putAway =
  /(?:^|\/)[._](?:archive|attic|deprecated|disabled|old|trash)$|(?:^|\/)(?:disabled|graveyard)$|(?:^|\/)(?!apps?\/)[^/]+\/archive$|(?:^|\/)[^/]+\.(?:bak|backup|disabled|old|orig)$|(?:^|\/)[^/]+[-_]old$|^(?:(?:clusters?|gitops|k8s|kubernetes|manifests)\/)?(?:archive|attic|deprecated)$/iu;

// A word that no program or environment has in its name.
const putAwayWord = /(?:^|[-_.])(?:archived|obsolete|retired|superseded|unused)(?:$|[-_.])/iu;

/** Whether a directory is one that somebody put away, by its name. */
export function isPutAway(directory: string): boolean {
  return putAway.test(directory) || putAwayWord.test(lastPartOf(directory));
}

/** Whether a file is one that somebody put away, by its name. */
export function isPutAwayFile(path: string): boolean {
  return /[-_.](?:bak|deprecated|disabled|obsolete|old|orig|superseded|unused)\.(?:ya?ml|json)$/iu.test(path);
}

/** The files that make a directory a test of Chainsaw or of the Kyverno CLI, and what one of their documents is. */
const testFiles: readonly (readonly [name: RegExp, isTest: (document: Value) => boolean])[] = [
  [/^chainsaw-test\.ya?ml$/u, (document) => isA(document, 'chainsaw.kyverno.io', 'Test')],
  [/^kyverno-test\.ya?ml$/u, (document) => isA(document, 'cli.kyverno.io', 'Test') || isOlderTest(document)],
];

const kuttlStep = /^\d+-(?:assert|errors?)\.ya?ml$/u;

/**
 * Whether a directory is a test, by its name or by what the tool requires there. No tool builds what is below its test, so a file
 * that says so takes no kustomization out.
 */
export function isTest(sources: Sources, directory: string, entries: Entries): boolean {
  if (testDirectory.test(directory)) return true;
  const isOne = hasTestFile(sources, directory, entries) || isKuttlTest(sources, directory, entries);
  return isOne && !hasKustomizationBelow(sources.fileSystem, directory);
}

function hasTestFile(sources: Sources, directory: string, entries: Entries): boolean {
  return entries.some(({ name, kind }) => {
    const known = kind === 'file' ? testFiles.find(([pattern]) => pattern.test(name)) : undefined;
    return known !== undefined && valuesIn(sources, directory, name).some(known[1]);
  });
}

/** A directory with steps of KUTTL in one of tests: by its name, as its command line names it, or by `testDirs` of a suite above. */
function isKuttlTest(sources: Sources, directory: string, entries: Entries): boolean {
  if (!entries.some(({ name, kind }) => kind === 'file' && kuttlStep.test(name))) return false;
  if (/(?:^|\/)(?:tests?|e2e|kuttl)\//u.test(directory)) return true;
  return directoriesAbove(`${directory}/`).some((above) =>
    (sources.fileSystem.list(above) ?? [])
      .filter(({ name, kind }) => kind === 'file' && /^kuttl[\w-]*\.ya?ml$/u.test(name))
      .flatMap(({ name }) => valuesIn(sources, above, name))
      .some((document) => isSuiteOf(document, above, directory)),
  );
}

/** The directories of a suite count from where it is run, which is that of its file or one above. */
function isSuiteOf(document: Value, above: string, directory: string): boolean {
  if (!isA(document, 'kuttl.dev', 'TestSuite')) return false;
  const roots = directoriesAbove(`${above}/`);
  const named = itemsAt(document, ['testDirs']).filter((one) => typeof one === 'string');
  const below = new Set(
    roots.flatMap((root) => named.flatMap((one) => normalisePath(pathBelow(root, one)) ?? [])),
  );
  return directoriesAbove(directory).some((one) => below.has(one));
}

const mostLooked = 2_000;

/** Whether there is a kustomization below a directory, or so much that nobody knows. */
function hasKustomizationBelow(fileSystem: FileSystem, directory: string): boolean {
  const directories = [directory];
  let looked = 0;
  for (const one of directories)
    for (const { name, kind } of fileSystem.list(one) ?? []) {
      looked += 1;
      if (looked > mostLooked || (kind === 'file' && isKustomizationPath(name))) return true;
      if (kind === 'directory') directories.push(pathBelow(one, name));
    }
  return false;
}

function isA(document: Value, group: string, kind: string): boolean {
  return isMapping(document) && document['kind'] === kind && valueGroup(document) === group;
}

function valueGroup({ apiVersion }: { readonly [key: string]: Value }): string {
  return typeof apiVersion === 'string' ? (apiVersion.split('/')[0] ?? '') : '';
}

/** Before 1.10 tests of the Kyverno CLI had no kind. */
function isOlderTest(document: Value): boolean {
  return isMapping(document) && isSequence(document['policies']) && isSequence(document['resources']);
}

/** Whether a directory is that of a Helm chart: of a Chart.yaml that lacks what Helm requires nothing is made. */
export function isChart(sources: Sources, directory: string, entries: Entries): boolean {
  if (!entries.some(({ name, kind }) => name === 'Chart.yaml' && kind === 'file')) return false;
  return valuesIn(sources, directory, 'Chart.yaml').some(
    (chart) =>
      isMapping(chart) &&
      [chart['name'], chart['version']].every((text) => typeof text === 'string' && text !== '') &&
      (chart['apiVersion'] === 'v1' || chart['apiVersion'] === 'v2'),
  );
}

/** Whether a template has something to fill in that is no comment. */
export function hasAction(text: string | undefined): boolean {
  return text?.replaceAll(/(?:^|\s)#.*/gmu, '').includes('{{') === true;
}

/** Why a directory is not looked through, wherever it stands. */
export function whySkipped(sources: Sources, path: string): Skipped['why'] | undefined {
  if (/(?:^|\/)node_modules$/u.test(path)) return 'node-modules';
  if (/(?:^|\/)cue\.mod$/u.test(path)) return 'cue-modules';
  return isGoModule(sources, path) ? 'go-modules' : undefined;
}

/** Whether `go mod vendor` copied a directory, by the list of modules that it writes */
function isGoModule({ fileSystem, file }: Sources, path: string): boolean {
  const vendor = directoriesAbove(path).find((directory) => /(?:^|\/)vendor$/u.test(directory));
  if (vendor === undefined || fileSystem.kind(`${vendor}/modules.txt`) !== 'file') return false;
  const list = file(`${vendor}/modules.txt`)?.text ?? '';
  return `\n${list}`.includes(`\n# ${path.slice(vendor.length + 1)} v`);
}

function valuesIn(sources: Sources, directory: string, name: string): readonly Value[] {
  return sources.load(pathBelow(directory, name), 'api-server').documents.map(({ value }) => value);
}
