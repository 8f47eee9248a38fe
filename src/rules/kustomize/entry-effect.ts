import type { Build, EntryEffect } from '../../object/build.ts';
import type { Place } from '../../object/place.ts';
import { type Origin, originOfPart, stepsOf } from '../../object/provenance.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import { kustomizationAt, ownerOf } from './kustomization-file.ts';

/** What one entry of a kustomization did in all builds of a run together. */
export interface JointEffect extends EntryEffect {
  readonly builds: readonly Build[];
}

/**
 * The effects of all entries, those of one line added up. An entry of a component may well do nothing in one build, so these are
 * left out unless every build that could use it is known.
 */
export function jointEffects(builds: readonly Build[], context: Surroundings): JointEffect[] {
  const isAllKnown = context.files !== undefined && builds.every(({ complete }) => complete);
  const joint = new Map<string, JointEffect>();
  for (const build of builds) {
    for (const effect of build.complete ? build.effects : []) {
      const key = placeKey(effect.origin);
      const known = joint.get(key);
      joint.set(key, {
        ...effect,
        selected: effect.selected + (known?.selected ?? 0),
        changed: effect.changed + (known?.changed ?? 0),
        builds: [...(known?.builds ?? []), build],
      });
    }
  }
  return [...joint.values()].filter((effect) => isAllKnown || !isOfComponent(effect, context));
}

/** The place of a part of an entry. */
export function partOfEntry(origin: Origin, ...steps: readonly string[]): Place {
  return [{ value: null, origin: steps.reduce<Origin>(originOfPart, origin) }];
}

/** The file that an entry stands in: a kustomization, or the file of a patch. */
export function fileOfEntry({ origin }: EntryEffect): string {
  return stepsOf(origin).at(-1)?.span.file.path ?? '';
}

function placeKey(origin: Origin): string {
  const span = stepsOf(origin).at(-1)?.span;
  return span === undefined ? '' : `${span.file.path}\n${span.start}\n${span.end}`;
}

/** Whether the entry is a component's, which several kustomizations use. */
export function isOfComponent(effect: JointEffect, context: Surroundings): boolean {
  const inputs = new Set(effect.builds.flatMap((build) => build.inputs));
  const owner = ownerOf(fileOfEntry(effect), (file) => inputs.has(file));
  return owner !== undefined && kustomizationAt(owner, context)?.isComponent === true;
}
