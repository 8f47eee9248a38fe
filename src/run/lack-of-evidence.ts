import { missingPathIn } from '../build/loader.ts';
import { missingKustomizationIn } from '../build/target.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { grouped } from '../diagnostic/grouped.ts';
import type { Build } from '../object/build.ts';
import { objectPlace } from '../object/object-place.ts';
import { hasToken } from '../object/open-word.ts';
import { type KustomizationUses, readKustomizations, usesAny } from '../reconcile/kustomization-uses.ts';
import { isToFillIn } from '../reconcile/to-fill-in.ts';
import { hasAction } from '../source/enclosed.ts';
import { isGitIgnored } from '../source/git-ignore.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf, isBelow, lastPartOf, normalisePath, pathBelow } from '../source/path.ts';
import { isExample } from '../survey/examples.ts';
import type { Tree } from '../survey/tree.ts';
import type { Unit } from '../survey/unit.ts';
import { isPushed, isWritten } from '../survey/written-by-commands.ts';
import { environmentOfPath } from '../workload/environment/environment-name.ts';
import { missingPathOf } from './other-root.ts';

/** Why nothing shows that something is applied as written, as the end of a sentence. */
export const lacks = {
  applied: 'nothing in the repository shows that it is applied as written',
  revision: 'another revision of this repository is applied there',
  other: 'nothing in the repository shows that the other object is applied as written',
  created: 'a command in the repository creates it',
  alternatives: 'the two share most of what they deploy, and may be alternatives',
  helm: 'a command in the repository installs a chart with that name',
  address: 'a command in the repository applies manifests from an address that contains this name',
  written: 'a command, a tool or flux bootstrap creates it before the build',
  pushed: 'a command creates it, and a pipeline of this repository pushes what it creates',
  ignored: '.gitignore excludes it from Git, so it may exist in a working copy',
  cleaned: 'this copy of the repository contains none of its sealed or encrypted files',
  template: 'another tool completes it before the build',
  part: 'an apply merges it into an existing object, according to its file name',
  installed: 'an apply merges it into the controller of that name, which is in the cluster',
  named: 'its file is named as a template, to be completed before it is applied',
  copied: 'its folder is named as a template, to be copied before it is built',
  open: 'the value is a placeholder, to be replaced on apply',
  root: 'the path exists below a directory above the file, which is the root of another repository',
  unread: 'a file that a failing build would read contains it',
  elsewhere: 'an owner with that name applies manifests from another source',
  generated: 'a command in the repository generates the CRDs again before they are installed',
  twice: 'a chart that is not in the repository installs a CRD for this group too',
  argo: 'the settings of Argo CD, which may disable the load restrictor, are not in the repository',
  free: 'a command in the repository builds without the load restrictor',
  answer: 'the file contains a response of a cluster, with uid and resourceVersion',
  overlay: 'a kustomization that uses this one as a base sets the namespace',
  base: 'a part of the build is not in the repository, and may contain the service account with its namespace',
  older: 'its name indicates that it is for clusters that still serve this version',
  cluster: 'the cluster runs its own components in this namespace, which are not in the repository',
  webhook: 'a webhook in the repository changes pods with these labels, and may add the volume',
  labels: 'Flux applies an object with such a label, but replaces all its labels',
  merged:
    'another object with the name of its owner sets the missing field, and the cluster may have merged them',
  suspended: 'it is suspended, and does nothing until it is resumed',
  flux: 'the Flux version installed with it still serves this version',
} as const;

export type Lack = (typeof lacks)[keyof typeof lacks];

/** Where it comes from what a kustomization lacks here, if anything tells: it lies in working copies, or is written before the build. */
export function whyMissing(
  diagnostic: Diagnostic,
  { found }: Pick<Tree, 'found'>,
  sources: Sources,
): Lack | undefined {
  const path = missingFile(diagnostic);
  if (path === undefined) return undefined;
  if (isGitIgnored(sources, path)) return lacks.ignored;
  if (isTemplate(path) && names(sources, diagnostic.span.file.path, path)) return lacks.template;
  return isWritten(sources, found, path) ? lacks.written : undefined;
}

