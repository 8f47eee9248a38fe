import { grouped } from '../../diagnostic/grouped.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import { inventoryKey } from '../../reconcile/cluster.ts';
import { equalValues, formatValue, noFields, type Path } from '../../source/value.ts';
import { type PodSelector, podSelectorOf } from '../../workload/network/pod-selector.ts';
import { type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { Effect } from '../effect.ts';
import type { ReasonId } from '../reasons.ts';
import { objectWords } from '../twins.ts';
import { wholeOf } from '../whole.ts';
import { besides, causeAt, happens, type Together } from './happening.ts';

/** Services, NetworkPolicies and PodDisruptionBudgets that begin to select other pods, or none, be it that they or the pods change. */
export function selectionEffects(together: Together): Effect[] {
  const { base, head } = together.cluster;
  const [before, after] = [wholeOf(base), wholeOf(head)];
  if (together.effects.length === 0 || !before.complete || !after.complete) return [];
  const old = new Map(selectorsOf(before).map((one) => [inventoryKey(one.resource), one]));
  return selectorsOf(after).flatMap((now) => {
    const then = old.get(inventoryKey(now.resource));
    return then === undefined ? [] : compareSelection(then, now, together);
  });
}

const selectorsOf = knownOnce(({ resources }: Build): readonly PodSelector[] =>
  resources.flatMap((resource) => podSelectorOf(resource) ?? []),
);

const templatesByNamespace = knownOnce((build: Build) =>
  grouped(podTemplatesOf(build), ({ namespace }) => namespace),
);

type Selected = ReadonlyMap<string, PodTemplate>;

function selectedBy(selector: PodSelector, build: Build): Selected {
  const templates = templatesByNamespace(build).get(namespaceOf(selector.resource.object)) ?? [];
  return new Map(
    templates
      .filter(({ labels }) => selector.matches(labels))
      .map((template) => [inventoryKey(template.resource), template]),
  );
}

function compareSelection(then: PodSelector, now: PodSelector, together: Together): Effect[] {
  const { base, head } = together.cluster;
  const [old, next] = [selectedBy(then, wholeOf(base)), selectedBy(now, wholeOf(head))];
  const isThere = (owners: typeof head, key: string): boolean => owners.inventory.has(key);
  const lost = [...old].filter(([key]) => !next.has(key));
  const kept = lost.filter(([key]) => isThere(head, key));
  const gained = [...next].filter(([key]) => !old.has(key) && isThere(base, key));
  if (old.size > 0 && next.size === 0) return told('selects-nothing', lost, { then, now, together });
  return [
    ...(kept.length === 0 ? [] : told('selects-fewer', kept, { then, now, together })),
    ...(gained.length === 0 ? [] : told('selects-others', gained, { then, now, together })),
  ];
}

interface Compared {
  readonly then: PodSelector;
  readonly now: PodSelector;
  readonly together: Together;
}

function told(
  reason: ReasonId & ('selects-nothing' | 'selects-fewer' | 'selects-others'),
  workloads: readonly (readonly [string, PodTemplate])[],
  { then, now, together }: Compared,
): Effect[] {
  const { cluster, edits, on } = together;
  const isEdited = !equalValues(then.resource.object, now.resource.object);
  const [[, template] = []] = workloads;
  if (template === undefined) return [];
  const [resource, path]: readonly [Resource, Path] = isEdited
    ? [now.resource, now.path]
    : [
        template.resource,
        [...template.path, 'metadata', 'labels', labelOf(template, { then, now, together })],
      ];
  const effects = on(resource);
  if (!happens(effects)) return [];
  const names = workloads.map(([, one]) => objectWords(one.resource));
  return besides(
    effects,
    {
      reason,
      severity: severities[now.kind],
      fields: [path],
      headline: `${objectWords(now.resource)} ${words[reason]}${reason === 'selects-nothing' ? '' : ` ${names.join(', ')}`}`,
      details: [meanings[now.kind][reason]],
    },
    causeAt(resource, path, cluster, edits),
  );
}

const severities = { Service: 'breaks', NetworkPolicy: 'breaks', PodDisruptionBudget: 'changes' } as const;

const words = {
  'selects-nothing': 'no longer selects any pods',
  'selects-fewer': 'no longer selects',
  'selects-others': 'also selects',
} as const;

const meanings = {
  Service: {
    'selects-nothing': 'requests to it reach no pod',
    'selects-fewer': 'requests to it no longer reach their pods',
    'selects-others': 'requests to it also reach their pods',
  },
  NetworkPolicy: {
    'selects-nothing':
      'the pods that it selected are open to traffic that it blocked, unless another policy selects them',
    'selects-fewer': 'their pods are open to traffic that it blocked, unless another policy selects them',
    'selects-others': 'traffic of their pods that no policy allows is blocked',
  },
  PodDisruptionBudget: {
    'selects-nothing': 'draining a node may evict all of the pods at once',
    'selects-fewer': 'draining a node may evict all of their pods at once',
    'selects-others': 'their pods count, and their evictions can be refused',
  },
} as const;

/** The label of a workload that differs and that the selector asks for. */
function labelOf({ resource }: PodTemplate, { now, together }: Compared): string {
  const key = inventoryKey(resource);
  const { base, head } = together.cluster;
  const [old, next] = [base, head].map(
    (owners) =>
      podTemplatesOf(wholeOf(owners)).find((one) => inventoryKey(one.resource) === key)?.labels ?? noFields,
  ) as [PodTemplate['labels'], PodTemplate['labels']];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])].filter(
    (one) => old[one] !== next[one],
  );
  const asked = formatValue(now.resource.object['spec'] ?? null);
  return keys.find((one) => asked.includes(JSON.stringify(one))) ?? keys[0] ?? '';
}
