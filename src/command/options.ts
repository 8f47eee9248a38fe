import { kubernetesVersions } from '../configuration/kubernetes-versions.ts';
import type { ExitCode, Io } from './io.ts';

/** One option of a command. */
export interface Option {
  readonly name: string;
  /** What stands for its value in the help; absent for a switch. */
  readonly value?: string;
  readonly words: string;
  /** What may stand behind an equals sign of a switch. */
  readonly mode?: string;
  readonly repeatable?: boolean;
  /** The values it takes, where they are few. */
  readonly oneOf?: readonly string[];
  /** Values that a shell may offer, where they are not all. */
  readonly suggestions?: readonly string[];
}

/** All that is to be known of a command; its file exports it as `command`. */
export interface Command {
  readonly name: string;
  readonly synopsis: string;
  readonly words: string;
  /** Calls and what they are for. */
  readonly examples: readonly (readonly [call: string, words: string])[];
  readonly options: readonly Option[];
  /** How many operands it takes. */
  readonly operands: { readonly min: number; readonly max: number; readonly name: string };
  run(invocation: Invocation, io: Io): ExitCode | Promise<ExitCode>;
}

/** The commands, each loaded when it is called for. */
export interface Commands {
  /** In the order of the help. */
  readonly names: readonly string[];
  load(name: string): Promise<Command>;
}

export const globalOptions: readonly Option[] = [
  { name: 'help', words: 'show this help' },
  { name: 'version', words: 'show the version' },
  {
    name: 'color',
    value: 'WHEN',
    words: 'auto (default: on terminals, see NO_COLOR and FORCE_COLOR), always, never',
    oneOf: ['auto', 'always', 'never'],
  },
];

export const root: Option = {
  name: 'root',
  value: 'DIR',
  words: 'the repository; nothing outside it is read (default: the nearest folder with .git)',
};

export const base: Option = {
  name: 'base',
  value: 'REV|DIR',
  words: 'what to compare with (default: HEAD^1 for a merge, otherwise where HEAD left its upstream)',
};

export const failOn: Option = {
  name: 'fail-on',
  value: 'SEVERITY',
  words: 'the lowest severity that exits 1: error (default), warning, note, never',
  oneOf: ['error', 'warning', 'note', 'never'],
};

export const kubernetesVersion: Option = {
  name: 'kubernetes-version',
  value: '1.NN,…',
  words: `the versions to check against, ${kubernetesVersions[0]} to ${kubernetesVersions.at(-1)}; repeatable`,
  repeatable: true,
};

export const requireSchemas: Option = {
  name: 'require-schemas',
  words: 'treat kinds without a schema as not checked',
};

export function appliedBy(standard: string): Option {
  return {
    name: 'applied-by',
    value: 'WAY',
    words: `create, server-side-apply, client-side-apply (default: ${standard})`,
    oneOf: ['create', 'server-side-apply', 'client-side-apply'],
  };
}

export const environment: Option = {
  name: 'environment',
  value: 'NAME',
  words: 'check only this environment; repeatable',
  repeatable: true,
};

export const profile: Option = {
  name: 'profile',
  value: 'NAME',
  words:
    'policies: default, baseline, restricted, recommended, acceptance, all, or a profile from cdb-lint.yaml',
  suggestions: ['default', 'baseline', 'restricted', 'recommended', 'acceptance', 'all'],
};

export const minCoverage: Option = {
  name: 'min-coverage',
  value: 'PERCENT',
  words: 'exit 2 if fewer of the known objects can be fully checked',
};

export const config: Option = {
  name: 'config',
  value: 'FILE',
  words: 'the configuration file (default: the nearest cdb-lint.yaml, from PATH up)',
};

/** What lint and report ask alike: how much to judge and when to fail, for which servers, and where the rest is said. */
export const judgingOptions = {
  scope: [failOn, environment, profile, minCoverage],
  servers: [kubernetesVersion, appliedBy('as Flux or kubectl'), requireSchemas],
  places: [config, root],
} as const satisfies Readonly<Record<string, readonly Option[]>>;

export interface Invocation {
  readonly command: Command;
  /** For whoever has to do with the other ones. */
  readonly commands: Commands;
  readonly operands: readonly string[];
  /** The last value of an option, or undefined. */
  option(name: string): string | undefined;
  /** All values of a repeatable option. */
  options(name: string): readonly string[];
  has(name: string): boolean;
}
