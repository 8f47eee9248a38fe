import { isSelected } from '../accept/apply-settings.ts';
import { acceptedAbsent } from '../accept/not-judged.ts';
import type { Accepted } from '../accept/settled.ts';
import { policyWords } from '../admit/policy/built-in.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { withFixes } from '../fix/propose-fix.ts';
import { attempt } from '../object/stumble.ts';
import { clusterGraph } from '../reconcile/graph.ts';
import { assembleReport } from '../report/finding/assemble.ts';
import { applyBaseline } from '../report/finding/baseline.ts';
import type { Report } from '../report/report.ts';
import { sha256 } from '../source/sha256.ts';
import { cataloguePolicies } from './chosen-rules.ts';
import { loweredIn } from './deserved-errors.ts';
import { holdsIn } from './holds.ts';
import { judgedObjects } from './judged-objects.ts';
import { ownershipReports } from './ownership-report.ts';
import { parityReports } from './parity-report.ts';
import { resourceReports } from './resource-report.ts';
import type { Run } from './run.ts';
import { secretsIn } from './secrets.ts';
import type { Found, SettledRun } from './settle.ts';
import { sparedNamespaces } from './spared-namespaces.ts';
import { attribution, uncheckedUnits, unitEvidence, unitReport } from './unit-report.ts';
import { withoutSchema } from './verdict.ts';

/** Of what is accepted where it is found what was asked for. */
function chosenOf(accepted: readonly Accepted[], { selection, configuration }: Run): readonly Accepted[] {
  return accepted.filter(
    ({ diagnostic: { rule } }) =>
      isSelected(rule, selection) && configuration.rules.get(rule)?.severity !== 'off',
  );
}

/** Makes the report of a run: what counts, beside what every format says of the tree. */
export function reportRun(found: Found, settled: SettledRun, run: Run): Report {
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
  const stumbles: Diagnostic[] = [];
  const isDrawn = options.isOnlyCompared !== true;
  const pictures = isDrawn ? picturesOf(found, settled, run, stumbles) : noPictures;
  const assemble = (): Report =>
    assembleReport({
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
      hiddenNames: secrets.names,
      failOn: options.failOn ?? 'error',
      ...(options.minCoverage === undefined ? {} : { minCoverage: options.minCoverage }),
      digest: sha256,
      withFormer: baseline?.entries.some(({ knownAs }) => knownAs === undefined) ?? false,
    });
  const report = withLowered(isDrawn ? fixable(assemble, found, run, stumbles) : assemble());
  return baseline === undefined
    ? report
    : applyBaseline(report, baseline, { isLookedFor: knowledge.wouldFind, holds: holdsIn(sources) });
}

function withLowered(report: Report): Report {
  const lowered = loweredIn(report.findings);
  return lowered.length === 0 ? report : { ...report, coverage: { ...report.coverage, lowered } };
}

type Pictures = Pick<Report, 'environments' | 'parity' | 'resources' | 'ownership' | 'clusters'>;

const noPictures: Pictures = { environments: [], parity: [], resources: [], ownership: [], clusters: [] };

/** What formats draw of a tree beside its findings. */
function picturesOf(
  { tree: { units, builds, clusters }, verdicts }: Found,
  { accepted }: SettledRun,
  { configuration }: Run,
  stumbles: Diagnostic[],
): Pictures {
  return {
    environments: verdicts.flatMap(unitReport),
    parity: attempt({ who: 'the parity of environments' }, stumbles, [], () =>
      parityReports(builds, configuration, accepted),
    ),
    resources: attempt({ who: 'the resources of environments' }, stumbles, [], () => resourceReports(units)),
    ownership: attempt({ who: 'who applies what' }, stumbles, [], () => ownershipReports(clusters, units)),
    clusters: attempt({ who: 'the graph of clusters' }, stumbles, [], () => clusters.map(clusterGraph)),
  };
}

/** The report with the fixes that are proposed; what stumbles over one is a finding as well. */
function fixable(
  assemble: () => Report,
  { tree: { builds }, world: { kubernetesVersion } }: Found,
  { sources }: Run,
  stumbles: Diagnostic[],
): Report {
  const context = { sources, kubernetesVersion };
  const known = stumbles.length;
  const proposed = withFixes(assemble(), builds, context, stumbles);
  return stumbles.length === known ? proposed : withFixes(assemble(), builds, context, []);
}
