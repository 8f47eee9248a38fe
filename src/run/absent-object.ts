import type { Diagnostic } from '../diagnostic/diagnostic.ts';

/** What a finding says is nowhere. */
export interface AbsentObject {
  readonly kind: string;
  /** Its name; of pods, the values of the labels that are asked for. */
  readonly names: readonly string[];
  /** Whether Flux waits for it, which no chart and no cluster brings by itself. */
  readonly isOfFlux: boolean;
}

const missing =
  /\b([A-Z]\w+) (?:[\w.-]+\/)?(\S+?)(?: in namespace \S+)?, which (?:does not exist|nothing provides)/u;

const waitedFor = /^there is no (\w+) (?:[\w.-]+\/)?([\w.-]+),/u;

/** How each rule about something that is nowhere says it. */
const said: ReadonlyMap<string, RegExp> = new Map([
  ['autoscaler-target-missing', missing],
  ['dependency-missing', waitedFor],
  ['flux-reference-missing', waitedFor],
  ['ingress-backend-missing', missing],
  ['reference-missing', missing],
  ['release-values-missing', waitedFor],
  ['route-backend-missing', missing],
  ['route-parent-missing', missing],
  ['webhook-service-missing', missing],
]);

/**
 * The object that a finding says is nowhere. Each reason why it may be in the cluster nevertheless counts for all rules that say so: a new one has
 * a row here and asks for nothing else.
 */
export function absentObject({ rule, message, field }: Diagnostic): AbsentObject | undefined {
  if (rule === 'service-selects-nothing') return field === 'spec.selector' ? podsIn(message) : undefined;
  const pattern = said.get(rule);
  const [, kind, name] = pattern?.exec(message) ?? [];
  if (kind === undefined || name === undefined) return undefined;
  return { kind, names: [name], isOfFlux: pattern === waitedFor };
}

function podsIn(message: string): AbsentObject {
  const labels = / selects (\S+), but /u.exec(message)?.[1] ?? '';
  const names = labels.split(',').map((pair) => pair.slice(pair.indexOf('=') + 1));
  return { kind: 'Pod', names, isOfFlux: false };
}
