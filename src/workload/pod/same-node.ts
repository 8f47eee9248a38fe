import { matchesSelector } from '../../object/label-match.ts';
import { isMapping, itemsAt, valueAt } from '../../source/value.ts';
import type { PodTemplate } from './pod-template.ts';

const hostname = 'kubernetes.io/hostname';

/** Whether all pods of these templates run on one node: they name it, or each of them asks to be beside one of the others. */
export function runOnOneNode(templates: readonly PodTemplate[]): boolean {
  const nodes = new Set(templates.map(namedNode));
  if (nodes.size === 1 && !nodes.has(undefined)) return true;
  const [only] = templates;
  if (templates.length === 1 && only !== undefined) return joins(only, only);
  const apart = templates.filter((one) => !templates.some((other) => other !== one && joins(one, other)));
  return apart.length <= 1;
}

/** The one node that a template allows. */
function namedNode({ spec }: PodTemplate): string | undefined {
  const terms = itemsAt(spec, [
    'affinity',
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  ]);
  const required = terms.length !== 1 ? [] : itemsAt(terms[0], ['matchExpressions']);
  const values = required
    .filter((one) => valueAt(one, ['key']) === hostname && valueAt(one, ['operator']) === 'In')
    .map((one) => itemsAt(one, ['values']));
  const names = [
    spec['nodeName'],
    valueAt(spec, ['nodeSelector', hostname]),
    ...values.map((list) => (list.length === 1 ? list[0] : undefined)),
  ];
  return names.find((name) => typeof name === 'string');
}

function joins({ spec }: PodTemplate, { labels }: PodTemplate): boolean {
  const terms = itemsAt(spec, ['affinity', 'podAffinity', 'requiredDuringSchedulingIgnoredDuringExecution']);
  return terms.some(
    (term) =>
      isMapping(term) &&
      term['topologyKey'] === hostname &&
      matchesSelector(valueAt(term, ['labelSelector']), labels),
  );
}
