import type { Profile } from '../admit/policy/built-in.ts';
import type { BuildMemory } from '../build/build-memory.ts';
import type { GivenTarget } from '../configuration/cluster-target.ts';
import type { Step } from '../diagnostic/step.ts';
import type { FixOutcome } from '../fix/fix-tree.ts';
import type { Judgement } from '../fix/judgement.ts';
import type { Fixable } from '../fix/prove.ts';
import type { Streams } from '../language-server/protocol.ts';
import type { RulePages } from '../report/explain.ts';
import type { FailOn, Report } from '../report/report.ts';
import { guardWorkflowCommands, visible } from '../report/visible.ts';
import type { FileSystem } from '../source/file-system.ts';
import type { WorkingDirectory } from '../source/working-directory.ts';

export type ExitCode = 0 | 1 | 2;

export interface OutputStream {
  write(text: string): void;
  /** Columns of the terminal at its end; undefined where there is none. */
  readonly columns: number | undefined;
  readonly isTerminal: boolean;
}

export interface AdmitRequest extends Partial<GivenTarget> {
  readonly fileSystem: FileSystem;
  readonly paths: readonly string[];
  readonly old?: string;
  readonly requireSchemas?: boolean;
  readonly failOn?: FailOn;
}

export interface LintRequest extends AdmitRequest {
  readonly configuration?: string;
  readonly environments?: readonly string[];
  readonly touched?: readonly string[];
  readonly profile?: Profile;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly baseline?: string | false;
  readonly minCoverage?: number;
  readonly withEvidence?: boolean;
  readonly now?: Date;
  readonly memory?: BuildMemory;
  readonly onStep?: (step: Step) => void;
}

/** The pipeline, which commands cannot import; loaded when it is first asked for. */
export interface Pipeline {
  lint(request: LintRequest): Report;
  fix(request: LintRequest): FixOutcome;
  judgeTree(request: LintRequest): Judgement;
  refuteFix(request: LintRequest, fixable: Fixable): string | undefined;
  admit(request: AdmitRequest): Report;
  rulePages(): RulePages;
}

/** All that a command has to do with the world. */
export interface Io {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly files: WorkingDirectory;
  readStandardInput(): Promise<Uint8Array>;
  /** Standard input and output as they are, for a conversation; `close` lets the process end. */
  converse(): Streams & { close(): void };
  pipeline(): Promise<Pipeline>;
  now(): Date;
  /** Milliseconds from some moment on, for how long things take. */
  clock(): number;
  /** Of cdb-lint. */
  readonly version: string;
}

export function say(io: Io, text: string): ExitCode {
  io.stdout.write(text);
  return 0;
}

/** Says what is wrong with the call, or keeps it from being answered. */
export function complain(io: Pick<Io, 'stderr'>, problem: string, help: string): ExitCode {
  io.stderr.write(guardWorkflowCommands(`cdb-lint: ${visible(problem)}\n  ${visible(help)}\n`));
  return 2;
}

/** Writes a file, or says why it cannot. */
export function writeFile(io: Io, path: string, text: string): boolean {
  const problem = io.files.write(path, text);
  if (problem !== undefined) complain(io, `cannot write ${path}`, problem);
  return problem === undefined;
}
