import { grouped } from '../../diagnostic/grouped.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { type Layer, layersOf, originalText } from '../../object/layer.ts';
import { originOfPart } from '../../object/provenance.ts';
import { nameOf, namespaceOf, type Resource, stableNameOf } from '../../object/resource.ts';
import type { Mapping } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { Surroundings } from '../../workload/surroundings.ts';

/** An object that no longer has the name, or no longer stands in the namespace, that files know it by. */
export interface Renamed {
  readonly resource: Resource;
  readonly oldName: string;
  readonly oldNamespace: string;
  /** The same object of another entry point, which has the old name there: whoever asks for it reaches that one. */
  readonly twin?: Resource;
}

const referredKinds: ReadonlySet<string> = new Set([
  'Service',
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
  'StatefulSet',
]);

/** What of a build was renamed or moved, where nothing else has the old name, or only the same object by another entry point. */
export function renamedObjects(build: Build, context: Surroundings): Renamed[] {
  const said = new Set(
    context.provided.map(({ kind, name, namespace = '' }) => `${kind}/${namespace}/${name}`),
  );
  const named = (key: string): readonly Resource[] => [
    ...(byKey(build).get(key) ?? []),
    ...(byKeyOfAll(context.neighbours ?? none).get(key) ?? []),
  ];
  return build.resources.flatMap((resource) => {
    const { object } = resource;
    if (!referredKinds.has(valueText(object['kind']))) return [];
    const oldName = originalText(resource, ['metadata', 'name']) ?? nameOf(object);
    const namespace = namespaceOf(object);
    const oldNamespace = namespace === '' ? '' : (originalNamespace(resource) ?? namespace);
    const isRenamed = oldName !== nameOf(object);
    if (!isRenamed && oldNamespace === namespace) return [];
    const spaces = isRenamed ? [...new Set([namespace, oldNamespace, ''])] : [oldNamespace];
    const keys = spaces.map((space) => keyOf(object, oldName, space));
    if (keys.some((key) => said.has(key))) return [];
    const takers = keys.flatMap(named);
    const [twin] = takers;
    if (twin === undefined) return [{ resource, oldName, oldNamespace }];
    const birth = birthOf(resource);
    const isTwice = birth !== undefined && takers.every((one) => birthOf(one) === birth);
    return isTwice ? [{ resource, oldName, oldNamespace, twin }] : [];
  });
}

const none: readonly Build[] = [];

const byKey = knownOnce(({ resources }: Build) => byKeyOf(resources));

const byKeyOfAll = knownOnce((builds: readonly Build[]) =>
  byKeyOf(builds.flatMap(({ resources }) => resources)),
);

function byKeyOf(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  return grouped(resources, ({ object }) => keyOf(object, nameOf(object), namespaceOf(object)));
}

function keyOf(object: Mapping, name: string, namespace: string): string {
  return `${valueText(object['kind'])}/${namespace}/${name}`;
}

// A namespace that a transformer set has no earlier layer: then no file can know another one.
function originalNamespace(resource: Resource): string | undefined {
  const text = originalText(resource, ['metadata', 'namespace']);
  return text !== undefined && /^[a-z0-9-]+$/u.test(text) ? text : undefined;
}

/** The file and the entry that an object was first written in. */
function birthOf({ object, origin }: Resource): string | undefined {
  const first: Layer | undefined = layersOf(originOfPart(originOfPart(origin, 'metadata'), 'name'))[0];
  return first === undefined ? undefined : `${first.file} ${valueText(object['kind'])} ${first.text}`;
}

/**
 * Whether an object means the renamed one by its old name: both got the same prefix and suffix, or moved to the same namespace. What
 * kept its name and place means the object that kept its own.
 */
export function belongsTo(renamed: Renamed): (resource: Resource) => boolean {
  const own = changeOf(renamed.resource);
  const namespace = namespaceOf(renamed.resource.object);
  return (resource) => {
    const change = changeOf(resource);
    if (change === '' && own !== '') return renamed.twin === undefined;
    if (change !== own) return false;
    return renamed.twin === undefined || namespaceOf(resource.object) === namespace;
  };
}

/** What stands around the name that files know, `prod-*`; empty where nothing does. */
const changeOf = knownOnce((resource: Resource): string => {
  const name = stableNameOf(resource);
  const original = originalText(resource, ['metadata', 'name']) ?? name;
  const at = name.indexOf(original);
  if (original === name || at < 0) return '';
  return `${name.slice(0, at)}*${name.slice(at + original.length)}`;
});
