import type { Build } from '../../object/build.ts';
import { matchesSelector } from '../../object/label-match.ts';
import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Value, valueAt } from '../../source/value.ts';
import { valueNumber, valueText } from '../../source/value-text.ts';
import { besideOnce, namespaceOfResource } from '../beside.ts';
import { objectsNamed } from '../cluster-objects.ts';
import { maySeeEachOther } from '../custom-resource.ts';
import { containersOf, type PodTemplate } from '../pod/pod-template.ts';
import type { Surroundings } from '../surroundings.ts';
import { isIsolatedBy, policiesBeside } from './network-policy.ts';
import { isEmptySelector } from './selector-words.ts';

export type Direction = 'ingress' | 'egress';

/** A port of a pod that is reached. */
export interface ReachedPort {
  readonly number: number;
  readonly protocol: string;
}

export interface Around {
  readonly build: Build;
  readonly context: Surroundings;
}

/**
 * The NetworkPolicies that decide what goes in or out of the pods of a template; none where all may. One of the build itself has to be
 * among them: whether other builds reach the same cluster, nobody says, but what they allow may count.
 */
export function* isolating(
  template: PodTemplate,
  direction: Direction,
  { build, context }: Around,
): Iterable<Resource> {
  const decides = (policy: Resource): boolean => isAbout(policy, direction) && isIsolatedBy(template, policy);
  const seen = new Set([...policiesBeside(template.namespace, build, {})].filter(decides));
  if (seen.size === 0) return;
  yield* [...seen];
  for (const policy of policiesBeside(template.namespace, build, context)) {
    if (seen.has(policy) || !decides(policy)) continue;
    seen.add(policy);
    yield policy;
  }
}

// Without policyTypes a policy is about ingress, and about egress where it has such rules.
function isAbout({ object }: Resource, direction: Direction): boolean {
  const types = valueAt(object, ['spec', 'policyTypes']);
  if (isSequence(types) && types.length > 0)
    return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
  return direction === 'ingress' || rulesOf(object, 'egress').length > 0;
}

export function rulesOf(object: Mapping, direction: Direction): readonly Value[] {
  const rules = valueAt(object, ['spec', direction]);
  return isSequence(rules) ? rules : [];
}

/** The peers of a rule; undefined where everybody is meant. */
export function peersOf(rule: Value, direction: Direction): readonly Value[] | undefined {
  const peers = valueAt(rule, [direction === 'ingress' ? 'from' : 'to']);
  return isSequence(peers) && peers.length > 0 ? peers : undefined;
}

/** Whether a rule is about a port; a name is looked up among the ports of the pods that are reached. */
export function coversPort(rule: Value, { number, protocol }: ReachedPort, reached?: PodTemplate): boolean {
  const ports = valueAt(rule, ['ports']);
  if (!isSequence(ports) || ports.length === 0) return true;
  return ports.some((one) => {
    if (!isMapping(one) || (one['protocol'] ?? 'TCP') !== protocol) return false;
    const { port, endPort } = one;
    if (port === undefined || port === null) return true;
    if (typeof port === 'number')
      return typeof endPort === 'number' ? port <= number && number <= endPort : port === number;
    return reached === undefined || numbersOf(reached, valueText(port), protocol).includes(number);
  });
}

function numbersOf(template: PodTemplate, name: string, protocol: string): number[] {
  return containersOf(template).flatMap(({ container }) => {
    const ports = container['ports'];
    if (!isSequence(ports)) return [];
    return ports.flatMap((port) =>
      isMapping(port) && port['name'] === name && (port['protocol'] ?? 'TCP') === protocol
        ? [valueNumber(port['containerPort'])]
        : [],
    );
  });
}

/** Whether a peer may be the pods of a template; what only labels of an unseen namespace decide may be. */
export function mayBe(peer: Value, template: PodTemplate, policy: Resource, around: Around): boolean {
  if (!isMapping(peer)) return true;
  // Addresses of pods are in no manifest.
  if (peer['ipBlock'] !== undefined) return true;
  const { namespaceSelector, podSelector } = peer;
  const isPod = !isMapping(podSelector) || matchesSelector(podSelector, template.labels);
  if (!isPod) return false;
  if (!isMapping(namespaceSelector)) return maySeeEachOther(policy, template.resource);
  return mayMatchNamespace(namespaceSelector, template.namespace, around);
}

function mayMatchNamespace(selector: Mapping, namespace: string, { build, context }: Around): boolean {
  if (namespace === '' || isEmptySelector(selector)) return true;
  const known = objectsNamed({ kind: 'Namespace', name: namespace, namespace: '' }, build, context);
  const labels = newMapping();
  const written = known.map(({ object }) => valueAt(object, ['metadata', 'labels'])).filter(isMapping);
  for (const one of written) for (const key of Object.keys(one)) labels[key] = one[key] ?? null;
  labels['kubernetes.io/metadata.name'] = namespace;
  if (matchesSelector(selector, labels)) return true;
  // The labels of a namespace that others make are in no manifest, but for its name.
  return known.length === 0 && !isByName(selector);
}

function isByName({ matchLabels, matchExpressions }: Mapping): boolean {
  const keys = [
    ...(isMapping(matchLabels) ? Object.keys(matchLabels) : []),
    ...(isSequence(matchExpressions) ? matchExpressions.map((one) => valueText(valueAt(one, ['key']))) : []),
  ];
  return keys.every((key) => key === 'kubernetes.io/metadata.name');
}

/** Whether policies of network plug-ins or administrators may have a say about the pods as well. */
export function hasOtherPolicies(template: PodTemplate, { build, context }: Around): boolean {
  const [policy] = otherPoliciesBeside(template.namespace, build, context);
  return policy !== undefined;
}

const otherPoliciesBeside = besideOnce(
  ({ resources }: Build) =>
    resources.filter(({ object }) => {
      const { group, kind } = groupVersionKind(object);
      return group !== 'networking.k8s.io' && kind.endsWith('NetworkPolicy');
    }),
  namespaceOfResource,
);
