import type { Mapping } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';

/** How far a change has come when it reaches an environment; one that nobody knows counts as production. */
export type Rank = 0 | 1 | 2 | 3;

const ranks: ReadonlyMap<string, Rank> = new Map<string, Rank>([
  ...['dev', 'devel', 'develop', 'development', 'local', 'sandbox'].map((name) => [name, 0] as const),
  ...['test', 'testing', 'qa', 'int', 'integration', 'e2e'].map((name) => [name, 1] as const),
  ...['stage', 'staging', 'uat', 'preprod', 'preview'].map((name) => [name, 2] as const),
  ...['prod', 'production', 'live'].map((name) => [name, 3] as const),
]);

const synonyms: ReadonlyMap<string, string> = new Map([
  ['development', 'dev'],
  ['develop', 'dev'],
  ['devel', 'dev'],
  ['production', 'prod'],
  ['live', 'prod'],
  ['stage', 'staging'],
  ['testing', 'test'],
]);

/** One spelling for the names of an environment: `production` and `prod` are the same. */
export function canonicalEnvironment(name: string): string {
  const lower = name.toLowerCase();
  return synonyms.get(lower) ?? lower;
}

/** Whether a name is one of an environment by custom, as a whole. */
export function isEnvironmentName(name: string): boolean {
  return ranks.has(name.toLowerCase());
}

/** The word of a name such as `shop-prod` that names an environment by custom, and what is left with `*` in its place. */
export interface EnvironmentWord {
  readonly word: string;
  readonly rank: Rank;
  readonly rest: string;
}

export function environmentWord(name: string): EnvironmentWord | undefined {
  const words = name.split(/([-_.])/u);
  const found = words.flatMap((word, index) => {
    const rank = ranks.get(word.toLowerCase());
    return rank === undefined ? [] : [{ word, rank, rest: words.with(index, '*').join('') }];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The environments that the words of a text name by custom, each in one spelling. */
export function environmentsIn(text: string): Set<string> {
  const words = text.toLowerCase().split(/[^a-z0-9]+/u);
  return new Set(words.filter((word) => ranks.has(word)).map(canonicalEnvironment));
}

/** The environment that a directory stands for by custom: the last part of its path that names one. */
export function environmentOfPath(path: string): EnvironmentWord | undefined {
  const parts = path.split('/');
  for (let index = parts.length - 1; index >= 0; index--) {
    const found = environmentWord(parts[index] ?? '');
    if (found !== undefined) return { ...found, rest: parts.with(index, found.rest).join('/') };
  }
  return undefined;
}

/** The first folder of a path that is named after an environment, as a whole. */
export function environmentFolder(
  path: string,
): { readonly name: string; readonly root: string } | undefined {
  const parts = path.split('/');
  const index = parts.findIndex(isEnvironmentName);
  const name = parts[index];
  return name === undefined ? undefined : { name, root: parts.slice(0, index + 1).join('/') };
}

const environmentLabels = ['environment', 'env', 'app.kubernetes.io/environment', 'stage'];

/** What labels say of an environment, and which of them does. */
export function environmentLabel(
  labels: Mapping,
): { readonly label: string; readonly name: string } | undefined {
  const label = environmentLabels.find((one) => typeof labels[one] === 'string');
  return label === undefined ? undefined : { label, name: valueText(labels[label]) };
}

/** A name without the environment that it begins or ends with. */
export function withoutEnvironment(name: string, environment: string): string {
  const own = canonicalEnvironment(environment);
  const words = name.split('-');
  if (words.length > 1 && canonicalEnvironment(words[0] ?? '') === own) return words.slice(1).join('-');
  if (words.length > 1 && canonicalEnvironment(words.at(-1) ?? '') === own)
    return words.slice(0, -1).join('-');
  return name;
}

/** A name without the hash that kustomize appends to those of generated objects. */
export function withoutHash(name: string): string {
  return name.replace(/-[bcdfghkmt2456789]{10}$/u, '');
}
