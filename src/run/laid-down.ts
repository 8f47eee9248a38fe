import type { LoadedBaseline } from '../accept/load-baseline.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Suppression } from '../diagnostic/suppression.ts';
import type { Resource } from '../object/resource.ts';
import type { LastingDeclaration } from '../reconcile/discover-options.ts';
import type { Mapping } from '../source/value.ts';
import type { Unit } from '../survey/unit.ts';

/** What a base lays down for a change that is made to it: no change decides by which rules it is judged itself. */
export interface LaidDown {
  readonly configuration: Configuration;
  readonly isConfigured: boolean;
  readonly baseline?: LoadedBaseline;
  /** The objects of vendored schemas. */
  readonly schemas: readonly Mapping[];
  /** The objects of the same unit, whose policies and parameters count before its own. */
  objectsFor(unit: Unit, all: readonly Unit[]): readonly Resource[];
  /** What clusters have of the base and no file of the head declares. */
  readonly lasting?: readonly LastingDeclaration[];
  /** Those of the suppressions that the base has as well. */
  keep(suppressions: readonly Suppression[]): readonly Suppression[];
}
