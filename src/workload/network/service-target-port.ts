import type { Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Path, valueAt } from '../../source/value.ts';
import { valueNumber, valueText } from '../../source/value-text.ts';
import { containersOf, type PodTemplate } from '../pod/pod-template.ts';
import type { ReachedPort } from './network-access.ts';

/** A port of a Service, and the port of its pods that it leads to. */
export interface TargetPort extends ReachedPort {
  readonly port: number;
  readonly path: Path;
}

/** Where the ports of a Service lead in pods of a template; a name that no container has leads nowhere. */
export function targetPorts({ object }: Resource, template: PodTemplate): TargetPort[] {
  const ports = valueAt(object, ['spec', 'ports']);
  if (!isSequence(ports)) return [];
  return ports.flatMap((one, index) => {
    if (!isMapping(one)) return [];
    const protocol = typeof one['protocol'] === 'string' ? one['protocol'] : 'TCP';
    const target = one['targetPort'] ?? one['port'];
    const number = /^\d+$/u.test(valueText(target))
      ? valueNumber(target)
      : namedPort(template, valueText(target), protocol);
    if (number === undefined) return [];
    return [{ port: valueNumber(one['port']), number, protocol, path: ['spec', 'ports', index, 'port'] }];
  });
}

function namedPort(template: PodTemplate, name: string, protocol: string): number | undefined {
  for (const { container, isRunning } of containersOf(template)) {
    const ports = isRunning ? container['ports'] : undefined;
    if (!isSequence(ports)) continue;
    const found = ports.find(
      (port) => valueAt(port, ['name']) === name && (valueAt(port, ['protocol']) ?? 'TCP') === protocol,
    );
    if (found !== undefined) return valueNumber(valueAt(found, ['containerPort']));
  }
  return undefined;
}
