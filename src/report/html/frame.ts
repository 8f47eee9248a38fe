import type { Span } from '../../diagnostic/span.ts';
import { frameOf } from '../finding/code-frame.ts';
import { type Html, html } from './html-text.ts';

/** The lines around a span, the span marked. */
export function framePart(span: Span, secrets: readonly Span[]): Html {
  const { lines, isCut } = frameOf(span, { secrets, width: 140 });
  if (lines.length === 0) return html``;
  const gutter = String(lines.at(-1)?.number).length;
  const rows = lines.map(({ number, text, offset, length }) => {
    const start = `${String(number).padStart(gutter)} | ${text.slice(0, offset)}`;
    const marked = text.slice(offset, offset + length);
    if (length === 0) return html`${start}${text.slice(offset)}\n`;
    return html`${start}<mark>${marked === '' ? ' ' : marked}</mark>${text.slice(offset + length)}\n`;
  });
  return html`<pre>${rows}${isCut ? `${' '.repeat(gutter)} | …` : ''}</pre>`;
}
