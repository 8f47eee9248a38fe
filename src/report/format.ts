import { conciseReport } from './concise.ts';
import type { RulePages } from './explain.ts';
import type { FormatName } from './format-names.ts';
import { type GithubOptions, githubReport } from './github.ts';
import { gitlabReport } from './gitlab.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';
import type { Report } from './report.ts';
import { sarifReport } from './sarif.ts';
import { type TerminalOptions, terminalReport } from './terminal.ts';

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
