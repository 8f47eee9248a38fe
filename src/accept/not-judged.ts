import type { NotJudged } from '../configuration/configuration.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Suppression } from '../diagnostic/suppression.ts';

const rules: Readonly<Record<NotJudged['kind'], string>> = {
  remote: 'remote-not-fetched',
  chart: 'helm-chart-not-rendered',
  plugin: 'plugin-not-executed',
};

/** Accepts that something outside of the repository is not judged, and nothing else that is not checked. */
export function ofNotJudged(entry: NotJudged): Suppression {
  const { kind, name, reason, expires, owner, span } = entry;
  const wanted = kind === 'chart' ? `Helm chart ${name}` : name;
  return {
    by: 'entry of notJudged',
    rule: rules[kind],
    reason,
    ...(expires === undefined ? {} : { expires }),
    ...(owner === undefined ? {} : { owner }),
    span,
    covers: ({ unchecked }) => unchecked !== undefined && isNamedBy(wanted, unchecked),
  };
}

/** A name, or the beginning of one: a repository for all of its folders and versions, a kind for all of its names. */
function isNamedBy(wanted: string, name: string): boolean {
  if (!name.startsWith(wanted)) return false;
  return name.length === wanted.length || wanted.endsWith('/') || /^[/? ]/u.test(name.slice(wanted.length));
}

/** What of the accepted is not judged because it is not here, for the coverage. */
export function acceptedAbsent(accepted: readonly { readonly diagnostic: Diagnostic }[]): string[] {
  const names = accepted.flatMap(({ diagnostic: { unchecked } }) => unchecked ?? []);
  return [...new Set(names)].map((name) => `${name}: accepted in the configuration as not checked`);
}
