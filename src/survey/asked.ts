import type { BuildMemory } from '../build/build-memory.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Step } from '../diagnostic/step.ts';
import type { Earlier, LastingDeclaration } from '../reconcile/discover-options.ts';
import type { Sources } from '../source/load.ts';
import type { Unit } from './unit.ts';

/** What a run was asked to judge. */
export interface Asked {
  /** Files and directories, relative to the repository's root. */
  readonly paths: readonly string[];
  /** Names of environments; all where empty. */
  readonly environments: readonly string[];
  /** Files: only what reads one of them; everything where absent. */
  readonly touched?: readonly string[];
}

/** What a survey of the repository needs of a run. */
export interface Surveyor {
  readonly sources: Sources;
  readonly configuration: Configuration;
  /** A configuration that cannot be used says nothing of what to judge, or how. */
  readonly isConfigured: boolean;
  readonly asked: Asked;
  readonly tell: (step: Step) => void;
  readonly memory?: BuildMemory;
  /** Told of each unit as soon as it is rendered, before all are known. */
  readonly made?: (unit: Unit) => void;
  /** What clusters have and no file declares. */
  readonly lasting?: readonly LastingDeclaration[];
  /** What clusters have of the base. */
  readonly earlier?: Earlier;
}
