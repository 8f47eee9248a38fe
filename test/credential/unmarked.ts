import type { Stretch } from '../../src/credential/stretch.ts';

const alphabets: Readonly<Record<string, string>> = {
  b62: 'k9Zr2Lx7Vb1Kd9Wm4Tn6Yc3Qp8Hs5Jf0GuEaIo',
  hex: '3f9a7c1e5b8d2f60a4c7e1b9d5f3a8c2',
  upper: 'Q3EGRT7XPLM2VZKD',
};

/** Shapes of tokens are put together here, so that no scanner of repositories takes the samples for leaks. */
function written(template: string): string {
  return template
    .replace('» + digits', ' + 123456789012-k9Zr2Lx7Vb1K»')
    .replace(/»((?: \+ (?:\w+\(\d+\)|\.))+)/u, ' $1»')
    .replaceAll(/ *\+ (?:(\w+)\((\d+)\)|(\.))/gu, (_, name?: string, length?: string, dot?: string) => {
      if (dot !== undefined) return dot;
      return (alphabets[name ?? ''] ?? '').repeat(10).slice(0, Number(length));
    })
    .replaceAll(' + ', '');
}

/** A sample without its marks, and where they stood. */
export function unmarked(template: string): { readonly text: string; readonly marked: readonly Stretch[] } {
  const marked: Stretch[] = [];
  let text = '';
  for (const [index, part] of written(template).split(/[«»]/u).entries()) {
    if (index % 2 === 1) marked.push({ start: text.length, end: text.length + part.length });
    text += part;
  }
  return { text, marked };
}

export function textsOf(text: string, stretches: readonly Stretch[]): string[] {
  return stretches.map(({ start, end }) => text.slice(start, end));
}
