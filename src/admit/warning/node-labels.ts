import { ownOf } from '../../source/own.ts';
import type { Mapping } from '../../source/value.ts';
import { type Check, each, invalid } from '../validation/check.ts';
import { struct, text } from '../validation/fields.ts';

// `k8s.io/kubernetes/pkg/api/node/util.go`: labels of nodes, since when they are deprecated, and what to write.
const deprecated: Readonly<Record<string, readonly [since: string, instead: string]>> = {
  'beta.kubernetes.io/arch': ['1.14', 'kubernetes.io/arch'],
  'beta.kubernetes.io/os': ['1.14', 'kubernetes.io/os'],
  'failure-domain.beta.kubernetes.io/region': ['1.17', 'topology.kubernetes.io/region'],
  'failure-domain.beta.kubernetes.io/zone': ['1.17', 'topology.kubernetes.io/zone'],
  'beta.kubernetes.io/instance-type': ['1.17', 'node.kubernetes.io/instance-type'],
  'app.kubernetes.io/created-by': ['1.9', ''],
  'scheduler.alpha.kubernetes.io/preferAvoidPods': ['1.22', 'taints and tolerations'],
  'node-role.kubernetes.io/master': ['1.20', 'node-role.kubernetes.io/control-plane'],
};

/** Warns where `label` is one of a node's that is on its way out. */
export function warnOfLabel(check: Check, at: string | readonly (string | number)[], label: string): void {
  const found = Object.hasOwn(deprecated, label) ? ownOf(deprecated, label) : undefined;
  if (found === undefined) return;
  const [since, instead] = found;
  const help = instead === '' ? undefined : `write ${instead}`;
  invalid(check, at, label, `is a label that is deprecated as of Kubernetes ${since}`, help);
}

/** Warns of such labels in `nodeSelector`. */
export function warnOfSelector(parent: Mapping | undefined, check: Check): void {
  for (const label in struct(parent, 'nodeSelector')) warnOfLabel(check, ['nodeSelector', label], label);
}

/** Warns of such labels in the terms of a node selector that the path stands at. */
export function warnOfTerms(selector: Mapping | undefined, key: string, check: Check): void {
  each(check, selector, key, (term) => warnOfExpressions(term, check));
}

/** Warns of such labels in `matchExpressions`. */
export function warnOfExpressions(term: Mapping | undefined, check: Check, key = 'matchExpressions'): void {
  each(check, term, key, (expression) => warnOfLabel(check, 'key', text(expression, 'key')));
}
