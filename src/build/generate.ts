import { type Tracked, untracked } from '../object/provenance.ts';
import { normalisePath } from '../source/path.ts';
import type { Mapping } from '../source/value.ts';
import { type AccumulatedResource, newResource } from './accumulated-resource.ts';
import { generateConfigMap } from './generators/config-map-generator.ts';
import type { GeneratedResource } from './generators/generated-resource.ts';
import type { GeneratorFile } from './generators/generator-file.ts';
import { generateSecret } from './generators/secret-generator.ts';
import { joinPath, type Loader } from './loader.ts';
import { isProblem, type Problem } from './problem.ts';

export type GeneratorKind = 'ConfigMapGenerator' | 'SecretGenerator';

/** The resource that one entry of `configMapGenerator` or `secretGenerator` makes. */
export function runGenerator(
  kind: GeneratorKind,
  entry: Tracked<Mapping>,
  options: Tracked<Mapping> | undefined,
  loader: Loader,
  provenance: boolean,
): AccumulatedResource | Problem {
  const generate = kind === 'ConfigMapGenerator' ? generateConfigMap : generateSecret;
  const load = (path: string): GeneratorFile | Problem => {
    const bytes = loader.bytes({ value: path, origin: entry.origin });
    if (isProblem(bytes))
      return { ...withoutPlace(bytes), ...(bytes.isElsewhere === true ? { unchecked: path } : {}) };
    return { path: normalisePath(joinPath(loader.directory, path)) ?? path, bytes };
  };
  const generated = generate(entry, options, load);
  if (isProblem(generated))
    return { rule: 'generator-invalid', ...generated, at: generated.at ?? entry.origin };
  return toResource(generated, provenance);
}

function toResource(generated: GeneratedResource, provenance: boolean): AccumulatedResource {
  const { object, origin, behavior, needsHash } = generated;
  return {
    ...newResource({ value: object, origin: provenance ? origin : untracked }),
    behavior,
    needsHash,
    isGenerated: true,
    isMade: true,
  };
}

// The generator knows the item that named the file, which is a better place than the entry.
function withoutPlace(problem: Problem): Problem {
  const { at: _, ...rest } = problem;
  return rest;
}
