import type { EntryEffect } from '../object/build.ts';
import { mappingOf, type Origin, type Tracked, untracked } from '../object/provenance.ts';
import type { Resource } from '../object/resource.ts';
import type { Sources } from '../source/load.ts';
import type { Mapping } from '../source/value.ts';
import { appendResources } from './absorb.ts';
import { newResource, resourceOf } from './accumulated-resource.ts';
import { checkAnnotationKeys, checkNames, dropLocalConfig, finishResource } from './finish.ts';
import { checkKustomization } from './kustomization.ts';
import { openLoader } from './loader.ts';
import { builtinMergeSchemas } from './merge-schema.ts';
import { fixNameReferences } from './name-reference.ts';
import { isProblem, type Problem } from './problem.ts';
import { runSteps, transformersOf } from './transform.ts';
import { defaultConfig } from './transformer-config.ts';
import { checkWrittenKeys } from './written-key.ts';

/** What a kustomization makes of objects that something else rendered. */
export interface PatchedObjects {
  readonly resources: readonly Resource[];
  readonly effects: readonly EntryEffect[];
  readonly dropped: readonly Resource[];
}

/** Objects after the transformers of a kustomization whose only resources they are, as a post-renderer of a HelmRelease has it. */
export function patchRendered(
  rendered: readonly Resource[],
  fields: readonly (readonly [string, Tracked])[],
  { sources, at }: { readonly sources: Sources; readonly at: Origin },
): PatchedObjects | Problem {
  const text = (value: string): Tracked => ({ value, origin: untracked });
  const head = [
    ['apiVersion', text('kustomize.config.k8s.io/v1beta1')],
    ['kind', text('Kustomization')],
  ] as const;
  const kustomization = checkKustomization(mappingOf([...head, ...fields], at));
  if (isProblem(kustomization)) return kustomization;
  const start = appendResources([], rendered.map(accumulated), at);
  if (isProblem(start)) return start;
  const effects: EntryEffect[] = [];
  const dropped: Resource[] = [];
  const config = defaultConfig();
  const scope = {
    loader: openLoader(sources, '', {
      loadRestrictor: 'none',
      provenance: true,
      onInput: () => {},
      onDiagnostic: () => {},
    }),
    schemas: builtinMergeSchemas,
    log: (effect: EntryEffect) => void effects.push(effect),
    drop: (resource: Parameters<typeof resourceOf>[0]) => void dropped.push(resourceOf(resource)),
  };
  const patched = runSteps(start, transformersOf(kustomization, config, scope), undefined);
  if (isProblem(patched)) return patched;
  const named = fixNameReferences(patched, config);
  if (isProblem(named)) return named;
  const nameless = checkNames(named);
  if (nameless !== undefined) return nameless;
  const resources = dropLocalConfig(named).map((one) => finishResource(one, [], undefined));
  const unwritable = checkAnnotationKeys(resources) ?? checkWrittenKeys(resources, []);
  if (unwritable !== undefined) return unwritable;
  return { resources, effects, dropped };
}

function accumulated({ object, origin, chart }: Resource): ReturnType<typeof newResource> {
  const tracked: Tracked<Mapping> = { value: object, origin };
  return { ...newResource(tracked), ...(chart === undefined ? {} : { chart }) };
}
