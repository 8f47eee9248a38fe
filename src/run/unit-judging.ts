import type { JudgeOptions } from '../admit/judge.ts';
import type { KnownOfRules } from '../rules/known-rules.ts';
import type { Unit } from '../survey/unit.ts';
import type { UnitWorld } from './unit-world.ts';

export type KnownOfObjects = NonNullable<JudgeOptions['known']>;

/** Stands between a run and what it finds in its units: who knows something answers, and who notes it down passes it on. */
export interface UnitJudging {
  /** What API server and policies say of the objects of a unit; `known` otherwise. */
  objects(world: UnitWorld, known: KnownOfObjects): KnownOfObjects;
  /** What the rules of a unit say; `known` otherwise. */
  rules(unit: Unit, known: KnownOfRules): KnownOfRules;
}
