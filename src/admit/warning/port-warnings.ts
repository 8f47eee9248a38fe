import { formatPath, type Mapping, type Path } from '../../source/value.ts';
import { type Check, clash, each, invalid } from '../validation/check.ts';
import { numeric, text } from '../validation/fields.ts';

/** Where a pod has its containers. */
export const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const;

interface Port {
  readonly path: Path;
  readonly hostIp: string;
  readonly hostPort: number;
}

/** Warns of ports of a pod's containers that are the same, or may be. */
export function warnOfPorts(spec: Mapping, check: Check): void {
  const known = new Map<string, Port[]>();
  const names = new Map<string, Path>();
  for (const list of containerLists)
    each(check, spec, list, (container) =>
      each(check, container, 'ports', (port) => {
        warnOfPort(port, known, check);
        warnOfName(port, names, check);
      }),
    );
}

function warnOfPort(port: Mapping, known: Map<string, Port[]>, check: Check): void {
  const key = `${numeric(port, 'containerPort') ?? 0}/${text(port, 'protocol') || 'TCP'}`;
  const own: Port = {
    path: [...check.path],
    hostIp: text(port, 'hostIP'),
    hostPort: numeric(port, 'hostPort') ?? 0,
  };
  if (own.hostIp !== '' && own.hostPort === 0)
    invalid(check, 'hostIP', own.hostIp, 'has no effect without a hostPort');
  const others = known.get(key) ?? [];
  for (const other of others) {
    const problem = conflict(own, other);
    if (problem !== undefined)
      clash(check, [], { badValue: null, detail: `${problem} ${formatPath(other.path)}`, twin: other.path });
  }
  known.set(key, [...others, own]);
}

function conflict(a: Port, b: Port): string | undefined {
  if (a.hostIp === b.hostIp && a.hostPort === b.hostPort) return 'is the same port as';
  if (a.hostPort === 0 || b.hostPort === 0) return 'overlaps with';
  const isOneOpen = (a.hostIp === '') !== (b.hostIp === '');
  return a.hostPort === b.hostPort && isOneOpen ? 'may be the same port of the host as' : undefined;
}

function warnOfName(port: Mapping, names: Map<string, Path>, check: Check): void {
  const name = text(port, 'name');
  if (name === '') return;
  const other = names.get(name);
  if (other === undefined) names.set(name, [...check.path]);
  else
    clash(check, 'name', {
      badValue: name,
      detail: `is also the name of ${formatPath(other)}, which Services and probes will use`,
      twin: [...other, 'name'],
    });
}
