import type { Span } from '../../diagnostic/span.ts';
import { frameOf } from '../finding/code-frame.ts';
import { type Html, html } from './html-text.ts';

/** The lines around a span, the span marked. */
export function framePart(span: Span, secrets: readonly Span[]): Html {
  const { lines, isCut } = frameOf(span, { secrets, width: 140 });
  const last = lines.at(-1);
  if (last === undefined) return html``;
  const gutter = String(last.number).length;
  const rows = lines.map(({ number, text, offset, length }) => {
    const start = `${String(number).padStart(gutter)} | `;
    if (length === 0) return html`${start}${text}\n`;
    const marked = text.slice(offset, offset + length);
    return html`${start}${text.slice(0, offset)}<mark>${marked === '' ? ' ' : marked}</mark>${text.slice(offset + length)}\n`;
  });
  return html`<pre>${rows}${isCut ? `${' '.repeat(gutter)} | …` : ''}</pre>`;
}
