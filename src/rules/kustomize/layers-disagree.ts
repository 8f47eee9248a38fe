import { changedValues, layersOf } from '../../object/layer.ts';
import { formatPath, isSequence } from '../../source/value.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { ResourceRule } from '../rule.ts';

// Replacements and generators write one value through several lines, so these do not count as layers of their own.
const overlayFields: ReadonlySet<string> = new Set([
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replicas',
]);

export const layersDisagree: ResourceRule = {
  id: 'layers-disagree',
  severity: 'note',
  scope: 'resource',
  criterion: 'wired',
  tags: ['kustomize'],
  *judge(resource) {
    for (const { path, value, origin } of changedValues(resource)) {
      if (isSequence(value)) continue;
      // What stands first is the default; a disagreement needs two that change it.
      const [, ...writers] = layersOf(origin);
      const changing = writers.filter(({ by }) => overlayFields.has(by));
      const texts = new Set(changing.map(({ text }) => text.trim()));
      const last = changing.at(-1);
      if (texts.size < 2 || last === undefined || new Set(changing.map(({ file }) => file)).size < 2)
        continue;
      yield {
        at: [resource, ...path],
        message: `${texts.size} layers set ${formatPath(path)} of ${describe(resource)} to different values, and the last one wins`,
        help: 'set it in one layer, so it does not depend on their order',
      };
    }
  },
};
