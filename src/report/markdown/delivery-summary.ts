import type { ObjectReference } from '../../diagnostic/diagnostic.ts';
import type { Severity } from '../../diagnostic/severity.ts';
import type { ServiceEvidence } from '../../workload/environment/evidence.ts';
import type { EvidenceReport } from '../evidence-report.ts';
import { placeOfLine } from '../finding/place.ts';
import { coveragePercent } from '../finding/verdict.ts';
import { leftOutLines } from '../left-out.ts';
import { type Cell, criteriaMatrices, type Matrix } from '../matrix.ts';
import type { OwnershipReport } from '../ownership-report.ts';
import type { Finding, Report, Summary } from '../report.ts';
import { type EarlierRun, trendOf } from '../trend.ts';
import { markdownTable } from './markdown-table.ts';
import { codeCell, codeElement, codeSpan } from './markdown-text.ts';
import { markOf, matrixTable } from './matrix-markdown.ts';
import { differenceTable, parityTable, parityWords } from './parity-markdown.ts';
import { limitRangeTable, quotaTable, resourceTable, serviceResourceTable } from './resource-markdown.ts';
import { trendTable } from './trend-markdown.ts';

/**
 * What the manifests deliver, with the line behind each claim. It holds no date, no time and no count of bytes, so that a committed copy
 * differs only where the manifests do.
 */
export function deliverySummary(report: Report, earlier: readonly EarlierRun[] = []): string {
  const sections = [
    ['# Delivery summary', resultLines(report)],
    ['## Acceptance criteria', criteriaBlocks(report)],
    ['## Resources', resourceBlocks(report)],
    ['## Security', securityBlocks(report)],
    ['## Parity of the environments', parityBlocks(report)],
    ['## Who applies what', ownershipBlocks(report)],
    ['## Coverage', coverageLines(report)],
    ['## Findings', findingLines(report.findings)],
    ['## In the baseline', findingLines(report.baseline?.known.map(({ finding }) => finding) ?? [])],
    ['## As before the change', findingLines(report.compared?.before ?? [])],
    ['## Suppressed', suppressedLines(report)],
    ['## Trend', trendTable(trendOf(earlier, report))],
  ] as const;
  return `${sections
    .filter(([, blocks]) => blocks.length > 0)
    .map(([title, blocks]) => [title, ...blocks].join('\n\n'))
    .join('\n\n')}\n`;
}

const verdicts = {
  0: '✅ Nothing stops the merge.',
  1: '❌ Failed.',
  2: '❔ Not everything could be checked.',
} as const;

function resultLines({ exitCode, summary, environments, coverage }: Report): string[] {
  const { objectsJudged = 0, objectsKnown = 0 } = coverage;
  return [
    'Written by `cdb-lint report` from the manifests; nothing here is written manually.',
    verdicts[exitCode],
    markdownTable(
      ['environments', 'objects known', 'fully checked', 'errors', 'warnings', 'notes', 'suppressed'],
      [
        [
          environments.map(({ name }) => codeCell(name)).join(' ') || '–',
          String(objectsKnown),
          `${objectsJudged} (${coveragePercent(coverage)})`,
          ...(['error', 'warning', 'note'] as const).map((one) => cellOf(one, summary)),
          String(summary.suppressed),
        ],
      ],
    ),
  ];
}

/** Causes, and in brackets the places that they show in where these are more. */
function cellOf(severity: Severity, { places, ...causes }: Summary): string {
  const [number, where] = [causes[severity], places[severity]];
  return number === where ? String(number) : `${number} (${where} places)`;
}

function criteriaBlocks(report: Report): string[] {
  return criteriaMatrices(report).flatMap((matrix) => {
    const { entryPoint, name } = matrix.environment;
    const evidence = report.evidence?.find(
      (one) => one.entryPoint === entryPoint && one.environment === name,
    );
    return [matrixTable(matrix), ...(evidence === undefined ? [] : [evidenceTable(matrix, evidence)])];
  });
}

/** The lines behind each mark of a matrix. */
function evidenceTable({ environment, criteria, rows }: Matrix, { services }: EvidenceReport): string {
  const lines = rows.flatMap(({ service, cells }) => {
    const own = services.find((one) => one.service === service);
    return criteria.map(({ name }, index) => [
      codeCell(service),
      name,
      markOf(cells[index] ?? 'not-judged'),
      own === undefined ? '–' : placesOf(own.criteria, name, cells[index]),
    ]);
  });
  const table = markdownTable(['service', 'criterion', '', 'where'], lines, 4);
  return details(`Evidence for ${codeElement(environment.name)}`, table);
}

/** A mark that no line makes stands for what is not there: nothing mounts a Secret, nothing exposes the service. */
function placesOf(items: ServiceEvidence['criteria'], name: string, cell: Cell | undefined): string {
  const spans = items.find((one) => one.name === name)?.spans ?? [];
  if (spans.length > 0) return [...new Set(spans.map(placeOfLine))].map(codeCell).join(' ');
  return cell === 0 ? 'no manifest contradicts it' : '–';
}

