import { addTo, grouped } from '../../diagnostic/grouped.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { isKind } from '../../object/object-field.ts';
import { nameOf } from '../../object/resource.ts';
import { serviceName } from '../../object/service-name.ts';
import { type PodTemplate, podTemplatesOf } from '../pod/pod-template.ts';
import type { NamedEnvironment } from '../surroundings.ts';
import {
  canonicalEnvironment,
  environmentOfPath,
  environmentWord,
  type Rank,
  withoutEnvironment,
} from './environment-name.ts';

/** A build that stands for an environment. */
export interface FamilyMember {
  /** The environment; several clusters of it have the same. */
  readonly name: string;
  /** The same with the cluster where the environment has several: no other member of the family has it. */
  readonly title: string;
  /** The word that names it, e.g. `prod` of `shop-prod`; its objects may carry it in their names. */
  readonly word: string;
  readonly rank: Rank;
  readonly build: Build;
  /** Its workloads by service, under names that are the same in every environment. */
  readonly services: ReadonlyMap<string, readonly PodTemplate[]>;
}

/** Environments of one thing: the same services, built for dev, staging, prod. */
export type Family = readonly FamilyMember[];

/** The families among the builds of a run, each from the first environment that a change reaches to the last. */
export function environmentFamilies(
  builds: readonly Build[],
  environments: readonly NamedEnvironment[],
): readonly Family[] {
  return familiesOf(builds)(environments);
}

const familiesOf = knownOnce((builds: readonly Build[]) =>
  knownOnce((environments: readonly NamedEnvironment[]): readonly Family[] => {
    const placed = builds.flatMap((build) => place(build, environments) ?? []);
    return [...grouped(placed, ({ thing }) => thing).values()]
      .flatMap(paired)
      .map(titled)
      .map((family) => family.filter((one) => family.some((other) => areCounterparts(one, other))))
      .filter((family) => family.length > 1)
      .map((family) => family.toSorted((a, b) => a.rank - b.rank));
  }),
);

/** A build with what its path says: `apps/prod/eu` is the part `/eu` of production of the thing `apps/`. */
interface Placed extends FamilyMember {
  readonly environment: string;
  readonly thing: string;
  /** What is left behind the environment's name, as where an environment has several clusters. */
  readonly part: string;
}

/**
 * Parts of one name belong together. Where all environments but one have a single part it is the counterpart of all of the other's,
 * whatever their names.
 */
function paired(placed: readonly Placed[]): (readonly Placed[])[] {
  const sizes = [...grouped(placed, ({ environment }) => environment).values()].map(({ length }) => length);
  if (sizes.filter((size) => size > 1).length <= 1) return [placed];
  return [...grouped(placed, ({ part }) => part).values()];
}

/** One environment in several parts is told apart by them; the configuration does so itself. */
function titled(family: readonly Placed[]): Placed[] {
  const parts = grouped(family, ({ environment }) => environment);
  return family.map((one) =>
    one.name === one.word && (parts.get(one.environment) ?? []).length > 1
      ? { ...one, title: `${one.name}${one.part}` }
      : one,
  );
}

/** The environment of a build: as configured, or else by a folder's name. */
function place(build: Build, environments: readonly NamedEnvironment[]): Placed | undefined {
  const own = environments.find(({ root }) => root === build.root);
  if (own === undefined && environments.length > 0) return undefined;
  const found = own === undefined ? environmentOfPath(build.root) : environmentWord(own.name);
  const name = own?.name ?? found?.word;
  if (name === undefined) return undefined;
  const word = found?.word ?? name;
  const [thing = '', part = ''] = found?.rest.split('*') ?? [];
  const rank = rankOf(found?.rank ?? 3, own?.production);
  const environment = canonicalEnvironment(word);
  return {
    build,
    name,
    title: name,
    word,
    rank,
    environment,
    thing,
    part,
    services: servicesIn(build, word),
  };
}

function rankOf(custom: Rank, isProduction: boolean | undefined): Rank {
  if (isProduction === undefined) return custom;
  if (isProduction) return 3;
  return custom === 3 ? 2 : custom;
}

function servicesIn(build: Build, word: string): ReadonlyMap<string, readonly PodTemplate[]> {
  const services = new Map<string, PodTemplate[]>();
  for (const template of podTemplatesOf(build)) {
    const name = withoutEnvironment(serviceName(template.resource), word);
    addTo(services, name, template);
  }
  // Nobody sees what a chart makes, but environments of one thing install the same.
  for (const resource of build.resources)
    if (isKind(resource, 'helm.toolkit.fluxcd.io', 'HelmRelease')) {
      const name = withoutEnvironment(nameOf(resource.object), word);
      if (!services.has(name)) services.set(name, []);
    }
  return services;
}

/** Folders side by side may deploy different things: what shares less than half of its services is no counterpart. */
function areCounterparts(one: Placed, other: Placed): boolean {
  if (one.environment === other.environment) return false;
  const shared = [...one.services.keys()].filter((name) => other.services.has(name)).length;
  return shared > 0 && shared * 2 >= Math.min(one.services.size, other.services.size);
}
