import type { CompletionList, InitializeParams, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { proposeTemplateValues } from '../chart/propose-template-values.ts';
import { complete, completePart } from '../completion/complete.ts';
import { type Answering, type Feature, ofDocument } from '../feature.ts';
import { noKnowledge } from '../judging/knowledge.ts';
import { cursorAt } from '../yaml/cursor.ts';

export const feature: Feature = {
  capabilities: { completionProvider: { triggerCharacters: [':', '/', '.', '-', '{', ' ', '"'] } },
  register(connection, answering) {
    connection.onCompletion(
      ofDocument(({ textDocument: { uri }, position }) => {
        const document = answering.documents.get(uri);
        return document === undefined ? null : completionsAt(answering, document, position);
      }, 'position'),
    );
  },
};

/** What may be written at a place, by the text as it is now and what was judged last: nothing is waited for. */
function completionsAt(
  answering: Answering,
  document: TextDocument,
  position: Position,
): CompletionList | null {
  const text = document.getText();
  const offset = document.offsetAt(position);
  const start = { line: position.line, character: 0 };
  const end = { line: position.line + 1, character: 0 };
  const line = {
    before: document.getText({ start, end: position }),
    after: document.getText({ start: position, end }).replace(/\r?\n$/u, ''),
  };
  const place = answering.placeOf(document.uri);
  const snippets = takesSnippets(answering.client());
  const inTemplate = place && proposeTemplateValues(text, offset, line, place);
  if (inTemplate !== undefined) return completePart(position.line, inTemplate, snippets);
  const cursor = cursorAt(text, offset);
  if (cursor === undefined) return null;
  const writing = {
    cursor,
    path: place?.path ?? '',
    files: place?.files,
    knowledge: place?.knowledge ?? noKnowledge,
    rules: [...answering.host.rulePages().keys()],
  };
  return complete(writing, line, snippets);
}

function takesSnippets({ capabilities }: InitializeParams): boolean {
  return capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
}
