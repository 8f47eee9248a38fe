import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import type { Place } from '../../object/place.ts';
import type { PodTemplate } from '../pod/pod-template.ts';
import type { NamedEnvironment } from '../surroundings.ts';
import { environmentFamilies, type Family, type FamilyMember } from './environment-families.ts';
import {
  type EnvironmentSafeguard,
  environmentSafeguards,
  type Safeguard,
  safeguards,
} from './safeguards.ts';

/** Whether an environment has a safeguard; `absent` where it does not have the service, `unknown` where its build failed. */
export type ParityState = 'has' | 'lacks' | 'absent' | 'unknown';

export interface ParityCell {
  readonly member: FamilyMember;
  readonly state: ParityState;
  /** Where it is set. */
  readonly place?: Place;
  /** The workload that lacks it. */
  readonly lacking?: PodTemplate;
}

/** One safeguard of one service, or of the environment as a whole, in each environment of a family. */
export interface ParityRow {
  readonly service?: string;
  readonly safeguard: Safeguard | EnvironmentSafeguard;
  readonly cells: readonly ParityCell[];
}

export interface Parity {
  readonly family: Family;
  readonly rows: readonly ParityRow[];
}

/** Which safeguards the environments of each family have; a safeguard that none of them has is left out. */
export function parityOf(
  builds: readonly Build[],
  environments: readonly NamedEnvironment[],
): readonly Parity[] {
  return parities(environmentFamilies(builds, environments));
}

const parities = knownOnce((families: readonly Family[]): readonly Parity[] =>
  families.map((family) => {
    const services = new Set(family.toReversed().flatMap((one) => [...one.services.keys()]));
    const rows = [
      ...environmentSafeguards.map((safeguard) => ({
        safeguard,
        cells: family.map((member) => environmentCell(member, safeguard)),
      })),
      ...[...services].flatMap((service) =>
        safeguards.map((safeguard) => ({
          service,
          safeguard,
          cells: family.map((member) => serviceCell(member, service, safeguard)),
        })),
      ),
    ];
    return { family, rows: rows.filter(({ cells }) => cells.some(({ state }) => state === 'has')) };
  }),
);

function environmentCell(member: FamilyMember, safeguard: EnvironmentSafeguard): ParityCell {
  if (!member.build.complete) return { member, state: 'unknown' };
  const place = safeguard.find(member.build);
  return place === undefined ? { member, state: 'lacks' } : { member, state: 'has', place };
}

function serviceCell(member: FamilyMember, service: string, safeguard: Safeguard): ParityCell {
  if (!member.build.complete) return { member, state: 'unknown' };
  const workloads = (member.services.get(service) ?? []).filter(
    ({ resource }) => safeguard.isForServices !== true || runsAllTheTime(resource.object['kind']),
  );
  const [first] = workloads;
  if (first === undefined) return { member, state: 'absent' };
  const lacking = workloads.find((one) => safeguard.find(one, member.build) === undefined);
  if (lacking !== undefined) return { member, state: 'lacks', lacking };
  const place = safeguard.find(first, member.build);
  return { member, state: 'has', ...(place === undefined ? {} : { place }) };
}

function runsAllTheTime(kind: unknown): boolean {
  return kind !== 'Job' && kind !== 'CronJob';
}
