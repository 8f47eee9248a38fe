import { knownOnce } from '../object/known-once.ts';
import { formatValue, isMapping, isSequence, type Mapping, type Value, valueAt } from '../source/value.ts';
import { valueNumber, valueText } from '../source/value-text.ts';
import { podSpecPath, securityField } from './pod-fields.ts';

// Why a program may not start or not work with less rights than it has: what the kernel and the kubelet do, as far as it can be told
// from the manifest. Undefined is no reason.

/** Whether nothing of the container runs as root, as far as the manifest says. */
function isNonRoot(object: Mapping, container: Value): boolean {
  const pod = valueAt(object, podSpecPath(object));
  const user = securityField(container, 'runAsUser') ?? securityField(pod, 'runAsUser');
  const isRefused = securityField(container, 'runAsNonRoot') ?? securityField(pod, 'runAsNonRoot');
  return (user !== undefined && valueNumber(user) > 0) || isRefused === true;
}

/** Of `runAsNonRoot`, which the kubelet holds against the user of the image. */
export function rootRisk(object: Mapping, containers: readonly Value[]): string | undefined {
  return containers.every((container) => isNonRoot(object, container))
    ? undefined
    : 'the image may need root, and then may not start or work';
}

/** Of dropped capabilities, which root needs for files of others, and binaries with capabilities of their own to start at all. */
export function capabilityRisk(object: Mapping, container: Value): string | undefined {
  if (securityField(container, 'privileged') === true) return 'the container is privileged';
  return rootRisk(object, [container]) ?? lowPortRisk(container) ?? toolRisk(container);
}

/** Of `no_new_privs`, with which no binary gains the rights that its file gives. */
export function escalationRisk(object: Mapping, container: Value): string | undefined {
  if (securityField(container, 'allowPrivilegeEscalation') !== undefined)
    return 'the manifest sets that the program gains privileges';
  if (!isNonRoot(object, container)) return toolRisk(container);
  const added = valueAt(securityField(container, 'capabilities'), ['add']);
  if (isSequence(added) && added.length > 0)
    return 'a non-root program gets added capabilities only from its file';
  return lowPortRisk(container) ?? toolRisk(container);
}

const firstOpenPort = 1024;

function lowPortRisk(container: Value): string | undefined {
  const ports = valueAt(container, ['ports']);
  const isLow = (port: Value): boolean => {
    const number = valueNumber(valueAt(port, ['containerPort']) ?? 0);
    return number > 0 && number < firstOpenPort;
  };
  return isSequence(ports) && ports.some(isLow)
    ? `the program may need a file capability for a port below ${firstOpenPort}`
    : undefined;
}

const tools = /(?:^|[\s/;&|(])(sudo|doas|su|ping|mount|fusermount3?|newuidmap|newgidmap)(?=$|[\s;&|)])/u;

/** Programs that get rights by the owner or the capabilities of their file. */
function toolRisk(container: Value): string | undefined {
  const tool = wordsOf(container)
    .map((word) => tools.exec(word)?.[1])
    .find((one) => one !== undefined);
  return tool === undefined ? undefined : `${tool} needs elevated privileges`;
}

function wordsOf(container: Value): string[] {
  return ['command', 'args'].flatMap((field) => {
    const words = valueAt(container, [field]);
    return isSequence(words) ? words.map(valueText) : [];
  });
}

// They take the token for a proof of identity.
const identity =
  /^(?:eks\.amazonaws\.com|iam\.gke\.io|azure\.workload\.identity|vault\.hashicorp\.com|.*istio\.io|linkerd\.io)\//u;

/** Of a token that is taken away from a pod; `isBound` says whether the account has rights anywhere. */
export function tokenRisk(object: Mapping, isBound: boolean): string | undefined {
  const path = podSpecPath(object);
  const pod = valueAt(object, path);
  if (valueAt(pod, ['automountServiceAccountToken']) === true) return 'the manifest requests the token';
  if (isBound) return 'a binding grants its account permissions, which the program may use';
  const annotations = valueAt(object, [...path.slice(0, -1), 'metadata', 'annotations']);
  const isIdentity = isMapping(annotations) && Object.keys(annotations).some((key) => identity.test(key));
  if (isIdentity) return 'an annotation uses the token for workload identity';
  return isMapping(pod) && asksServer(pod) ? 'the program calls the API server' : undefined;
}

const askingServer = /\bkubectl\b|\bKUBERNETES_SERVICE_HOST\b|\/serviceaccount\b|\bkubernetes\.default\b/u;

const asksServer = knownOnce((pod: Mapping): boolean => askingServer.test(formatValue(pod)));
