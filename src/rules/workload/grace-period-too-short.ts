import { isSequence, type Mapping, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { containersOf, podTemplateOf } from '../../workload/pod/pod-template.ts';
import type { ResourceRule } from '../rule.ts';

// What Kubernetes writes where nothing is said.
const defaultSeconds = 30;

export const gracePeriodTooShort: ResourceRule = {
  id: 'grace-period-too-short',
  severity: 'warning',
  scope: 'resource',
  criterion: 'wired',
  tags: ['workloads', 'availability'],
  *judge(resource) {
    const template = podTemplateOf(resource);
    if (template === undefined) return;
    const value = template.spec['terminationGracePeriodSeconds'];
    const period = typeof value === 'number' ? value : defaultSeconds;
    for (const { container, path } of containersOf(template)) {
      const found = sleepOf(container);
      if (found === undefined || found.seconds < period) continue;
      yield {
        at: [resource, ...path, 'lifecycle', 'preStop', ...found.path],
        message: `container ${valueText(container['name'])} sleeps ${found.seconds} seconds before it stops, but is killed after ${period}`,
        help: `set terminationGracePeriodSeconds to more than ${found.seconds}, plus the time that the program itself needs`,
      };
    }
  },
};

function sleepOf(container: Mapping): { seconds: number; path: string[] } | undefined {
  const preStop = ['lifecycle', 'preStop'];
  const seconds = valueAt(container, [...preStop, 'sleep', 'seconds']);
  if (typeof seconds === 'number') return { seconds, path: ['sleep', 'seconds'] };
  const command = valueAt(container, [...preStop, 'exec', 'command']);
  if (!isSequence(command)) return undefined;
  const slept = /(?:^|[\s;&/])sleep (\d+)(?:$|[\s;&])/u.exec(command.map(valueText).join(' '))?.[1];
  return slept === undefined ? undefined : { seconds: Number(slept), path: ['exec', 'command'] };
}
