import { addressConsequences } from './address.ts';
import { configurationConsequences } from './configuration.ts';
import type { Consequence, Consequences, Taken } from './consequence.ts';
import { definitionConsequences } from './definition.ts';
import { guardConsequences } from './guard.ts';
import { keptFields } from './kept-field.ts';
import { ownerToggles } from './owner-toggle.ts';
import { podGuardConsequences } from './pod-guard.ts';
import { podSecurityConsequences } from './pod-security-level.ts';
import { releaseConsequences } from './release.ts';
import { rightsConsequences } from './rights.ts';
import { scaleConsequences } from './scale.ts';
import { sourceConsequences } from './source-revision.ts';
import { volumeConsequences } from './volume.ts';

/** What follows from an update that the API server takes, a file for each subject. */
export function consequencesOf(taken: Taken): Consequence[] {
  return subjects.flatMap((find) => find(taken));
}

const subjects: readonly Consequences[] = [
  addressConsequences,
  keptFields,
  scaleConsequences,
  configurationConsequences,
  volumeConsequences,
  rightsConsequences,
  guardConsequences,
  podGuardConsequences,
  ownerToggles,
  releaseConsequences,
  sourceConsequences,
  definitionConsequences,
  podSecurityConsequences,
];
