// Writes the table of docs/charts.md: node scripts/update-charts-page.mjs [RESULTS…]. RESULTS are files that compare-charts.mjs wrote; their
// totals are kept in scripts/charts/totals.json, from which the table is made where none are named.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { totalsOf } from './charts/totals.mjs';
import { keepGenerated } from './generated-file.mjs';

const files = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const kept = new URL('charts/totals.json', import.meta.url);
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const totals = files.length === 0 ? readJson(kept) : totalsOf(files.map((one) => readJson(resolve(one))));
if (files.length > 0)
  keepGenerated('scripts/charts/totals.json', `${JSON.stringify(totals, undefined, 2)}\n`);

const words = {
  same: 'the same text',
  'same but for chance': 'the same but for what differs between two runs of helm',
  'refused by both': 'refused by both',
  different: 'different',
  'refused here': 'refused here',
  'refused by helm': 'refused by helm',
  'helm lacks the network': 'not compared: helm asks the address of a schema',
};
const { helm3, helm4 } = totals;
const sum = ({ counts }) => Object.values(counts).reduce((a, b) => a + b, 0);
const rows = Object.entries(words).map(
  ([verdict, label]) => `| ${label} | ${helm3.counts[verdict] ?? 0} | ${helm4.counts[verdict] ?? 0} |`,
);
const named = Object.fromEntries(
  Object.entries({ ...helm3.others, ...helm4.others }).filter(([, why]) => why !== 'helm lacks the network'),
);
const others = Object.entries(named).map(([id, why]) => {
  const [chart, values] = id.split('__ci__');
  const path = chart.replace('+', '/').replaceAll('__', '/');
  return `- \`${path}\`${values === undefined ? '' : ` with \`${values}\``}: ${why}`;
});
const text = [
  `${totals.charts} charts of ${totals.repositories.length} repositories:`,
  '',
  '| | Helm 3.22 | Helm 4.3 |',
  '|---|--:|--:|',
  `| renderings | ${sum(helm3)} | ${sum(helm4)} |`,
  ...rows,
  '',
  ...(others.length === 0 ? [] : ['Not whole:', '', ...others, '']),
].join('\n');

const page = readFileSync(new URL('../docs/charts.md', import.meta.url), 'utf8');
const [before, rest] = page.split(/(?<=<!-- charts: [^>]*-->\n)/u);
const after = rest.slice(rest.indexOf('<!-- /charts -->'));
keepGenerated('docs/charts.md', `${before}\n${text}\n${after}`);