function resourceBlocks({ resources, environments }: Report): string[] {
  if (resources.length === 0) return [];
  const quotas = quotaTable(resources);
  const ranges = limitRangeTable(resources);
  const perService = resources.map((one) => {
    const order = environments.find(({ entryPoint }) => entryPoint === one.entryPoint)?.services ?? [];
    return `### Resources of the services of ${codeSpan(one.environment)}\n\n${serviceResourceTable(one, order)}`;
  });
  const unsure = resources.flatMap(({ environment, perNode, unlimited }) => [
    ...perNode.map(
      (name) => `- ${codeSpan(environment)}: ${codeSpan(name)} has a pod on each node; only one is counted`,
    ),
    ...unlimited.map((name) => `- ${codeSpan(environment)}: ${codeSpan(name)} has no CPU or memory limit`),
  ]);
  return [
    resourceTable(resources),
    ...(quotas === '' ? [] : [`### Against the quotas\n\n${quotas}`]),
    ...(ranges === '' ? [] : [`### Against the limit ranges\n\n${ranges}`]),
    ...perService,
    ...(unsure.length === 0 ? [] : [unsure.join('\n')]),
  ];
}

const securityNames = [
  'non-root',
  'read-only-root',
  'capabilities-dropped',
  'no-privilege-escalation',
  'seccomp',
  'no-token',
  'ingress-policy',
  'egress-policy',
] as const;

function securityBlocks({ evidence = [], environments }: Report): string[] {
  const withServices = evidence.filter(({ services }) => services.length > 0);
  return withServices.map(({ environment, entryPoint, services }) => {
    const order =
      environments.find((one) => one.entryPoint === entryPoint && one.name === environment)?.services ?? [];
    const sorted = services.toSorted((a, b) => order.indexOf(a.service) - order.indexOf(b.service));
    const rows = sorted.map(({ service, safeguards }) => [
      codeCell(service),
      ...securityNames.map((name) => (safeguards.some((one) => one.name === name && one.holds) ? '✅' : '–')),
    ]);
    return `### ${codeSpan(environment)}\n\n${markdownTable(['service', ...securityNames], rows)}`;
  });
}

function parityBlocks({ parity }: Report): string[] {
  return parity.flatMap((one) => {
    const differences = differenceTable(one);
    return [
      `${parityWords(one)}.`,
      parityTable(one),
      ...(differences === '' ? [] : [details('The differences and their lines', differences)]),
    ];
  });
}

function ownershipBlocks({ ownership }: Report): string[] {
  if (ownership.length === 0) return [];
  const rows = ownership.map(({ cluster, alternative, kind, namespace, name, path, objects, complete }) => [
    `${cluster === '' ? '–' : codeCell(cluster)}${alternative === undefined ? '' : `, as an alternative (${codeCell(alternative)})`}`,
    codeCell(`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`),
    path === undefined ? '–' : codeCell(path || '.'),
    complete ? String(objects.length) : `❔ ${objects.length}`,
  ]);
  const lists = ownership
    .filter(({ objects }) => objects.length > 0)
    .map(
      (one) =>
        `- ${codeSpan(ownerWords(one))}: ${one.objects.map((object) => codeSpan(objectWords(object))).join(', ')}`,
    );
  return [
    markdownTable(['cluster', 'applied by', 'path', 'objects'], rows, 3),
    details('Every object', lists.join('\n')),
  ];
}

function ownerWords({ cluster, kind, name }: OwnershipReport): string {
  return `${kind} ${name}${cluster === '' ? '' : ` of ${cluster}`}`;
}

function objectWords({ kind, namespace, name }: ObjectReference): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name || '(unnamed)'}`;
}

function coverageLines({ coverage, unchecked }: Report): string[] {
  const { withoutSchema, notRendered = [], unresolvedVariables = [] } = coverage;
  const lines = [
    ...unchecked.map(({ what, why }) => `- not checked: ${codeSpan(what)}: ${codeSpan(why)}`),
    ...withoutSchema.map((kind) => `- no schema, so only policies checked: ${codeSpan(kind)}`),
    ...notRendered.map((what) => `- deployed, but not rendered here: ${codeSpan(what)}`),
    ...unresolvedVariables.map((name) => `- no value here for the variable ${codeSpan(name)}`),
    ...(coverage.tried ?? []).map(
      (one) => `- component that no environment uses, tried on top of some: ${codeSpan(one)}`,
    ),
    ...(coverage.unlocked ?? []).map(
      (path) => `- external sources without a digest in a lock: ${codeSpan(path)}`,
    ),
    ...leftOutLines(coverage, codeSpan).map((line) => `- ${line}`),
  ];
  return [lines.length === 0 ? 'Everything was checked.' : lines.join('\n')];
}

function findingLines(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const lines = findings.map(
    ({ severity, rule, message, span }) =>
      `- ${severity} ${codeSpan(rule)} at ${codeSpan(placeOfLine(span))}: ${codeSpan(message)}`,
  );
  return [lines.join('\n')];
}

function suppressedLines({ suppressed }: Report): string[] {
  if (suppressed.length === 0) return [];
  const lines = suppressed.map(
    ({ finding: { rule, span }, reason }) =>
      `- ${codeSpan(rule)} at ${codeSpan(placeOfLine(span))}: ${codeSpan(reason)}`,
  );
  return [lines.join('\n')];
}

/** `title` is Markdown of our own. */
function details(title: string, body: string): string {
  return `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
}
