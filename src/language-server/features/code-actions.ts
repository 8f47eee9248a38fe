import {
  type CodeAction,
  CodeActionKind,
  ErrorCodes,
  type Range,
  ResponseError,
} from 'vscode-languageserver';
import { grouped } from '../../diagnostic/grouped.ts';
import { acknowledgements, waysToAccept } from '../accepting.ts';
import { type Answering, type Feature, fieldsOf, lacking, ofDocument } from '../feature.ts';
import type { FoundHere } from '../judging/messages.ts';

export const feature: Feature = {
  capabilities: { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix], resolveProvider: true } },
  register(connection, answering) {
    connection.onCodeAction(
      ofDocument(async ({ textDocument: { uri }, range }) => {
        if (answering.finished.folders().length === 0) await answering.settled();
        const document = answering.documents.get(uri);
        const file = document && answering.finished.file(uri, document.getText());
        if (document === undefined || file === undefined) return [];
        const found = file.found.filter((one) => touches(one, range));
        return together([
          ...found.flatMap((one) => fixesOf(one, uri)),
          ...waysToAccept(found, document),
          ...acknowledgements(found, answering.placeOf(uri)),
        ]);
      }, 'range'),
    );
    connection.onCodeActionResolve((action) => resolveFix(answering, action));
  },
};

/** Each edit once, for all findings that it is for: a comment accepts those of several builds. */
function together(actions: readonly CodeAction[]): CodeAction[] {
  const groups = grouped(actions, ({ title, edit, data }) => JSON.stringify([title, edit, data]));
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ ...first, diagnostics: [first, ...others].flatMap(({ diagnostics = [] }) => diagnostics) }],
  );
}

/** What an action is resolved by. */
interface ActionData {
  readonly ask?: 'fix' | 'baseline';
  readonly uri: string;
  readonly fingerprint: string;
}

function isOurs(data: unknown): data is ActionData {
  const { uri, fingerprint } = fieldsOf(data);
  return typeof uri === 'string' && typeof fingerprint === 'string';
}

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
    data: { ask: 'fix', uri, fingerprint },
  };
  return [action];
}

/** The edit of a fix that was chosen: it is proven first, and refused with the reason where it does not hold. */
async function resolveFix(
  { thread, shown }: Answering,
  action: CodeAction,
): Promise<CodeAction | ResponseError<void>> {
  if (!isOurs(action.data)) return lacking('an action that names a finding');
  const { ask, uri, fingerprint } = action.data;
  const answer =
    ask === 'baseline'
      ? await thread.ask({ ask, uri, fingerprint })
      : await thread.ask({ ask: 'fix', uri, fingerprint, ...shown() });
  if ('changes' in answer) return { ...action, edit: { changes: answer.changes } };
  const verb = ask === 'baseline' ? 'accepted' : 'fixed';
  return new ResponseError(ErrorCodes.InvalidRequest, `not ${verb}: ${answer.refused}`);
}
