import { isSelected } from '../accept/apply-settings.ts';
import { acceptedAbsent } from '../accept/not-judged.ts';
import type { Accepted } from '../accept/settled.ts';
import { policyWords } from '../admit/policy/built-in.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { assembleReport } from '../report/finding/assemble.ts';
import { applyBaseline } from '../report/finding/baseline.ts';
import type { Report } from '../report/report.ts';
import { sha256 } from '../source/sha256.ts';
import { loweredIn } from './deserved-errors.ts';
import { holdsIn } from './holds.ts';
import { judgedObjects } from './judged-objects.ts';
import { cataloguePolicies } from './policy-choice.ts';
import type { Run } from './run.ts';
import { secretsIn } from './secrets.ts';
import type { Found, SettledRun } from './settle.ts';
import { sparedNamespaces } from './spared-namespaces.ts';
import { attribution, uncheckedUnits, unitEvidence } from './unit-report.ts';
import { withoutSchema } from './verdict.ts';

/** What formats draw of a tree beside its findings. */
export type Pictures = Pick<Report, 'environments' | 'parity' | 'resources' | 'ownership' | 'clusters'>;

export const noPictures: Pictures = {
  environments: [],
  parity: [],
  resources: [],
  ownership: [],
  clusters: [],
};

/**
 * Opens what makes the report of what a run found: what stumbled meanwhile is a finding as well, and the same report may be made again
 * with more of it.
 */
export function openAssembly(
  found: Found,
  settled: SettledRun,
  run: Run,
): (pictures: Pictures, stumbles: readonly Diagnostic[]) => Report {
  const { tree, world, knowledge, verdicts } = found;
  const { options, sources, baseline } = run;
  const { units } = tree;
  const coverage = {
    ...tree.coverage,
    notRendered: [...(tree.coverage.notRendered ?? []), ...acceptedAbsent(settled.accepted)],
    leftOut: [...(tree.coverage.leftOut ?? []), ...sparedNamespaces(world)],
  };
  const secrets = secretsIn(
    sources,
    [...settled.diagnostics, ...settled.kept],
    units.map(({ build }) => build),
    tree.found.plainFiles,
  );
  return (pictures, stumbles) => {
    const report = assembleReport({
      ...pictures,
      diagnostics: [...settled.kept, ...stumbles],
      accepted: [...settled.accepted, ...verdicts.flatMap((one) => chosenOf(one.accepted, run))],
      serviceOf: attribution(units),
      ...(options.withEvidence === true ? { evidence: units.flatMap(unitEvidence) } : {}),
      coverage: {
        ...sources.counts,
        ...coverage,
        ...judgedObjects(verdicts, coverage),
        policies: new Set(world.units.flatMap(({ policies }) => policies.map(({ name }) => name))).size,
        ...withoutSchema(verdicts),
      },
      unchecked: run.isConfigured ? uncheckedUnits(units, knowledge.everyPath ? run.asked.paths : []) : [],
      rules: settled.rules,
      policies: cataloguePolicies(
        world.units.filter(({ unit: { id, build } }) => id.role !== 'plain' || build.resources.length > 0),
      ),
      policyWords: policyWords(),
      secrets: secrets.spans,
      secretTexts: secrets.texts,
      openNames: secrets.open,
      ...(run.memory === undefined ? {} : { memory: run.memory }),
      hiddenNames: secrets.names,
      failOn: options.failOn ?? 'error',
      ...(options.minCoverage === undefined ? {} : { minCoverage: options.minCoverage }),
      digest: sha256,
      withFormer: baseline?.entries.some(({ knownAs }) => knownAs === undefined) ?? false,
    });
    const lowered = loweredIn(report.findings);
    return lowered.length === 0 ? report : { ...report, coverage: { ...report.coverage, lowered } };
  };
}

/** The report without what the baseline knows, where there is one. */
export function withoutKnown(report: Report, { knowledge }: Found, { baseline, sources }: Run): Report {
  return baseline === undefined
    ? report
    : applyBaseline(report, baseline, { isLookedFor: knowledge.wouldFind, holds: holdsIn(sources) });
}

/** Of what is accepted where it is found what was asked for. */
function chosenOf(accepted: readonly Accepted[], { selection, configuration }: Run): readonly Accepted[] {
  return accepted.filter(
    ({ diagnostic: { rule } }) =>
      isSelected(rule, selection) && configuration.rules.get(rule)?.severity !== 'off',
  );
}
