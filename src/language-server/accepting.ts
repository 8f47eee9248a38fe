import { type CodeAction, CodeActionKind, type Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { configurationNames } from '../configuration/configuration-names.ts';
import { directoriesAbove } from '../source/path.ts';
import type { FilePlace } from './feature.ts';
import { urlOf } from './file-url.ts';
import type { FoundHere } from './judging/messages.ts';
import { nodesOf } from './yaml/cursor.ts';
import { linesOf, outlineOf } from './yaml/outline.ts';
import { childAt } from './yaml/outline-node.ts';

/** What accepts a finding: a comment, whose reason is to be written, and the baseline that the configuration names. */
export function waysToAccept(found: FoundHere, document: TextDocument): CodeAction[] {
  const { accept, rule, diagnostic, fingerprint } = found;
  const actions: CodeAction[] = [];
  if (accept.includes('comment')) {
    const newText = `${' '.repeat(indentOf(document, diagnostic.range.start))}# cdb-lint-ignore ${rule} -- \n`;
    const at = { line: commentLine(document, diagnostic.range.start), character: 0 };
    actions.push({
      title: `accept ${rule} here, for a reason that you write`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      edit: { changes: { [document.uri]: [{ range: { start: at, end: at }, newText }] } },
    });
  }
  if (accept.includes('baseline'))
    actions.push({
      title: `add ${rule} to the baseline`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      data: { ask: 'baseline', uri: document.uri, fingerprint },
    });
  return actions;
}

/** Above the line; above the whole text where the line is of one, since a comment there would be part of it. */
function commentLine(document: TextDocument, { line }: Position): number {
  const { root } = outlineOf(linesOf(document.getText()));
  const text = nodesOf(root).find(
    ({ block }) => block !== undefined && block.first <= line && line <= block.last,
  );
  return text?.line ?? line;
}

function indentOf(document: TextDocument, position: Position): number {
  const line = commentLine(document, position);
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  return Math.max(text.search(/\S/u), 0);
}

/** An entry of cdb-lint.yaml that says that a consequence is meant; why is to be written. */
export function acknowledgement(
  { digest, rule, diagnostic }: FoundHere,
  place: FilePlace | undefined,
): CodeAction[] {
  if (digest === undefined || place === undefined) return [];
  const { files, url, path } = place;
  const folders = directoriesAbove(path).reverse();
  const named = folders.flatMap((folder) =>
    configurationNames.map((name) => (folder === '' ? name : `${folder}/${name}`)),
  );
  const file = named.find((one) => files.kind(one) === 'file');
  const bytes = file === undefined ? 'missing' : files.read(file);
  const text = typeof bytes === 'string' ? '' : new TextDecoder().decode(bytes);
  const uri = urlOf(url, file ?? 'cdb-lint.yaml');
  const edit = { range: rangeFor(text), newText: entryFor(text, rule, digest) };
  const documentChanges = [
    ...(file === undefined ? [{ kind: 'create' as const, uri, options: { ignoreIfExists: true } }] : []),
    { textDocument: { uri, version: null }, edits: [edit] },
  ];
  return [
    {
      title: `acknowledge ${rule} in cdb-lint.yaml, for a reason that you write`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      edit: { documentChanges },
    },
  ];
}

function rangeFor(text: string): { readonly start: Position; readonly end: Position } {
  const list = childAt(outlineOf(linesOf(text)).root, 'acknowledged');
  const lines = text.split('\n');
  const last = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  const at = list === undefined ? last : { line: list.line + 1, character: 0 };
  return { start: at, end: at };
}

function entryFor(text: string, rule: string, digest: string): string {
  const entry = `  - rule: ${rule}\n    digest: ${digest}\n    reason: ""\n`;
  const list = childAt(outlineOf(linesOf(text)).root, 'acknowledged');
  if (list !== undefined) return entry;
  return `${text === '' || text.endsWith('\n') ? '' : '\n'}acknowledged:\n${entry}`;
}
