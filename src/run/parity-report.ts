import type { Configuration } from '../configuration/configuration.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Build } from '../object/build.ts';
import { spanOfPlace } from '../object/place.ts';
import type { ParityReport } from '../report/parity-report.ts';
import { type Parity, type ParityCell, type ParityRow, parityOf } from '../workload/environment/parity.ts';

type Accepted = readonly { readonly diagnostic: Diagnostic; readonly reason: string }[];

/** The safeguards of the environments next to each other, with the differences that somebody approved. */
export function parityReports(
  builds: readonly Build[],
  { environments }: Configuration,
  accepted: Accepted,
): ParityReport[] {
  const reasons = new Map(
    accepted.flatMap(({ diagnostic: { difference, entryPoint }, reason }) =>
      difference === undefined ? [] : [[keyOf(difference.property, difference.service, entryPoint), reason]],
    ),
  );
  return parityOf(builds, environments)
    .filter(({ rows }) => rows.length > 0)
    .map((parity) => reportOf(parity, reasons));
}

function reportOf({ family, rows }: Parity, reasons: ReadonlyMap<string, string>): ParityReport {
  return {
    environments: family.map(({ title, build }) => ({ name: title, entryPoint: build.root })),
    rows: rows.map(({ service, safeguard, cells }) => ({
      ...(service === undefined ? {} : { service }),
      property: safeguard.name,
      cells: cells.map((cell) => cellOf(cell, { service, safeguard }, reasons)),
    })),
  };
}

function cellOf(
  { state, place, member }: ParityCell,
  { service, safeguard }: Pick<ParityRow, 'safeguard'> & { readonly service: string | undefined },
  reasons: ReadonlyMap<string, string>,
): ParityReport['rows'][number]['cells'][number] {
  const span = place && spanOfPlace(place);
  const approved = reasons.get(keyOf(safeguard.name, service, member.build.root));
  return {
    state,
    ...(span === undefined ? {} : { span }),
    ...(approved === undefined ? {} : { approved }),
  };
}

function keyOf(property: string, service: string | undefined, entryPoint: string | undefined): string {
  return JSON.stringify([property, service ?? null, entryPoint ?? null]);
}
