import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import { type Feature, ofDocument } from '../feature.ts';
import { linesOfObject, objectsIn, type TextObject } from '../yaml/objects.ts';
import type { OutlineNode } from '../yaml/outline-node.ts';

export const feature: Feature = {
  capabilities: { foldingRangeProvider: true },
  register(connection, { documents }) {
    connection.onFoldingRanges(
      ofDocument(({ textDocument: { uri } }) => {
        const document = documents.get(uri);
        return document === undefined ? null : objectsIn(document.getText()).flatMap(foldsOf);
      }),
    );
  },
};

/** The document as a whole, and whatever has more below its line. */
function foldsOf(object: TextObject): FoldingRange[] {
  const [startLine, endLine] = linesOfObject(object);
  const whole = startLine < endLine ? [{ startLine, endLine, kind: FoldingRangeKind.Region }] : [];
  return [...whole, ...object.outline.root.children.flatMap(foldsBelow)];
}

function foldsBelow({ line, lastLine, children }: OutlineNode): FoldingRange[] {
  const own = line < lastLine ? [{ startLine: line, endLine: lastLine }] : [];
  return [...own, ...children.flatMap(foldsBelow)];
}
