import { visible } from './visible.ts';

/** Pages of rules by id, in Markdown. */
export type RulePages = ReadonlyMap<string, string>;

/** One line a rule: its id and the first sentence of its page; of all rules, or of those that are named. */
export function listRules(pages: RulePages, named: Iterable<string> = pages.keys()): string {
  const ids = [...named].sort();
  const width = Math.max(...ids.map((id) => id.length));
  return ids.map((id) => `${id.padEnd(width)}  ${summaryOf(pages.get(id) ?? '')}\n`).join('');
}

/** The page of a rule as it is written: Markdown reads well as text. */
export function explainRule(pages: RulePages, id: string): string | undefined {
  const page = pages.get(id);
  if (page === undefined) return undefined;
  const lines = page.trimEnd().split('\n');
  return `${lines.map(visible).join('\n')}\n`;
}

function summaryOf(page: string): string {
  const paragraph = page.replace(/^#.*\n+/u, '').split(/\n\s*\n/u, 1)[0] ?? '';
  return visible(paragraph.replaceAll(/\s*\n\s*/gu, ' ').trim());
}
