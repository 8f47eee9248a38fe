import { type FormatName, formatReport } from './report/format.ts';
import type { Report } from './report/report.ts';
import type { TerminalOptions } from './report/terminal/terminal-options.ts';
import { admit } from './run/admit.ts';
import { lint } from './run/judge.ts';
import { rulePages } from './run/rule-pages.ts';

export type { Diagnostic, ObjectReference, RelatedLocation } from './diagnostic/diagnostic.ts';
export type { Severity } from './diagnostic/severity.ts';
export type { SourceFile } from './diagnostic/source-file.ts';
export type { Span } from './diagnostic/span.ts';
export type { FormatName } from './report/format.ts';
export type {
  BaselineEntry,
  BaselineReport,
  Coverage,
  EnvironmentReport,
  FailOn,
  Finding,
  Known,
  Occurrence,
  Report,
  RootCauseGroup,
  Suppressed,
  Unchecked,
} from './report/report.ts';
export type {
  LimitRangeReport,
  Quantities,
  QuotaReport,
  ResourceReport,
  ResourceSum,
  ServiceResources,
} from './report/resource-report.ts';
export type { TerminalOptions } from './report/terminal/terminal-options.ts';
export type { AdmitOptions, LintOptions } from './run/request.ts';
export { diskFileSystem } from './source/disk.ts';
export type { Entry, EntryKind, FileSystem, ReadFailure } from './source/file-system.ts';
export { memoryFileSystem } from './source/memory.ts';
export type { Load } from './workload/capacity/resource-sums.ts';
export { admit, lint };

const terminalDefaults: TerminalOptions = { colours: false, width: 120, guardCommands: false };

/** The result of `lint` or `admit` in one of the formats of the command line. `terminal` concerns the format of that name only. */
export function report(result: Report, format: FormatName, terminal: Partial<TerminalOptions> = {}): string {
  return formatReport(result, format, {
    pages: format === 'sarif' ? rulePages() : new Map(),
    terminal: { ...terminalDefaults, ...terminal },
  });
}
