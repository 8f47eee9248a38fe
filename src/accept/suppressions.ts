import type { Configuration } from '../configuration/configuration.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Suppression } from '../diagnostic/suppression.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf } from '../source/path.ts';
import type { Tree } from '../survey/tree.ts';
import { entryPointOf } from '../survey/unit.ts';
import { ignoreAnnotations } from './ignore-annotations.ts';
import { type IgnoreComments, ignoreComments } from './ignore-comments.ts';

/** What comments of the files that builds read, and annotations of the objects that they render, accept, if they may. */
export function readSuppressions(
  sources: Sources,
  tree: Pick<Tree, 'units' | 'found'>,
  { inlineSuppressions }: Pick<Configuration, 'inlineSuppressions'>,
): IgnoreComments {
  const found = inlineIn(sources, tree);
  if (inlineSuppressions === 'allowed') return found;
  return { suppressions: [], diagnostics: [...found.suppressions.map(forbidden), ...found.diagnostics] };
}

function forbidden({ by, rule, span }: Suppression): Diagnostic {
  return {
    rule: 'suppression-invalid',
    severity: 'error',
    message: `the configuration allows no ${by} to accept ${rule}`,
    help: 'fix the finding, or accept it under exclusions in cdb-lint.yaml',
    span,
    related: [],
  };
}

function inlineIn(
  sources: Sources,
  { units, found: { plainFiles, kustomizedFiles } }: Pick<Tree, 'units' | 'found'>,
): IgnoreComments {
  const plain = new Set(plainFiles);
  const inputs = new Set(units.flatMap(({ build }) => build.inputs).filter((path) => !plain.has(path)));
  const folders = new Set([...inputs].map(directoryOf));
  const beside = kustomizedFiles.filter((path) => !inputs.has(path) && folders.has(directoryOf(path)));
  const found = [
    // What stands beside files that were read may say why it is not read itself.
    ignoreComments(sources, [...inputs, ...beside], 'kustomize'),
    ignoreComments(sources, plainFiles, 'api-server'),
    ...units.map((unit) => ignoreAnnotations(unit.build.resources, entryPointOf(unit))),
  ];
  return {
    suppressions: found.flatMap(({ suppressions }) => suppressions),
    diagnostics: found.flatMap(({ diagnostics }) => diagnostics),
  };
}
