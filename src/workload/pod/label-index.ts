import { addTo } from '../../diagnostic/grouped.ts';
import { pairKeys } from '../../object/label-match.ts';
import type { Mapping } from '../../source/value.ts';
import type { PodTemplate } from './pod-template.ts';

const none: readonly PodTemplate[] = [];

/** Files templates by their labels: of the pairs that a selector asks for, those with the one that the fewest have, in their order. */
export function openLabelIndex(
  templates: readonly PodTemplate[],
): (pairs: Mapping) => readonly PodTemplate[] {
  const byPair = new Map<string, PodTemplate[]>();
  for (const template of templates)
    for (const pair of pairKeys(template.labels)) {
      addTo(byPair, pair, template);
    }
  return (pairs) => {
    let fewest = templates;
    for (const pair of pairKeys(pairs)) {
      const some = byPair.get(pair) ?? none;
      if (some.length < fewest.length) fewest = some;
    }
    return fewest;
  };
}
