import { textAt } from '../../object/object-field.ts';
import { isMapping, isSequence, type Path, type Value, valueAt } from '../../source/value.ts';
import type { ClusterRule } from '../rule.ts';

/** A cluster generator without selector brings every cluster that Argo CD knows, its own included (applicationset/generators/cluster.go of 3.6). */
export const applicationsetClustersUnscoped: ClusterRule = {
  id: 'applicationset-clusters-unscoped',
  severity: 'warning',
  scope: 'cluster',
  tags: ['argo-cd', 'security'],
  *judge({ reconciliations }) {
    for (const { kind, declaration } of reconciliations) {
      if (kind !== 'ApplicationSet' || declaration === undefined) continue;
      const path = ['spec', 'generators'];
      // One whose Applications all stay in one cluster goes through the clusters for another reason.
      const server = textAt(declaration.object, 'spec', 'template', 'spec', 'destination', 'server') ?? '';
      if (server !== '' && !server.includes('{{')) continue;
      for (const at of unscoped(valueAt(declaration.object, path), path))
        yield {
          at: [declaration, ...at],
          message:
            'without a selector this selects every cluster that Argo CD knows, including its own and future ones',
          help: 'select clusters by a label, e.g. selector: { matchLabels: { environment: production } }',
        };
    }
  },
};

function* unscoped(generators: Value | undefined, path: Path, isSelected = false): Iterable<Path> {
  if (!isSequence(generators) || path.length > 12) return;
  for (const [index, generator] of generators.entries()) {
    if (!isMapping(generator)) continue;
    const { clusters } = generator;
    const chooses = isSelected || hasTerms(generator['selector']);
    if (isMapping(clusters) && !chooses && !hasTerms(clusters['selector']))
      yield [...path, index, 'clusters'];
    yield* unscoped(
      valueAt(generator, ['matrix', 'generators']),
      [...path, index, 'matrix', 'generators'],
      chooses,
    );
    // A merge keeps the elements of its first generator, and no others.
    const merged = valueAt(generator, ['merge', 'generators']);
    if (isSequence(merged))
      yield* unscoped(merged.slice(0, 1), [...path, index, 'merge', 'generators'], chooses);
  }
}

function hasTerms(selector: Value | undefined): boolean {
  return ['matchLabels', 'matchExpressions'].some((field) => {
    const terms = valueAt(selector, [field]);
    return isSequence(terms) ? terms.length > 0 : isMapping(terms) && Object.keys(terms).length > 0;
  });
}
