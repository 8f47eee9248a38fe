import { isMapping, isSequence, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueNumber, valueText } from '../../source/value-text.ts';
import { containersOf, describe, type PodTemplate, podTemplateOf } from '../../workload/pod/pod-template.ts';
import type { ResourceRule } from '../rule.ts';

const scrape = 'prometheus.io/scrape';
const port = 'prometheus.io/port';

export const scrapeAnnotationUnmatched: ResourceRule = {
  id: 'scrape-annotation-unmatched',
  severity: 'warning',
  scope: 'resource',
  criterion: 'wired',
  tags: ['monitoring', 'references'],
  *judge(resource) {
    const template = podTemplateOf(resource);
    if (template === undefined) return;
    const { path } = template;
    const own = ['metadata', 'annotations'];
    const ofPods: Path = [...path, ...own];
    const isOnPods = valueAt(resource.object, [...ofPods, scrape]) !== undefined;
    if (path.length > 0 && !isOnPods && valueAt(resource.object, [...own, scrape]) === 'true') {
      yield {
        at: [resource, ...own, scrape],
        message: `${describe(resource)} has the annotation ${scrape}, which Prometheus does not read there: it reads the annotations of pods and Services`,
        help: `move the annotations to ${[...path, ...own].join('.')}`,
      };
    }
    if (valueAt(resource.object, [...ofPods, scrape]) !== 'true') return;
    const wanted = valueAt(resource.object, [...ofPods, port]);
    const declared = portsOf(template);
    if (wanted === undefined || declared.length === 0 || declared.includes(valueNumber(wanted))) return;
    // Istio's agent answers there in every pod that it is in, declared or not.
    if (wanted === '15020') return;
    yield {
      at: [resource, ...ofPods, port],
      message: `${describe(resource)} has the scrape port ${valueText(wanted)}, which none of its containers declares`,
      help: `use one of the declared ports (${[...new Set(declared)].join(', ')}), or declare this one in the container`,
    };
  },
};

function portsOf(template: PodTemplate): number[] {
  return containersOf(template).flatMap(({ container }) => {
    const ports: Value | undefined = container['ports'];
    if (!isSequence(ports)) return [];
    return ports.flatMap((one) => (isMapping(one) ? [valueNumber(one['containerPort'])] : []));
  });
}
