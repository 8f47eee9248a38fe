import { type CodeAction, CodeActionKind, type Range, type TextEdit } from 'vscode-languageserver';
import type { Fix } from '../diagnostic/fix.ts';
import type { Fixable } from '../fix/prove.ts';
import { rangeOf } from './editor-range.ts';
import { diagnosticOf } from './published.ts';
import { uriOf, type Workspace } from './workspace.ts';

/** The fixes of the findings on the lines of a range; `data` names the finding, by which the edit is asked for later. */
export function codeActionsAt(workspace: Workspace, path: string, range: Range): CodeAction[] {
  const { findings } = workspace.judgement.report;
  return findings.flatMap((finding) => {
    const { fix, span, fingerprint } = finding;
    const own = rangeOf(span);
    const isHere =
      span.file.path === path && own.start.line <= range.end.line && range.start.line <= own.end.line;
    if (fix === undefined || !isHere) return [];
    const action: CodeAction = {
      title: `${fix.description} (${finding.rule})`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnosticOf(finding, workspace)],
      isPreferred: true,
      data: { uri: uriOf(workspace, path), fingerprint },
    };
    return [action];
  });
}

/** The finding that an action was made for, where it is still there and still has a fix. */
export function fixableOf({ judgement }: Workspace, fingerprint: unknown): Fixable | undefined {
  const finding = judgement.report.findings.find((one) => one.fingerprint === fingerprint);
  return finding?.fix === undefined ? undefined : { finding, fix: finding.fix };
}

/** The edits by file, as the protocol has them. */
export function workspaceEdit(workspace: Workspace, { edits }: Fix): { changes: Record<string, TextEdit[]> } {
  const changes = new Map<string, TextEdit[]>();
  for (const { span, text } of edits) {
    const uri = uriOf(workspace, span.file.path);
    changes.set(uri, [...(changes.get(uri) ?? []), { range: rangeOf(span), newText: text }]);
  }
  return { changes: Object.fromEntries(changes) };
}
