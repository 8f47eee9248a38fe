/** A column of the criteria matrix and the rules that judge it. */
export interface Criterion {
  readonly name: string;
  readonly rules: readonly string[];
}

/** The acceptance criteria in the order of the matrix; a rule that no criterion names counts in none. */
export const criteria: readonly Criterion[] = [
  { name: 'exists', rules: ['required-workload-missing'] },
  { name: 'limits', rules: ['limits-missing', 'requests-missing'] },
  { name: 'probes', rules: ['liveness-probe-missing', 'readiness-probe-missing'] },
  { name: 'stateless', rules: ['state-in-application'] },
  { name: 'non-root', rules: ['runs-as-root', 'unexpected-user'] },
  { name: 'read-only', rules: ['writable-root-file-system'] },
  { name: 'caps', rules: ['capabilities-not-dropped', 'capability-added'] },
  { name: 'seccomp', rules: ['seccomp-profile-missing'] },
  {
    name: 'isolated',
    rules: [
      'host-namespace-shared',
      'host-path-mounted',
      'privilege-escalation-allowed',
      'privileged-container',
    ],
  },
  { name: 'ClusterIP', rules: ['service-exposed'] },
  { name: 'image', rules: ['image-not-pinned'] },
  { name: 'secrets', rules: ['secret-in-environment', 'secret-in-git', 'secret-in-plain-text'] },
  {
    name: 'wired',
    rules: [
      'autoscaler-target-missing',
      'autoscalers-compete',
      'custom-list-replaced',
      'disruption-budget-blocks',
      'disruption-budget-missing',
      'entry-selects-nothing',
      'environment-crossed',
      'environment-misnamed',
      'file-not-reached',
      'governing-service-missing',
      'grace-period-too-short',
      'ingress-backend-missing',
      'kustomization-field-deprecated',
      'layers-disagree',
      'network-policy-missing',
      'network-policy-peer-selects-nothing',
      'network-policy-selects-nothing',
      'patch-changes-nothing',
      'placeholder-value',
      'probe-port-missing',
      'reference-missing',
      'reference-grant-missing',
      'remote-not-pinned',
      'renamed-name-in-string',
      'replicas-under-autoscaler',
      'safeguard-missing',
      'route-backend-missing',
      'route-parent-missing',
      'selectors-overlap',
      'service-host-missing',
      'service-host-port-missing',
      'service-monitor-selects-nothing',
      'service-port-unmatched',
      'service-selects-nothing',
      'volume-attached-twice',
      'webhook-service-missing',
    ],
  },
];

/** Whether a rule points at what may be a secret value. */
export function isSecretRule(rule: string): boolean {
  return criteria.some(({ name, rules }) => name === 'secrets' && rules.includes(rule));
}
