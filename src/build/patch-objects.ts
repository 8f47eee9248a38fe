import type { Build, EntryEffect } from '../object/build.ts';
import type { Tracked } from '../object/provenance.ts';
import { type Resource, trackedObject } from '../object/resource.ts';
import type { Sources } from '../source/load.ts';
import type { Mapping } from '../source/value.ts';
import { newResource } from './accumulated-resource.ts';
import { diagnose } from './build.ts';
import { mappingOf } from './kustomization.ts';
import { openLoader } from './loader.ts';
import { builtinMergeSchemas } from './merge-schema.ts';
import { isProblem } from './problem.ts';
import type { Resources } from './transformer.ts';
import { transformPatch } from './transformers/patches.ts';
import { checkBetweenSteps } from './written-key.ts';

/**
 * Objects that a controller makes, with entries of `patches` applied to them as `kustomize build` does. A patch without a target
 * may be for an object that is not among them.
 */
export function patchObjects(
  sources: Sources,
  objects: readonly Resource[],
  entries: readonly Tracked<Mapping>[],
): Pick<Build, 'resources' | 'diagnostics' | 'effects'> {
  const effects: EntryEffect[] = [];
  const diagnostics: Build['diagnostics'][number][] = [];
  const loader = openLoader(sources, '', {
    loadRestrictor: 'root-only',
    provenance: true,
    onInput: () => undefined,
    onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
  });
  const scope = { loader, schemas: builtinMergeSchemas, log: (effect: EntryEffect) => effects.push(effect) };
  let current: Resources = objects.map((resource) => newResource(trackedObject(resource)));
  for (const entry of entries) {
    const patched = transformPatch(current, entry, 'patches', scope);
    const lost = isProblem(patched) ? undefined : checkBetweenSteps(patched);
    if (lost !== undefined) diagnostics.push(diagnose(lost, ''));
    else if (!isProblem(patched)) current = patched;
    else if (patched.reported !== true && mappingOf(entry, 'target') !== undefined)
      diagnostics.push(diagnose({ at: entry.origin, ...patched }, ''));
  }
  return {
    resources: current.map(({ tracked }) => ({ object: tracked.value, origin: tracked.origin })),
    diagnostics,
    effects,
  };
}
