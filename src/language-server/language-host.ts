import type { Step } from '../diagnostic/step.ts';
import type { Judgement } from '../fix/judgement.ts';
import type { Fixable } from '../fix/prove.ts';
import type { RulePages } from '../report/explain.ts';
import type { FileSystem } from '../source/file-system.ts';
import type { Thread } from '../source/thread.ts';
import type { Repository } from '../source/working-directory.ts';

/** A repository as it is on disk now. */
export interface OpenedRepository {
  /** Its root as a `file:` URL. */
  readonly url: string;
  readonly fileSystem: FileSystem;
  /** What of it the editor shows. */
  readonly path: string;
  /** Where its revisions come from. */
  readonly repository: Pick<Repository, 'base' | 'commit'>;
}

/** What is to be judged of a repository, and how. */
export interface Judging {
  /** Files, where only what reads one of them is judged. */
  readonly touched?: readonly string[];
  /** Told what begins; throws to end the run. */
  readonly onStep: (step: Step) => void;
}

/** What the server needs of the tool around it, in its own thread. */
export interface LanguageHost {
  /** The repository that a folder belongs to; undefined where there is no such folder. */
  open(folder: string): OpenedRepository | undefined;
  /** Starts what judges. */
  startJudging(): Thread;
  rulePages(): RulePages;
}

/** What is said of a folder. */
export interface HostJudgement extends Judgement {
  readonly world: { readonly kubernetesVersion: string };
}

/** What a first look needs of the tool around it. */
export interface LookingHost {
  open(folder: string): OpenedRepository | undefined;
  /** What is wrong with one file whatever stands around it; undefined where nothing is known to be deployed of it. */
  look(opened: OpenedRepository, file: string): HostJudgement | undefined;
}

/** What judging needs of it. */
export interface JudgingHost extends LookingHost {
  judge(opened: OpenedRepository, judging: Judging): HostJudgement;
  /** Why a fix may not be made; undefined where it may. */
  refute(fileSystem: FileSystem, path: string, fixable: Fixable): string | undefined;
  /** As 2026-11-23. */
  today(): string;
  /** Whether a rule finds nothing where a part of the repository is judged alone. */
  needsWhole(rule: string): boolean;
}
