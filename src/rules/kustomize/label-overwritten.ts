import { changedValues, layersOf } from '../../object/layer.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { ResourceRule } from '../rule.ts';

const transformers: ReadonlySet<string> = new Set([
  'labels',
  'commonLabels',
  'commonAnnotations',
  'commonMetadata',
]);

export const labelOverwritten: ResourceRule = {
  id: 'label-overwritten',
  severity: 'note',
  scope: 'resource',
  criterion: 'wired',
  tags: ['kustomize'],
  *judge(resource) {
    const seen = new Set<string>();
    for (const { path, value, origin } of changedValues(resource)) {
      const field = path.at(-2);
      const key = String(path.at(-1));
      if ((field !== 'labels' && field !== 'annotations') || typeof value !== 'string') continue;
      const [first, ...later] = layersOf(origin);
      const last = later.at(-1);
      if (first === undefined || last === undefined || !transformers.has(last.by)) continue;
      const written = plainText(first.text);
      // The label of a pod template is mostly overwritten as that of its workload is.
      if (written === undefined || written === value || seen.has(`${field} ${key}`)) continue;
      seen.add(`${field} ${key}`);
      yield {
        at: [resource, ...path],
        message: `${describe(resource)} has ${key}: ${written}, but ${last.by} changes it to ${value}`,
        help: `remove one of the two: ${last.by} overrides the other`,
      };
    }
  },
};

// Behind a key as in an entry, or alone; other notations are passed over.
function plainText(text: string): string | undefined {
  const value = text.replace(/^["']?[\w./-]+["']?\s*:\s+/u, '').trim();
  if (/^[\w./-]*$/u.test(value)) return value;
  return /^(["'])([^"'\\]*)\1$/u.exec(value)?.[2];
}
