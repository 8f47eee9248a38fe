import type { Build } from '../../object/build.ts';
import { labelsOf, matchesSelector } from '../../object/label-match.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { isMapping, valueAt } from '../../source/value.ts';
import { besideOnce, namespaceOfResource } from '../../workload/beside.ts';
import {
  looksAround,
  monitoredNamespace,
  monitoredNamespaces,
} from '../../workload/monitoring/monitored-namespaces.ts';
import { isEmptySelector, nearestPair, selectorWords } from '../../workload/network/selector-words.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import { isPartlyBuilt, unseenMaker } from '../../workload/unseen-maker.ts';
import type { BuildRule } from '../rule.ts';

export const serviceMonitorSelectsNothing: BuildRule = {
  id: 'service-monitor-selects-nothing',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['monitoring', 'network', 'references'],
  *judge(build, context) {
    for (const monitor of build.resources) {
      const { group, kind } = groupVersionKind(monitor.object);
      if (group !== 'monitoring.coreos.com' || kind !== 'ServiceMonitor') continue;
      const problem = judgeMonitor(monitor, build, context);
      if (problem !== undefined) yield problem;
    }
  },
};

function judgeMonitor(monitor: Resource, build: Build, context: Surroundings): RuleProblem | undefined {
  const selector = valueAt(monitor.object, ['spec', 'selector']);
  if (!isMapping(selector) || isEmptySelector(selector)) return undefined;
  const looksInto = monitoredNamespaces(monitor);
  const labels = [...servicesBeside(monitoredNamespace(monitor), build, context)]
    .filter(({ object }) => looksInto(namespaceOf(object)))
    .map(({ object }) => labelsOf(object));
  // Services of other repositories, or of Kubernetes itself, are watched from afar.
  if (labels.length === 0 || labels.some((one) => matchesSelector(selector, one))) return undefined;
  const maker = unseenMaker(monitor, build, context);
  const near = nearestPair(selector, labels);
  const isUnknown = maker !== undefined || isPartlyBuilt(context) || looksAround(monitor);
  const what = `ServiceMonitor ${nameOf(monitor.object)} selects ${selectorWords(selector)}, but no Service has these labels`;
  return {
    at: [monitor, 'spec', 'selector'],
    message: maker === undefined ? what : `${what}, unless ${maker} creates one`,
    help:
      near === undefined
        ? 'select labels of the Service itself: its metadata.labels, not its selector'
        : `${near}: correct the label`,
    ...(isUnknown ? { severity: 'note' } : {}),
  };
}

const servicesBeside = besideOnce(
  ({ resources }: Build) =>
    resources.filter(({ object }) => object['kind'] === 'Service' && object['apiVersion'] === 'v1'),
  namespaceOfResource,
);
