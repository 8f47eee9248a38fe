import { nearestName } from '../../diagnostic/closest-word.ts';
import type { Build } from '../../object/build.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { isMapping, isSequence, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { eachNamed, meet, objectsIn, objectsNamed } from '../cluster-objects.ts';
import { describe, podsIn } from '../pod/pod-template.ts';
import { possibleMaker } from '../possible-maker.ts';
import type { Surroundings } from '../surroundings.ts';
import { isPartlyBuilt, unseenMaker } from '../unseen-maker.ts';

/** A Service that an object sends to or asks. */
export interface ServiceTarget {
  readonly name: string;
  readonly namespace: string;
  /** The way to the name. */
  readonly path: Path;
  /** `sends to`, for messages. */
  readonly verb: string;
  readonly port?: {
    readonly wanted: Value;
    readonly field: 'name' | 'port';
    /** The way to the port, or to what stands for it. */
    readonly path: Path;
  };
}

interface Around {
  readonly build: Build;
  readonly context: Surroundings;
}

/** Ports that nobody serves, by which a path is closed: tcpmux, discard, and the last one. */
const closedPorts: ReadonlySet<Value> = new Set([1, 9, 65_535]);

/** What is wrong with a target: its Service is not there, or has not the port. */
export function judgeServiceTarget(
  resource: Resource,
  target: ServiceTarget,
  around: Around,
): RuleProblem | undefined {
  const { build, context } = around;
  const services: Resource[] = [];
  for (const service of eachNamed({ ...target, kind: 'Service' }, build, context)) {
    if (!isCoreService(service)) continue;
    if (hasPort(service, target.port)) return undefined;
    services.push(service);
  }
  if (services.length > 0 && closedPorts.has(target.port?.wanted ?? null)) return undefined;
  if (services.length > 0) return judgePort(resource, target, services);
  return isSaidToBeThere(target, context) ? undefined : missingService(resource, target, around);
}

/** Whether a Service has the port that is asked for, if any; an ExternalName needs none. */
function hasPort(service: Resource, port: ServiceTarget['port']): boolean {
  if (port === undefined || valueAt(service.object, ['spec', 'type']) === 'ExternalName') return true;
  return portsOf(service).some((one) => valueAt(one, [port.field]) === port.wanted);
}

export function isCoreService({ object }: Resource): boolean {
  return object['apiVersion'] === 'v1';
}

function isSaidToBeThere({ name, namespace }: ServiceTarget, { provided }: Surroundings): boolean {
  return provided.some(
    (one) =>
      one.kind === 'Service' &&
      one.name === name &&
      (one.namespace === undefined || meet(one.namespace, namespace)),
  );
}

function missingService(
  resource: Resource,
  { name, namespace, path, verb }: ServiceTarget,
  { build, context }: Around,
): RuleProblem {
  const maker = possibleMaker(resource, name, build, context) ?? unseenMaker(resource, build, context);
  const beside = objectsIn({ kind: 'Service', namespace }, build, context).filter(isCoreService);
  const near = nearestName(
    name,
    beside.map(({ object }) => nameOf(object)),
  );
  const elsewhere = objectsNamed({ kind: 'Service', name, namespace: '' }, build, context).find(
    isCoreService,
  );
  const isPart = (context.neighbours ?? []).length > 1;
  // A namespace without a single Service or pod of ours is somebody else's.
  const isForeign =
    beside.length === 0 &&
    (namespace !== namespaceOf(resource.object) || podsIn(namespace, build, context).length === 0);
  const own = namespaceOf(resource.object);
  const where = namespace === own || namespace === '' ? '' : ` of namespace ${namespace}`;
  const what = `${describe(resource)} ${verb} Service ${name}${where}, which does not exist`;
  return {
    at: [resource, ...path],
    message: maker === undefined ? what : `${what}, unless ${maker} creates it`,
    help:
      near !== undefined
        ? `there is ${near}: correct the name`
        : elsewhere !== undefined
          ? `it is in namespace ${namespaceOf(elsewhere.object)}: correct the namespace`
          : 'add the Service to the build, or list it under provided in cdb-lint.yaml if something else creates it',
    ...(maker !== undefined || isForeign || isPartlyBuilt(context)
      ? { severity: 'note' }
      : isPart
        ? { severity: 'warning' }
        : {}),
  };
}

function judgePort(
  resource: Resource,
  { name, port, verb }: ServiceTarget,
  services: readonly Resource[],
): RuleProblem | undefined {
  if (port === undefined) return undefined;
  const listed = services
    .flatMap(portsOf)
    .flatMap((one) =>
      isMapping(one)
        ? [
            one['name'] === undefined
              ? valueText(one['port'])
              : `${valueText(one['name'])} = ${valueText(one['port'])}`,
          ]
        : [],
    );
  return {
    at: [resource, ...port.path],
    message: `${describe(resource)} ${verb} port ${valueText(port.wanted)} of Service ${name}, which does not have it`,
    help: `use one of its ports: ${[...new Set(listed)].join(', ')}; not the targetPort`,
    related: services.map((service) => ({
      at: [service, 'spec', 'ports'] as const,
      message: `the ports of Service ${name}`,
    })),
  };
}

function portsOf({ object }: Resource): readonly Value[] {
  const ports = valueAt(object, ['spec', 'ports']);
  return isSequence(ports) ? ports : [];
}
