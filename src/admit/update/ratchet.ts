import { equalValues, isMapping, type Path } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';

/** What an update lets pass of a create's validation. */
interface Ratchet {
  /** Matched against the field, its steps joined by `/`, without indices. */
  readonly field: RegExp;
  /** `never` asked again; where the old object broke the same rule `before`, or with this very `value`. */
  readonly passes: 'never' | 'before' | 'value';
  readonly kinds?: readonly string[];
}

const selector = '(?:matchLabels/.*|matchExpressions(?:/.*)?)$';

/**
 * `k8s.io/kubernetes` 1.36: `PodValidationOptions` from the old template (pkg/api/pod/util.go), and the options that the
 * strategies and `Validate…Update` of each kind take from the old object.
 */
const ratchets: readonly Ratchet[] = [
  { field: /^metadata\/name$/, passes: 'before' },
  { field: new RegExp(`/(?:affinity|podAffinity|podAntiAffinity)/.*Selector/${selector}`), passes: 'before' },
  { field: /\/nodeAffinity\/required.*\/matchExpressions\/values$/, passes: 'before' },
  { field: /\/topologySpreadConstraints\/(?:labelSelector|matchLabelKeys)/, passes: 'before' },
  { field: /\/securityContext\/sysctls/, passes: 'before' },
  { field: /\/projected\/sources\/serviceAccountToken\/path$/, passes: 'before' },
  { field: /\/resources\/(?:limits|requests)\/hugepages-/, passes: 'before' },
  { field: /\/(?:env\/name|envFrom\/prefix|dnsConfig\/searches)$/, passes: 'before' },
  { field: /\/lifecycle\/.*\/sleep\/seconds$/, passes: 'before' },
  { field: /\/(?:resizePolicy|volumeDevices|hostUsers|restartPolicyRules)(?:\/|$)/, passes: 'before' },
  { field: /^metadata\/annotations\/controller.kubernetes.io\/pod-deletion-cost$/, passes: 'before' },
  { field: /\/ephemeralContainers$/, passes: 'never', kinds: ['Pod'] },
  {
    field: /\/(?:seccompProfile|appArmorProfile)\/(?:type|localhostProfile)$/,
    passes: 'before',
    kinds: ['Pod'],
  },
  { field: /^spec\/(?:serviceName|volumeClaimTemplates)(?:\/|$)/, passes: 'never', kinds: ['StatefulSet'] },
  { field: /^spec\/template(?:\/|$)/, passes: 'before', kinds: ['StatefulSet'] },
  {
    field: new RegExp(`^spec/selector/${selector}`),
    passes: 'before',
    kinds: ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'PodDisruptionBudget'],
  },
  { field: /^spec\/(?:schedule|timeZone)$/, passes: 'value', kinds: ['CronJob'] },
  { field: new RegExp(`Selector/${selector}`), passes: 'before', kinds: ['NetworkPolicy'] },
  { field: /\/ipBlock\/(?:cidr|except)$/, passes: 'value', kinds: ['NetworkPolicy'] },
  { field: /^spec\/(?:tls\/secretName|rules\/host)$/, passes: 'before', kinds: ['Ingress'] },
  {
    field: /\/backend\/service\/name$|^spec\/defaultBackend\/service\/name$/,
    passes: 'before',
    kinds: ['Ingress'],
  },
  { field: /^spec\/minReplicas$/, passes: 'before', kinds: ['HorizontalPodAutoscaler'] },
  { field: /^spec\/cidrs$/, passes: 'value', kinds: ['ServiceCIDR'] },
  { field: /^endpoints\/addresses$/, passes: 'value', kinds: ['EndpointSlice'] },
  { field: /^subsets\/.*\/ip$/, passes: 'value', kinds: ['Endpoints'] },
  {
    field: /^spec\/(?:clusterIPs?|externalIPs|loadBalancerIP|loadBalancerSourceRanges)$/,
    passes: 'value',
    kinds: ['Service'],
  },
  { field: /^aggregationRule\//, passes: 'before', kinds: ['ClusterRole'] },
  { field: /^spec\/nodeAffinity\//, passes: 'before', kinds: ['PersistentVolume'] },
  { field: /^spec\/dataSource(?:Ref)?\/apiGroup$/, passes: 'before', kinds: ['PersistentVolumeClaim'] },
  {
    field: new RegExp(`^webhooks/(?:admissionReviewVersions|name|\\w+Selector/${selector})`),
    passes: 'before',
    kinds: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
  },
  {
    field: /\/(?:expression|messageExpression|valueExpression)$/,
    passes: 'value',
    kinds: [
      'ValidatingWebhookConfiguration',
      'MutatingWebhookConfiguration',
      'ValidatingAdmissionPolicy',
      'MutatingAdmissionPolicy',
    ],
  },
  {
    field: /^metadata\/annotations\/api-approved\.kubernetes\.io$/,
    passes: 'value',
    kinds: ['CustomResourceDefinition'],
  },
  {
    field: /^spec\/(?:preserveUnknownFields|conversion\/webhook\/)/,
    passes: 'before',
    kinds: ['CustomResourceDefinition'],
  },
  {
    field: /\/openAPIV3Schema\/.*\/(?:default|x-kubernetes-list-(?:type|map-keys)|rule|type)$/,
    passes: 'value',
    kinds: ['CustomResourceDefinition'],
  },
];

/** The errors of the new object that an update is refused for, those of the old one given by whoever can tell them. */
export function withoutRatcheted(
  errors: readonly FieldError[],
  kind: string,
  before: () => readonly FieldError[],
): readonly FieldError[] {
  let known: readonly FieldError[] | undefined;
  return errors.filter((error) => {
    const name = fieldName(error.field);
    const found = ratchets.filter(
      ({ field, kinds }) => (kinds === undefined || kinds.includes(kind)) && field.test(name),
    );
    if (found.length === 0) return true;
    known ??= before();
    const old = known;
    return !found.some((ratchet) => passes(ratchet, error, old));
  });
}

function passes({ field, passes: when }: Ratchet, error: FieldError, before: readonly FieldError[]): boolean {
  if (when === 'never') return true;
  return before.some(
    (other) =>
      other.type === error.type &&
      field.test(fieldName(other.field)) &&
      (when === 'before' || isSameValue(other, error)),
  );
}

function isSameValue(a: FieldError, b: FieldError): boolean {
  return equalValues(a.badValue ?? null, b.badValue ?? null) && !isMapping(a.badValue);
}

function fieldName(field: Path): string {
  return field.filter((step) => typeof step === 'string').join('/');
}
