import type { Diagnostic } from '../diagnostic/diagnostic.ts';

/** Namespaces that a cluster fills by itself: the control plane, its DNS and network, and the operators of OpenShift. */
const own = /^(?:kube-(?:node-lease|public|system)|openshift(?:-.+)?)$/u;

/** What is said to be nowhere, by the field that names it as a whole; where the field is one of its parts, something of that kind is near. */
const absent: ReadonlyMap<string, RegExp> = new Map([
  ['autoscaler-target-missing', /./u],
  ['ingress-backend-missing', /./u],
  ['reference-missing', /./u],
  ['route-backend-missing', /./u],
  ['service-selects-nothing', /^spec\.selector$/u],
  ['webhook-service-missing', /./u],
]);

/** Whether something is said to be missing in a namespace that holds more than any repository shows. */
export function isFilledByCluster({ rule, object, field = '' }: Diagnostic): boolean {
  return own.test(object?.namespace ?? '') && absent.get(rule)?.test(field) === true;
}
