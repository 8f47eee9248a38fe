/** What a rule's page says, for formats that carry help with a finding. */
export interface RuleHelp {
  readonly summary: string;
  /** The section Why, as plain text. */
  readonly why: string;
  readonly markdown: string;
}

/** Reads a page: `# id`, one paragraph of summary, and sections. */
export function readRulePage(page: string): RuleHelp {
  const markdown = page.replace(/^# [^\n]*\n+/u, '').trim();
  const [summary = ''] = markdown.split(/\n\s*\n|\n#/u);
  const [, why = ''] = /^## Why\n([\s\S]*?)(?=^## |$(?![\s\S]))/mu.exec(markdown) ?? [];
  return { summary: oneLine(summary), why: oneLine(why), markdown };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}
