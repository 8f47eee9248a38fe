import {
  type CodeAction,
  CodeActionKind,
  ErrorCodes,
  type Range,
  ResponseError,
} from 'vscode-languageserver';
import type { Answering, Feature } from '../feature.ts';
import type { FoundHere } from '../judging/messages.ts';

export const feature: Feature = {
  capabilities: { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix], resolveProvider: true } },
  register(connection, answering) {
    connection.onCodeAction(async ({ textDocument: { uri }, range }) => {
      if (answering.finished.folders().length === 0) await answering.settled();
      const document = answering.documents.get(uri);
      const file = document && answering.finished.file(uri, document.getText());
      return (file?.found ?? []).filter((one) => touches(one, range)).flatMap((one) => fixesOf(one, uri));
    });
    connection.onCodeActionResolve((action) => resolveFix(answering, action));
  },
};

function touches({ diagnostic: { range: own } }: FoundHere, range: Range): boolean {
  return own.start.line <= range.end.line && range.start.line <= own.end.line;
}

/** The fix of a finding; `data` names the finding, by which the edit is asked for later. */
function fixesOf({ fix, risk, rule, diagnostic, fingerprint }: FoundHere, uri: string): CodeAction[] {
  if (fix === undefined) return [];
  const action: CodeAction = {
    title: risk === undefined ? `${fix} (${rule})` : `${fix} (${rule}; not safe: ${risk})`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred: risk === undefined,
    data: { uri, fingerprint },
  };
  return [action];
}

/** The edit of a fix that was chosen: it is proven first, and refused with the reason where it does not hold. */
async function resolveFix(
  { thread, shown }: Answering,
  action: CodeAction,
): Promise<CodeAction | ResponseError<void>> {
  const { uri, fingerprint } = action.data as { readonly uri: string; readonly fingerprint: string };
  const answer = await thread.ask({ ask: 'fix', uri, fingerprint, ...shown() });
  if ('changes' in answer) return { ...action, edit: { changes: answer.changes } };
  return new ResponseError(ErrorCodes.InvalidRequest, `not fixed: ${answer.refused}`);
}
