import type { Severity } from '../diagnostic/severity.ts';
import { readPercentage } from './percentage.ts';

/** The inputs of action.yml, read. */
export interface ActionInputs {
  readonly paths: readonly string[];
  readonly config?: string;
  readonly failOn: Severity | 'never';
  readonly environments: readonly string[];
  readonly profile?: string;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly kubernetesVersion?: string;
  readonly annotations: (typeof annotations)[number];
  readonly summary: boolean;
  readonly sarifFile?: string;
  readonly junitFile?: string;
  readonly htmlFile?: string;
  /** A revision or a folder, `none`; the event says where absent. */
  readonly base?: string;
  readonly baseline?: string;
  readonly minCoverage?: number;
  readonly comment: (typeof comments)[number];
  readonly token: string;
}

// The first of each is what an empty input means.
const severities = ['error', 'warning', 'note', 'never'] as const;
const annotations = ['all', 'changed', 'none'] as const;
const comments = ['never', 'on-failure', 'always'] as const;
const switches = ['true', 'false'] as const;

/** Reads the inputs; one that makes no sense is a problem, for a gate that guesses is none. */
export function readActionInputs(input: (name: string) => string): ActionInputs | { problem: string } {
  const problems: string[] = [];
  const oneOf = <T extends string>(name: string, values: readonly [T, ...T[]]): T => {
    const given = input(name);
    const value = given === '' ? values[0] : values.find((one) => one === given);
    if (value === undefined) problems.push(`${name} is "${given}", but must be one of ${values.join(', ')}`);
    return value ?? values[0];
  };
  const paths = linesOf(input('paths'));
  const least = input('min-coverage');
  const minCoverage = least === '' ? undefined : readPercentage('min-coverage', least);
  if (typeof minCoverage === 'object') problems.push(minCoverage.problem);
  const token = input('github-token');
  // What refuses it later would show it.
  if (!/^[!-~]*$/u.test(token))
    problems.push('github-token contains spaces, line breaks or other invalid characters');
  const inputs: ActionInputs = {
    paths: paths.length > 0 ? paths : ['.'],
    environments: linesOf(input('environment')),
    only: linesOf(input('only')),
    skip: linesOf(input('skip')),
    failOn: oneOf('fail-on', severities),
    annotations: oneOf('annotations', annotations),
    summary: oneOf('summary', switches) === 'true',
    comment: oneOf('comment', comments),
    token,
    ...optional('config', input('config')),
    ...optional('profile', input('profile')),
    ...optional('kubernetesVersion', input('kubernetes-version')),
    ...optional('sarifFile', input('sarif-file')),
    ...optional('junitFile', input('junit-file')),
    ...optional('htmlFile', input('html-file')),
    ...optional('base', input('base')),
    ...optional('baseline', input('baseline')),
    ...(typeof minCoverage === 'number' ? { minCoverage } : {}),
  };
  return problems.length > 0 ? { problem: problems.join('; ') } : inputs;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function optional<K extends string>(key: K, value: string): Partial<Record<K, string>> {
  return value === '' ? {} : ({ [key]: value } as Record<K, string>);
}
