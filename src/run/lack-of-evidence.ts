import { missingPathIn } from '../build/loader.ts';
import { missingKustomizationIn } from '../build/target.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isForeignTemplate } from '../object/foreign-template.ts';
import { isKustomizationPath } from '../object/kustomization-path.ts';
import { objectPlace } from '../object/object-place.ts';
import { hasToken, openWordIn } from '../object/open-word.ts';
import { commentedOut } from '../reconcile/kustomization-uses.ts';
import { isToFillIn } from '../reconcile/to-fill-in.ts';
import { isGitIgnored } from '../source/git-ignore.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf, isBelow, lastPartOf, normalisePath, pathBelow } from '../source/path.ts';
import { isMapping, isSequence, itemsAt, type Value } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { isExample } from '../survey/examples.ts';
import type { Tree } from '../survey/tree.ts';
import type { Unit } from '../survey/unit.ts';
import { isWritten } from '../survey/written-by-commands.ts';

/** Why nothing shows that something is applied as written, as the end of a sentence. */
export const lacks = {
  applied: 'nothing in the repository shows that it is applied as written',
  revision: 'another revision of this repository is applied there',
  written: 'a command or flux bootstrap creates it before the build',
  ignored: '.gitignore excludes it from Git, so it may exist in a working copy',
  cleaned: 'this copy of the repository contains none of its sealed or encrypted files',
  template: 'another tool completes it before the build',
  part: 'an apply merges it into an existing object, according to its file name',
  open: 'the value is a placeholder, to be replaced on apply',
  place: 'it is written for another location: its paths are outside this repository, or do not exist',
  commented: 'a kustomization that would include it comments it out',
  root: 'the path exists below a directory above the file, which is the root of another repository',
  unread: 'a file that a failing build would read contains it',
  elsewhere: 'an owner with that name applies manifests from another source',
  argo: 'the settings of Argo CD, which may disable the load restrictor, are not in the repository',
  free: 'a command in the repository builds without the load restrictor',
  answer: 'the file contains a response of a cluster, with uid and resourceVersion',
  overlay: 'a kustomization that uses this one as a base sets the namespace',
  older: 'its name indicates that it is for clusters that still serve this version',
  cluster: 'the cluster runs its own components in this namespace, which are not in the repository',
  webhook: 'a webhook in the repository changes pods with these labels, and may add the volume',
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

/**
 * Why a kustomization that nobody is seen to build is one to fill in or to copy, and breaks nothing where it stands: it reads a template,
 * is empty, or no way out of its folder leads anywhere, or one out of the repository, or most of its list is not there, or to what a copy of the folder
 * has, or it lies among templates, or another kustomization has it in its list as a comment.
 */
export function whyUnfinished(
  diagnostic: Diagnostic,
  { found }: Pick<Tree, 'found'>,
  sources: Sources,
): Lack | undefined {
  const { entryPoint, rule, span } = diagnostic;
  const { path } = span.file;
  if (rule === 'yaml-syntax' || rule === 'not-json') return whyUnread(path, sources);
  if (entryPoint !== undefined && isCommentedOut(entryPoint, found.kustomizations, sources))
    return lacks.commented;
  if (entryPoint === undefined || directoryOf(path) !== entryPoint || !isKustomizationPath(path))
    return undefined;
  if (sources.fileSystem.kind(path) !== 'file') return undefined;
  const value = sources.load(path, 'kustomization').documents[0]?.value;
  if (rule === 'kustomization-invalid') return isBlank(value) ? lacks.applied : undefined;
  if (openWordIn(textAtKey(value, 'namespace')) !== undefined) return lacks.template;
  const missing = missingFile(diagnostic);
  const isOfCopy = isInCopy(missing, found.kustomizations) || isOfTemplates(entryPoint, missing);
  return isOfCopy || isOfElsewhere(value, entryPoint, sources) ? lacks.place : undefined;
}

function textAtKey(value: Value | undefined, key: string): string {
  const text = isMapping(value) ? value[key] : undefined;
  return typeof text === 'string' ? text : '';
}

/** Whether a kustomization has a directory in its list as a comment, so that it is a part of that one, and not in use. */
function isCommentedOut(directory: string, kustomizations: readonly string[], sources: Sources): boolean {
  const name = lastPartOf(directory);
  return kustomizations.some((file) => {
    const text = sources.file(file)?.text ?? '';
    return text.includes(name) && commentedOut(text, directoryOf(file)).includes(directory);
  });
}

/** Whether a base that is missing here is there in a directory whose last parts are the same: an overlay to copy to it. */
function isInCopy(missing: string | undefined, kustomizations: readonly string[]): boolean {
  const parts = missing?.split('/') ?? [];
  if (parts.length <= sameParts) return false;
  const end = `/${parts.slice(-sameParts).join('/')}`;
  return kustomizations.some((file) => `/${directoryOf(file)}`.endsWith(end));
}

const sameParts = 3;

/** Whether a directory among templates lacks what lies outside of it: it is there where the template is copied to. */
function isOfTemplates(directory: string, missing: string | undefined): boolean {
  const isTemplate = /(?:^|\/)(?:boilerplates?|scaffold(?:s|ing)?|skeletons?|templates?)\//u.test(
    `${directory}/`,
  );
  return isTemplate && missing !== undefined && !isBelow(missing, directory);
}

