import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Tree } from '../survey/tree.ts';

/** Tells which Services lack pods that an owner of their name, or of the name that they select, may bring from another source. */
export function isMadeElsewhereIn({ clusters }: Pick<Tree, 'clusters'>): (diagnostic: Diagnostic) => boolean {
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  const names = new Set(
    owners.flatMap(({ name, source }) => (source === undefined || source.place === 'here' ? [] : [name])),
  );
  return ({ rule, field, object, message }) => {
    if (rule !== 'service-selects-nothing' || field !== 'spec.selector' || names.size === 0) return false;
    const selected = / selects (\S+), but /u.exec(message)?.[1] ?? '';
    const values = selected.split(',').map((pair) => pair.slice(pair.indexOf('=') + 1));
    return [object?.name ?? '', ...values].some((name) => names.has(name));
  };
}
