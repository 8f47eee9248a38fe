import { listSome } from '../../diagnostic/list-some.ts';
import { plural } from '../../diagnostic/plural.ts';
import { place } from '../finding/place.ts';
import { uncheckedThings } from '../finding/summary-line.ts';
import { coveragePercent } from '../finding/verdict.ts';
import { leftOutLines } from '../left-out.ts';
import { notRenderedByReason } from '../not-rendered.ts';
import { differs } from '../parity-report.ts';
import type { ComparedReport, Report } from '../report.ts';
import { visible } from '../visible.ts';
import type { Paint } from './colour.ts';
import { labelled } from './finding-lines.ts';
import { indented } from './wrap-words.ts';

/** How lines are drawn, and how wide they may be. */
interface Drawn {
  readonly paint: Paint;
  readonly width: number;
}

/** What was looked at, what was not, and what is accepted. */
export function coverageLines(report: Report, { paint, width }: Drawn): string[] {
  const { coverage, environments, exitCode, findings } = report;
  const names = listSome(environments.map(({ name }) => visible(name)));
  const builds = `${plural(coverage.builds, 'build')}${names === '' ? '' : ` (${names})`}`;
  const head = `Covered: ${plural(coverage.filesParsed, 'file')}, ${plural(coverage.documents, 'document')}, ${builds}, ${plural(coverage.objects, 'object')}, ${plural(coverage.policies, 'policy', 'policies')}`;
  const lines = notCovered(report);
  if (lines.length === 0 && exitCode === 0 && findings.length === 0) return [];
  const [first = '', ...others] = indented(head, width, '', '  ');
  return [
    first.replace('Covered:', paint('strong', 'Covered:')),
    ...others,
    ...lines.flatMap((line) => indented(line, width, '  ', '    ')),
  ];
}

/** What was not looked at, or not by all, and what is accepted; nothing where all is checked and counts. */
function notCovered(report: Report): string[] {
  const { coverage, suppressed, baseline, compared, change } = report;
  const lines: string[] = [];
  if (coverage.withoutSchema.length > 0)
    lines.push(
      `no schema, so only policies checked ${plural(coverage.objectsWithoutSchema, 'object')}: ${listSome(coverage.withoutSchema.map(visible))}`,
    );
  if (coverage.tried !== undefined)
    lines.push(
      `components that no environment uses, tried on top of some: ${listSome(coverage.tried.map(visible))}`,
    );
  if (coverage.unlocked !== undefined)
    lines.push(`external sources without a digest in a lock: ${listSome(coverage.unlocked.map(visible))}`);
  lines.push(...leftOutLines(coverage, visible));
  for (const { why, names } of notRenderedByReason(coverage))
    lines.push(
      `deployed, but not rendered here: ${visible(why)} (${names.length}): ${listSome(names.map(visible))}`,
    );
  if (coverage.unresolvedVariables !== undefined && coverage.unresolvedVariables.length > 0)
    lines.push(`variables without a value here: ${listSome(coverage.unresolvedVariables.map(visible))}`);
  lines.push(...suppressedLines(suppressed));
  if (baseline !== undefined)
    lines.push(
      `in the baseline: ${plural(baseline.known.length, 'finding')}; fixed since: ${listSome(baseline.fixed.map(({ rule, file }) => visible(`${rule} in ${file}`))) || 'none'}`,
    );
  if (compared !== undefined) lines.push(...comparedLines(compared));
  if (compared !== undefined && change === undefined)
    lines.push('not part of this run: what the change does to each cluster; run cdb-lint plan');
  return [...lines, ...factLines(report)];
}

