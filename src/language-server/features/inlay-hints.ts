import { type InlayHint, InlayHintKind, type Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { codeSpan } from '../../report/markdown/markdown-text.ts';
import { visible } from '../../report/visible.ts';
import { lastPartOf } from '../../source/path.ts';
import { type Answering, type Feature, ofDocument } from '../feature.ts';
import type { ReadPlace, ReadValue } from '../judging/reading.ts';

export const feature: Feature = {
  capabilities: { inlayHintProvider: true },
  register(connection, answering) {
    connection.languages.inlayHint.on(
      ofDocument(({ textDocument: { uri }, range }) => {
        const document = answering.documents.get(uri);
        return document === undefined ? null : hintsIn(answering, document, range);
      }, 'range'),
    );
  },
};

const most = 3;

/** Behind values that something above this file changes: what they become, and where. */
function hintsIn({ finished }: Answering, document: TextDocument, range: Range): InlayHint[] {
  const file = finished.file(document.uri, document.getText());
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return (file?.reading?.places ?? []).flatMap((place) => {
    const end = file?.shift.forward(place.end) ?? 0;
    if (end < from || to < end) return [];
    const changed = changedValues(place);
    if (changed.size === 0) return [];
    const parts = [...changed].slice(0, most).map(([text, roots]) => `${nameOf(roots)}: ${text}`);
    const more = changed.size > most ? ', …' : '';
    const hint: InlayHint = {
      position: document.positionAt(end),
      label: visible(parts.join(', ') + more),
      kind: InlayHintKind.Type,
      paddingLeft: true,
      tooltip: {
        kind: 'markdown',
        value: [...changed]
          .map(
            ([text, roots]) => `${codeSpan(text)}: ${roots.map((root) => codeSpan(root || '.')).join(', ')}`,
          )
          .join('\n\n'),
      },
    };
    return [hint];
  });
}

/** Builds by the value that a later layer gives them. */
function changedValues({ values }: ReadPlace): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const value of values) {
    if (value.text === undefined || value.text.includes('\n') || !isChanged(value)) continue;
    const roots = found.get(value.text) ?? [];
    found.set(value.text, roots);
    if (!roots.includes(value.root)) roots.push(value.root);
  }
  return found;
}

function isChanged({ at, steps }: ReadValue): boolean {
  return at >= 0 && at < steps.length - 1;
}

function nameOf(roots: readonly string[]): string {
  const [first = ''] = roots;
  const short = lastPartOf(first) || '.';
  return roots.length === 1 ? short : `${short} +${roots.length - 1}`;
}
