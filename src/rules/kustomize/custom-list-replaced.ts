import { changedValues, isOperation, itemTexts, layersOf } from '../../object/layer.ts';
import { formatPath, isMapping, isSequence } from '../../source/value.ts';
import { isCustomResource } from '../../workload/custom-resource.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { ResourceRule } from '../rule.ts';

const mergingFields: ReadonlySet<string> = new Set(['patches', 'patchesStrategicMerge']);

export const customListReplaced: ResourceRule = {
  id: 'custom-list-replaced',
  severity: 'warning',
  scope: 'resource',
  criterion: 'wired',
  tags: ['kustomize'],
  *judge(resource) {
    if (!isCustomResource(resource)) return;
    for (const { path, value, origin } of changedValues(resource)) {
      if (!isSequence(value) || !value.every(isMapping)) continue;
      const layers = layersOf(origin);
      const last = layers.at(-1);
      const before = layers.at(-2);
      if (last === undefined || before === undefined || !mergingFields.has(last.by) || isOperation(last))
        continue;
      const kept = new Set(itemTexts(last));
      const old = itemTexts(before);
      const lost = old.filter((item) => !kept.has(item)).length;
      // None at all, or as many as before, was written by somebody who knew the list.
      if (lost === 0 || value.length === 0 || value.length >= old.length) continue;
      yield {
        at: [resource, ...path],
        message: `the patch replaces the whole list ${formatPath(path)} of ${describe(resource)}: ${lost} of ${old.length} items are gone`,
        help: 'kustomize has no merge key for lists of a custom resource: repeat the items to keep, use a JSON 6902 patch, or describe the list under openapi',
      };
    }
  },
};
