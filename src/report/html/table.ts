import { type Html, html } from './html-text.ts';

/** What may be wider than the page; the keyboard reaches it to scroll. */
export function scrollPart(label: string, content: Html): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${label}">${content}</div>\n`;
}

export function headPart(titles: readonly string[]): Html {
  return html`<thead><tr>${titles.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>`;
}
