import type { BuildMemory } from '../build/build-memory.ts';
import type { GivenTarget } from '../configuration/cluster-target.ts';
import type { Step } from '../diagnostic/step.ts';
import type { FailOn } from '../report/report.ts';
import type { FileSystem } from '../source/file-system.ts';
import type { BaseEvidence } from './base-evidence.ts';
import type { Crew } from './crew.ts';
import type { LaidDown } from './laid-down.ts';
import type { UnitJudging } from './unit-judging.ts';

/** What is judged as an API server would, without configuration: `kubernetesVersions` and `appliedBy` as for `lint`. */
export interface AdmitOptions extends JudgingOptions {
  /** The file or directory with what is in the cluster already: its objects are updated, all others are created. */
  readonly old?: string;
}

/** What `lint` and `admit` share. */
interface JudgingOptions extends Partial<GivenTarget> {
  readonly fileSystem: FileSystem;
  /** Files and directories to judge, relative to the repository's root. */
  readonly paths: readonly string[];
  /** Whether an object of a kind without schema counts as not checked. */
  readonly requireSchemas?: boolean;
  readonly failOn?: FailOn;
}

/** What is judged, and by what. */
export interface LintOptions extends JudgingOptions {
  /** The configuration file; cdb-lint.yaml from the first path up where absent. */
  readonly configuration?: string;
  /** Only these environments; all where empty. */
  readonly environments?: readonly string[];
  /** Files, relative to the repository's root: only the entry points that read one of them. */
  readonly touched?: readonly string[];
  /** Which policies of the catalogue judge; the configuration's, or `default`, where absent. */
  readonly profile?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** The least percentage of the known objects that has to be fully judged; with less the run exits 2. */
  readonly minCoverage?: number;
  /** Whether the report names the lines behind the marks of the matrix. */
  readonly withEvidence?: boolean;
  /** A file of findings that are known and count no more, see `--update-baseline`; the configuration's where absent, none for false. */
  readonly baseline?: string | false;
  /** What day it is, for what is accepted up to a day; without it nothing expires. */
  readonly now?: Date;
  /** @internal What earlier runs made of files whose bytes are the same array, see `rememberFiles`; for one run at a time. */
  readonly memory?: BuildMemory;
  /** @internal Whether only the findings are wanted: nothing is drawn, and no fixes are proposed. */
  readonly isOnlyCompared?: boolean;
  /** @internal Whether nothing of the catalogue judges, and no rule but those of `only`. */
  readonly isOnlyNamed?: boolean;
  /** @internal The path from which on the configuration is sought; the first one where absent. */
  readonly near?: string;
  /** @internal What the base of a change lays down, whatever the change says. */
  readonly laidDown?: LaidDown;
  /** @internal What the base of a change shows of what is applied: an error is a warning only where it agrees. */
  readonly evidence?: BaseEvidence;
  /** @internal Into how many shards the run is split, each of which may cost as much as one that is not. */
  readonly shards?: number;
  /** @internal Who finds out beside this thread what is asked of contents; for one run. */
  readonly crew?: Crew;
  /** @internal Who knows what is found in units, or notes it down. */
  readonly judging?: UnitJudging;
  /** Told what begins, for whoever waits. */
  readonly onStep?: (step: Step) => void;
}
