import { type CodeAction, CodeActionKind, type Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { configurationNames } from '../configuration/configuration-names.ts';
import { directoriesAbove } from '../source/path.ts';
import type { FilePlace } from './feature.ts';
import { urlOf } from './file-url.ts';
import type { FoundHere } from './judging/messages.ts';
import { linesOf, outlineOf } from './yaml/outline.ts';
import { childAt, nodesOf } from './yaml/outline-node.ts';

/** What accepts findings: a comment, whose reason is to be written, and the baseline that the configuration names. */
export function waysToAccept(found: readonly FoundHere[], document: TextDocument): CodeAction[] {
  const lineFor = commentLines(document);
  return found.flatMap((one) => [
    ...(one.accept.includes('comment') ? [byComment(one, document, lineFor)] : []),
    ...(one.accept.includes('baseline') ? [byBaseline(one, document)] : []),
  ]);
}

function byComment(
  { rule, diagnostic }: FoundHere,
  document: TextDocument,
  lineFor: (position: Position) => number,
): CodeAction {
  const line = lineFor(diagnostic.range.start);
  const newText = `${' '.repeat(indentOf(document, line))}# cdb-lint-ignore ${rule} -- \n`;
  const at = { line, character: 0 };
  return {
    title: `accept ${rule} here, with a reason`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: { changes: { [document.uri]: [{ range: { start: at, end: at }, newText }] } },
  };
}

function byBaseline({ rule, diagnostic, fingerprint }: FoundHere, { uri }: TextDocument): CodeAction {
  return {
    title: `add ${rule} to the baseline`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    data: { ask: 'baseline', uri, fingerprint },
  };
}

/** Above the line; above the whole text where the line is of one, since a comment there would be part of it. */
function commentLines(document: TextDocument): (position: Position) => number {
  const above = new Map<number, number>();
  for (const { block, line } of nodesOf(outlineOf(linesOf(document.getText())).root))
    if (block !== undefined) for (let at = block.first; at <= block.last; at++) above.set(at, line);
  return ({ line }) => above.get(line) ?? line;
}

function indentOf(document: TextDocument, line: number): number {
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  return Math.max(text.search(/\S/u), 0);
}

/** Entries of cdb-lint.yaml that say that consequences are meant; why is to be written. */
export function acknowledgements(found: readonly FoundHere[], place: FilePlace | undefined): CodeAction[] {
  const planned = found.filter(({ digest }) => digest !== undefined);
  if (planned.length === 0 || place === undefined) return [];
  const { files, url, path } = place;
  const folders = directoriesAbove(path).reverse();
  const named = folders.flatMap((folder) =>
    configurationNames.map((name) => (folder === '' ? name : `${folder}/${name}`)),
  );
  const file = named.find((one) => files.kind(one) === 'file');
  const bytes = file === undefined ? 'missing' : files.read(file);
  const text = typeof bytes === 'string' ? '' : new TextDecoder().decode(bytes);
  const uri = urlOf(url, file ?? 'cdb-lint.yaml');
  const { range, before } = entryPlace(text);
  const create =
    file === undefined ? [{ kind: 'create' as const, uri, options: { ignoreIfExists: true } }] : [];
  return planned.map(({ rule, digest, diagnostic }) => {
    const newText = `${before}  - rule: ${rule}\n    digest: ${digest}\n    reason: ""\n`;
    const change = { textDocument: { uri, version: null }, edits: [{ range, newText }] };
    return {
      title: `acknowledge ${rule} in cdb-lint.yaml, with a reason`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      edit: { documentChanges: [...create, change] },
    };
  });
}

/** Where an entry goes, and what has to stand above it there. */
function entryPlace(text: string): {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly before: string;
} {
  const list = childAt(outlineOf(linesOf(text)).root, 'acknowledged');
  const lines = text.split('\n');
  const last = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  const at = list === undefined ? last : { line: list.line + 1, character: 0 };
  const lineBreak = text === '' || text.endsWith('\n') ? '' : '\n';
  return { range: { start: at, end: at }, before: list === undefined ? `${lineBreak}acknowledged:\n` : '' };
}
