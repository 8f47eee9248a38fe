import { isKustomizationPath } from '../../object/kustomization-path.ts';
import type { Place } from '../../object/place.ts';
import type { RunRule } from '../rule.ts';
import { fileOfEntry, type JointEffect, jointEffects, partOfEntry } from './entry-effect.ts';

const patchFields: ReadonlySet<string> = new Set(['patches', 'patchesStrategicMerge', 'patchesJson6902']);

export const patchChangesNothing: RunRule = {
  id: 'patch-changes-nothing',
  severity: 'warning',
  scope: 'run',
  criterion: 'wired',
  tags: ['kustomize'],
  *judge(builds, context) {
    for (const effect of jointEffects(builds, context)) {
      if (!patchFields.has(effect.by) || effect.selected === 0 || effect.changed > 0) continue;
      yield {
        at: placeOf(effect),
        message: `the patch of ${effect.target} changes nothing: every value that it sets is already set`,
        help: 'remove the patch, or correct it',
      };
    }
  },
};

// An entry with a target stands in the kustomization, a patch without one is known by its own name.
function placeOf(effect: JointEffect): Place {
  return isKustomizationPath(fileOfEntry(effect)) && effect.target.includes(' ') && !isNamed(effect)
    ? partOfEntry(effect.origin, 'target')
    : partOfEntry(effect.origin, 'metadata', 'name');
}

function isNamed({ target }: JointEffect): boolean {
  return /^[A-Z]/u.test(target);
}
