import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { Severity } from '../diagnostic/severity.ts';
import { impactWords } from '../report/finding/impact.ts';
import type { Finding } from '../report/report.ts';
import { visible } from '../report/visible.ts';
import { rangeOf } from './editor-range.ts';
import { isFile, uriOf, type Workspace } from './workspace.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  note: DiagnosticSeverity.Information,
};

/** The findings of a workspace as diagnostics, by the URI of their file. */
export function diagnosticsByUri(workspace: Workspace): Map<string, Diagnostic[]> {
  const byUri = new Map<string, Diagnostic[]>();
  for (const finding of workspace.judgement.report.findings) {
    if (!isFile(workspace, finding.span.file.path)) continue;
    const uri = uriOf(workspace, finding.span.file.path);
    byUri.set(uri, [...(byUri.get(uri) ?? []), diagnosticOf(finding, workspace)]);
  }
  return byUri;
}

export function diagnosticOf(finding: Finding, workspace: Workspace): Diagnostic {
  const { rule, severity, message, help, span, related } = finding;
  const parts = [message, help, impactWords([finding])].filter((part) => part !== undefined && part !== '');
  return {
    range: rangeOf(span),
    severity: severities[severity],
    source: 'cdb-lint',
    code: visible(rule),
    message: parts.map((part) => visible(part ?? '')).join('\n'),
    relatedInformation: related
      .filter((one) => isFile(workspace, one.span.file.path))
      .map((one) => ({
        location: { uri: uriOf(workspace, one.span.file.path), range: rangeOf(one.span) },
        message: visible(one.message),
      })),
  };
}
