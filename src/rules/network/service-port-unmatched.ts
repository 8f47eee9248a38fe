import { compareSeverity, type Severity } from '../../diagnostic/severity.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import type { Place } from '../../object/place.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { isMapping, isSequence, type Mapping, type Value, valueAt } from '../../source/value.ts';
import { valueNumber, valueText } from '../../source/value-text.ts';
import { selectedPods, servicesOfPods } from '../../workload/network/service-pods.ts';
import { probedPorts, speakOfPort } from '../../workload/network/spoken-ports.ts';
import { containersOf, describe, type PodTemplate } from '../../workload/pod/pod-template.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import type { BuildRule } from '../rule.ts';

export const servicePortUnmatched: BuildRule = {
  id: 'service-port-unmatched',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['network', 'references'],
  *judge(build, context) {
    for (const service of build.resources) {
      const pods = selectedPods(service, build, context);
      if (pods.length === 0) continue;
      const declared = declaredBy(pods);
      const ports = portsOfService(service);
      const isListenedOn = (number: number): boolean => speakOfPort(pods, number, build, context);
      const problems = ports.flatMap(
        (port) => judgePort(service, port, { pods, declared, isListenedOn }) ?? [],
      );
      if (problems.length === 0) continue;
      const severity = severityOfNumbers(service, { ports, problems: problems.length, build, context });
      for (const { isName, ...problem } of problems)
        yield isName || severity === undefined
          ? problem
          : { ...problem, severity: mildest(problem.severity, severity) };
    }
  },
};

/** How sure it is that nothing listens on a number that no container declares: it reaches the pod all the same. */
function severityOfNumbers(
  service: Resource,
  {
    ports,
    problems,
    build,
    context,
  }: { ports: readonly ServicePort[]; problems: number; build: Build; context: Surroundings },
): 'note' | 'warning' | undefined {
  // Beside ports that fit, one is likely missing that nobody cared to declare; without an address, nothing is sent to any of them.
  if (problems < ports.length || valueAt(service.object, ['spec', 'clusterIP']) === 'None') return 'note';
  // What the pods declare, another Service serves: this one is for something else.
  const others = servicesOfPods(build, context, (one) => servesAll(one, build, context));
  const isServed = selectedPods(service, build, context).some(
    ({ resource }) => others.get(resource)?.some((other) => other !== service) === true,
  );
  return isServed ? 'warning' : undefined;
}

function mildest(own: Severity = 'error', other: Severity): Severity {
  return compareSeverity(own, other) > 0 ? own : other;
}

/** Whether the ports of a Service fit the pods that it selects. */
function servesAll(service: Resource, build: Build, context: Surroundings): boolean {
  const ports = portsOfService(service);
  const pods = selectedPods(service, build, context);
  if (ports.length === 0) return false;
  const selected = { pods, declared: declaredBy(pods), isListenedOn: () => false };
  return ports.every((port) => judgePort(service, port, selected) === undefined);
}

const declaredBy = knownOnce((pods: readonly PodTemplate[]) => pods.flatMap(portsOf));

interface ServicePort {
  readonly target: Value;
  readonly protocol: string;
  /** Whether somebody wrote the target by itself, and so for this program. */
  readonly isChosen: boolean;
  readonly at: Place;
}

interface ContainerPort {
  readonly name: Value | undefined;
  readonly number: Value | undefined;
  readonly protocol: string;
  readonly at: Place;
}

/** The pods of a Service, with the ports that they declare or else speak of. */
interface Selected {
  readonly pods: readonly PodTemplate[];
  readonly declared: readonly ContainerPort[];
  readonly isListenedOn: (number: number) => boolean;
}

/** Ports below are those of protocols, such as 80, and mostly mean nothing to the program behind the Service. */
const firstUnprivileged = 1024;

