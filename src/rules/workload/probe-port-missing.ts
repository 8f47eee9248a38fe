import { isMapping, isSequence, type Mapping, type Value, valueAt } from '../../source/value.ts';
import { valueNumber, valueText } from '../../source/value-text.ts';
import { containersOf, podTemplateOf } from '../../workload/pod/pod-template.ts';
import type { ResourceRule } from '../rule.ts';

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

export const probePortMissing: ResourceRule = {
  id: 'probe-port-missing',
  severity: 'error',
  scope: 'resource',
  criterion: 'wired',
  tags: ['workloads', 'availability', 'network'],
  *judge(resource) {
    const template = podTemplateOf(resource);
    if (template === undefined) return;
    const everywhere = containersOf(template).flatMap(({ container }) => portsOf(container));
    for (const { container, path } of containersOf(template)) {
      const own = portsOf(container);
      for (const probe of probes) {
        for (const action of ['httpGet', 'tcpSocket', 'grpc']) {
          const port = valueAt(container, [probe, action, 'port']);
          const isName = typeof port === 'string' && !/^\d+$/u.test(port);
          if (
            port === undefined ||
            port === null ||
            (isName ? own : everywhere).some((one) => fits(one, port))
          )
            continue;
          if (!isName && own.length === 0) continue;
          const declared = own.map(({ name, containerPort }) => valueText(name ?? containerPort)).join(', ');
          yield {
            at: [resource, ...path, probe, action, 'port'],
            message: `${probe} of container ${valueText(container['name'])} uses port ${valueText(port)}, which the container does not ${isName ? 'have' : 'declare'}`,
            help:
              declared === ''
                ? 'declare the port in the container, or use its number'
                : `use one of its ports: ${declared}`,
            // By number, a probe reaches whatever listens; many programs have a port for their health that nobody declares.
            ...(isName ? {} : { severity: 'note' }),
          };
        }
      }
    }
  },
};

function portsOf(container: Mapping): Mapping[] {
  const ports = container['ports'];
  return isSequence(ports) ? ports.filter(isMapping) : [];
}

function fits({ name, containerPort }: Mapping, port: Value): boolean {
  return name === port || valueNumber(containerPort) === valueNumber(port);
}
