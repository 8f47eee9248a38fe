import { newBuildMemory } from '../build/build-memory.ts';
import { uncheckedBy } from '../report/finding/assemble.ts';
import { compareReports, keyOfUnchecked } from '../report/finding/compare.ts';
import type { Report } from '../report/report.ts';
import { rememberFiles } from '../source/remembered-files.ts';
import { evidenceIn } from './base-evidence.ts';
import { holdsIn } from './holds.ts';
import { judge, type RunJudgement } from './judge.ts';
import { type BaseFiles, judgeTwo, type TwoJudgements } from './judge-two.ts';
import { laidDownBy } from './lay-down.ts';
import { reachOfChange } from './reached.ts';
import type { LintOptions } from './request.ts';
import { standInsOf } from './stand-ins.ts';
import { weakenedBy, weakeningsIn } from './weakened.ts';

/** What a change is compared with. */
export interface NamedBase extends BaseFiles {
  /** `4f1c2aa main`, or a directory. */
  readonly name: string;
}

/** A change, judged: both revisions, and what counts of it. */
export interface GatedChange extends TwoJudgements {
  /** Of the head, with the findings that the change brings. */
  readonly report: Report;
}

/**
 * Judges a change. What counts is what the base's configuration, baseline, suppressions and policies say of the head, and what the head's
 * own say beyond that: what a change weakens holds until it is merged, and what it tightens at once.
 */
export function judgeGate(options: LintOptions, base: NamedBase): GatedChange {
  const shared = {
    ...options,
    memory: options.memory ?? newBuildMemory(),
    fileSystem: rememberFiles(() => options.fileSystem),
  };
  const two = judgeTwo(shared, { ...base, isOnlyCompared: true });
  const ways = weakeningsIn(two.base, two.head);
  const standIns = standInsOf(two.base, two.head, base.committed);
  const strict = hasOtherRules(two) || ways.length > 0 ? judgeByBase(shared, two) : undefined;
  const report = compareReports({
    base: two.base.report,
    head: two.head.report,
    ...(strict === undefined ? {} : { strict }),
    weakened: weakenedBy([...ways, ...standIns], two),
    // Without its configuration nothing of the head is judged, whether the base has another one or not.
    isReached: two.head.isConfigured ? reachOfChange(two.base, two.head) : () => true,
    holds: holdsIn(two.head.sources),
    name: base.name,
  });
  return { ...two, report };
}

/** Whether the head may be judged by other rules than those of the base. */
function hasOtherRules({ base, head }: TwoJudgements): boolean {
  return base.configuration !== head.configuration || base.baseline?.file !== head.baseline?.file;
}

/** The head by the rules of its base, without what is said of the configuration itself: the head has its own. */
function judgeByBase(options: LintOptions, { base, head, touched }: TwoJudgements): Report {
  const { touched: _, ...asked } = options;
  const chosen = touched === undefined ? asked : { ...asked, touched };
  const { report } = judge({
    ...chosen,
    paths: pathsOf(head, options),
    laidDown: laidDownBy(base),
    evidence: evidenceIn(base),
  });
  const { file } = base.configuration;
  if (file === undefined) return report;
  const isOfSettings = ({ span }: Report['findings'][number]): boolean => span.file.path === file;
  const findings = report.findings.filter((one) => !isOfSettings(one));
  const hidden = new Set(uncheckedBy(report.findings.filter(isOfSettings)).map(keyOfUnchecked));
  return {
    ...report,
    findings,
    unchecked: report.unchecked.filter((one) => !hidden.has(keyOfUnchecked(one))),
  };
}

/** The paths that the head has. */
export function pathsOf({ sources }: RunJudgement, { paths }: Pick<LintOptions, 'paths'>): string[] {
  return paths.filter((path) => sources.fileSystem.kind(path) !== undefined);
}
