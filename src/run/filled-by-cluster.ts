import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { absentObject } from './absent-object.ts';

/** Namespaces that a cluster fills by itself: the control plane, its DNS and network, and the operators of OpenShift. */
const own = /^(?:kube-(?:node-lease|public|system)|openshift(?:-.+)?)$/u;

/** Whether something is said to be missing in a namespace that holds more than any repository shows. */
export function isFilledByCluster(one: Diagnostic): boolean {
  return own.test(one.object?.namespace ?? '') && absentObject(one)?.isOfFlux === false;
}
