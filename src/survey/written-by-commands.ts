import type { SourceFile } from '../diagnostic/source-file.ts';
import { knownOnce } from '../object/known-once.ts';
import type { Sources } from '../source/load.ts';
import {
  directoriesAbove,
  directoryOf,
  isBelow,
  lastPartOf,
  normalisePath,
  pathBelow,
} from '../source/path.ts';
import { filesWithCommands } from './applied-by-commands.ts';
import type { EntryPoints } from './entry-points.ts';
import { programFile } from './program-files.ts';

/** What `flux bootstrap` writes, and what it commits with it. */
const ofBootstrap = /(?:^|\/)(?:flux-system|gotk-components\.yaml|gotk-sync\.yaml)$/u;

/** What generators of operators write, and the command that does: controller-tools where programs have webhooks, the Operator SDK. */
const generated: readonly { readonly path: RegExp; readonly command: RegExp }[] = [
  {
    path: /(?:^|\/)webhook\/manifests\.yaml$/u,
    command: /(?:controller-gen|CONTROLLER_GEN)[^\n]*\bwebhook\b/u,
  },
  { path: /(?:^|\/)config\/crd(?:\/bases)?$/u, command: /\boutput:crd\b/u },
  {
    path: /(?:^|\/)manifests\/bases\/[^/]+\.clusterserviceversion\.yaml$/u,
    command: /\bgenerate kustomize manifests\b/u,
  },
];

/** Whether a recipe writes the CRDs of the repository anew, from its programs. */
export function generatesCrds(sources: Sources, { documents, programs }: EntryPoints): boolean {
  return [...documents, ...programs].some((file) => runs(/\boutput:crd\b/u, sources, file));
}

function runs(command: RegExp, sources: Sources, file: string): boolean {
  return !programFile.test(file) && command.test(sources.file(file)?.text ?? '');
}

