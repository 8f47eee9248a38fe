import { criteria } from '../criteria.ts';
import type { Report } from '../report.ts';
import { type Html, html } from './html-text.ts';
import { mostFilters } from './style.ts';

export interface Filter {
  readonly part: Html;
  /** Of the list, for what it can be filtered by. */
  readonly classes: readonly string[];
}

const severities = ['error', 'warning', 'note'] as const;

// A space that does not break keeps a box and the beginning of its label on one line.
/**
 * Filters that work by the style alone: what is checked hides what has not its class. They stand beside the list and not in a
 * group of their own, for `~` looks at siblings; `:has` would, but takes seconds where there are thousands of findings.
 */
export function filterPart({ findings, environments, summary }: Report): Filter {
  const boxes = severities
    .filter((severity) => summary[severity] > 0)
    .map(
      (severity) =>
        html`<input type="checkbox" id="s-${severity}" aria-label="severity ${severity} (${summary.places[severity]})" checked>&nbsp;<label for="s-${severity}">${severity} (${summary.places[severity]})</label>`,
    );
  const rules = new Set(findings.map(({ rule }) => rule));
  const found = [...criteria, { name: 'no criterion', rules: [] }].flatMap(
    ({ name, rules: judging }, index) =>
      judging.some((rule) => rules.has(rule)) || index === criteria.length ? [{ name, index }] : [],
  );
  const byEnvironment = radios(
    'e',
    'Environment',
    environments.map(({ name }, index) => ({ name, index })),
  );
  const byCriterion = radios('c', 'Criterion', found);
  return {
    part: html`${toolsPart}<span class="filter">Severity</span>${boxes}\n${byEnvironment ?? html``}\n${byCriterion ?? html``}`,
    classes: [
      ...(byEnvironment === undefined ? [] : ['by-e']),
      ...(byCriterion === undefined ? [] : ['by-c']),
    ],
  };
}

/** What only the script can do; without it nobody sees it. */
const toolsPart = html`<div id="tools" hidden><label for="search">Search</label> <input type="search" id="search" aria-label="Search findings" autocomplete="off" spellcheck="false"> <label for="group">Group by</label> <select id="group" aria-label="Group by"><option value="">cause</option><option value="rule">rule</option><option value="file">file</option><option value="environment">environment</option><option value="owner">owner</option></select> <span id="shown" role="status"></span></div>`;

interface Choice {
  readonly name: string;
  readonly index: number;
}

function radios(kind: 'e' | 'c', title: string, choices: readonly Choice[]): Html | undefined {
  if (choices.length < 2 || choices.length > mostFilters) return undefined;
  const options = choices.map(({ name, index }) => radio(kind, `${kind}${index}`, title, name));
  return html`<span class="filter">${title}</span>${radio(kind, `${kind}-all`, title, 'all', true)}${options}`;
}

function radio(kind: string, id: string, title: string, name: string, isChecked = false): Html {
  return html`<input type="radio" name="${kind}" id="${id}" aria-label="${title} ${name}" data-n="${isChecked ? html`` : name}"${isChecked ? html` checked` : html``}>&nbsp;<label for="${id}">${name}</label>`;
}
