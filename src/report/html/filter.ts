import { criteria } from '../criteria.ts';
import { type Html, html } from '../html-text.ts';
import type { Report } from '../report.ts';
import { mostFilters } from './style.ts';

const severities = ['error', 'warning', 'note'] as const;

/**
 * Filters that work by the style alone: what is checked hides what has not its class. They stand beside the list and not in a
 * group of their own, for `~` looks at siblings; `:has` would, but takes seconds where there are thousands of findings.
 */
export function filterPart({ findings, environments, summary }: Report): Html {
  const boxes = severities
    .filter((severity) => summary[severity] > 0)
    .map(
      (severity) =>
        html`<input type="checkbox" id="s-${severity}" aria-label="show severity ${severity}" checked><label for="s-${severity}">${severity} (${summary[severity]})</label>`,
    );
  const rules = new Set(findings.map(({ rule }) => rule));
  const found = [...criteria, { name: 'no criterion', rules: [] }].flatMap(
    ({ name, rules: judging }, index) =>
      judging.some((rule) => rules.has(rule)) || index === criteria.length ? [{ name, index }] : [],
  );
  return html`<span class="filter">Severity</span>${boxes}
${radios(
  'e',
  'Environment',
  environments.map(({ name }, index) => ({ name, index })),
)}
${radios('c', 'Criterion', found)}`;
}

interface Choice {
  readonly name: string;
  readonly index: number;
}

function radios(kind: 'e' | 'c', title: string, choices: readonly Choice[]): Html {
  if (choices.length < 2 || choices.length > mostFilters) return html``;
  const options = choices.map(({ name, index }) => radio(kind, `${kind}${index}`, title, name));
  return html`<span class="filter">${title}</span>${radio(kind, `${kind}-all`, title, 'all', true)}${options}`;
}

function radio(kind: string, id: string, title: string, name: string, isChecked = false): Html {
  return html`<input type="radio" name="${kind}" id="${id}" aria-label="${title} ${name}"${isChecked ? html` checked` : html``}><label for="${id}">${name}</label>`;
}
