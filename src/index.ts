import { type FormatName, formatReport } from './report/format.ts';
import type { Report } from './report/report.ts';
import type { TerminalOptions } from './report/terminal/terminal-options.ts';
import { admit as admitWhole } from './run/admit.ts';
import { lint as lintWhole } from './run/judge.ts';
import type { AdmitOptions, LintOptions } from './run/request.ts';
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

/** Checks what is deployed below the given paths: builds it, admits it, and says what is wrong at the line to edit. */
export function lint(options: LintOptions): Report {
  return lintWhole(withFileSystem(options, 'lint'));
}

/** Checks each document as an API server would when it is created or updated: no Kustomize, no rules, no policies. */
export function admit(options: AdmitOptions): Report {
  return admitWhole(withFileSystem(options, 'admit'));
}

/** Whoever calls it without types finds out here what is missing, and not by a property of undefined within. */
function withFileSystem<Options extends { readonly fileSystem: unknown }>(
  options: Options,
  name: string,
): Options {
  if (typeof options?.fileSystem === 'object' && options.fileSystem !== null) return options;
  throw new TypeError(`${name} needs a fileSystem, such as diskFileSystem('.') or memoryFileSystem({})`);
}

const terminalDefaults: TerminalOptions = { colours: false, width: 120, guardCommands: false };

/** The result of `lint` or `admit` in one of the formats of the command line. `terminal` concerns the format of that name only. */
export function report(result: Report, format: FormatName, terminal: Partial<TerminalOptions> = {}): string {
  return formatReport(result, format, {
    pages: format === 'sarif' ? rulePages() : new Map(),
    terminal: { ...terminalDefaults, ...terminal },
  });
}
