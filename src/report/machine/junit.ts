import { environmentsOf } from '../finding/environment-names.ts';
import { lineColumn } from '../finding/line-column.ts';
import { releaseWords } from '../finding/release-words.ts';
import { counts } from '../finding/verdict.ts';
import type { EnvironmentReport, Finding, Report } from '../report.ts';
import { visible } from '../visible.ts';
import { element, text } from './xml.ts';

// Test reports are read as a whole: GitLab takes 30 MB and 250,000 nodes of a file, and 600 builds by 200 rules would be more than that.
const mostPassed = 10_000;

/**
 * JUnit XML: one suite an environment and one for what belongs to none. A rule that finds nothing is a test that passes; a
 * finding is a test of its own, which fails where it fails the run.
 */
export function junitReport(report: Report): string {
  const passed = report.rules.length * report.environments.length > mostPassed ? passedTogether : passedEach;
  const suites = [
    ...partsOf(report).map((part, place) =>
      environmentSuite(part, report.environments[place] as EnvironmentReport, passed),
    ),
    repositorySuite(report),
  ].filter((suite) => suite.cases.length > 0);
  const body = element(
    'testsuites',
    { name: 'cdb-lint', ...totals(suites.flatMap(({ cases }) => cases)) },
    suites.map(({ name, cases }) =>
      element(
        'testsuite',
        { name, ...totals(cases) },
        cases.map(({ xml }) => xml),
      ),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`;
}

type Outcome = 'passed' | 'failed' | 'skipped' | 'error';

interface TestCase {
  readonly outcome: Outcome;
  readonly xml: string;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly TestCase[];
}

function totals(cases: readonly TestCase[]): Readonly<Record<string, number>> {
  const of = (outcome: Outcome): number => cases.filter((one) => one.outcome === outcome).length;
  return { tests: cases.length, failures: of('failed'), errors: of('error'), skipped: of('skipped') };
}

function environmentSuite(
  report: Report,
  environment: EnvironmentReport,
  passed: (suite: string, rules: readonly string[]) => TestCase[],
): Suite {
  const { complete } = environment;
  const name = visible(environment.name);
  const cases = findingCases(report, name);
  const broken = new Set(report.findings.map(({ rule }) => rule));
  if (!complete) return { name, cases: [...cases, incompleteCase(name)] };
  const clean = report.rules.filter((rule) => !broken.has(rule));
  return { name, cases: [...cases, ...passed(name, clean)] };
}

function repositorySuite(report: Report): Suite {
  const name = 'repository';
  const [own] = split(report, 1, ({ occurrences }) =>
    occurrences.every(({ entryPoint }) => entryPoint === undefined) ? [0] : [],
  );
  const cases = findingCases(own ?? report, name);
  const unchecked = report.unchecked.map(({ what, why }): TestCase => {
    const xml = element('testcase', { classname: name, name: `not checked: ${visible(what)}` }, [
      element('error', { message: visible(why) }),
    ]);
    return { outcome: 'error', xml };
  });
  return { name, cases: [...cases, ...unchecked] };
}

/** What the report says of each environment. */
function partsOf(report: Report): Report[] {
  const { environments } = report;
  return split(report, environments.length, ({ occurrences }) => environmentsOf(occurrences, environments));
}

/** The report in so many parts, of which each finding says in which it is. */
function split(report: Report, count: number, placesOf: (finding: Finding) => readonly number[]): Report[] {
  const divide = <Item>(items: readonly Item[], findingOf: (item: Item) => Finding): Item[][] => {
    const parts = Array.from({ length: count }, (): Item[] => []);
    for (const item of items) for (const place of placesOf(findingOf(item))) parts[place]?.push(item);
    return parts;
  };
  const { baseline, compared } = report;
  const findings = divide(report.findings, (one) => one);
  const suppressed = divide(report.suppressed, ({ finding }) => finding);
  const known = divide(baseline?.known ?? [], ({ finding }) => finding);
  const before = divide(compared?.before ?? [], (one) => one);
  return findings.map((own, place) => ({
    ...report,
    findings: own,
    suppressed: suppressed[place] ?? [],
    ...(baseline === undefined ? {} : { baseline: { ...baseline, known: known[place] ?? [] } }),
    ...(compared === undefined ? {} : { compared: { ...compared, before: before[place] ?? [] } }),
  }));
}

function findingCases(report: Report, name: string): TestCase[] {
  const suite = { name, cases: new Map<string, number>() };
  const { findings, suppressed, baseline, compared, failOn } = report;
  return [
    ...findings.map((one) => (counts(one.severity, failOn) ? failed(suite, one) : remarked(suite, one))),
    ...(baseline?.known ?? []).map(({ finding, since }) => skipped(suite, finding, `known since ${since}`)),
    ...(compared?.before ?? []).map((finding) => skipped(suite, finding, `as in ${compared?.base}`)),
    ...suppressed.map(({ finding, reason }) => skipped(suite, finding, `suppressed: ${reason}`)),
  ];
}

/** A suite while its cases are made: of two with one name a reader drops the second. */
interface OpenSuite {
  readonly name: string;
  readonly cases: Map<string, number>;
}

function failed(suite: OpenSuite, finding: Finding): TestCase {
  const { message, severity } = finding;
  const failure = element('failure', { message: visible(message), type: severity }, [text(details(finding))]);
  return { outcome: 'failed', xml: testCase(suite, finding, failure) };
}

function remarked(suite: OpenSuite, finding: Finding): TestCase {
  const words = `${finding.severity}: ${details(finding)}`;
  return { outcome: 'passed', xml: testCase(suite, finding, element('system-out', {}, [text(words)])) };
}

function skipped(suite: OpenSuite, finding: Finding, why: string): TestCase {
  return {
    outcome: 'skipped',
    xml: testCase(suite, finding, element('skipped', { message: visible(why) })),
  };
}

function passedEach(suite: string, rules: readonly string[]): TestCase[] {
  return rules.map((rule) => passedCase(suite, visible(rule)));
}

function passedTogether(suite: string, rules: readonly string[]): TestCase[] {
  return rules.length === 0 ? [] : [passedCase(suite, 'rules that find nothing')];
}

function passedCase(suite: string, name: string): TestCase {
  return { outcome: 'passed', xml: element('testcase', { classname: suite, name }) };
}

function incompleteCase(suite: string): TestCase {
  const error = element('error', {
    message: 'the build is not complete, so its objects were not all checked',
  });
  return { outcome: 'error', xml: element('testcase', { classname: suite, name: 'build' }, [error]) };
}

function testCase(suite: OpenSuite, { rule, span }: Finding, content: string): string {
  const { line } = lineColumn(span.file, span.start);
  const file = visible(span.file.path);
  const words = `${visible(rule)} ${file}:${line}`;
  const count = (suite.cases.get(words) ?? 0) + 1;
  suite.cases.set(words, count);
  const name = count === 1 ? words : `${words} (${count})`;
  return element('testcase', { classname: suite.name, name, file, line }, [content]);
}

function details(finding: Finding): string {
  const { message, help, span, object, field } = finding;
  const release = releaseWords(finding);
  const { line, column } = lineColumn(span.file, span.start);
  const about = object === undefined ? undefined : `${object.kind} ${object.name}`;
  return [
    message,
    `${span.file.path}:${line}:${column}`,
    ...(about === undefined ? [] : [field === undefined ? about : `${about}: ${field}`]),
    ...(release === '' ? [] : [`installed by ${release}`]),
    ...(help === undefined ? [] : [`help: ${help}`]),
  ]
    .map(visible)
    .join('\n');
}
