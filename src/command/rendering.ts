import { type BuildOptions, openBuilder } from '../build/build.ts';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import { helpForPath } from '../configuration/meant-path.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Build } from '../object/build.ts';
import { terminalFindings } from '../report/terminal/terminal.ts';
import { type Secrets, secretsIn } from '../run/secrets.ts';
import type { FileSystem } from '../source/file-system.ts';
import { openSources, type Sources } from '../source/load.ts';
import { type FetchedBases, fetchedBases, fetchedFor } from '../survey/fetched-bases.ts';
import { complain, type Io } from './io.ts';
import type { Invocation } from './options.ts';
import { terminalOptions } from './terminal-options.ts';

/** What render and blame share: builds of directories as the options want them. */
export interface Rendering {
  readonly sources: Sources;
  /** The first operand, relative to the repository's root. */
  readonly directory: string;
  build(root: string): Build;
}

/** By the words of the option, kustomize's own among them. */
const restrictors: ReadonlyMap<string, NonNullable<BuildOptions['loadRestrictor']>> = new Map([
  ['none', 'none'],
  ['root-only', 'root-only'],
  ['LoadRestrictionsNone', 'none'],
  ['LoadRestrictionsRootOnly', 'root-only'],
]);

/** Undefined, and said why, where the first operand is not there. */
export function openRendering(invocation: Invocation, io: Io): Rendering | undefined {
  const operand = invocation.operands[0] ?? '.';
  const { fileSystem, inside } = io.files.repository(operand, invocation.option('root'));
  if (isMissing(operand, fileSystem, inside(operand), io)) return undefined;
  const reorder = invocation.option('reorder');
  const loadRestrictor = restrictors.get(invocation.option('load-restrictor') ?? '');
  const options: BuildOptions = {
    managedByLabel: invocation.has('enable-managedby-label'),
    ...(reorder === 'none' || reorder === 'legacy' ? { reorder } : {}),
    ...(loadRestrictor === undefined ? {} : { loadRestrictor }),
  };
  // Two shards may make as many objects as can be rendered in the time in which those of one are checked.
  const sources = openSources(fileSystem, { shards: 2 });
  // Without knowing where values come from, merges do not know how they were written either, and render them differently.
  const builder = openBuilder(sources);
  const path = inside(operand);
  const basesOf = basesNear(sources, path);
  return {
    sources,
    directory: path,
    build: (directory) => builder.build(directory, { ...options, ...basesOf(directory) }),
  };
}

/** What kustomizations take from elsewhere, as the configuration and what was fetched have them. */
function basesNear(sources: Sources, path: string): (root: string) => FetchedBases {
  const { configuration } = loadConfiguration(sources, path);
  const fetched = fetchedFor(sources, configuration);
  return (root) => fetchedBases(sources, [root], fetched, configuration.remotes);
}

/** Says that an operand is not there, and what was probably meant. */
export function isMissing(operand: string, fileSystem: FileSystem, path: string, io: Io): boolean {
  if (io.files.kind(operand) !== undefined) return false;
  complain(
    io,
    `there is no directory ${operand}`,
    helpForPath(fileSystem, path, 'use a directory of the repository'),
  );
  return true;
}

/** Says what is wrong with a build; nothing of one that failed is handed on. */
export function reportedBuild(
  build: Build,
  { sources }: Pick<Rendering, 'sources'>,
  io: Io,
): Build | undefined {
  reportFindings(build.diagnostics, io, secretsIn(sources, build.diagnostics, [build]));
  return build.complete ? build : undefined;
}

export function reportFindings(diagnostics: readonly Diagnostic[], io: Io, secrets?: Secrets): void {
  if (diagnostics.length > 0)
    io.stderr.write(terminalFindings(diagnostics, terminalOptions(io, io.stderr), secrets));
}
