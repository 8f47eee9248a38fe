import type { Rendered } from './rendered.ts';

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string };
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports: readonly { readonly port: number | string; readonly endPort?: number }[];
}

interface Policy {
  readonly podSelector: Selector;
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

interface Pod {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
}

/** Who may open a connection to whom, as the NetworkPolicies of both ends have it; DNS is left out. */
export function flowsOf(objects: readonly Rendered[]): string[] {
  const pods = objects.flatMap(podsOf);
  const policies = objects.flatMap(({ kind, spec }) =>
    kind === 'NetworkPolicy' ? [spec as unknown as Policy] : [],
  );
  const flows = pods.flatMap((from) => [
    ...pods.flatMap((to) =>
      to.ports
        .filter(
          (port) => isOpen(policies, 'Egress', from, to, port) && isOpen(policies, 'Ingress', to, from, port),
        )
        .map(({ containerPort }) => `${from.name} -> ${to.name}:${containerPort}`),
    ),
    ...outside(policies, from),
  ]);
  return [...new Set(flows)].sort();
}

function podsOf({ spec, metadata }: Rendered): Pod[] {
  const template = spec?.['template'] as
    | { metadata: { labels: Record<string, string> }; spec: { containers: { ports: Pod['ports'] }[] } }
    | undefined;
  if (template === undefined) return [];
  const ports = template.spec.containers.flatMap((container) => container.ports);
  return [{ name: metadata.name, labels: template.metadata.labels, ports }];
}

function isOpen(
  policies: readonly Policy[],
  direction: 'Ingress' | 'Egress',
  own: Pod,
  other: Pod,
  port: Pod['ports'][number],
): boolean {
  const rules = rulesFor(policies, direction, own);
  // Without a policy of a direction everything is open; with one, nothing but what some policy allows.
  if (rules === undefined) return true;
  return rules.some(
    ({ from, to, ports }) =>
      (from ?? to ?? []).some(
        ({ podSelector, namespaceSelector }) =>
          namespaceSelector === undefined && podSelector !== undefined && selects(podSelector, other),
      ) && ports.some((one) => covers(one, port)),
  );
}

function rulesFor(
  policies: readonly Policy[],
  direction: 'Ingress' | 'Egress',
  pod: Pod,
): readonly Rule[] | undefined {
  const own = policies.filter(
    ({ podSelector, policyTypes }) => policyTypes.includes(direction) && selects(podSelector, pod),
  );
  if (own.length === 0) return undefined;
  return own.flatMap(({ ingress = [], egress = [] }) => (direction === 'Ingress' ? ingress : egress));
}

function outside(policies: readonly Policy[], pod: Pod): string[] {
  const rules = rulesFor(policies, 'Egress', pod);
  if (rules === undefined) return [`${pod.name} -> anywhere:0`];
  return rules.flatMap(({ to = [], ports }) =>
    to.flatMap(({ ipBlock }) => {
      if (ipBlock === undefined) return [];
      const where = ipBlock.cidr === '0.0.0.0/0' ? 'exchange' : 'apiserver';
      return ports.map(({ port }) => `${pod.name} -> ${where}:${port}`);
    }),
  );
}

function selects({ matchLabels = {}, matchExpressions = [] }: Selector, { labels }: Pod): boolean {
  const byLabels = Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
  const byExpressions = matchExpressions.every(
    ({ key, operator, values }) => operator === 'In' && values.includes(labels[key] ?? ''),
  );
  return byLabels && byExpressions;
}

function covers(
  { port, endPort }: Rule['ports'][number],
  { name, containerPort }: Pod['ports'][number],
): boolean {
  if (typeof port === 'string') return port === name;
  return containerPort >= port && containerPort <= (endPort ?? port);
}
