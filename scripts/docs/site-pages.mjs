// What the site is made of: the README, docs/, and a page for each rule and policy.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadInternals } from '../../bench/load-internals.mjs';
import { policyFiles } from '../policy-files.mjs';
import { rulePages } from '../rule-pages.mjs';

/** Every page as {source, address, title, markdown}; an address is relative to the site and ends with a slash. */
export async function sitePages(root) {
  const { ruleSummaries } = await loadInternals('../src/rules/rule-summaries.ts');
  const rules = rulePages();
  const paged = new Set(rules.map(({ id }) => id));
  const documents = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.md'))
    .sort();
  return [
    pageOf(root, 'README.md', ''),
    ...documents.map((path) => pageOf(root, `docs/${path}`, addressOf(path))),
    ...policyFiles().map(({ id }) => pageOf(root, `policies/base/${id}.md`, `rules/${id}/`)),
    ...rules.map(({ id, subject }) => pageOf(root, `src/rules/${subject}/${id}.md`, `rules/${id}/`)),
    ...Object.entries(ruleSummaries)
      .filter(([id]) => !paged.has(id))
      .map(([id, text]) => summaryPage(id, text)),
  ];
}

/** The page of a rule whose examples no manifest can show; its links are those of a page in src/rules/SUBJECT/. */
function summaryPage(id, text) {
  const markdown = `# ${id}\n\n${text}\n`;
  return { source: `src/rules/summary/${id}.md`, address: `rules/${id}/`, title: id, markdown };
}

// The list of all rules stands above their pages.
function addressOf(path) {
  return path === 'rules.md' ? 'rules/' : `docs/${path.slice(0, -'.md'.length)}/`;
}

function pageOf(root, source, address) {
  const markdown = readFileSync(join(root, source), 'utf8');
  const [, title = source] = /^# (.+)$/mu.exec(markdown) ?? [];
  return { source, address, title: title.replaceAll('`', ''), markdown };
}
