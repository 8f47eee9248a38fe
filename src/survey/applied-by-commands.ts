import type { Sources } from '../source/load.ts';
import { directoryOf, normalisePath, pathBelow } from '../source/path.ts';
import type { EntryPoints } from './entry-points.ts';
import { recipeFile } from './program-files.ts';

/** What commands apply as it stands. */
export interface Applied {
  /** Files, directories of which each file is applied, and directories that are built. */
  readonly exactly: ReadonlySet<string>;
  /** Directories that are applied with all that lies below. */
  readonly below: ReadonlySet<string>;
  /** Directories that are built: not only their files are applied. */
  readonly built: ReadonlySet<string>;
  /** Directories that a script names which builds what it is told to, and may do anything with the result. */
  readonly rendered: ReadonlySet<string>;
}

/** What holds commands in YAML. */
const yamlRecipe =
  /(?:^|\/)(?:\.?[Tt]askfile[\w.-]*|\.(?:task(?:file)?s|circleci|woodpecker|gitlab)\/[\w/.-]+|\.gitlab-ci[\w.-]*|\.drone|\.woodpecker|azure-pipelines[\w.-]*|bitbucket-pipelines|cloudbuild|buildspec)\.ya?ml$/u;

/** The paths that commands of scripts, guides, recipes and pipelines apply or build. */
export function appliedByCommands(sources: Sources, found: EntryPoints): Applied {
  const newSet = (): Set<string> => new Set();
  const applied = { exactly: newSet(), below: newSet(), built: newSet(), rendered: newSet() };
  const buildable = new Set(found.kustomizations.map(directoryOf));
  for (const path of filesWithCommands(sources, found)) {
    const text = sources.file(path)?.text ?? '';
    if (!/\b(?:kubectl|oc|kustomize)\b/iu.test(text)) continue;
    for (const { argument, isRecursive, isBuilt } of applyArguments(text))
      for (const one of pathsMeant(sources, argument, directoryOf(path))) {
        if (isBuilt && !buildable.has(one)) continue;
        (isRecursive ? applied.below : applied.exactly).add(one);
        if (isBuilt) applied.built.add(one);
      }
    if (!path.endsWith('.md') && buildsVariable.test(text))
      for (const word of text.match(pathWord) ?? [])
        for (const one of pathsMeant(sources, word, directoryOf(path)))
          if (buildable.has(one)) applied.rendered.add(one);
  }
  return applied;
}

/** A build of what a variable holds: a function of the script, or a loop, gives it the directories. */
const buildsVariable = /(?:\bkustomize\s+build|\b(?:kubectl|oc)\s+(?:kustomize|apply\s+-k))\s+["']?\$/u;

const pathWord = /(?<![\w$}./-])(?:\.\/)?[\w.-]+(?:\/[\w.-]+)+\/?(?![\w$*{/])/gu;

const workflowFolders = ['.github/workflows', '.gitea/workflows', '.forgejo/workflows'];

/** Scripts, guides, recipes and pipelines. */
export function filesWithCommands(
  { fileSystem }: Sources,
  { documents, programs, plainFiles, kustomizedFiles }: EntryPoints,
): string[] {
  const namesIn = (folder: string): string[] =>
    (fileSystem.list(folder) ?? []).map(({ name }) => `${folder}/${name}`);
  const actions = namesIn('.github/actions').flatMap((folder) => namesIn(folder));
  return [
    ...documents,
    ...programs.filter((path) => recipeFile.test(path)),
    ...[...plainFiles, ...kustomizedFiles].filter((path) => yamlRecipe.test(path)),
    ...workflowFolders.flatMap(namesIn),
    ...actions.filter((path) => /\/action\.ya?ml$/u.test(path)),
  ];
}

interface ApplyArgument {
  readonly argument: string;
  readonly isRecursive: boolean;
  /** Whether kustomize builds it, which takes a kustomization. */
  readonly isBuilt: boolean;
}

const command = /(?:\bkubectl|\boc|\bkustomize|\$[({]\w*(?:KUBECTL|KUSTOMIZE)\w*[)}])\s[^\n]*/giu;

/** What is filled in on the way is not applied as it stands. */
const fillsIn = /\b(?:envsubst|sed|gomplate|jinja2?|j2|ytt|helm\s+template)\b/u;

/** What stands behind `-f`, `-k` or `build` of each command, backslashes at the ends of lines taken away. */
function applyArguments(text: string): ApplyArgument[] {
  const lines = text.replaceAll(/\\\r?\n\s*/gu, ' ');
  return [...lines.matchAll(command)].flatMap(([line]) => {
    // What is built alone is looked at, or validated.
    if (fillsIn.test(line) || !/\b(?:apply|create|replace)\b/u.test(line)) return [];
    const isRecursive = /\s(?:-R|-Rf|-fR|--recursive)\b/u.test(line);
    const given = line.matchAll(
      /(?:\s(-f|-k|-Rf|-fR|--filename|--kustomize)[\s=]+|\bbuild\s+|kubectl\s+kustomize\s+)["'`]?([^\s"'`|;&)]+)/gu,
    );
    return [...given].map(([, option = '', argument = '']) => ({
      argument,
      isRecursive,
      isBuilt: !/f/u.test(option),
    }));
  });
}

/** The paths of the repository that a word may mean: from the root on, or from where it is written; or in an address of GitHub. */
function pathsMeant({ fileSystem }: Sources, argument: string, directory: string): string[] {
  if (/[$<>{}]/u.test(argument)) return [];
  const remote = /^https?:\/\/[^/]+\/[^/]+\/[^/]+\/(?:(?:raw|blob)\/)?(?:refs\/heads\/)?[^/]+\/(.+)$/u.exec(
    argument,
  );
  const written = (remote?.[1] ?? argument).replace(/\/\*(?:\.\w+)?$/u, '');
  if (/^(?:https?:|-)/u.test(written)) return [];
  const below = pathBelow(directory, written);
  const meant = remote !== null ? [written] : written === '.' ? [below] : [written, below];
  return [...new Set(meant.flatMap((one) => normalisePath(one) ?? []))].filter(
    (path) => fileSystem.kind(path) !== undefined,
  );
}