/** Findings that somebody accepts; those of third parties are many, and counted. */
function suppressedLines(suppressed: Report['suppressed']): string[] {
  const ofOthers = suppressed.filter(({ reason }) => reason.startsWith('third-party object: '));
  const own = suppressed.filter((one) => !ofOthers.includes(one));
  const more = own.length - mostSuppressed;
  return [
    ...own
      .slice(0, mostSuppressed)
      .map(
        ({ finding, reason }) =>
          `suppressed: ${visible(finding.rule)} at ${place(finding.span)}: ${visible(reason)}`,
      ),
    ...(more > 0 ? [`suppressed: ${more} more`] : []),
    ...(ofOthers.length > 0
      ? [`third-party objects: ${plural(ofOthers.length, 'note')} of policies, not listed`]
      : []),
  ];
}

const mostSuppressed = 20;

/** What a change leaves as it was, and what of the base is gone. */
function comparedLines({ base, before, gone, uncheckedBefore }: ComparedReport): string[] {
  const names = gone.map(({ rule, span }) => visible(`${rule} in ${span.file.path}`));
  return [
    `compared with ${visible(base)}: ${plural(before.length, 'finding')} as before; gone: ${listSome(names) || 'none'}`,
    ...uncheckedBefore.map(
      ({ what, why }) =>
        `not checked, as before, and not affected by the change: ${visible(what)}: ${visible(why)}`,
    ),
  ];
}

/** What is known and not judged, and what environments do not have in common. */
function factLines({ parity, coverage }: Report): string[] {
  const differences = parity.flatMap(({ environments, rows }) => {
    const count = rows.filter(differs).length;
    const names = environments.map(({ name }) => visible(name)).join(' and ');
    return count === 0 ? [] : [`${count} of ${rows.length} safeguards differ between ${names}`];
  });
  const { objectsJudged, objectsKnown } = coverage;
  const share = `fully checked: ${objectsJudged} of ${plural(objectsKnown, 'known object')} (${coveragePercent(coverage)})`;
  return [...(objectsJudged < objectsKnown ? [share] : []), ...differences];
}

type Thing = ReturnType<typeof uncheckedThings>[number];

const mostThings = 10;

function thingWords({ what, whys: [first = '', ...others] }: Thing): string {
  return `${visible(what)}: ${visible(first)}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}

/** Things that findings name are counted by rule, for each is reported there; others are named with their reason. */
function wordsByRule(things: readonly Thing[], findings: Report['findings']): string[] {
  const ruleOf = new Map(findings.map(({ unchecked, rule }) => [unchecked, rule]));
  const byRule = new Map<string, string[]>();
  const others: string[] = [];
  for (const thing of things) {
    const rule = ruleOf.get(thing.what);
    if (rule === undefined) others.push(thingWords(thing));
    else byRule.set(rule, [...(byRule.get(rule) ?? []), visible(thing.what)]);
  }
  const more = others.length - mostThings;
  return [
    ...others.slice(0, mostThings),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...[...byRule].map(([rule, names]) => `${visible(rule)} (${names.length}): ${listSome(names)}`),
  ];
}

const waysOn =
  'fix the build, or list in cdb-lint.yaml copies of remote bases (remotes), what no one deploys (ignore), or what is not here and needs no check (notJudged)';

/** What nobody may take for fine; nothing where all was judged. */
export function uncheckedLines(
  { unchecked, findings, coverage }: Report,
  { paint, width }: Drawn,
  isWhole = true,
): string[] {
  if (unchecked.length === 0) return [];
  const things = uncheckedThings(unchecked);
  // What else is not checked has its help where it is found.
  const isOfBuilds = findings.some((one) => one.unchecked !== undefined && one.entryPoint !== undefined);
  const isEmpty = coverage.objects === 0 && findings.every((one) => one.unchecked === undefined);
  const help = isOfBuilds
    ? waysOn
    : isEmpty
      ? 'use the directory that is deployed: cdb-lint PATH'
      : undefined;
  return [
    paint('error', `Not checked: ${plural(things.length, 'thing')}`),
    ...(isWhole || things.length <= mostThings
      ? things.map(thingWords)
      : wordsByRule(things, findings)
    ).flatMap((words) => indented(words, width, '  ', '    ')),
    ...(help === undefined ? [] : labelled('help:', 'good', help, { paint, width })),
  ];
}
