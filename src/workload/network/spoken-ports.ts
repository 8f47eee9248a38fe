import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import type { Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Mapping, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueNumber, valueText } from '../../source/value-text.ts';
import { objectsNamed } from '../cluster-objects.ts';
import { configurationReads } from '../pod/configuration-reads.ts';
import { containersOf, type PodTemplate } from '../pod/pod-template.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * Whether a probe by number, an argument, a variable or a ConfigMap of one of the pods says that something listens on a port, declared or
 * not. The same list of pods is looked through once.
 */
export function speakOfPort(
  pods: readonly PodTemplate[],
  port: number,
  build: Build,
  context: Surroundings,
): boolean {
  if (ownNumbers(pods).has(port)) return true;
  return configurationOf(pods, build, context).some((one) => numbersIn(one).has(port));
}

const ownNumbers = knownOnce((pods: readonly PodTemplate[]) => {
  const numbers = new Set<number>();
  for (const template of pods)
    for (const { container } of containersOf(template)) {
      for (const port of probedPorts(container)) numbers.add(valueNumber(port));
      for (const text of textsOf(container)) addNumbers(text, numbers);
    }
  return numbers;
});

const numbersIn = knownOnce(({ object: { data } }: Resource) => {
  const numbers = new Set<number>();
  if (isMapping(data)) for (const text of Object.values(data)) addNumbers(valueText(text), numbers);
  return numbers;
});

/** Adds what stands by itself and is no part of a version or a fraction. */
function addNumbers(text: string, numbers: Set<number>): void {
  for (const [run] of text.matchAll(/[\d.]+/gu)) if (/^\d{1,5}$/u.test(run)) numbers.add(Number(run));
}

const configurations = new WeakMap<readonly PodTemplate[], readonly Resource[]>();

function configurationOf(
  pods: readonly PodTemplate[],
  build: Build,
  context: Surroundings,
): readonly Resource[] {
  const known = configurations.get(pods);
  if (known !== undefined) return known;
  const reads = pods.flatMap(configurationReads).filter(({ kind }) => kind === 'ConfigMap');
  const found = [...new Set(reads.flatMap((read) => objectsNamed(read, build, context)))];
  configurations.set(pods, found);
  return found;
}

const commandPaths: readonly Path[] = [
  ['livenessProbe', 'exec', 'command'],
  ['readinessProbe', 'exec', 'command'],
  ['startupProbe', 'exec', 'command'],
  ['lifecycle', 'postStart', 'exec', 'command'],
  ['lifecycle', 'preStop', 'exec', 'command'],
];

/** The ports that probes ask, by number or name; nothing for a probe that there is not. */
export function probedPorts(container: Mapping): (Value | undefined)[] {
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
