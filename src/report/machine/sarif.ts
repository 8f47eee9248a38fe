import packageJson from '../../../package.json' with { type: 'json' };
import type { ChangeSeverity } from '../../diagnostic/change-severity.ts';
import type { ObjectReference } from '../../diagnostic/diagnostic.ts';
import type { Fix } from '../../diagnostic/fix.ts';
import { plural } from '../../diagnostic/plural.ts';
import type { Severity } from '../../diagnostic/severity.ts';
import type { Span } from '../../diagnostic/span.ts';
import { type ChangeRow, stopsMerge } from '../change-report.ts';
import { docsUrl, type RuleUrl, ruleUrls } from '../docs-url.ts';
import type { RulePages } from '../explain.ts';
import { type Cause, causesOf } from '../finding/cause.ts';
import { shownFix } from '../finding/fix-words.ts';
import { impactWords } from '../finding/impact.ts';
import { lineColumn } from '../finding/line-column.ts';
import { rankFindings } from '../finding/rank.ts';
import { releaseWords } from '../finding/release-words.ts';
import type { Finding, Report } from '../report.ts';
import type { RuleFact, RuleFacts } from '../rule-fact.ts';
import { readRulePage } from '../rule-page.ts';
import { visible } from '../visible.ts';
import { jsonText } from './json-text.ts';

// GitHub keeps the 5,000 gravest results of an upload, refuses one of more than 25,000, and shows 10 tags of a rule and 100 places of a
// result: the rest would be dropped without a word.
const mostResults = 5_000;
const mostTags = 10;
const mostPlaces = 100;
const mostLayers = mostPlaces - 1;

interface Entry {
  readonly finding: Finding;
  /** The cause that it has in common with others. */
  readonly cause?: Cause | undefined;
  readonly baselineState?: 'new' | 'unchanged';
  readonly justification?: string;
}

/** SARIF 2.1.0, one run. What counts comes first, then what a baseline knows, then what is accepted. */
export function sarifReport(
  report: Report,
  pages: RulePages,
  facts: RuleFacts = new Map(),
  ruleUrl = ruleUrls(),
): string {
  const all = entriesOf(report);
  const rows = rowsOf(report).slice(0, mostResults);
  const entries = all.slice(0, mostResults - rows.length);
  const rules = [...new Set(entries.map(({ finding }) => finding.rule))].sort();
  const reasons = [...new Set(rows.map(({ reason }) => reason))].sort();
  return jsonText({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cdb-lint',
            version: packageJson.version,
            semanticVersion: packageJson.version,
            informationUri: docsUrl,
            rules: [
              ...rules.map((rule) => ruleOf(rule, { pages, facts, ruleUrl })),
              ...reasons.map((id) => reasonRule(id, report)),
            ],
          },
        },
        columnKind: 'utf16CodeUnits',
        automationDetails: { id: 'cdb-lint/' },
        invocations: [
          invocationOf(report, all.length - entries.length + rowsOf(report).length - rows.length),
        ],
        results: [
          ...entries.map((entry) => resultOf(entry, rules, report.secrets)),
          ...rows.map((row) => rowResult(row, rules.length + reasons.indexOf(row.reason))),
        ],
      },
    ],
  });
}

function entriesOf(report: Report): Entry[] {
  const { findings, baseline, compared, suppressed } = report;
  const isNew = baseline === undefined && compared === undefined ? {} : ({ baselineState: 'new' } as const);
  const causes = new Map(
    causesOf(report).flatMap((cause) =>
      cause.findings.length === 1 ? [] : cause.findings.map((finding) => [finding, cause] as const),
    ),
  );
  const known = [...(baseline?.known.map(({ finding }) => finding) ?? []), ...(compared?.before ?? [])];
  return [
    ...rankFindings(findings, report).map((finding) => ({ finding, cause: causes.get(finding), ...isNew })),
    ...rankFindings(known, report).map((finding) => ({ finding, baselineState: 'unchanged' as const })),
    ...suppressed.map(({ finding, reason }) => ({ finding, justification: reason })),
  ];
}

interface Known {
  readonly pages: RulePages;
  readonly facts: RuleFacts;
  readonly ruleUrl: RuleUrl;
}

