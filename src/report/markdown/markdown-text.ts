import { visible } from '../visible.ts';

/**
 * Text from outside stands in code only: there Markdown has no links, images, mentions, references or HTML. A code span
 * opens with one backtick more than the longest run inside.
 */
export function codeSpan(text: string): string {
  const shown = visible(text);
  const ticks = '`'.repeat(longestRun(shown) + 1);
  const pad = shown === '' || /^[` ]|[` ]$/u.test(shown) ? ' ' : '';
  return `${ticks}${pad}${shown}${pad}${ticks}`;
}

/** The same for cells of tables and summaries, where a pipe or an HTML block would end a code span. */
export function codeElement(text: string): string {
  const written = visible(text).replaceAll(
    /[!-,.:-@[-`{-~]/gu,
    (character) => `&#${character.charCodeAt(0)};`,
  );
  return `<code>${written}</code>`;
}

/** The shortest of the two for a cell: plain words need no entities. */
export function codeCell(text: string): string {
  return /^[\w./:=@ -]+$/u.test(text) && text.trim() === text ? codeSpan(text) : codeElement(text);
}

/** Lines in a fence that none of them can close. */
export function fenced(lines: readonly string[], language: 'text' | 'suggestion' = 'text'): string {
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}

/** What is folded away; `title` is Markdown of our own. */
export function details(title: string, body: string): string {
  return `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
}
