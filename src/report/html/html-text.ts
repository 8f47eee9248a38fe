import { visible } from '../visible.ts';

/** HTML that is safe to join; only `html` and `escaped` make it. */
export interface Html {
  readonly markup: string;
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  // What GitHub's runner would obey in a log.
  ['#', '&#35;'],
  [':', '&#58;'],
]);

/** A template whose values are text, unless they are HTML already. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  const written = values.map((value) => {
    if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
    return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
  });
  return { markup: parts.map((part, index) => part + (written[index] ?? '')).join('') };
}

/** Words in which backticks hold code, as messages and helps are written. */
export function withCode(words: string): Html {
  const parts = words.split(/`([^`]+)`/u);
  return html`${parts.map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`))}`;
}

function escaped(text: string): string {
  return visible(text).replaceAll(/[&<>"'#:]/gu, (character) => entities.get(character) ?? '');
}
