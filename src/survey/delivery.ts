import { mentionsEntryPoint } from '../reconcile/mentions.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf, isBelow, isBelowAny, normalisePath } from '../source/path.ts';
import { type Applied, appliedByCommands } from './applied-by-commands.ts';
import type { EntryPoints } from './entry-points.ts';
import { programFile } from './program-files.ts';

/** What is known of how things reach a cluster that no controller is seen to apply. */
export interface Delivery {
  /** Whether nothing shows that somebody applies a file, or what a directory builds, as it stands. */
  isAssumed(path: string): boolean;
  /** Whether somebody is seen to build a directory, and not only to apply its files. */
  isBuilt(directory: string): boolean;
  /** Whether a script names a directory, and builds what it is told to. */
  isRendered(directory: string): boolean;
}

/** What tells Fleet, Helmfile, Skaffold and others like them what they apply, and an operator of Helm or Ansible what it makes. */
const toolFile = /(?:^|\/)(?:devspace|fleet|garden|helmfile|skaffold|vendir|watches|werf|zarf)\.ya?ml$/u;

/** The kinds that name more to deploy, as they stand at the beginning of a line. */
const entryKind =
  /^(?:-\s+)?kind:\s*["']?(?:Application|ApplicationSet|FluxInstance|Kustomization|ResourceSet)\b/mu;

/**
 * Where nothing else is to be seen, what there is in a repository is what somebody applies. Where a controller or another tool applies
 * things, or programs stand beside them, it takes more: whoever asks names the path, or a command of a script, a guide or a pipeline does.
 */
export function openDelivery(sources: Sources, found: EntryPoints, paths: readonly string[]): Delivery {
  let others: boolean | undefined;
  let applied: Applied | undefined;
  const named = paths.flatMap((path) => normalisePath(path) ?? []).filter((path) => path !== '');
  /** What commands apply, or nothing where all that there is is what somebody applies. */
  const commandsFor = (path: string): Applied | undefined => {
    if (named.some((one) => isBelow(path, one))) return undefined;
    others ??= hasOtherWays(sources, found);
    if (others) applied ??= appliedByCommands(sources, found);
    return applied;
  };
  return {
    isBuilt: (directory) => commandsFor(directory)?.built.has(directory) ?? true,
    isRendered: (directory) => commandsFor(directory)?.rendered.has(directory) ?? true,
    isAssumed(path) {
      const commands = commandsFor(path);
      if (commands === undefined) return false;
      const { exactly, below } = commands;
      const isOfDirectory = isYamlName(path) && exactly.has(directoryOf(path));
      return !exactly.has(path) && !isOfDirectory && !isBelowAny(path, below);
    },
  };
}

/** A file, and not a directory that is built. */
function isYamlName(path: string): boolean {
  return /\.(?:ya?ml|json)$/u.test(path);
}

function hasOtherWays(
  sources: Sources,
  { plainFiles, kustomizedFiles, programs, skipped }: EntryPoints,
): boolean {
  if (programs.some((path) => programFile.test(path))) return true;
  const templates = skipped.flatMap(({ path, why }) => (why === 'charts' || why === 'fleet' ? path : []));
  const files = [...plainFiles, ...kustomizedFiles];
  return (
    skipped.some(({ why }) => why === 'fleet') ||
    files.some((file) => toolFile.test(file)) ||
    [...files, ...templates].some((file) => namesMore(sources, file))
  );
}

function namesMore(sources: Sources, file: string): boolean {
  return mentionsEntryPoint(sources, file) && entryKind.test(sources.file(file)?.text ?? '');
}
