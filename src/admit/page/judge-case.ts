import { openBuilder } from '../../build/build.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { isKustomizationPath } from '../../object/kustomization-path.ts';
import { readPlainManifests } from '../../object/plain-manifests.ts';
import type { Resource } from '../../object/resource.ts';
import { openSources } from '../../source/load.ts';
import { memoryFileSystem } from '../../source/memory.ts';
import { judgeResources } from '../judge.ts';
import { compilePolicies } from '../policy/compile-policies.ts';
import type { PageFile } from './page.ts';

/** What one policy, with its bindings, says of the files of a case; a case with kustomizations is built first. */
export function judgeCase(
  policy: readonly Resource[],
  files: readonly PageFile[],
  kubernetesVersion: string,
): Diagnostic[] {
  const { resources, diagnostics } = resourcesOf(files);
  // A case may bring the parameters of its policy.
  const { policies } = compilePolicies([...policy, ...resources], { kubernetesVersion });
  const judged = judgeResources(resources, { policies, kubernetesVersions: [kubernetesVersion] });
  const own = new Set(policies.map(({ name }) => name));
  return [...diagnostics, ...judged.diagnostics.filter(({ rule }) => own.has(rule))];
}

function resourcesOf(files: readonly PageFile[]): {
  resources: readonly Resource[];
  diagnostics: readonly Diagnostic[];
} {
  const sources = openSources(
    memoryFileSystem(Object.fromEntries(files.map(({ path, text }) => [path, text]))),
  );
  const roots = files.filter(({ path }) => isKustomizationPath(path));
  if (roots.length === 0)
    return readPlainManifests(
      sources,
      files.map(({ path }) => path),
    );
  const builder = openBuilder(sources);
  const builds = roots.map(({ path }) => builder.build(path.replace(/\/?[^/]+$/u, '')));
  // What another build takes in is judged there.
  const tops = builds.filter(
    (build, index) =>
      !builds.some((other) => other !== build && other.inputs.includes(roots[index]?.path ?? '')),
  );
  return {
    resources: tops.flatMap(({ resources }) => resources),
    diagnostics: tops.flatMap(({ diagnostics }) => diagnostics),
  };
}
