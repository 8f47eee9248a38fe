import type { ProvidedObject } from '../../configuration/configuration.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { originalText } from '../../object/layer.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { findLiteral, textBefore, textBehind } from '../../source/find-literal.ts';
import type { TextPart } from '../../source/scalar-offsets.ts';
import { isMapping, isSequence, type Mapping, type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { isCustomResource } from '../../workload/custom-resource.ts';
import { type HostText, hostTextsOf, isHostVariable, textsBelow } from '../../workload/network/host-text.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import type { BuildRule } from '../rule.ts';
import { copiedNames } from './copied-name.ts';

export const renamedNameInString: BuildRule = {
  id: 'renamed-name-in-string',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  *judge(build, context) {
    yield* copiedNames(build);
    const renamed = renamedObjects(build, context);
    if (renamed.length === 0) return;
    const services = byOldName(
      renamed.filter(({ resource }) => resource.object['kind'] === 'Service').map(withPattern),
    );
    const others = renamed.filter(({ resource }) => resource.object['kind'] !== 'Service');
    for (const resource of build.resources) {
      if (services.size > 0)
        for (const text of hostTextsOf(resource)) yield* hostProblems(resource, text, services);
      if (others.length > 0 && isCustomResource(resource)) yield* nameProblems(resource, others);
    }
  },
};

/** An object that no longer has the name, or no longer stands in the namespace, that files know it by. */
interface Renamed {
  readonly resource: Resource;
  readonly oldName: string;
  readonly oldNamespace: string;
}

const referredKinds: ReadonlySet<string> = new Set(['Service', 'ConfigMap', 'Secret']);

function renamedObjects(build: Build, { neighbours = none, provided }: Surroundings): Renamed[] {
  const isPresent = presence([keysOf(build), keysOfAll(neighbours)], provided);
  return build.resources.flatMap((resource) => {
    const { object } = resource;
    if (!referredKinds.has(valueText(object['kind']))) return [];
    const oldName = originalText(resource, ['metadata', 'name']) ?? nameOf(object);
    const namespace = namespaceOf(object);
    const oldNamespace = namespace === '' ? '' : (originalNamespace(resource) ?? namespace);
    const isMoved = oldName !== nameOf(object) || oldNamespace !== namespace;
    const isTaken = [namespace, oldNamespace, ''].some((one) => isPresent(keyOf(object, oldName, one)));
    const isThere = oldName !== nameOf(object) ? isTaken : isPresent(keyOf(object, oldName, oldNamespace));
    return isMoved && !isThere ? [{ resource, oldName, oldNamespace }] : [];
  });
}

const none: readonly Build[] = [];

function presence(
  keys: readonly ReadonlySet<string>[],
  provided: readonly ProvidedObject[],
): (key: string) => boolean {
  const said = new Set(provided.map(({ kind, name, namespace = '' }) => `${kind}/${namespace}/${name}`));
  return (key) => said.has(key) || keys.some((one) => one.has(key));
}

const keysOf = knownOnce(
  ({ resources }: Build) =>
    new Set(resources.map(({ object }) => keyOf(object, nameOf(object), namespaceOf(object)))),
);

const keysOfAll = knownOnce((builds: readonly Build[]) => new Set(builds.flatMap((one) => [...keysOf(one)])));

// A namespace that a transformer set has no earlier layer: then no file can know another one.
function originalNamespace(resource: Resource): string | undefined {
  const text = originalText(resource, ['metadata', 'namespace']);
  return text !== undefined && /^[a-z0-9-]+$/u.test(text) ? text : undefined;
}

function keyOf(object: Mapping, name: string, namespace: string): string {
  return `${valueText(object['kind'])}/${namespace}/${name}`;
}

interface RenamedService extends Renamed {
  /** Where a text calls it. */
  readonly findHost: (text: string, variable: string) => TextPart | undefined;
}

/** Recognises a Service's old name as a host: in an address, before one of its ports, or with its namespace behind it. */
function withPattern(renamed: Renamed): RenamedService {
  const { resource, oldName, oldNamespace } = renamed;
  const namespaces = [...new Set([oldNamespace, namespaceOf(resource.object)])].filter((one) => one !== '');
  const hasNewName = oldName !== nameOf(resource.object);
  const spaces = hasNewName ? namespaces : [oldNamespace];
  const ports = new Set(portsOf(resource));
  return {
    ...renamed,
    findHost: (text, variable) => {
      const isAlone = text === oldName && isHostVariable(variable);
      const start =
        qualifiedAt(text, oldName, spaces) ?? (hasNewName ? addressAt(text, oldName, ports) : undefined);
      if (start === undefined) return hasNewName && isAlone ? { start: 0, end: text.length } : undefined;
      return { start, end: start + oldName.length };
    },
  };
}

/** Where the name stands with one of the namespaces behind it. */
function qualifiedAt(text: string, name: string, spaces: readonly string[]): number | undefined {
  const places = spaces.flatMap((space) =>
    space === '' ? [] : findLiteral(text, `${name}.${space}`, { before: /[^\w.-]$/u, after: /^[^\w-]/u }),
  );
  return places.length === 0 ? undefined : Math.min(...places.slice(0, 1000));
}

/** Where the name stands as the host of an address, before one of its ports, or before `.svc`. */
function addressAt(text: string, name: string, ports: ReadonlySet<string>): number | undefined {
  return findLiteral(text, name).find((at) => {
    const [before, behind] = [textBefore(text, at), textBehind(text, at + name.length)];
    if (/:\/\/(?:[^/@\s]*@)?$/u.test(before) && /^[^\w.-]/u.test(behind)) return true;
    const port = /^:(\d+)/u.exec(behind)?.[1];
    if (port !== undefined && ports.has(port) && /[^\w./-]$/u.test(before)) return true;
    return /[^\w.-]$/u.test(before) && /^\.svc[^\w-]/u.test(behind);
  });
}

function byOldName(services: readonly RenamedService[]): Map<string, RenamedService[]> {
  const byName = new Map<string, RenamedService[]>();
  for (const service of services) {
    const others = byName.get(service.oldName);
    if (others === undefined) byName.set(service.oldName, [service]);
    else others.push(service);
  }
  return byName;
}

/** The Services whose old names are words of a text; of a thousand Services hardly one has to be looked for. */
function mentionedIn(
  text: string,
  services: ReadonlyMap<string, readonly RenamedService[]>,
): RenamedService[] {
  const words = new Set(text.match(/[A-Za-z0-9-]+/gu));
  return [...words].flatMap((word) => services.get(word) ?? []);
}

function portsOf({ object }: Resource): string[] {
  const ports = valueAt(object, ['spec', 'ports']);
  return isSequence(ports) ? ports.flatMap((port) => (isMapping(port) ? [valueText(port['port'])] : [])) : [];
}

function* hostProblems(
  resource: Resource,
  { text, path, variable }: HostText,
  services: ReadonlyMap<string, readonly RenamedService[]>,
): Iterable<RuleProblem> {
  for (const { resource: service, oldName, findHost } of mentionedIn(text, services)) {
    const within = findHost(text, variable);
    if (within === undefined) continue;
    const name = nameOf(service.object);
    const isRenamed = name !== oldName;
    yield {
      at: [resource, ...path],
      within,
      message: isRenamed
        ? `${describe(resource)} still calls the Service ${oldName}, which is ${name} here`
        : `${describe(resource)} still looks for the Service ${name} in another namespace, but it is in ${namespaceOf(service.object)} here`,
      help: isRenamed
        ? 'kustomize renames no host names in texts: use a replacement, or separate the environments by namespace and not by prefix'
        : 'leave the namespace out, or use a replacement',
      related: [
        {
          at: [service, 'metadata', isRenamed ? 'name' : 'namespace'],
          message: `${describe(service)} gets it here`,
        },
      ],
    };
  }
}

// Fields of custom resources that name a ConfigMap or a Secret; kustomize knows those of built-in kinds alone.
function* nameProblems(resource: Resource, renamed: readonly Renamed[]): Iterable<RuleProblem> {
  for (const { text, path } of textsBelow(resource.object['spec'], ['spec'])) {
    const kind = referredKind(resource.object, path);
    const found = renamed.find(
      ({ resource: other, oldName }) => oldName === text && other.object['kind'] === kind,
    );
    if (found === undefined || nameOf(found.resource.object) === text) continue;
    yield {
      at: [resource, ...path],
      message: `${describe(resource)} names ${kind} ${text}, which is ${nameOf(found.resource.object)} here`,
      help: 'describe the field under configurations (nameReference), or keep the name: disableNameSuffixHash: true',
      related: [
        {
          at: [found.resource, 'metadata', 'name'],
          message: `${describe(found.resource)} gets its name here`,
        },
      ],
    };
  }
}

function referredKind(object: Mapping, path: Path): string | undefined {
  const field = String(path.at(-1));
  if (field === 'name') {
    const beside = valueAt(object, [...path.slice(0, -1), 'kind']);
    if (typeof beside === 'string') return beside;
  }
  const words = path
    .slice(field === 'name' ? -3 : -1)
    .filter((step) => typeof step === 'string')
    .join('/');
  if (!/^(?:name|.*(?:Name|Ref|Secret|ConfigMap|secret|configMap))$/u.test(field)) return undefined;
  if (/configMap|config_map/iu.test(words)) return 'ConfigMap';
  return /secret/iu.test(words) ? 'Secret' : undefined;
}