/** What stands before the path of a file or folder that a shell or a step of a pipeline writes. */
const writesTo =
  /(?:>>?\s*|--(?:sealed-secret-file|untardir|[\w-]*out(?:put)?(?:-?(?:dir|file|path))?)[ =]|\s-\w*[oO]\s*|(?:^|[\s{,])(?:out|output|dest|destination)[\w-]*\s*[:=]\s*)["']?[\w./$(){}-]*$/iu;

const longestOption = 300;

/** What stands somewhere before the name of a file or folder that a shell or a program writes. */
const writing = /\b(?:tee|mkdir|git\s+(?:clone|submodule))\b|\b(?:cp|mv)\s+\S+\s|write|open\(/iu;

/** What enters a folder, in which the commands behind it write. */
const entering = /(?:^|[\s"'`&;(])(?:cd|pushd)\s|\b(?:working-directory|dir)\s*:/u;

/**
 * Whether something that a kustomization lacks is written before somebody builds it: by a script, a guide, a recipe or a pipeline, in the
 * repository or in a cluster, by a program of the folder or one above it, or by `flux bootstrap`.
 */
export function isWritten(sources: Sources, found: EntryPoints, path: string): boolean {
  const { documents, programs } = found;
  if (ofBootstrap.test(path)) return true;
  if (isMadeOfOther(sources, path) || isBroughtByTool(sources, path)) return true;
  const directory = missingPart(sources, path);
  const generator = generated.find((one) => one.path.test(path) || one.path.test(directory));
  if (generator !== undefined)
    return [...documents, ...programs].some((file) => runs(generator.command, sources, file));
  const name = lastPartOf(directory);
  const near = programs.filter(
    (file) => !programFile.test(file) || (directoryOf(file) !== '' && isBelow(path, directoryOf(file))),
  );
  // What a guide writes for each cluster is missing in the one to copy.
  const folder = toCopy.test(path) ? '' : lastPartOf(directoryOf(path));
  const files = [...filesWithCommands(sources, found), ...near, ...withScripts(sources, found)];
  return [...new Set(files)].some((file) =>
    writes(sources.file(file)?.text ?? '', name, programFile.test(file) ? '' : folder),
  );
}

/** What a pipeline does to bring what it made into the repository. */
const pushing =
  /\bgit\b[^\n]{0,200}\bpush\b|\b(?:push-action|git-auto-commit|add-and-commit|actions-gh-pages|create-pull-request)\b/u;

/** Whether something is written that is missing here, and a pipeline pushes what it made: the branch that is deployed may have it. */
export function isPushed(sources: Sources, found: EntryPoints, path: string): boolean {
  const pushes = (file: string): boolean =>
    /\.ya?ml$|(?:^|\/)Jenkinsfile$/u.test(file) && pushing.test(sources.file(file)?.text ?? '');
  return filesWithCommands(sources, found).some(pushes) && isWritten(sources, found, path);
}

/** Manifests with scripts that run in a cluster: steps of a Tekton Task, a Job, a ConfigMap. */
function withScripts(sources: Sources, { plainFiles, kustomizedFiles }: EntryPoints): string[] {
  return [...plainFiles, ...kustomizedFiles].filter((path) => {
    const file = sources.file(path);
    return file !== undefined && hasScript(file);
  });
}

const hasScript = knownOnce(
  ({ text }: SourceFile): boolean => text.includes('#!') && /^[ \t]*#![ \t]*\//mu.test(text),
);

const toCopy = /(?:^|\/)(?:examples?|samples?|skel(?:eton)?|templates?)\//u;

/** The way to the first part of a path that is not there: of a folder that is cloned all that it holds is missing. */
function missingPart({ fileSystem }: Sources, path: string): string {
  const parts = path.split('/');
  const ways = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  return ways.find((way) => fileSystem.kind(way) === undefined) ?? path;
}

/**
 * Whether a tool puts a path there from another repository: a mapping of hologit in a branch that it projects, a directory of vendir, or a
 * submodule.
 */
function isBroughtByTool({ fileSystem, file }: Sources, path: string): boolean {
  const ways = [path, ...directoriesAbove(path)].filter((way) => way !== '');
  const branches = (fileSystem.list('.holo/branches') ?? []).map(({ name }) => `.holo/branches/${name}`);
  if (branches.some((branch) => ways.some((way) => fileSystem.kind(`${branch}/${way}.toml`) === 'file')))
    return true;
  return ['.gitmodules', 'vendir.yml', 'vendir.yaml'].some((name) => {
    const text = fileSystem.kind(name) === 'file' ? (file(name)?.text ?? '') : '';
    const said = [...text.matchAll(/^[ \t-]*path[ \t]*[:=][ \t]*["']?([^\s"']+)/gmu)];
    return said.some(([, one = '']) => ways.includes(normalisePath(one) ?? ''));
  });
}

/** The endings of a file that somebody decrypts, copies or fills in to get the one that is missing. */
const endings = [
  'age',
  'decrypted',
  'dist',
  'enc',
  'example',
  'gpg',
  'in',
  'j2',
  'sample',
  'template',
  'tmpl',
  'tpl',
];

function isMadeOfOther({ fileSystem, file }: Sources, path: string): boolean {
  const above = pathBelow(directoryOf(directoryOf(path)), lastPartOf(path));
  // `envsubst < above/image.yaml > above/web/image.yaml`.
  const isTemplate =
    fileSystem.kind(above) === 'file' && /\$\{[A-Z][A-Z0-9_]*\}/u.test(file(above)?.text ?? '');
  if (isTemplate) return true;
  return endings.some((ending) => fileSystem.kind(`${path}.${ending}`) === 'file');
}

/** A file of a common name is the one that is meant where the command names its folder as well, has it in a variable, or follows one that enters it. */
function writes(text: string, name: string, folder: string): boolean {
  if (!text.includes(name)) return false;
  const lines = text.replaceAll(/\\\r?\n\s*/gu, ' ').split('\n');
  const isEntered = folder === '' || lines.some((line) => line.includes(folder) && entering.test(line));
  return lines.some((line) => {
    if (isCopiedInto(line, name, folder)) return true;
    if (!namesFile(line, name)) return false;
    const before = line.slice(0, line.indexOf(name));
    const isThere = isEntered || line.includes(folder) || /\$[({]?\w+[)}]?\/$/u.test(before);
    return isThere && (writesTo.test(before.slice(-longestOption)) || writing.test(before));
  });
}

/** Whether a file of that name is copied or moved into a folder: `cp deploy/operator.yaml config/manager`. */
function isCopiedInto(line: string, name: string, folder: string): boolean {
  const words = line.trim().split(/\s+/u);
  const into = words.at(-1)?.replace(/\/$/u, '') ?? '';
  return (
    folder !== '' &&
    lastPartOf(into) === folder &&
    /^(?:cp|mv)$/u.test(words[0] ?? '') &&
    words.slice(1, -1).some((word) => lastPartOf(word) === name)
  );
}

function namesFile(line: string, name: string): boolean {
  const at = line.indexOf(name);
  if (at < 0) return false;
  return !/[\w.-]/u.test(line[at - 1] ?? '') && !/[\w-]/u.test(line[at + name.length] ?? '');
}