/** Whether a pipeline may push what a build or an entry point lacks, to the branch that is deployed. */
export function isPushedLater(
  diagnostic: Diagnostic,
  { found }: Pick<Tree, 'found'>,
  sources: Sources,
): boolean {
  const path = missingFile(diagnostic) ?? missingPathOf(diagnostic);
  return path !== undefined && isPushed(sources, found, path);
}

/** Whether a build, or a chart, lacks a file that `.gitignore` keeps out of Git. */
export function isKeptOutOfGit(diagnostic: Diagnostic, sources: Sources): boolean {
  const { rule, message } = diagnostic;
  const values = rule === 'application-values-missing' ? message.split(' ')[0] : undefined;
  const path = values === undefined ? missingFile(diagnostic) : values.replace(/^(?:\.\.?\/)+/u, '');
  return path !== undefined && isGitIgnored(sources, path);
}

/** The file that a build lacks, if that is what is wrong: one that is listed, or the kustomization of a directory. */
export function missingFile({ rule, message }: Diagnostic): string | undefined {
  if (rule === 'kustomization-missing') return missingKustomizationIn(message);
  return rule === 'file-missing' ? missingPathIn(message) : undefined;
}

/**
 * Whoever applies an entry point applies what stands beside it, such as its source; examples are shown one by one, and what stands beside
 * the Application of a chart belongs to that chart.
 */
export function foldersOfEntries(
  { clusters, loose }: Pick<Tree, 'clusters' | 'loose'>,
  { fileSystem }: Sources,
): ReadonlySet<string> {
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  const folders = new Set(
    owners.flatMap((one) => {
      const place =
        one.declaration === undefined || loose.has(one) || isToFillIn(one.declaration)
          ? undefined
          : objectPlace(one.declaration);
      return place === undefined || isExample(place.file) ? [] : [directoryOf(place.file)];
    }),
  );
  return new Set([...folders].filter((one) => fileSystem.kind(pathBelow(one, 'Chart.yaml')) !== 'file'));
}

/** A path with an action or a token in it is none before a tool has filled it in. */
function isTemplate(path: string): boolean {
  return hasAction(path) || hasToken(path);
}

/** Whether a file names another by its last part. */
function names({ file }: Sources, path: string, other: string): boolean {
  return file(path)?.text.includes(lastPartOf(other)) === true;
}

/** Tells what nobody is seen to apply of what no controller reaches. */
export function isAssumedIn(tree: Tree, sources: Sources): (diagnostic: Diagnostic) => boolean {
  const { units, found, delivery, trials } = tree;
  const roots = new Set(units.filter(isRoot).map(({ id }) => id.root));
  const besideEntries = foldersOfEntries(tree, sources);
  const inDirectories = [...found.plainFiles, ...found.kustomizedFiles];
  const files = new Set([
    ...inDirectories.filter((file) => !besideEntries.has(directoryOf(file))),
    ...trials.flatMap((trial) => trial.files),
  ]);
  const isOfUnbuilt = isReadByUnbuiltOnlyIn(tree, sources);
  return ({ entryPoint, span }) => {
    const place = entryPoint ?? span.file.path;
    const isLoose = entryPoint === undefined ? files.has(place) : roots.has(place);
    if (isLoose) return delivery.isAssumed(place);
    return !besideEntries.has(directoryOf(place)) && isOfUnbuilt(place);
  };
}

/** Rules about two objects that do not fit together, of which each has to reach the cluster. */
const between: ReadonlySet<string> = new Set([
  'autoscalers-compete',
  'disruption-budget-blocks',
  'host-claimed-twice',
  'limit-range-exceeded',
  'paths-overlap',
  'pod-security-violated',
  'port-closed-by-policy',
  'quota-exceeded',
  'quota-forbids-pod',
  'reference-missing',
  'selectors-overlap',
  'service-host-port-missing',
  'traffic-not-allowed',
  'volume-attached-twice',
]);

/**
 * Tells what comes of two objects, the other one of which nobody is seen to apply: it stands in a plain file, or only other kustomizations read it.
 * What one build renders reaches a cluster together.
 */
