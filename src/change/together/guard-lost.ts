import type { Build } from '../../object/build.ts';
import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { inventoryKey } from '../../reconcile/cluster.ts';
import { itemsAt, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { isIsolatedBy, networkPoliciesOf } from '../../workload/network/network-policy.ts';
import { type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import { directions } from '../consequence/guard.ts';
import type { Effect } from '../effect.ts';
import { objectWords } from '../twins.ts';
import { wholeOf } from '../whole.ts';
import { besides, type Together } from './happening.ts';

/** Safeguards that are deleted, and what they no longer guard. */
export function lostGuards({ cluster, effects }: Together): Effect[] {
  const [before, after] = [wholeOf(cluster.base), wholeOf(cluster.head)];
  if (!after.complete) return [];
  return effects.flatMap((effect) => {
    if (!effect.actions.includes('delete') || effect.actions.includes('create')) return [];
    const lost = lossOf(effect.held.resource, before, after);
    return lost === undefined ? [] : besides([effect], { reason: 'guard-lost', ...lost });
  });
}

type Loss = Pick<Effect, 'severity' | 'what' | 'details'>;

function lossOf(resource: Resource, before: Build, after: Build): Loss | undefined {
  const { group, kind } = groupVersionKind(resource.object);
  switch (`${group}/${kind}`) {
    case 'networking.k8s.io/NetworkPolicy':
      return openedBy(resource, before, after);
    case 'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding':
      return itemsAt(resource.object, ['spec', 'validationActions']).includes('Deny')
        ? {
            severity: 'breaks',
            what: `policy ${valueText(valueAt(resource.object, ['spec', 'policyName']))} no longer denies anything`,
          }
        : undefined;
    case 'admissionregistration.k8s.io/ValidatingWebhookConfiguration':
    case 'admissionregistration.k8s.io/ValidatingAdmissionPolicy':
    case 'kyverno.io/ClusterPolicy':
    case 'kyverno.io/Policy':
    case 'cilium.io/CiliumNetworkPolicy':
    case 'cilium.io/CiliumClusterwideNetworkPolicy':
    case '/ResourceQuota':
    case '/LimitRange':
      return { severity: 'changes' };
    default:
      return group === 'constraints.gatekeeper.sh' ? { severity: 'changes' } : undefined;
  }
}

/** The pods that stay, and whose traffic in a direction nothing holds back any more. */
function openedBy(policy: Resource, before: Build, after: Build): Loss | undefined {
  const there = new Set(podTemplatesOf(before).map(({ resource }) => inventoryKey(resource)));
  const opened = podTemplatesOf(after).filter(
    (template) =>
      there.has(inventoryKey(template.resource)) &&
      isIsolatedBy(template, policy) &&
      [...directions(policy.object)].some((direction) => !isHeldBack(template, direction, after)),
  );
  if (opened.length === 0) return undefined;
  return {
    severity: 'breaks',
    details: [
      `nothing restricts the traffic of ${opened.map((one) => objectWords(one.resource)).join(', ')} any more`,
    ],
  };
}

function isHeldBack(template: PodTemplate, direction: string, after: Build): boolean {
  return networkPoliciesOf(after).some(
    (one) => directions(one.object).has(direction) && isIsolatedBy(template, one),
  );
}
