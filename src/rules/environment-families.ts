import type { Build } from '../build/build.ts';
import { serviceName } from '../build/service-name.ts';
import { environmentOfPath, environmentWord, type Rank, withoutEnvironment } from './environment-name.ts';
import { knownOnce } from './known-once.ts';
import { type PodTemplate, podTemplatesOf } from './pod-template.ts';
import type { RuleEnvironment } from './rule.ts';

/** A build that stands for an environment. */
export interface FamilyMember {
  readonly name: string;
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
  environments: readonly RuleEnvironment[],
): readonly Family[] {
  return familiesOf(builds)(environments);
}

const familiesOf = knownOnce((builds: readonly Build[]) =>
  knownOnce((environments: readonly RuleEnvironment[]): readonly Family[] => {
    const families = new Map<string, FamilyMember[]>();
    for (const build of builds) {
      const placed = place(build, environments);
      if (placed === undefined) continue;
      const { key, ...member } = placed;
      const services = servicesIn(build, member.word);
      families.set(key, [...(families.get(key) ?? []), { ...member, build, services }]);
    }
    return [...families.values()]
      .map((family) => family.filter((one) => family.some((other) => other !== one && isAlike(one, other))))
      .filter((family) => family.length > 1)
      .map((family) => family.toSorted((a, b) => a.rank - b.rank));
  }),
);

interface Placed extends Pick<FamilyMember, 'name' | 'word' | 'rank'> {
  readonly key: string;
}

/** The environment of a build: as configured, or else by a folder's name. */
function place({ root }: Build, environments: readonly RuleEnvironment[]): Placed | undefined {
  const own = environments.find((one) => one.root === root);
  if (own === undefined && environments.length > 0) return undefined;
  const found = own === undefined ? environmentOfPath(root) : environmentWord(own.name);
  if (own === undefined)
    return found && { key: found.rest, name: found.word, word: found.word, rank: found.rank };
  const rank = found?.rank ?? 3;
  const said = own.production === true ? 3 : own.production === false ? earlier(rank) : rank;
  return { key: found?.rest ?? '*', name: own.name, word: found?.word ?? own.name, rank: said };
}

function earlier(rank: Rank): Rank {
  return rank === 3 ? 2 : rank;
}

function servicesIn(build: Build, word: string): ReadonlyMap<string, readonly PodTemplate[]> {
  const services = new Map<string, PodTemplate[]>();
  for (const template of podTemplatesOf(build)) {
    const name = withoutEnvironment(serviceName(template.resource.object), word);
    const known = services.get(name);
    if (known === undefined) services.set(name, [template]);
    else known.push(template);
  }
  return services;
}

/** Folders side by side may deploy different things: what shares less than half of its services is no counterpart. */
function isAlike({ services: own }: FamilyMember, { services: others }: FamilyMember): boolean {
  const shared = [...own.keys()].filter((name) => others.has(name)).length;
  return shared > 0 && shared * 2 >= Math.min(own.size, others.size);
}