function isRemote(item: string): boolean {
  return /:\/\/|^git@|\?ref=|^(?:[\w-]+\.)+[a-z]{2,}\//u.test(item);
}

/** Whether a build, or a chart, lacks a file that `.gitignore` keeps out of Git. */
export function isKeptOutOfGit(diagnostic: Diagnostic, sources: Sources): boolean {
  const { rule, message } = diagnostic;
  const values = rule === 'application-values-missing' ? message.split(' ')[0] : undefined;
  const path = values === undefined ? missingFile(diagnostic) : values.replace(/^(?:\.\.?\/)+/u, '');
  return path !== undefined && isGitIgnored(sources, path);
}

/** A template stops every reader before its tool has filled it in. */
function whyUnread(path: string, sources: Sources): Lack | undefined {
  if (sources.fileSystem.kind(path) !== 'file') return undefined;
  return isForeignTemplate(sources.load(path, 'api-server')) ? lacks.template : undefined;
}

function isBlank(value: Value | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (!isMapping(value)) return false;
  const isNothing = (part: Value | undefined): boolean =>
    part === null || (isSequence(part) && part.length === 0);
  return Object.entries(value).every(
    ([key, part]) => /^(?:apiVersion|kind|metadata)$/u.test(key) || isNothing(part),
  );
}

function isOfElsewhere(value: Value | undefined, directory: string, { fileSystem }: Sources): boolean {
  const listed = ['resources', 'bases', 'components']
    .flatMap((field) => itemsAt(value, [field]))
    .filter((item) => typeof item === 'string' && !isRemote(item))
    .map((item) => ({
      isOut: valueText(item).startsWith('../'),
      path: normalisePath(pathBelow(directory, valueText(item))),
    }));
  const nowhere = listed.filter(({ path }) => path === undefined || fileSystem.kind(path) === undefined);
  const ways = listed.filter(({ isOut }) => isOut);
  const isWithoutWay = ways.length > 1 && ways.every((one) => nowhere.includes(one));
  const isMostlyMissing = nowhere.length > 1 && nowhere.length * 2 > listed.length;
  return nowhere.some(({ path }) => path === undefined) || isWithoutWay || isMostlyMissing;
}

/** The file that a build lacks, if that is what is wrong: one that is listed, or the kustomization of a directory. */
export function missingFile({ rule, message }: Diagnostic): string | undefined {
  if (rule === 'kustomization-missing') return missingKustomizationIn(message);
  return rule === 'file-missing' ? missingPathIn(message) : undefined;
}

/** Whoever applies an entry point applies what stands beside it, such as its source; examples are shown one by one. */
export function foldersOfEntries({ clusters, loose }: Pick<Tree, 'clusters' | 'loose'>): ReadonlySet<string> {
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  return new Set(
    owners.flatMap((one) => {
      const place =
        one.declaration === undefined || loose.has(one) || isToFillIn(one.declaration)
          ? undefined
          : objectPlace(one.declaration);
      return place === undefined || isExample(place.file) ? [] : [directoryOf(place.file)];
    }),
  );
}

/** A path with an action or a token in it is none before a tool has filled it in. */
function isTemplate(path: string): boolean {
  return /\{\{.*\}\}/u.test(path) || hasToken(path);
}

/** Whether a file names another by its last part. */
function names({ fileSystem, file }: Sources, path: string, other: string): boolean {
  const text = fileSystem.kind(path) === 'file' ? file(path)?.text : undefined;
  return text?.includes(lastPartOf(other)) === true;
}

/** Tells what nobody is seen to apply of what no controller reaches. */
export function isAssumedIn(tree: Tree): (diagnostic: Diagnostic) => boolean {
  const { units, found, delivery } = tree;
  const roots = new Set(units.filter(isRoot).map(({ id }) => id.root));
  const besideEntries = foldersOfEntries(tree);
  const files = new Set(
    [...found.plainFiles, ...found.kustomizedFiles].filter((file) => !besideEntries.has(directoryOf(file))),
  );
  return ({ entryPoint, span }) => {
    const place = entryPoint ?? span.file.path;
    const isLoose = entryPoint === undefined ? files.has(place) : roots.has(place);
    return isLoose && delivery.isAssumed(place);
  };
}

/** Tells what is found in files and kustomizations that no controller is seen to apply. */
export function isByHandIn(tree: Tree): (diagnostic: Diagnostic) => boolean {
  const roots = new Set(tree.units.filter(isRoot).map(({ id }) => id.root));
  const applied = foldersOfEntries(tree);
  return ({ entryPoint, span }) =>
    entryPoint === undefined ? !applied.has(directoryOf(span.file.path)) : roots.has(entryPoint);
}

/** Tells what is wrong with kustomizations that nobody is seen to apply, whatever it is. */
export function isUnbuiltIn({
  units,
  delivery,
}: Pick<Tree, 'units' | 'delivery'>): (diagnostic: Diagnostic) => boolean {
  const roots = units.filter(isRoot);
  const built = new Set(
    roots.filter(({ id }) => !delivery.isAssumed(id.root)).flatMap(({ build }) => build.diagnostics),
  );
  const all = new Set(roots.flatMap(({ build }) => build.diagnostics));
  return (one) => all.has(one) && !built.has(one);
}

/** Whether a unit is a kustomization that no other one uses. */
export function isRoot({ id }: Pick<Unit, 'id'>): boolean {
  return id.role === 'root';
}