function ruleOf(id: string, { pages, facts, ruleUrl }: Known): object {
  const page = pages.get(id);
  const properties = propertiesOf(facts.get(id));
  if (page === undefined) return { id: visible(id), ...properties };
  const { summary, why, markdown } = readRulePage(page);
  return {
    id,
    shortDescription: { text: summary },
    ...(why === '' ? {} : { fullDescription: { text: why } }),
    helpUri: ruleUrl(id),
    help: { text: why === '' ? summary : `${summary}\n\n${why}`, markdown },
    ...properties,
  };
}

/** What GitHub sorts and filters alerts by: `security-severity` makes "High" of what would else be an "Error". */
function propertiesOf(fact: RuleFact | undefined): object {
  if (fact === undefined) return {};
  const { severity, tags, securitySeverity } = fact;
  return {
    ...(severity === undefined ? {} : { defaultConfiguration: { level: severity } }),
    properties: {
      tags: tags.slice(0, mostTags),
      ...(severity === undefined
        ? {}
        : { 'problem.severity': severity === 'note' ? 'recommendation' : severity }),
      ...(securitySeverity === undefined ? {} : { 'security-severity': securitySeverity.toFixed(1) }),
    },
  };
}

/** GitHub shows a related place only where the message leads there. */
function layersText(related: Finding['related']): string | undefined {
  if (related.length === 0) return undefined;
  const links = related
    .slice(0, mostLayers)
    .map(({ span, message }, index) => linkTo({ span, message }, index + 1));
  const more = related.length > mostLayers ? ` and ${related.length - mostLayers} more` : '';
  return `Layers: ${links.join(', ')}${more}`;
}

function linkTo({ span, message }: Finding['related'][number], id: number): string {
  const { line } = lineColumn(span.file, span.start);
  const where = `${span.file.path}:${line}`;
  return `[${linkText(message === '' ? where : `${message} (${where})`)}](${id})`;
}

/** What else has the same cause: the gravest of it, or how many follow that one. */
function causeText({ finding, cause }: Entry): string | undefined {
  if (cause === undefined) return undefined;
  const [first, ...others] = cause.findings;
  const words = `One cause with ${plural(others.length, 'other finding')}: ${plainText(cause.title)}`;
  if (first === finding) return words;
  const id = Math.min(finding.related.length, mostLayers) + 1;
  return `${words}; the first is at ${linkTo({ span: first.span, message: '' }, id)}`;
}

/** Layers in their order, and last the first finding of the same cause. */
function relatedPlaces({ finding, cause }: Entry): Finding['related'] {
  const layers = finding.related.slice(0, mostLayers);
  const first = cause?.findings[0];
  if (first === undefined || first === finding) return layers;
  return [...layers, { span: first.span, message: 'the first finding of the same cause' }];
}

/** The text of a link, in which brackets are escaped (SARIF 2.1.0, 3.11.6). */
function linkText(text: string): string {
  return plainText(text).replaceAll(/[\\[\]]/gu, (one) => `\\${one}`);
}

function resultOf(entry: Entry, rules: readonly string[], secrets: readonly Span[]): object {
  const { finding, baselineState, justification } = entry;
  const places = relatedPlaces(entry);
  const { rule, severity, message, help, span, related, fingerprint } = finding;
  const impact = impactWords([finding]);
  const fix = shownFix(finding, secrets);
  const release = releaseWords(finding);
  const installed = release === '' ? undefined : `installed by ${release}`;
  const words = [message, help, impact === '' ? undefined : impact, installed]
    .filter((part) => part !== undefined)
    .map((part) => plainText(part));
  const text = [...words, layersText(related), causeText(entry)]
    .filter((part) => part !== undefined)
    .join('\n');
  return {
    ruleId: visible(rule),
    ruleIndex: rules.indexOf(rule),
    level: severity satisfies Severity,
    message: { text },
    locations: [{ physicalLocation: physicalLocation(span), ...logicalLocations(finding) }],
    ...(places.length === 0
      ? {}
      : {
          relatedLocations: places.map((one, index) => ({
            id: index + 1,
            physicalLocation: physicalLocation(one.span),
            message: { text: plainText(one.message) },
          })),
        }),
    ...(fix === undefined ? {} : { fixes: [fixObject(fix)] }),
    // The first is what GitHub tracks alerts by.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, 'cdbLintRootCause/v2': fingerprint },
    ...(baselineState === undefined ? {} : { baselineState }),
    ...(justification === undefined
      ? {}
      : { suppressions: [{ kind: 'external', justification: plainText(justification) }] }),
  };
}

