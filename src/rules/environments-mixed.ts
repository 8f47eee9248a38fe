import { namespaceOf, type Resource } from '../build/resource.ts';
import { isMapping, type Mapping, valueAt } from '../source/value.ts';
import { matchesSelector } from './label-match.ts';
import { networkPoliciesOf } from './network-policy.ts';
import { describe, podTemplatesOf } from './pod-template.ts';
import type { BuildRule } from './rule.ts';
import { selectorOf } from './service-pods.ts';

export const environmentsMixed: BuildRule = {
  id: 'environments-mixed',
  severity: 'error',
  scope: 'build',
  *judge(build) {
    const budgets = build.resources.filter(({ object }) => object['kind'] === 'PodDisruptionBudget');
    const services = build.resources.filter((one) => selectorOf(one) !== undefined);
    for (const resource of [...services, ...budgets, ...networkPoliciesOf(build)]) {
      const own = environmentOf(valueAt(resource.object, ['metadata', 'labels']));
      if (own === undefined) continue;
      for (const template of podTemplatesOf(build)) {
        const other = environmentOf(template.labels);
        if (other === undefined || other === own || template.namespace !== namespaceOf(resource.object))
          continue;
        if (!isSelected(resource, template.labels)) continue;
        yield {
          at: [resource, 'spec', resource.object['kind'] === 'NetworkPolicy' ? 'podSelector' : 'selector'],
          message: `${describe(resource)} of ${own} selects the pods of ${describe(template.resource)} of ${other}, which stand in the same namespace`,
          help: 'give each environment a namespace of its own, or put its label into every selector',
          related: [
            {
              at: [template.resource, ...template.path, 'metadata', 'labels'],
              message: `the labels of ${describe(template.resource)}`,
            },
          ],
        };
        break;
      }
    }
  },
};

const environmentLabels = ['environment', 'env', 'app.kubernetes.io/environment', 'stage'];

function environmentOf(labels: Mapping[string] | undefined): string | undefined {
  if (!isMapping(labels)) return undefined;
  const key = environmentLabels.find((one) => typeof labels[one] === 'string');
  return key === undefined ? undefined : String(labels[key]);
}

function isSelected(resource: Resource, labels: Mapping): boolean {
  const selector = selectorOf(resource);
  if (selector !== undefined) return Object.keys(selector).every((key) => labels[key] === selector[key]);
  const field = resource.object['kind'] === 'NetworkPolicy' ? 'podSelector' : 'selector';
  return matchesSelector(valueAt(resource.object, ['spec', field]), labels);
}
