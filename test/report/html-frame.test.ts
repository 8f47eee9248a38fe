import { expect, it } from 'vitest';
import type { Span } from '../../src/diagnostic/span.ts';
import { framePart } from '../../src/report/html/frame.ts';

function spanOf(text: string, part: string): Span {
  const start = text.indexOf(part);
  return { file: { path: 'a.yaml', text }, start, end: start + part.length };
}

function shown(span: Span, secrets: readonly Span[] = []): string {
  return framePart(span, secrets).markup.replaceAll('&#58;', ':');
}

it('marks the span in its lines, and escapes what stands in them', () => {
  const text = `a: <b>\nc: '&d' # e\nf: 1\n`;
  expect(shown(spanOf(text, "'&d'"))).toBe(
    '<pre>1 | a: &lt;b&gt;\n2 | c: <mark>&#39;&amp;d&#39;</mark> &#35; e\n3 | f: 1\n</pre>',
  );
});

it('aligns the numbers of lines, and goes on where the span does', () => {
  const text = `${'\n'.repeat(7)}a:\n- 1\n- 2\n- 3\n- 4\n`;
  expect(shown(spanOf(text, '- 1\n- 2\n- 3\n- 4'))).toBe(
    '<pre> 7 | \n 8 | a:\n 9 | <mark>- 1</mark>\n10 | <mark>- 2</mark>\n11 | <mark>- 3</mark>\n   | …</pre>',
  );
});

it('marks an empty place, and shows nothing of a file without text', () => {
  expect(shown({ ...spanOf('a:', ':'), start: 2 })).toBe('<pre>1 | a:<mark> </mark>\n</pre>');
  expect(shown(spanOf('', ''))).toBe('');
});

it('shows dots for a secret', () => {
  const span = spanOf('password: hunter2', 'hunter2');
  expect(shown(span, [span])).toBe('<pre>1 | password: <mark>••••••</mark>\n</pre>');
});