function portsOfService(service: Resource): ServicePort[] {
  const ports = valueAt(service.object, ['spec', 'ports']);
  if (!isSequence(ports)) return [];
  return ports.flatMap((port, index) => {
    if (!isMapping(port)) return [];
    const own = port['targetPort'];
    const field = own === undefined || own === null || own === '' || own === 0 ? 'port' : 'targetPort';
    const target = port[field];
    const at: Place = [service, 'spec', 'ports', index, field];
    if (target === undefined || target === null) return [];
    const isChosen = field === 'targetPort' || valueNumber(target) >= firstUnprivileged;
    return [{ target, protocol: protocolOf(port), isChosen, at }];
  });
}

function portsOf(template: PodTemplate): ContainerPort[] {
  return containersOf(template)
    .filter(({ isRunning }) => isRunning)
    .flatMap(({ container, path }) => {
      const ports = container['ports'];
      if (!isSequence(ports)) return [];
      return ports.flatMap((port, index) =>
        isMapping(port)
          ? [
              {
                name: port['name'],
                number: port['containerPort'],
                protocol: protocolOf(port),
                at: [template.resource, ...path, 'ports', index] as const,
              },
            ]
          : [],
      );
    });
}

function protocolOf(port: Mapping): string {
  return typeof port['protocol'] === 'string' ? port['protocol'] : 'TCP';
}

function judgePort(
  service: Resource,
  { target, protocol, isChosen, at }: ServicePort,
  { pods, declared, isListenedOn }: Selected,
): (RuleProblem & { readonly isName: boolean }) | undefined {
  const isName = typeof target === 'string' && !/^\d+$/u.test(target);
  // A name is looked up together with its protocol; a number reaches the pod whatever is declared.
  const isMatched = isName
    ? declared.some((port) => port.name === target && port.protocol === protocol)
    : declared.some((port) => valueNumber(port.number) === valueNumber(target)) ||
      isListenedOn(valueNumber(target));
  if (isMatched) return undefined;
  const [first] = pods;
  const owner = first === undefined ? 'the pods' : describe(first.resource);
  const message = `Service ${nameOf(service.object)} sends traffic to port ${valueText(target)}, but no container of ${owner} has that port`;
  if (declared.length === 0 && !isName) {
    return {
      at,
      isName,
      severity: 'note',
      message: `Service ${nameOf(service.object)} sends traffic to port ${valueText(target)}, but no container of ${owner} declares its ports`,
      help: 'declare the ports of the container, so they can be compared',
    };
  }
  // A Service of thousands of pods has thousands of ports beside it, and nobody reads them.
  const some = declared.slice(0, mostRelated);
  const problem = { at, isName, message, help: helpFor(some, isName), related: some.map(relatedPort) };
  return isName || !isChosen || isHeard(pods) ? problem : { ...problem, severity: 'warning' };
}

/** Whether a probe asks a declared port, so that what is declared is what the program listens on. */
const isHeard = knownOnce((pods: readonly PodTemplate[]) => {
  const probed = pods.flatMap(containersOf).flatMap(({ container }) => probedPorts(container));
  const numbers = new Set(probed.map(valueNumber));
  const names = new Set(probed);
  return declaredBy(pods).some(
    ({ number, name }) => numbers.has(valueNumber(number)) || (typeof name === 'string' && names.has(name)),
  );
});

const mostRelated = 20;

function helpFor(declared: readonly ContainerPort[], isName: boolean): string {
  if (declared.length === 0) return 'declare a port with that name in the container, or use its number here';
  const listed = declared.map(({ name, number, protocol }) => {
    const words = [name === undefined ? '' : valueText(name), valueText(number ?? '')].filter(
      (word) => word !== '',
    );
    return `${words.join(' = ')}${protocol === 'TCP' ? '' : ` ${protocol}`}`;
  });
  return `use one of the declared ports (${[...new Set(listed)].join(', ')}), or declare this ${isName ? 'name' : 'one'} in the container`;
}

function relatedPort({ at, number }: ContainerPort): { at: Place; message: string } {
  return { at: [...at, 'containerPort'], message: `port ${valueText(number)} is declared here` };
}