export function restsOnAssumedIn(tree: Tree, sources: Sources): (diagnostic: Diagnostic) => boolean {
  const besideEntries = foldersOfEntries(tree, sources);
  const plain = new Set(tree.found.plainFiles);
  const isOfUnbuilt = isReadByUnbuiltOnlyIn(tree, sources);
  const isReadWith = (file: string, root = ''): boolean =>
    tree.units.some(({ id, build }) => id.root === root && build.inputs.includes(file));
  return ({ rule, span, related, entryPoint }) =>
    between.has(rule) &&
    related.some(
      ({
        span: {
          file: { path },
        },
      }) => {
        if (path === span.file.path || besideEntries.has(directoryOf(path))) return false;
        if (plain.has(path)) return tree.delivery.isAssumed(path);
        return isOfUnbuilt(path) && !isReadWith(path, entryPoint);
      },
    );
}

/** Tells what comes of an object that nobody is seen to apply, and of another one that does not reach a cluster together with it. */
export function meetsOnlyIfAppliedIn(tree: Tree, sources: Sources): (diagnostic: Diagnostic) => boolean {
  const isAssumed = isAssumedIn(tree, sources);
  return (one) => {
    const { rule, span, related, entryPoint } = one;
    if (!between.has(rule) || related.length === 0 || !isAssumed(one)) return false;
    const own = tree.units.find(({ id }) => id.root === entryPoint);
    const comesWith = (file: string): boolean =>
      file === span.file.path || own?.build.inputs.includes(file) === true;
    return related.every((other) => !comesWith(other.span.file.path));
  };
}

/** Tells which files only kustomizations read that nobody is seen to build: what all builds together show there has no entry point. */
function isReadByUnbuiltOnlyIn(tree: Tree, sources: Sources): (file: string) => boolean {
  let files: ReadonlySet<string> | undefined;
  return (file) => {
    files ??= readByUnbuiltOnly(tree, sources);
    return files.has(file);
  };
}

function readByUnbuiltOnly(tree: Tree, sources: Sources): ReadonlySet<string> {
  const { units, clusters, loose, delivery } = tree;
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  const isBuilt = isBuiltIn(tree, sources);
  const isNamed = isNamedByAnyIn(tree, sources);
  const isUnbuilt = ({ id }: Unit): boolean =>
    delivery.isAssumed(id.root) && !isBuilt(id.root) && !delivery.isRendered(id.root) && !isNamed(id.root);
  const unbuilt = new Set(units.filter((unit) => isRoot(unit) && isUnbuilt(unit)));
  const built = filesOf([
    ...units.filter((unit) => unit.id.role !== 'cluster' && !unbuilt.has(unit)),
    ...owners.filter((one) => !loose.has(one)),
  ]);
  return new Set([...filesOf([...unbuilt])].filter((file) => !built.has(file)));
}

function filesOf(some: readonly { readonly build: Build }[]): ReadonlySet<string> {
  return new Set(some.flatMap(({ build }) => [...build.inputs]));
}

/** Tells what is found in files and kustomizations that no controller is seen to apply. */
export function isByHandIn(tree: Tree, sources: Sources): (diagnostic: Diagnostic) => boolean {
  const roots = new Set(tree.units.filter(isRoot).map(({ id }) => id.root));
  const applied = foldersOfEntries(tree, sources);
  return ({ entryPoint, span }) =>
    entryPoint === undefined ? !applied.has(directoryOf(span.file.path)) : roots.has(entryPoint);
}

type Built = Pick<Tree, 'units' | 'clusters' | 'delivery' | 'found'>;

/** Tells which directories somebody is seen to build, whether or not what comes of it is applied as it stands. */
function isBuiltIn({ units, clusters, delivery, found }: Built, sources: Sources): (root: string) => boolean {
  const isNamed = isNamedInValuesOf(found, sources);
  const isEnvironment = isEnvironmentAmong(clusters.length === 0 ? units.filter(isRoot) : []);
  return (root) => delivery.isBuilt(root) || isEnvironment(root) || isNamed(root);
}

