import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { withFixes } from '../fix/propose-fix.ts';
import { attempt } from '../object/stumble.ts';
import { clusterGraph } from '../reconcile/graph.ts';
import type { Report } from '../report/report.ts';
import { noPictures, openAssembly, type Pictures, withoutKnown } from './assemble-run.ts';
import { ownershipReports } from './ownership-report.ts';
import { parityReports } from './parity-report.ts';
import { resourceReports } from './resource-report.ts';
import type { Run } from './run.ts';
import type { Found, SettledRun } from './settle.ts';
import { unitReport } from './unit-report.ts';

/** Makes the report of a run: what counts, beside what every format says of the tree. */
export function reportRun(found: Found, settled: SettledRun, run: Run): Report {
  const assemble = openAssembly(found, settled, run);
  const isDrawn = run.options.isOnlyCompared !== true;
  const report = isDrawn ? drawnReport(assemble, found, settled, run) : assemble(noPictures, []);
  return withoutKnown(report, found, run);
}

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

/** The report with its pictures and the fixes that are proposed; what stumbles over one is a finding as well. */
function drawnReport(
  assemble: ReturnType<typeof openAssembly>,
  found: Found,
  settled: SettledRun,
  run: Run,
): Report {
  const { tree, world } = found;
  const stumbles: Diagnostic[] = [];
  const pictures = picturesOf(found, settled, run, stumbles);
  const context = { sources: run.sources, kubernetesVersion: world.kubernetesVersion };
  const known = [...stumbles];
  const proposed = withFixes(assemble(pictures, known), tree.builds, context, stumbles);
  return stumbles.length === known.length
    ? proposed
    : withFixes(assemble(pictures, stumbles), tree.builds, context, []);
}
