import type { Hover } from 'vscode-languageserver';
import type { Span } from '../diagnostic/span.ts';
import { objectReference } from '../object/resource.ts';
import type { RulePages } from '../report/explain.ts';
import { lineColumn } from '../report/finding/line-column.ts';
import { codeSpan } from '../report/markdown/markdown-text.ts';
import type { Finding } from '../report/report.ts';
import { readRulePage } from '../report/rule-page.ts';
import { formatPath, valueAt } from '../source/value.ts';
import { rangeOf } from './editor-range.ts';
import { type ValueAt, valuesAt } from './values-at.ts';
import type { Workspace } from './workspace.ts';

/** What is found at a place, with the rule's page, and what the value there becomes and was made by. */
export function hoverAt(
  workspace: Workspace,
  pages: RulePages,
  path: string,
  offset: number,
): Hover | undefined {
  const { report, builds } = workspace.judgement;
  const found = report.findings.filter(({ span }) => isAt(span, path, offset));
  const values = valuesAt(builds.values(), { path, offset });
  const blocks = [
    ...found.map((finding) => findingText(finding, pages)),
    ...(values.length === 0 ? [] : [valuesText(values, report.secrets)]),
  ];
  if (blocks.length === 0) return undefined;
  const span = found[0]?.span ?? values[0]?.at.span;
  return {
    contents: { kind: 'markdown', value: blocks.join('\n\n---\n\n') },
    ...(span === undefined ? {} : { range: rangeOf(span) }),
  };
}

function isAt({ file, start, end }: Span, path: string, offset: number): boolean {
  return file.path === path && start <= offset && offset <= end;
}

function findingText({ rule, message, help }: Finding, pages: RulePages): string {
  const page = pages.get(rule);
  const { summary, why } = readRulePage(page ?? '');
  return [
    `**${codeSpan(rule)}**: ${codeSpan(message)}`,
    ...(help === undefined ? [] : [`Help: ${codeSpan(help)}`]),
    // Our own words.
    ...[summary, why].filter((text) => text !== ''),
  ].join('\n\n');
}

const shownValues = 10;

function valuesText(values: readonly ValueAt[], secrets: readonly Span[]): string {
  const rows = values.slice(0, shownValues).map((value) => valueText(value, secrets));
  const more = values.length > shownValues ? [`and ${values.length - shownValues} more`] : [];
  return [...rows, ...more].join('\n\n');
}

function valueText({ build, resource, path, steps }: ValueAt, secrets: readonly Span[]): string {
  const { kind, name } = objectReference(resource.object);
  const value = valueAt(resource.object, path);
  const isShown =
    typeof value !== 'object' && kind !== 'Secret' && !steps.some(({ span }) => isSecret(span, secrets));
  const field = formatPath(path);
  const title = [`${kind}/${name}`, ...(field === '' ? [] : [field])].join(' ');
  const layers = steps.map(
    ({ by, span: { file, start } }) =>
      `- ${codeSpan(`${file.path}:${lineColumn(file, start).line}`)} ${codeSpan(by)}`,
  );
  return [
    `${codeSpan(build.root || '.')}: ${codeSpan(isShown ? `${title} = ${String(value)}` : title)}`,
    layers.join('\n'),
  ].join('\n\n');
}

function isSecret({ file, start, end }: Span, secrets: readonly Span[]): boolean {
  return secrets.some((secret) => secret.file.path === file.path && secret.start < end && start < secret.end);
}
