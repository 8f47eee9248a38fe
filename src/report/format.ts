import type { RulePages } from './explain.ts';
import type { FormatName } from './format-names.ts';
import { htmlReport } from './html/html.ts';
import { type GithubOptions, githubReport } from './machine/github.ts';
import { gitlabReport } from './machine/gitlab.ts';
import { jsonReport } from './machine/json.ts';
import { junitReport } from './machine/junit.ts';
import { sarifReport } from './machine/sarif.ts';
import { markdownReport } from './markdown/markdown.ts';
import type { Report } from './report.ts';
import { conciseReport } from './terminal/concise.ts';
import { type TerminalOptions, terminalReport } from './terminal/terminal.ts';

export interface FormatOptions {
  readonly pages: RulePages;
  readonly terminal: TerminalOptions;
  readonly github?: GithubOptions;
}

/** The report in one of the formats. */
export function formatReport(report: Report, name: FormatName, options: FormatOptions): string {
  switch (name) {
    case 'terminal':
      return terminalReport(report, options.terminal);
    case 'concise':
      return conciseReport(report, options.terminal);
    case 'json':
      return jsonReport(report);
    case 'sarif':
      return sarifReport(report, options.pages);
    case 'junit':
      return junitReport(report);
    case 'github':
      return githubReport(report, options.github);
    case 'gitlab':
      return gitlabReport(report);
    case 'markdown':
      return markdownReport(report, options.github);
    case 'html':
      return htmlReport(report);
  }
}
