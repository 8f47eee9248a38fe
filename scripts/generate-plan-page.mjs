// Writes the table of reasons in docs/plan.md from src/change/reasons.ts; with --check only says whether it is current.
import { readFileSync } from 'node:fs';
import { loadInternals } from '../bench/load-internals.mjs';
import { keepGenerated } from './generated-file.mjs';

const { reasons } = await loadInternals('../src/change/reasons.ts');
const page = readFileSync(new URL('../docs/plan.md', import.meta.url), 'utf8');
const [before, rest] = page.split(/(?<=<!-- reasons: [^>]*-->\n)/u);
const after = rest.slice(rest.indexOf('<!-- /reasons -->'));

const rows = Object.entries(reasons).map(([id, { one, why, link }]) => {
  const source = link === undefined ? '' : ` ([source](${link}))`;
  return `| \`${id}\` | ${one} | ${why}${source} |`;
});
const table = ['| reason | effect on the object | explanation |', '|---|---|---|', ...rows, ''].join('\n');
keepGenerated('docs/plan.md', `${before}\n${table}\n${after}`);
