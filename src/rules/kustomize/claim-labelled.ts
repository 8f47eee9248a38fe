import { layersOf } from '../../object/layer.ts';
import { isKind } from '../../object/object-field.ts';
import { getAt } from '../../object/provenance.ts';
import { trackedObject } from '../../object/resource.ts';
import { isMapping, placedItemsAt, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { ResourceRule } from '../rule.ts';

const transformers: ReadonlySet<string> = new Set(['labels', 'commonLabels']);

/** A StatefulSet lets its claim templates never change, so a label that changes there stops every later apply (apps/v1 validation). */
export const claimLabelled: ResourceRule = {
  id: 'claim-labelled',
  severity: 'warning',
  scope: 'resource',
  criterion: 'wired',
  tags: ['kustomize', 'data-loss'],
  *judge(resource) {
    if (!isKind(resource, 'apps', 'StatefulSet')) return;
    for (const { value, path } of placedItemsAt(resource.object, ['spec', 'volumeClaimTemplates'])) {
      const labels = valueAt(value, ['metadata', 'labels']);
      const key = Object.keys(isMapping(labels) ? labels : {}).find((one) => mayChange.test(one));
      if (key === undefined) continue;
      const place = [...path, 'metadata', 'labels', key];
      const label = getAt(trackedObject(resource), place);
      if (label === undefined || !transformers.has(layersOf(label.origin).at(-1)?.by ?? '')) continue;
      yield {
        at: [resource, ...place],
        message: `the label ${key}: ${valueText(label.value)} is added to the volumeClaimTemplates of ${describe(resource)}, which are immutable: the next update is refused`,
        help: 'do not set includeVolumeClaimTemplates and includeSelectors for it; includeTemplates labels only the pods',
      };
      return;
    }
  },
};

/** Labels whose values are there to change. */
const mayChange = /version|revision|release|commit|build|tag|date/iu;
