import { labelsOf, matchesSelector } from '../../object/label-match.ts';
import { isKind, textAt } from '../../object/object-field.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import {
  isMapping,
  isSequence,
  type Mapping,
  newMapping,
  noFields,
  type Path,
  type Value,
  valueAt,
} from '../../source/value.ts';
import { podTemplateOf } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

/** A webhook that must answer before a pod starts, its own pod included, never starts again once all of its pods are gone. */
export const webhookBlocksItself: BuildRule = {
  id: 'webhook-blocks-itself',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['references', 'order', 'security'],
  *judge({ resources }) {
    const served = new Set(resources.filter(podTemplateOf).map(({ object }) => namespaceOf(object)));
    for (const resource of resources) {
      if (
        !isKind(
          resource,
          'admissionregistration.k8s.io',
          'ValidatingWebhookConfiguration',
          'MutatingWebhookConfiguration',
        )
      )
        continue;
      const webhooks = resource.object['webhooks'];
      for (const [index, webhook] of (isSequence(webhooks) ? webhooks : []).entries())
        if (isMapping(webhook))
          yield* judgeWebhook(resource, webhook, ['webhooks', index], { resources, served });
    }
  },
};

function* judgeWebhook(
  resource: Resource,
  webhook: Mapping,
  path: Path,
  { resources, served }: { readonly resources: readonly Resource[]; readonly served: ReadonlySet<string> },
): Iterable<RuleProblem> {
  const namespace = textAt(webhook, 'clientConfig', 'service', 'namespace');
  const isFailing = (textAt(webhook, 'failurePolicy') ?? 'Fail') === 'Fail';
  if (namespace === undefined || !isFailing || !served.has(namespace) || !createsPods(webhook)) return;
  if (isMapping(webhook['objectSelector']) && Object.keys(webhook['objectSelector']).length > 0) return;
  if (Array.isArray(webhook['matchConditions'])) return;
  const own = resources.find(
    ({ object }) => object['kind'] === 'Namespace' && textAt(object, 'metadata', 'name') === namespace,
  );
  // Every namespace carries its name as a label since 1.21.
  const labels = Object.assign(
    newMapping(),
    { 'kubernetes.io/metadata.name': namespace },
    own === undefined ? noFields : labelsOf(own.object),
  );
  const selector = webhook['namespaceSelector'];
  if (isMapping(selector) && !matchesSelector(selector, labels)) return;
  const name = textAt(webhook, 'name') ?? '';
  yield {
    at: [resource, ...path, 'failurePolicy' in webhook ? 'failurePolicy' : 'name'],
    message: `${name} must admit pods of ${namespace}, where it runs itself: if all of its pods stop, none can start`,
    help: `exclude ${namespace}: namespaceSelector with kubernetes.io/metadata.name NotIn [${namespace}]`,
  };
}

function createsPods(webhook: Mapping): boolean {
  const rules = webhook['rules'];
  return (isSequence(rules) ? rules : []).some(
    (rule) =>
      lists(rule, 'apiGroups', '') && lists(rule, 'resources', 'pods') && lists(rule, 'operations', 'CREATE'),
  );
}

function lists(rule: Value, field: string, wanted: string): boolean {
  const list = valueAt(rule, [field]);
  return (
    isSequence(list) &&
    list.some((one) => one === wanted || one === '*' || (field === 'resources' && one === '*/*'))
  );
}
