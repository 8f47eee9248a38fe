import { dots } from '../../credential/dots.ts';
import type { Span } from '../../diagnostic/span.ts';

/** A text of a file with dots for its secrets; as many lines as before, each with its indentation and its end. */
export function maskedText(path: string, text: string, secrets: readonly Span[]): string {
  // A byte order mark is no part of the text that spans count.
  const shift = text.startsWith('\ufeff') ? 1 : 0;
  const own = secrets.filter(({ file }) => file.path === path).toSorted((a, b) => a.start - b.start);
  let shown = '';
  let at = 0;
  for (const { start, end } of own) {
    const from = Math.max(at, start + shift);
    const to = Math.max(from, end + shift);
    shown += text.slice(at, from) + text.slice(from, to).replaceAll(/[^\s](?:[^\r\n]*[^\s])?/gu, dots);
    at = to;
  }
  return shown + text.slice(at);
}
