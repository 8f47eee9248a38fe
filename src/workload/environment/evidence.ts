import type { Span } from '../../diagnostic/span.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { type Place, spanOfPlace } from '../../object/place.ts';
import type { Resource } from '../../object/resource.ts';
import { serviceName } from '../../object/service-name.ts';
import { isMapping, isSequence, valueAt } from '../../source/value.ts';
import { selectedPods, selectorOf } from '../network/service-pods.ts';
import { containersOf, type PodTemplate, podTemplatesOf } from '../pod/pod-template.ts';
import { safeguards } from './safeguards.ts';

/** Where the values stand that satisfy something, one for each workload or object that has a part in it. */
export interface Evidence {
  readonly name: string;
  readonly spans: readonly Span[];
}

export interface ServiceEvidence {
  readonly service: string;
  /** By the names of the matrix's columns; one without spans has nothing that could be pointed at. */
  readonly criteria: readonly Evidence[];
  readonly safeguards: readonly (Evidence & { readonly holds: boolean })[];
}

/** What the manifests of each service show for the criteria and safeguards. */
export function evidenceOf(build: Build): ServiceEvidence[] {
  const services = new Map<string, PodTemplate[]>();
  for (const template of podTemplatesOf(build)) {
    const name = serviceName(template.resource);
    services.set(name, [...(services.get(name) ?? []), template]);
  }
  return [...services].map(([service, templates]) => ({
    service,
    criteria: Object.entries(evidenceByCriterion).map(([name, find]) => ({
      name,
      spans: spansOf(templates.flatMap((template) => find(template, build))),
    })),
    safeguards: safeguards.map(({ name, find }) => {
      const places = templates.map((template) => find(template, build));
      const found = places.filter((place) => place !== undefined);
      return { name, holds: found.length === places.length, spans: spansOf(found) };
    }),
  }));
}

type Find = (template: PodTemplate, build: Build) => readonly Place[];

const evidenceByCriterion: Readonly<Record<string, Find>> = {
  exists: ({ resource }) => [[resource, 'metadata', 'name']],
  limits: bySafeguards('requests', 'cpu-limit', 'memory-limit'),
  probes: bySafeguards('liveness-probe', 'readiness-probe'),
  stateless: ({ resource, path, spec }) =>
    isSequence(spec['volumes']) ? [[resource, ...path, 'spec', 'volumes']] : [],
  'non-root': bySafeguards('non-root'),
  'read-only': bySafeguards('read-only-root'),
  caps: bySafeguards('capabilities-dropped'),
  seccomp: bySafeguards('seccomp'),
  isolated: bySafeguards('no-privilege-escalation'),
  ClusterIP: (template, build) =>
    servicesBefore(template, build).map((service): Place => {
      const isSaid = valueAt(service.object, ['spec', 'type']) !== undefined;
      return isSaid ? [service, 'spec', 'type'] : [service, 'spec'];
    }),
  image: (template) => containersOf(template).map(({ path }): Place => [template.resource, ...path, 'image']),
  secrets: secretVolumes,
  wired: (template, build) =>
    servicesBefore(template, build).map((service): Place => [service, 'spec', 'selector']),
};

function bySafeguards(...names: readonly string[]): Find {
  const wanted = safeguards.filter(({ name }) => names.includes(name));
  return (template, build) =>
    wanted.flatMap(({ find }) => {
      const place = find(template, build);
      return place === undefined ? [] : [place];
    });
}

/** The Services that send traffic to the pods. */
function servicesBefore(template: PodTemplate, build: Build): readonly Resource[] {
  return trafficOf(build).get(template) ?? [];
}

const trafficOf = knownOnce((build: Build) => {
  const traffic = new Map<PodTemplate, Resource[]>();
  for (const service of build.resources.filter((one) => selectorOf(one) !== undefined))
    for (const template of selectedPods(service, build))
      traffic.set(template, [...(traffic.get(template) ?? []), service]);
  return traffic;
});

function secretVolumes({ resource, path, spec }: PodTemplate): Place[] {
  const volumes = spec['volumes'];
  if (!isSequence(volumes)) return [];
  return volumes.flatMap((volume, index) =>
    isMapping(volume) && isMapping(volume['secret'])
      ? [[resource, ...path, 'spec', 'volumes', index, 'secret', 'secretName'] as const]
      : [],
  );
}

function spansOf(places: readonly Place[]): Span[] {
  const spans = places.flatMap((place) => spanOfPlace(place) ?? []);
  const known = new Map(spans.map((span) => [`${span.file.path}\u0000${span.start}`, span]));
  return [...known.values()];
}