function physicalLocation(span: Span): object {
  return { artifactLocation: { uri: relativeUri(span.file.path) }, region: regionOf(span) };
}

function regionOf({ file, start, end }: Span): object {
  const from = lineColumn(file, start);
  const to = lineColumn(file, Math.max(start, end));
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

/** SARIF 2.1.0, 3.55 to 3.57: per file the stretches that go and what comes in their place. */
function fixObject({ description, edits }: Fix): object {
  const paths = [...new Set(edits.map(({ span }) => span.file.path))];
  return {
    description: { text: plainText(description) },
    artifactChanges: paths.map((path) => ({
      artifactLocation: { uri: relativeUri(path) },
      replacements: edits
        .filter(({ span }) => span.file.path === path)
        .map(({ span, text }) => ({
          deletedRegion: regionOf(span),
          ...(text === '' ? {} : { insertedContent: { text } }),
        })),
    })),
  };
}

function logicalLocations({ occurrences, field }: Finding): object {
  const names = new Set(
    occurrences.flatMap(({ object }) => (object === undefined ? [] : [objectName(object)])),
  );
  if (names.size === 0) return {};
  return {
    logicalLocations: [...names].slice(0, 10).map((name) => ({
      kind: 'resource',
      fullyQualifiedName: plainText(field === undefined || field === '' ? name : `${name}: ${field}`),
    })),
  };
}

function objectName({ kind, namespace, name }: ObjectReference): string {
  return namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}

function invocationOf({ unchecked }: Report, left: number): object {
  const notifications = [
    ...unchecked.map(({ what, why }) => ({
      level: 'error',
      message: { text: plainText(`not checked: ${what}: ${why}`) },
    })),
    ...(left === 0
      ? []
      : [{ level: 'warning', message: { text: `${left} more results are only in the JSON report` } }]),
  ];
  return {
    executionSuccessful: unchecked.length === 0,
    ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
  };
}

/** A viewer takes `[text](target)` in a message for a link (SARIF 2.1.0, 3.11.6). */
function plainText(text: string): string {
  return visible(text).replaceAll('](', '] (');
}

function relativeUri(path: string): string {
  return path
    .replaceAll(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}

const rowLevels: Readonly<Partial<Record<ChangeSeverity, Severity>>> = {
  destroys: 'error',
  breaks: 'error',
  disrupts: 'warning',
};

/** What a change does and a reviewer has to know, at lines of the head. */
function rowsOf({ change }: Report): readonly ChangeRow[] {
  return (change?.rows ?? []).filter(
    (row) => (rowLevels[row.severity] !== undefined || stopsMerge(row)) && row.place !== undefined,
  );
}

function reasonRule(id: string, report: Report): object {
  const row = rowsOf(report).find(({ reason }) => reason === id);
  const why = row?.why ?? '';
  return {
    id: visible(id),
    shortDescription: { text: plainText(why) },
    ...(row?.link === undefined ? {} : { helpUri: row.link }),
  };
}

function rowResult(row: ChangeRow, index: number): object {
  const { reason, severity, title, details, safe, digest, place, acknowledged, protected: kept } = row;
  const span = place?.near ?? place?.span;
  const text = [
    title,
    ...(kept === undefined ? [] : [`protected: ${kept}`]),
    ...details,
    ...safe.map((step, at) => `${at + 1}. ${step.text}`),
  ];
  return {
    ruleId: visible(reason),
    ruleIndex: index,
    level: stopsMerge(row) ? 'error' : (rowLevels[severity] ?? 'note'),
    message: { text: text.map(plainText).join('\n') },
    ...(span === undefined ? {} : { locations: [{ physicalLocation: physicalLocation(span) }] }),
    partialFingerprints: { primaryLocationLineHash: `${digest}:1`, 'cdbLintChange/v1': digest },
    ...(acknowledged === undefined
      ? {}
      : { suppressions: [{ kind: 'external', justification: plainText(acknowledged.reason) }] }),
  };
}
