import { grouped } from '../../diagnostic/grouped.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { findLiteral, textBefore, textBehind } from '../../source/find-literal.ts';
import type { TextPart } from '../../source/scalar-offsets.ts';
import { isMapping, isSequence, type Mapping, type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { isCustomResource } from '../../workload/custom-resource.ts';
import { type HostText, hostTextsOf, isHostVariable, textsBelow } from '../../workload/network/host-text.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';
import { copiedNames } from './copied-name.ts';
import { belongsTo, type Renamed, renamedObjects } from './renamed-object.ts';

export const renamedNameInString: BuildRule = {
  id: 'renamed-name-in-string',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['kustomize'],
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

interface RenamedService extends Renamed {
  readonly isMeantBy: (resource: Resource) => boolean;
  /** Where a text calls it. */
  readonly findHost: (text: string, variable: string) => TextPart | undefined;
}

/** Recognises a Service's old name as a host: in an address, before one of its ports, or with its namespace behind it. */
function withPattern(renamed: Renamed): RenamedService {
  const { resource, oldName, oldNamespace } = renamed;
  const isMeantBy = belongsTo(renamed);
  const namespaces = [...new Set([oldNamespace, namespaceOf(resource.object)])].filter((one) => one !== '');
  const hasNewName = oldName !== nameOf(resource.object);
  const spaces = hasNewName ? namespaces : [oldNamespace];
  const ports = new Set(portsOf(resource));
  return {
    ...renamed,
    isMeantBy,
    findHost: (text, variable) => {
      if (hasNewName && isPodOf(text, oldName))
        return { start: text.length - oldName.length, end: text.length };
      const isAlone = text === oldName && isHostVariable(variable);
      const start =
        qualifiedAt(text, oldName, spaces) ?? (hasNewName ? addressAt(text, oldName, ports) : undefined);
      if (start === undefined) return hasNewName && isAlone ? { start: 0, end: text.length } : undefined;
      return { start, end: start + oldName.length };
    },
  };
}

/** Whether a text is the name of a pod, by its number, before that of the Service: `db-0.db` can be nothing else. */
function isPodOf(text: string, name: string): boolean {
  return text.endsWith(`.${name}`) && /^[a-z0-9][a-z0-9-]*-\d+\.$/u.test(text.slice(0, -name.length));
}

// A pod of a StatefulSet is called by its own name before that of the Service.
const beforeHost = /[^\w.-](?:[\w-]+-\d+\.)?$/u;

/** Where the name stands with one of the namespaces behind it. */
function qualifiedAt(text: string, name: string, spaces: readonly string[]): number | undefined {
  const places = spaces.flatMap((space) =>
    space === '' ? [] : findLiteral(text, `${name}.${space}`, { before: beforeHost, after: /^[^\w-]/u }),
  );
  return places.length === 0 ? undefined : Math.min(...places.slice(0, 1000));
}

/** Where the name stands as the host of an address, before one of its ports, or before `.svc`. */
function addressAt(text: string, name: string, ports: ReadonlySet<string>): number | undefined {
  return findLiteral(text, name).find((at) => {
    const [before, behind] = [textBefore(text, at), textBehind(text, at + name.length)];
    if (/:\/\/(?:[^/@\s]*@)?(?:[\w-]+-\d+\.)?$/u.test(before) && /^[^\w.-]/u.test(behind)) return true;
    const port = /^:(\d+)/u.exec(behind)?.[1];
    if (port !== undefined && ports.has(port) && /[^\w./-](?:[\w-]+-\d+\.)?$/u.test(before)) return true;
    return beforeHost.test(before) && /^\.svc[^\w-]/u.test(behind);
  });
}

function byOldName(services: readonly RenamedService[]): ReadonlyMap<string, readonly RenamedService[]> {
  return grouped(services, ({ oldName }) => oldName);
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
  for (const renamed of mentionedIn(text, services)) {
    const { resource: service, oldName, twin } = renamed;
    const within = renamed.isMeantBy(resource) ? renamed.findHost(text, variable) : undefined;
    if (within === undefined) continue;
    const name = nameOf(service.object);
    const isRenamed = name !== oldName;
    yield {
      at: [resource, ...path],
      within,
      message: isRenamed
        ? `${describe(resource)} still uses the Service name ${oldName}, which is ${name} here${reached(twin)}`
        : `${describe(resource)} still uses the Service ${name} in another namespace, but it is in ${namespaceOf(service.object)} here${reached(twin)}`,
      help: isRenamed
        ? 'kustomize does not rename hosts in strings: use a replacement, or separate the environments by namespace instead of a prefix'
        : 'remove the namespace, or use a replacement',
      related: [
        {
          at: [service, 'metadata', isRenamed ? 'name' : 'namespace'],
          message: `${describe(service)} gets it here`,
        },
        ...twinPlace(twin),
      ],
    };
  }
}

/** What is reached in its place, for the end of a message. */
function reached(twin: Resource | undefined): string {
  if (twin === undefined) return '';
  const namespace = namespaceOf(twin.object);
  return `: it reaches the one of another entry point, ${describe(twin)}${namespace === '' ? '' : ` in ${namespace}`}`;
}

function twinPlace(twin: Resource | undefined): NonNullable<RuleProblem['related']> {
  return twin === undefined
    ? []
    : [
        {
          at: [twin, 'metadata', 'name'],
          message: 'the same object, which keeps its name in another entry point',
        },
      ];
}

// Fields of custom resources that name a ConfigMap, a Secret or a claim; kustomize knows those of built-in kinds alone.
function* nameProblems(resource: Resource, renamed: readonly Renamed[]): Iterable<RuleProblem> {
  for (const { text, path } of textsBelow(resource.object['spec'], ['spec'])) {
    const kind = referredKind(resource.object, path);
    const found = renamed.find(
      (one) => one.oldName === text && one.resource.object['kind'] === kind && belongsTo(one)(resource),
    );
    if (found === undefined || nameOf(found.resource.object) === text) continue;
    yield {
      at: [resource, ...path],
      message: `${describe(resource)} refers to ${kind} ${text}, which is ${nameOf(found.resource.object)} here${reached(found.twin)}`,
      help: 'describe the field under configurations (nameReference), or keep the name: disableNameSuffixHash: true',
      related: [
        {
          at: [found.resource, 'metadata', 'name'],
          message: `${describe(found.resource)} gets its name here`,
        },
        ...twinPlace(found.twin),
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
  if (!/^(?:name|.*(?:Name|Ref|Secret|ConfigMap|secret|configMap|PVC|pvc))$/u.test(field)) return undefined;
  if (/configMap|config_map/iu.test(words)) return 'ConfigMap';
  if (/pvc|volumeClaim|claimName/iu.test(words)) return 'PersistentVolumeClaim';
  return /secret/iu.test(words) ? 'Secret' : undefined;
}
