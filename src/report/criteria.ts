/** A column of the criteria matrix and the rules that judge it. */
export interface Criterion {
  readonly name: string;
  readonly rules: readonly string[];
  /** Whether policies judge it, which see nothing of an object that cannot be decoded. */
  readonly isOfObjects: boolean;
  /** A column that is left out where all is well. */
  readonly isShownWhenBroken?: true;
}

/** The acceptance criteria in the order of the matrix; a rule that no criterion names counts in none. */
export const criteria: readonly Criterion[] = [
  { name: 'exists', isOfObjects: false, rules: ['required-workload-missing'] },
  {
    name: 'admitted',
    isOfObjects: false,
    isShownWhenBroken: true,
    rules: [
      'duplicate-value',
      'forbidden-field',
      'invalid-value',
      'not-admitted',
      'required-field-missing',
      'too-many-items',
      'unknown-field',
      'unsupported-value',
      'value-not-found',
      'value-too-long',
      'wrong-type',
    ],
  },
  { name: 'limits', isOfObjects: true, rules: ['limits-missing', 'requests-missing'] },
  { name: 'probes', isOfObjects: true, rules: ['liveness-probe-missing', 'readiness-probe-missing'] },
  { name: 'stateless', isOfObjects: true, rules: ['state-in-application'] },
  { name: 'non-root', isOfObjects: true, rules: ['runs-as-root', 'unexpected-user'] },
  { name: 'read-only', isOfObjects: true, rules: ['writable-root-file-system'] },
  { name: 'caps', isOfObjects: true, rules: ['capabilities-not-dropped', 'capability-added'] },
  { name: 'seccomp', isOfObjects: true, rules: ['seccomp-profile-missing'] },
  {
    name: 'isolated',
    isOfObjects: true,
    rules: [
      'host-namespace-shared',
      'host-path-mounted',
      'privilege-escalation-allowed',
      'privileged-container',
    ],
  },
  { name: 'ClusterIP', isOfObjects: true, rules: ['service-exposed'] },
  { name: 'image', isOfObjects: true, rules: ['image-not-pinned'] },
  {
    name: 'secrets',
    isOfObjects: true,
    rules: ['secret-in-environment', 'secret-in-git', 'secret-in-plain-text', 'sops-file-not-encrypted'],
  },
  {
    name: 'wired',
    isOfObjects: false,
    rules: [
      'autoscaler-target-missing',
      'autoscaler-without-request',
      'autoscalers-compete',
      'claim-fixed-in-stateful-set',
      'custom-list-replaced',
      'discovery-not-permitted',
      'disruption-budget-blocks',
      'disruption-budget-missing',
      'dns-not-allowed',
      'entry-selects-nothing',
      'environment-crossed',
      'environment-misnamed',
      'environment-value-shared',
      'environments-mixed',
      'file-not-reached',
      'flux-api-removed',
      'governing-service-missing',
      'grace-period-too-short',
      'host-claimed-twice',
      'ingress-backend-missing',
      'key-unread',
      'kustomization-field-deprecated',
      'label-overwritten',
      'layers-disagree',
      'limit-range-exceeded',
      'monitor-port-missing',
      'network-policy-missing',
      'network-policy-peer-selects-nothing',
      'network-policy-selects-nothing',
      'patch-changes-nothing',
      'placeholder-domain',
      'placeholder-value',
      'pod-monitor-selects-nothing',
      'pod-security-violated',
      'port-closed-by-policy',
      'probe-port-missing',
      'queue-on-evicting-redis',
      'quota-exceeded',
      'quota-forbids-pod',
      'reference-grant-missing',
      'reference-missing',
      'remote-not-pinned',
      'renamed-name-in-string',
      'replicas-under-autoscaler',
      'route-backend-missing',
      'route-parent-missing',
      'safeguard-missing',
      'selector-crosses-environments',
      'scrape-annotation-unmatched',
      'scrape-matches-nothing',
      'selectors-overlap',
      'service-host-missing',
      'service-host-port-missing',
      'service-monitor-selects-nothing',
      'service-port-unmatched',
      'service-selects-nothing',
      'spread-selects-nothing',
      'token-without-grant',
      'traffic-not-allowed',
      'volume-attached-twice',
      'webhook-blocks-itself',
      'webhook-service-missing',
    ],
  },
];

/** Whether a rule points at what may be a secret value. */
export function isSecretRule(rule: string): boolean {
  return criteria.some(({ name, rules }) => name === 'secrets' && rules.includes(rule));
}
