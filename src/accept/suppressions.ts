import type { Configuration } from '../configuration/configuration.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf, isBelow } from '../source/path.ts';
import type { EntryPoints } from '../survey/entry-points.ts';
import type { Scope } from '../survey/scope.ts';
import { ignoreAnnotations } from './ignore-annotations.ts';
import { type IgnoreComments, ignoreComments } from './ignore-comments.ts';

/** What comments of the files that builds read, and annotations of the objects that they render, accept. */
export function readSuppressions(
  sources: Sources,
  scopes: readonly Scope[],
  { plainFiles, kustomizedFiles }: EntryPoints,
): IgnoreComments {
  const plain = new Set(plainFiles);
  const inputs = new Set(scopes.flatMap((scope) => scope.inputs).filter((path) => !plain.has(path)));
  const folders = new Set([...inputs].map(directoryOf));
  const beside = kustomizedFiles.filter((path) => !inputs.has(path) && folders.has(directoryOf(path)));
  const found = [
    // What stands beside files that were read may say why it is not read itself.
    ignoreComments(sources, [...inputs, ...beside], 'kustomize'),
    ignoreComments(sources, plainFiles, 'api-server'),
    ...scopes.map(({ resources, entryPoint }) => ignoreAnnotations(resources, entryPoint?.root)),
  ];
  return {
    suppressions: found.flatMap(({ suppressions }) => suppressions),
    diagnostics: found.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Whether all that the configuration speaks of was judged. */
export function isWholeRun(
  { environments, file = '' }: Configuration,
  { roots }: EntryPoints,
  scopes: readonly Scope[],
  {
    environments: selected = [],
    paths,
  }: { readonly environments?: readonly string[]; readonly paths: readonly string[] },
): boolean {
  if (selected.length > 0 || scopes.length === 0 || !scopes.every(({ complete }) => complete)) return false;
  if (environments.length > 0)
    return environments.every((one) => roots.some(({ environment }) => environment === one));
  return file === '' || paths.some((path) => isBelow(file, path));
}