/** Tells what is wrong with kustomizations that nobody is seen to apply, whatever it is. */
export function isUnbuiltIn(tree: Built, sources: Sources): (diagnostic: Diagnostic) => boolean {
  const { units, delivery, found } = tree;
  const isBuilt = isBuiltIn(tree, sources);
  const failing = units.filter(isRoot).filter(({ build }) => build.diagnostics.length > 0);
  const built = new Set(
    failing.filter(({ id }) => isBuilt(id.root)).flatMap(({ build }) => build.diagnostics),
  );
  const all = new Set(failing.flatMap(({ build }) => build.diagnostics));
  const isPart = isPartOfBuiltIn(found, delivery, sources);
  return (one) => all.has(one) && !built.has(one) && !isPart(one.span.file.path);
}

/** Tells which files a kustomization reads that somebody is seen to build, and that itself may be a part of others. */
function isPartOfBuiltIn(
  found: Tree['found'],
  delivery: Tree['delivery'],
  sources: Sources,
): (file: string) => boolean {
  let uses: KustomizationUses | undefined;
  return (file) => {
    uses ??= readKustomizations(sources, found.kustomizations);
    const all = uses;
    const wanted = new Set([file, directoryOf(file)]);
    return [...all.keys()].some(
      (directory) =>
        delivery.isBuilt(directory) && (wanted.has(directory) || usesAny(all, directory, wanted)),
    );
  };
}

/** Tells which directories stand as a path in values from which a chart makes its Applications, or in settings of a script: such a file is no object. */
function isNamedInValuesOf(
  { plainFiles, kustomizedFiles }: Tree['found'],
  sources: Sources,
): (root: string) => boolean {
  let named: ReadonlySet<string> | undefined;
  const isValues = (file: string): boolean => !/^(?:apiVersion|kind):/mu.test(sources.file(file)?.text ?? '');
  return (root) => {
    named ??= new Set(
      [...plainFiles, ...kustomizedFiles].filter(isValues).flatMap((file) => pathsIn(sources, file)),
    );
    return named.has(root);
  };
}

/** Tells which directories stand as a path anywhere, from the root of the repository, or from a directory above that is the root of another one. */
function isNamedByAnyIn(
  { found, clusters }: Pick<Tree, 'found' | 'clusters'>,
  sources: Sources,
): (root: string) => boolean {
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  const files = new Set([...found.plainFiles, ...found.kustomizedFiles, ...filesOf(owners)]);
  const named = [...files]
    .filter((file) => /\.ya?ml$/u.test(file))
    .flatMap((file) => pathsIn(sources, file).map((path) => ({ path, file })));
  return (root) =>
    named.some(({ path, file }) => {
      if (path === root) return true;
      return root.endsWith(`/${path}`) && isBelow(file, root.slice(0, -path.length - 1));
    });
}

/** The directories that a file names as a path. */
function pathsIn(sources: Sources, file: string): string[] {
  const text = sources.file(file)?.text ?? '';
  if (!/(?:path|overlay):/u.test(text)) return [];
  return [...text.matchAll(pathLine)].flatMap(([, path = '']) => normalisePath(path) ?? []);
}

const pathLine = /^[ -]*(?:path|overlay):[ ]*["']?([^\s"'#]+)["']?[ ]*(?:#.*)?$/gmu;

/** Tells which directories are environments of one thing, such as `overlays/dev` and `overlays/prod`, and no examples: whoever deploys, builds them. */
function isEnvironmentAmong(roots: readonly Unit[]): (root: string) => boolean {
  const thingOf = (root: string): string =>
    isExample(`${root}/`) ? '' : (environmentOfPath(root)?.rest ?? '');
  const things = grouped(
    roots.map(({ id }) => id.root),
    thingOf,
  );
  return (root) => thingOf(root) !== '' && (things.get(thingOf(root))?.length ?? 0) > 1;
}

/** Whether a unit is a kustomization that no other one uses. */
export function isRoot({ id }: Pick<Unit, 'id'>): boolean {
  return id.role === 'root';
}
