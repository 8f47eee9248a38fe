import { plural } from '../../diagnostic/plural.ts';
import type { Span } from '../../diagnostic/span.ts';
import { criteria } from '../criteria.ts';
import { ruleUrls } from '../docs-url.ts';
import { type Cause, causesOf } from '../finding/cause.ts';
import { environmentNames, environmentsOf } from '../finding/environment-names.ts';
import { impactWords } from '../finding/impact.ts';
import { objectLabel } from '../finding/object-label.ts';
import { place } from '../finding/place.ts';
import { rankFindings } from '../finding/rank.ts';
import { releaseWords } from '../finding/release-words.ts';
import type { EnvironmentReport, Finding, Report } from '../report.ts';
import { filterPart } from './filter.ts';
import { framePart } from './frame.ts';
import { type Html, html, withCode } from './html-text.ts';
import type { PageOptions } from './page-options.ts';

/** From here on findings are closed, and their layers are places without frames, so that a page of ten thousand stays quick. */
const mostOpen = 40;
const mostFrames = 500;

/** The findings, what is worth a reader's attention first, with filters and an address for each. */
export function findingsPart(report: Report, options: PageOptions = {}): Html {
  const { findings } = report;
  if (findings.length === 0) return html`<h2 id="findings">Findings</h2>\n<p class="good">No findings.</p>\n`;
  const seen = new Set<string>();
  let count = 0;
  const item = (finding: Finding, isMember: boolean): Html => {
    const isAddressed = !seen.has(finding.fingerprint);
    seen.add(finding.fingerprint);
    return findingItem(finding, report, { index: count++, isAddressed, isMember, options });
  };
  const items = causesOf({ ...report, findings: rankFindings(findings, report) }).map((cause) =>
    cause.findings.length === 1
      ? item(cause.findings[0], false)
      : causeItem(
          cause,
          report,
          cause.findings.map((one) => item(one, true)),
        ),
  );
  const { part, classes } = filterPart(report);
  return html`<h2 id="findings">Findings</h2>
${part}
<div class="${['findings', ...classes].join(' ')}">
${items}</div>
`;
}

/** A cause with its members folded: it shows where one of them does, whatever they are filtered by. */
function causeItem({ title, findings }: Cause, { environments }: Report, members: readonly Html[]): Html {
  const [{ severity }] = findings;
  const isOneSeverity = findings.every((one) => one.severity === severity);
  const classes = new Set([
    'cause',
    ...(isOneSeverity ? [severity] : []),
    ...findings.flatMap((one) => environmentClasses(one, environments)),
  ]);
  const criterionClasses = new Set(findings.map(({ rule }) => criterionClass(rule)));
  const rules = [...new Set(findings.map(({ rule }) => rule))].map((rule) => html`<code>${rule}</code> `);
  return html`<article class="${[...classes].join(' ')}"><details class="${[severity, ...criterionClasses].join(' ')}"><summary>${severity}: <h3>${title}</h3> <span class="soft">(${plural(findings.length, 'finding')})</span><p>${rules}</p></summary>
${members}</details></article>
`;
}

interface Position {
  readonly index: number;
  /** Two severities of one root cause share a fingerprint; the first has the address. */
  readonly isAddressed: boolean;
  /** Of a cause, in which it stands closed. */
  readonly isMember: boolean;
  readonly options: PageOptions;
}

function findingItem(finding: Finding, report: Report, position: Position): Html {
  const { index, isAddressed, isMember, options } = position;
  const { rule, severity, message, span, fingerprint, occurrences } = finding;
  const names = environmentNames(occurrences, report.environments);
  const where =
    names.length === 0
      ? ''
      : names.length > mostNamed
        ? ` in ${names.length} environments`
        : ` in ${names.join(', ')}`;
  const owners = options.ownersOf?.(span.file.path) ?? [];
  const [environment = ''] = names;
  const id = isAddressed ? html` id="${fingerprint}"` : html``;
  const open = index < mostOpen && !isMember ? html` open` : html``;
  return html`<article class="${[severity, ...environmentClasses(finding, report.environments)].join(' ')}" data-r="${rule}" data-f="${span.file.path}" data-e="${names.length > 1 ? 'several environments' : environment}"${owners.length === 0 ? html`` : html` data-o="${owners.join(' ')}"`}><details class="${severity} ${criterionClass(rule)}"${open}><summary>${severity}: <h3>${withCode(message)}</h3><p><code>${rule}</code> at ${placePart(span)}${where}</p></summary>
<div class="body"${id}>${framePart(span, report.secrets)}${aboutPart(finding)}${line('Owned by ', owners.join(', '))}${names.length > mostNamed ? line('In ', names.join(', ')) : html``}${layersPart(finding, { secrets: report.secrets, hasFrames: index < mostFrames, options })}${linksPart(finding, options)}</div></details></article>
`;
}

/** What the filters go by: environments and the criterion by their place in the report. */
function environmentClasses({ occurrences }: Finding, environments: readonly EnvironmentReport[]): string[] {
  return environmentsOf(occurrences, environments).map((place) => `e${place}`);
}

function criterionClass(rule: string): string {
  const index = criteria.findIndex(({ rules }) => rules.includes(rule));
  return `c${index < 0 ? criteria.length : index}`;
}

function aboutPart(finding: Finding): Html {
  const { object, field, help, unchecked } = finding;
  const impact = impactWords([finding]);
  const path = field === undefined || field === '' ? '' : ` ${field}`;
  const about = object === undefined ? '' : `${objectLabel(object)}${path}`;
  return html`${line('', about)}${line('Installed by ', releaseWords(finding))}${line('', impact)}${line('Help: ', help)}${line('Not checked because of this: ', unchecked)}`;
}

function line(title: string, text: string | undefined): Html {
  return text === undefined || text === '' ? html`` : html`<p>${title}${withCode(text)}</p>`;
}

/** As many environments are named; more are counted, and named inside. */
const mostNamed = 3;

function placePart(span: Span): Html {
  return html`<span class="place">${place(span)}</span>`;
}

/** A link would open instead of the finding where it stood in its summary. */
function linkedPlace(span: Span, { urlOf }: PageOptions): Html {
  const url = urlOf?.(span);
  return url === undefined ? placePart(span) : html`<a href="${url}" rel="noreferrer">${placePart(span)}</a>`;
}

function linksPart({ rule, span, fingerprint }: Finding, options: PageOptions): Html {
  const url = options.urlOf?.(span);
  const forge = url === undefined ? html`` : html`<a href="${url}" rel="noreferrer">${place(span)}</a>, `;
  return html`<p class="soft">${forge}<a href="${(options.ruleUrl ?? ruleUrls())(rule)}" rel="noreferrer">the rule ${rule}</a>, <a href="#${fingerprint}">this finding</a>, or <code>cdb-lint explain ${fingerprint}</code><button type="button" class="copy" aria-label="Copy the command">Copy</button></p>`;
}

interface LayerOptions {
  readonly secrets: readonly Span[];
  readonly hasFrames: boolean;
  readonly options: PageOptions;
}

function layersPart({ related, span }: Finding, { secrets, hasFrames, options }: LayerOptions): Html {
  if (related.length === 0) return html``;
  const items = related.map(
    (layer) =>
      html`<li>${withCode(layer.message)}: ${linkedPlace(layer.span, options)}${hasFrames ? framePart(layer.span, secrets) : html``}</li>\n`,
  );
  return html`<details><summary>Set by (${related.length + 1} layers)</summary><ol>
${items}<li>effective value, shown above: ${linkedPlace(span, options)}</li></ol></details>`;
}
