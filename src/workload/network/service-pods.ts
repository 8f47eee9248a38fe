import type { Build } from '../../object/build.ts';
import { knownBeside, knownOnce } from '../../object/known-once.ts';
import { matchesPairs, pairKeys } from '../../object/label-match.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { isMapping, type Mapping, newMapping, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { meet } from '../cluster-objects.ts';
import { openLabelIndex } from '../pod/label-index.ts';
import { type PodTemplate, podTemplatesOf } from '../pod/pod-template.ts';
import type { Surroundings } from '../surroundings.ts';

/** The selector of a Service that sends its traffic to pods; undefined for any other object. */
export function selectorOf({ object }: Resource): Mapping | undefined {
  if (object['kind'] !== 'Service' || object['apiVersion'] !== 'v1') return undefined;
  const selector = valueAt(object, ['spec', 'selector']);
  if (valueAt(object, ['spec', 'type']) === 'ExternalName') return undefined;
  return isMapping(selector) && Object.keys(selector).length > 0 ? selector : undefined;
}

/** The pod templates that a Service's selector matches, in its build or else in those beside it; the same list for the same selector. */
export function selectedPods(
  service: Resource,
  build: Build,
  context: Pick<Surroundings, 'neighbours'> = {},
): readonly PodTemplate[] {
  const selector = selectorOf(service);
  if (selector === undefined) return none;
  const namespace = namespaceOf(service.object);
  const own = podsOfBuild(build)(selector, namespace);
  if (own.length > 0) return own;
  const { neighbours } = context;
  return neighbours === undefined ? own : podsOfAll(neighbours)(selector, namespace);
}

const none: readonly PodTemplate[] = [];

type FindPods = (selector: Mapping, namespace: string) => readonly PodTemplate[];

const podsOfBuild = knownOnce((build: Build) => finderOf(podTemplatesOf(build)));
const podsOfAll = knownOnce((builds: readonly Build[]) => finderOf(builds.flatMap(podTemplatesOf)));

/** Finds templates by the pair of a selector that the fewest of them have. */
function finderOf(templates: readonly PodTemplate[]): FindPods {
  const candidatesFor = openLabelIndex(templates);
  const found = new Map<string, readonly PodTemplate[]>();
  return (selector, namespace) => {
    const key = JSON.stringify([namespace, ...pairKeys(selector).sort()]);
    const known = found.get(key);
    if (known !== undefined) return known;
    const isOfOnePod = Object.keys(selector).some((name) => labelsOfOnePod.has(name));
    const candidates = isOfOnePod ? templates : candidatesFor(selector);
    const pods = candidates.filter(
      (template) =>
        meet(namespace, template.namespace) && matchesPairs(plain(selector, template), template.labels),
    );
    found.set(key, pods);
    return pods;
  };
}

const labelsOfOnePod: ReadonlySet<string> = new Set([
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
]);

// One pod of a stateful set is selected by labels that its controller writes.
function plain(selector: Mapping, { resource }: PodTemplate): Mapping {
  if (resource.object['kind'] !== 'StatefulSet') return selector;
  const rest = newMapping();
  for (const key of Object.keys(selector)) {
    const value = selector[key] ?? null;
    const isPod =
      key === 'statefulset.kubernetes.io/pod-name' &&
      valueText(value).startsWith(`${nameOf(resource.object)}-`);
    if (!isPod && key !== 'apps.kubernetes.io/pod-index') rest[key] = value;
  }
  return rest;
}

const servedBeside = knownBeside<Build, ReadonlyMap<Resource, readonly Resource[]>>();

/**
 * For each pod of a build and those beside it two of the Services that are as asked and select it: enough to know whether another one does.
 */
export function servicesOfPods(
  build: Build,
  { neighbours }: Pick<Surroundings, 'neighbours'>,
  isAsAsked: (service: Resource) => boolean,
): ReadonlyMap<Resource, readonly Resource[]> {
  return servedBeside(build, [neighbours], () => {
    const bySelection = new Map<readonly PodTemplate[], Resource[]>();
    for (const service of build.resources) {
      const pods = selectedPods(service, build, neighbours === undefined ? {} : { neighbours });
      const known = bySelection.get(pods) ?? [];
      bySelection.set(pods, known);
      if (pods.length > 0 && known.length < 2 && isAsAsked(service)) known.push(service);
    }
    const byPod = new Map<Resource, Resource[]>();
    for (const [pods, services] of bySelection)
      for (const { resource } of pods) {
        const known = byPod.get(resource) ?? [];
        byPod.set(resource, known);
        if (known.length < 2) known.push(...services);
      }
    return byPod;
  });
}
