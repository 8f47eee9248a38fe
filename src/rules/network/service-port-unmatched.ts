import { compareSeverity, type Severity } from '../../diagnostic/severity.ts';
import type { Build } from '../../object/build.ts';
import type { Place } from '../../object/place.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { hasLiteral } from '../../source/find-literal.ts';
import { isMapping, isSequence, type Mapping, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueNumber, valueText } from '../../source/value-text.ts';
import { objectsNamed } from '../../workload/cluster-objects.ts';
import { selectedPods } from '../../workload/network/service-pods.ts';
import { configurationReads } from '../../workload/pod/configuration-reads.ts';
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
      const declared = pods.flatMap(portsOf);
      const ports = portsOfService(service);
      const isListenedOn = (number: number): boolean =>
        pods.some((template) => mentionsPort(template, number, build, context));
      const problems = ports.flatMap(
        (port) => judgePort(service, port, { pods, declared, isListenedOn }) ?? [],
      );
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
  return build.resources.some((other) => other !== service && servesAll(other, service, build, context))
    ? 'warning'
    : undefined;
}

function mildest(own: Severity = 'error', other: Severity): Severity {
  return compareSeverity(own, other) > 0 ? own : other;
}

/** Whether the ports of one Service fit the pods that another one selects. */
function servesAll(service: Resource, other: Resource, build: Build, context: Surroundings): boolean {
  if (service.object['kind'] !== 'Service') return false;
  const ports = portsOfService(service);
  const pods = selectedPods(service, build, context);
  const meant = new Set(selectedPods(other, build, context).map(({ resource }) => resource));
  if (ports.length === 0 || !pods.some(({ resource }) => meant.has(resource))) return false;
  const declared = pods.flatMap(portsOf);
  return ports.every(
    (port) => judgePort(service, port, { pods, declared, isListenedOn: () => false }) === undefined,
  );
}

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
  const message = `Service ${nameOf(service.object)} sends to port ${valueText(target)}, which no container of ${owner} has`;
  if (declared.length === 0 && !isName) {
    return {
      at,
      isName,
      severity: 'note',
      message: `Service ${nameOf(service.object)} sends to port ${valueText(target)}, and no container of ${owner} declares its ports`,
      help: 'declare the ports of the container, so that they can be compared',
    };
  }
  const problem = {
    at,
    isName,
    message,
    help: helpFor(declared, isName),
    related: declared.map(relatedPort),
  };
  return isName || !isChosen || isHeard(pods, declared) ? problem : { ...problem, severity: 'warning' };
}

/** Whether a probe asks a declared port, so that what is declared is what the program listens on. */
function isHeard(pods: readonly PodTemplate[], declared: readonly ContainerPort[]): boolean {
  const containers = pods.flatMap(containersOf).map(({ container }) => container);
  return declared.some(({ number, name }) =>
    containers.some(
      (container) =>
        isProbed(container, valueNumber(number)) ||
        (typeof name === 'string' && probedPorts(container).includes(name)),
    ),
  );
}

function helpFor(declared: readonly ContainerPort[], isName: boolean): string {
  if (declared.length === 0) return 'declare a port of that name in the container, or use its number here';
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

// A probe by number, an argument, a variable or a ConfigMap says that something listens there, declared or not.
function mentionsPort(template: PodTemplate, number: number, build: Build, context: Surroundings): boolean {
  const isMentioned = (text: string): boolean =>
    hasLiteral(text, String(number), { before: /[^\d.]$/u, after: /^[^\d.]/u });
  const containers = containersOf(template).map(({ container }) => container);
  if (containers.some((container) => isProbed(container, number))) return true;
  if (containers.flatMap(textsOf).some(isMentioned)) return true;
  return configurationReads(template)
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap((read) => objectsNamed(read, build, context))
    .some(
      ({ object: { data } }) =>
        isMapping(data) && Object.values(data).some((text) => isMentioned(valueText(text))),
    );
}

const commandPaths: readonly Path[] = [
  ['livenessProbe', 'exec', 'command'],
  ['readinessProbe', 'exec', 'command'],
  ['startupProbe', 'exec', 'command'],
  ['lifecycle', 'postStart', 'exec', 'command'],
  ['lifecycle', 'preStop', 'exec', 'command'],
];

function isProbed(container: Mapping, number: number): boolean {
  return probedPorts(container).some((port) => valueNumber(port) === number);
}

function probedPorts(container: Mapping): (Value | undefined)[] {
  return ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe) =>
    ['httpGet', 'tcpSocket', 'grpc'].map((action) => valueAt(container, [probe, action, 'port'])),
  );
}

/** What a container is started with, and the commands that are run in it, which ask its own ports. */
function textsOf(container: Mapping): string[] {
  const { command, args, env } = container;
  const variables = isSequence(env) ? env.filter(isMapping) : [];
  const run = commandPaths.map((path) => valueAt(container, path));
  const words = [command, args, ...run].flatMap((list) => (isSequence(list) ? list : []));
  return [...words, ...variables.map(({ value }) => value)].filter((text) => typeof text === 'string');
}
