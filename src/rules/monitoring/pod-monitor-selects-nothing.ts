import { matchesSelector } from '../../object/label-match.ts';
import { groupVersionKind, nameOf } from '../../object/resource.ts';
import { isMapping, valueAt } from '../../source/value.ts';
import {
  looksAround,
  monitoredNamespace,
  monitoredNamespaces,
} from '../../workload/monitoring/monitored-namespaces.ts';
import {
  asksForRunTimeLabels,
  isEmptySelector,
  nearestPair,
  selectorWords,
} from '../../workload/network/selector-words.ts';
import { podsIn } from '../../workload/pod/pod-template.ts';
import { isPartlyBuilt, unseenMaker } from '../../workload/unseen-maker.ts';
import type { BuildRule } from '../rule.ts';

export const podMonitorSelectsNothing: BuildRule = {
  id: 'pod-monitor-selects-nothing',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['monitoring', 'references'],
  *judge(build, context) {
    for (const monitor of build.resources) {
      const { group, kind } = groupVersionKind(monitor.object);
      if (group !== 'monitoring.coreos.com' || kind !== 'PodMonitor') continue;
      const selector = valueAt(monitor.object, ['spec', 'selector']);
      if (!isMapping(selector) || isEmptySelector(selector)) continue;
      const looksInto = monitoredNamespaces(monitor);
      const labels = podsIn(monitoredNamespace(monitor), build, context)
        .filter(({ namespace }) => looksInto(namespace))
        .map((template) => template.labels);
      // Pods of other repositories, or of Kubernetes itself, are watched from afar.
      if (labels.length === 0 || labels.some((one) => matchesSelector(selector, one))) continue;
      const maker = unseenMaker(monitor, build, context);
      const near = nearestPair(selector, labels);
      const isUnknown =
        maker !== undefined ||
        isPartlyBuilt(context) ||
        looksAround(monitor) ||
        asksForRunTimeLabels(selector);
      const what = `PodMonitor ${nameOf(monitor.object)} selects ${selectorWords(selector)}, but no pod has these labels`;
      yield {
        at: [monitor, 'spec', 'selector'],
        message: maker === undefined ? what : `${what}, unless ${maker} creates one`,
        help: near === undefined ? 'select labels that a pod template has' : `${near}: correct the label`,
        ...(isUnknown ? { severity: 'note' } : {}),
      };
    }
  },
};
