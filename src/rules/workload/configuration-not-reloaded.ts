import type { Build } from '../../object/build.ts';
import { isKind, isTrueAt } from '../../object/object-field.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { formatValue, isMapping, isSequence, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { besideByName, someBeside } from '../../workload/beside.ts';
import { containersOf, describe, type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import type { BuildRule } from '../rule.ts';

const rolledOut: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout']);

/** Environment variables are read when a container starts: a ConfigMap that keeps its name changes nothing in pods that run. */
export const configurationNotReloaded: BuildRule = {
  id: 'configuration-not-reloaded',
  severity: 'note',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads'],
  *judge(build, context) {
    if (hasGeneralReloader(build, {})) return;
    for (const resource of build.resources) {
      if (!isKind(resource, '', 'ConfigMap') || isNamedByContent(resource)) continue;
      const wanted = { namespace: namespaceOf(resource.object), name: nameOf(resource.object) };
      const [reader, ...more] = readersOf(wanted, build, context);
      if (reader === undefined) continue;
      if (hasGeneralReloader(build, context)) return;
      const rest = more.length === 0 ? '' : ` and ${more.length} more`;
      yield {
        at: [resource, 'metadata', 'name'],
        message: `${describe(resource)} keeps its name when its content changes, so the pods of ${describe(reader)}${rest}, which read it as environment variables, keep running with the old values`,
        help: 'generate it with a configMapGenerator, whose hash restarts the pods, or use a controller such as Reloader',
        related: [{ at: [reader, 'metadata', 'name'], message: 'reads it when a container starts' }],
      };
    }
  },
};

/** Whether its content stays the same as long as its name does. */
function isNamedByContent({ object, unhashedName }: Resource): boolean {
  return unhashedName !== undefined || isTrueAt(object, 'immutable') || /-v[0-9]+$/u.test(nameOf(object));
}

interface Reader {
  readonly template: PodTemplate;
  /** A ConfigMap that its containers read as variables. */
  readonly name: string;
}

/** Those of the build itself, else those beside it, each once: in a fleet each cluster has a ConfigMap of that name, and pods that read it. */
function readersOf(
  wanted: Parameters<typeof readersBeside>[0],
  build: Build,
  context: Surroundings,
): ReadonlySet<Resource> {
  const own = [...readersBeside(wanted, build, {})];
  const readers = own.length > 0 ? own : [...readersBeside(wanted, build, context)];
  return new Set(readers.map(({ template }) => template.resource));
}

const readersBeside = besideByName(
  (build: Build): readonly Reader[] =>
    podTemplatesOf(build)
      .filter(({ resource }) => rolledOut.has(valueText(resource.object['kind'])) && !isRestarted(resource))
      .flatMap((template) => [...new Set(variableSources(template))].map((name) => ({ template, name }))),
  { namespaceOf: ({ template }) => template.namespace, nameOf: ({ name }) => name },
);

function variableSources(template: PodTemplate): string[] {
  return containersOf(template).flatMap(({ container }) => [
    ...namesIn(container['env'], 'valueFrom', 'configMapKeyRef', 'name'),
    ...namesIn(container['envFrom'], 'configMapRef', 'name'),
  ]);
}

function namesIn(list: Value | undefined, ...path: Path): string[] {
  if (!isSequence(list)) return [];
  return list.flatMap((item) => {
    const name = valueAt(item, path);
    return typeof name === 'string' ? [name] : [];
  });
}

/** Annotations by which Reloader and the like are asked to restart, and those that change with the content. */
const restarting =
  /(?:^|[./-])(?:reloader|wave|configmapcontroller|checksum|hash)|(?:checksum|hash)$|update-on-config-change/u;

function isRestarted({ object }: Resource): boolean {
  return [
    ['metadata', 'annotations'],
    ['spec', 'template', 'metadata', 'annotations'],
  ].some((path) => {
    const annotations = valueAt(object, path);
    return isMapping(annotations) && Object.keys(annotations).some((key) => restarting.test(key));
  });
}

/** A Reloader that is told to restart whatever reads what changes, by its arguments or the values of its chart. */
const hasGeneralReloader = someBeside(({ resources }) =>
  resources.some(({ object }) => {
    if (!/reloader/iu.test(nameOf(object))) return false;
    return /--auto-reload-all(?:=true)?"|"autoReloadAll":true/u.test(formatValue(object['spec'] ?? null));
  }),
);
