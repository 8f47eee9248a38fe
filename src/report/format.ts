import type { RuleUrl } from './docs-url.ts';
import type { RulePages } from './explain.ts';
// Loaded when called: a page is written now and then.
import { htmlReport } from './html/html.ts';
import type { PageOptions } from './html/page-options.ts';
import { type GithubOptions, githubReport } from './machine/github.ts';
import { gitlabReport } from './machine/gitlab.ts';
import { jsonReport } from './machine/json.ts';
import { junitReport } from './machine/junit.ts';
import { sarifReport } from './machine/sarif.ts';
// Loaded when called: a page is written now and then.
import { markdownReport } from './markdown/markdown.ts';
import type { Report } from './report.ts';
import type { RuleFacts } from './rule-fact.ts';
import { conciseReport } from './terminal/concise.ts';
import { terminalReport } from './terminal/terminal.ts';
import type { TerminalOptions } from './terminal/terminal-options.ts';

export interface FormatOptions {
  readonly pages: RulePages;
  readonly facts?: RuleFacts;
  readonly ruleUrl?: RuleUrl;
  readonly terminal: TerminalOptions;
  readonly github?: GithubOptions;
  readonly page?: PageOptions;
}

// A new format has its line here, and everything else in its file.
const formats = {
  terminal: (report, { terminal }) => terminalReport(report, terminal),
  concise: (report, { terminal }) => conciseReport(report, terminal),
  json: jsonReport,
  sarif: (report, { pages, facts, ruleUrl }) => sarifReport(report, pages, facts, ruleUrl),
  junit: junitReport,
  github: (report, { github }) => githubReport(report, github),
  gitlab: gitlabReport,
  markdown: (report, { github, page }) =>
    markdownReport(report, { ...github, ...(page?.urlOf === undefined ? {} : { urlOf: page.urlOf }) }),
  html: (report, { page }) => htmlReport(report, page),
} as const satisfies Readonly<Record<string, (report: Report, options: FormatOptions) => string>>;

export type FormatName = keyof typeof formats;

/** In the order of the help. */
export const formatNames = Object.keys(formats) as FormatName[];

/** The report in one of the formats. */
export function formatReport(report: Report, name: FormatName, options: FormatOptions): string {
  return formats[name](report, options);
}
