import type { Mapping } from '../../source/value.ts';
import { type Check, duplicate, each, invalid, required, supported } from './check.ts';
import { numberOf, numeric, text } from './fields.ts';
import { checkText, portName, portNumber } from './names.ts';

export const protocols = ['TCP', 'UDP', 'SCTP'];

/** Checks `ports` of one container. */
export function validateContainerPorts(container: Mapping, check: Check): void {
  const names = new Set<string>();
  each(check, container, 'ports', (port) => {
    const name = text(port, 'name');
    if (name !== '') {
      if (names.has(name)) duplicate(check, 'name', name);
      checkText(check, 'name', name, portName);
      names.add(name);
    }
    validatePortField(port, 'containerPort', check, true);
    validatePortField(port, 'hostPort', check, false);
    if (text(port, 'protocol') !== '') supported(check, 'protocol', text(port, 'protocol'), protocols);
  });
}

/** Reports host ports that two of the containers, under `key` of the spec, would share. */
export function validateHostPorts(
  spec: Mapping,
  key: string,
  check: Check,
  hostPortsDefaulted: boolean,
): void {
  const seen = new Set<string>();
  each(check, spec, key, (container) => reportSharedHostPorts(container, check, seen, hostPortsDefaulted));
}

/** Reports host ports that one container asks for twice, or that stand in `seen` already. */
export function reportSharedHostPorts(
  container: Mapping,
  check: Check,
  seen: Set<string>,
  hostPortsDefaulted: boolean,
): void {
  each(check, container, 'ports', (port) => {
    const hostPort = hostPortOf(port, hostPortsDefaulted);
    if (hostPort === 0) return;
    const use = `${text(port, 'protocol') || 'TCP'}/${text(port, 'hostIP')}/${hostPort}`;
    if (seen.has(use))
      duplicate(check, 'hostPort', use, `host port ${hostPort} is already used by another port of this pod`);
    seen.add(use);
  });
}

/** On the host's network each host port must be the container's port. */
export function validateHostNetworkPorts(spec: Mapping, check: Check, hostPortsDefaulted: boolean): void {
  each(check, spec, 'containers', (container) => {
    each(check, container, 'ports', (port) => {
      const hostPort = hostPortOf(port, hostPortsDefaulted);
      const containerPort = numeric(port, 'containerPort') ?? 0;
      if (hostPort !== 0 && hostPort !== containerPort)
        invalid(
          check,
          'hostPort',
          hostPort,
          'must equal containerPort with hostNetwork',
          `write ${containerPort}, or leave hostPort out`,
        );
    });
  });
}

/** Reports a port number or name (int-or-string) that is neither. */
export function validatePortNumberOrName(parent: Mapping, key: string, check: Check): void {
  const value = parent[key];
  if (typeof value === 'string') {
    const problem = portName(value);
    if (problem !== undefined)
      invalid(check, key, value, problem, /^\d+$/.test(value) ? `write ${value} without quotes` : undefined);
  } else {
    const problem = portNumber(numberOf(value));
    if (problem !== undefined) invalid(check, key, value ?? undefined, problem);
  }
}

function validatePortField(port: Mapping, key: string, check: Check, mustBeSet: boolean): void {
  const value = numeric(port, key) ?? 0;
  if (value === 0) {
    if (mustBeSet) required(check, key, 'must be between 1 and 65535');
    return;
  }
  const problem = portNumber(value);
  if (problem !== undefined) invalid(check, key, value, problem);
}

/** The API server fills in the host port of a Pod on the host's network, but not that of a template. */
function hostPortOf(port: Mapping, defaulted: boolean): number {
  const hostPort = numeric(port, 'hostPort') ?? 0;
  return hostPort === 0 && defaulted ? (numeric(port, 'containerPort') ?? 0) : hostPort;
}
