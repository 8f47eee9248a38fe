import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { startOf } from '../diagnostic/span.ts';
import list from './kubernetes-releases.json' with { type: 'json' };
import { nearest } from './nearest.ts';

/** The Kubernetes versions that can be judged for, the oldest first; a test compares them with the facts. */
export const kubernetesVersions: readonly string[] = list.releases.map((release) =>
  release.split('.').slice(0, 2).join('.'),
);

/** The version that is judged for where nobody names one. */
export const defaultKubernetesVersion = list.default;

export interface VersionProblem {
  readonly problem: string;
  readonly help: string;
}

/** Reads versions as the command line gives them: several words, each with several versions between commas. */
export function readVersions(words: readonly string[]): readonly string[] | VersionProblem {
  const versions = new Set<string>();
  for (const text of words.flatMap((word) => word.split(',')).map((part) => part.trim())) {
    const minor = /^v?(\d+\.\d+)(?:\.\d+)?$/u.exec(text)?.[1] ?? text;
    if (!kubernetesVersions.includes(minor))
      return { problem: `Kubernetes "${text}" is not a supported version`, help: helpForVersion(minor) };
    versions.add(minor);
  }
  return [...versions].sort(compareVersions);
}

/** The finding for whoever comes without a command line that has already refused it. */
export function unknownVersion({ problem, help }: VersionProblem): Diagnostic {
  return {
    rule: 'kubernetes-version-unknown',
    severity: 'error',
    message: problem,
    help,
    span: startOf({ path: 'kubernetes-version', text: '' }),
    related: [],
    unchecked: 'the requested Kubernetes version',
  };
}

/** What to write in place of a version that is not known. */
export function helpForVersion(text: string): string {
  const range = `use ${kubernetesVersions[0]} to ${kubernetesVersions.at(-1)}`;
  const close = /^\d+\.\d\d+$/u.test(text) ? undefined : nearest(text.replace(/^v/u, ''), kubernetesVersions);
  return close === undefined ? range : `did you mean "${close}"?`;
}

export function compareVersions(a: string, b: string): number {
  return Number(a.split('.')[1]) - Number(b.split('.')[1]);
}
