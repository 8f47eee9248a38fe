import { nameOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { isMapping, isSequence, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueNumber, valueText } from '../../source/value-text.ts';
import { type CalledService, calledServices } from '../../workload/network/called-service.ts';
import { containersOf, describe, podTemplateOf } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

export const serviceHostPortMissing: BuildRule = {
  id: 'service-host-port-missing',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['network', 'references'],
  *judge(build, context) {
    for (const resource of build.resources) {
      const seen = new Set<string>();
      for (const called of calledServices(resource, build, context)) {
        const { port, path, within } = called.port === undefined ? portBeside(resource, called) : called;
        if (port === undefined || called.services.length === 0) continue;
        const key = `${called.name}:${port}`;
        if (seen.has(key) || called.services.some((service) => takes(service, port))) continue;
        seen.add(key);
        yield {
          ...problemOf(resource, { ...called, path }, port),
          ...(within === undefined ? {} : { within }),
        };
      }
    }
  },
};

/** Whether a Service takes connections to a port; without an address of its own it leads to whatever listens. */
function takes({ object }: Resource, port: number): boolean {
  const { clusterIP, type, selector } = isMapping(object['spec']) ? object['spec'] : {};
  if (clusterIP === 'None' || type === 'ExternalName' || selector === undefined) return true;
  return portsOf(object).some((one) => valueNumber(valueAt(one, ['port'])) === port);
}

function portsOf(object: Resource['object']): readonly Value[] {
  const ports = valueAt(object, ['spec', 'ports']);
  return isSequence(ports) ? ports : [];
}

/** `DB_PORT` beside `DB_HOST`, in the same container or ConfigMap. */
function portBeside(
  resource: Resource,
  { path }: CalledService,
): { readonly port: number | undefined; readonly path: Path; readonly within?: never } {
  const nothing = { port: undefined, path };
  const key = path.at(-1);
  if (resource.object['kind'] === 'ConfigMap' && typeof key === 'string') {
    const name = portVariable(key);
    const beside = [...path.slice(0, -1), name ?? ''];
    return name === undefined ? nothing : { port: portOf(valueAt(resource.object, beside)), path: beside };
  }
  const template = podTemplateOf(resource);
  const list = path.slice(0, -2);
  if (template === undefined || !containersOf(template).some((one) => isSame([...one.path, 'env'], list)))
    return nothing;
  const name = portVariable(valueText(valueAt(resource.object, [...path.slice(0, -1), 'name'])));
  const env = valueAt(resource.object, list);
  const index = isSequence(env) ? env.findIndex((one) => valueAt(one, ['name']) === name) : -1;
  if (name === undefined || index < 0) return nothing;
  const at = [...list, index, 'value'];
  return { port: portOf(valueAt(resource.object, at)), path: at };
}

function isSame(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index]);
}

function portVariable(name: string): string | undefined {
  const start = /^(.*)(?:HOSTNAME|HOST|ADDRESS|ADDR)$/u.exec(name)?.[1];
  return start === undefined ? undefined : `${start}PORT`;
}

function portOf(value: Value | undefined): number | undefined {
  return typeof value === 'string' && /^\d{1,5}$/u.test(value) ? Number(value) : undefined;
}

function problemOf(
  resource: Resource,
  { name, path, services, isInFile }: CalledService,
  port: number,
): RuleProblem {
  const listed = services.flatMap(({ object }) => portsOf(object).map((one) => valueAt(one, ['port'])));
  return {
    at: [resource, ...path],
    message: `${describe(resource)} calls port ${port} of Service ${name}, which does not have it`,
    help: `use one of its ports: ${[...new Set(listed.map(valueText))].join(', ')}; not the targetPort`,
    ...(isInFile ? { severity: 'warning' } : {}),
    related: services.map((service) => ({
      at: [service, 'spec', 'ports'] as const,
      message: `the ports of Service ${nameOf(service.object)}`,
    })),
  };
}
