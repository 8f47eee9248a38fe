// Writes the tables of docs/charts.md: node scripts/update-charts-page.mjs [--own] [RESULTS…]. RESULTS are files that compare-charts.mjs
// wrote, with --own of Helm's own test charts; their totals are kept in scripts/charts/, from which the tables are made where none are named.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { totalsOf } from './charts/totals.mjs';
import { keepGenerated } from './generated-file.mjs';

const files = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const isOwn = process.argv.includes('--own');
const totals = keepTotals('totals.json', isOwn ? [] : files);
const own = keepTotals('own-totals.json', isOwn ? files : []);

function keepTotals(name, results) {
  if (results.length === 0) return readJson(new URL(`charts/${name}`, import.meta.url));
  const all = totalsOf(results.map((one) => readJson(resolve(one))));
  const found = isOwn ? { ...all, repositories: ['helm/helm'] } : all;
  keepGenerated(`scripts/charts/${name}`, `${JSON.stringify(found, undefined, 2)}\n`);
  return found;
}

const words = {
  same: 'identical output',
  'same but for chance': 'identical except for values that differ between two runs of Helm',
  'refused by both': 'rejected by both',
  different: 'different',
  'refused here': 'rejected only by cdb-lint',
  'refused by helm': 'rejected only by Helm',
  'helm lacks the network': 'not compared: Helm fetches a schema',
};
const { helm3, helm4 } = totals;
const sum = ({ counts }) => Object.values(counts).reduce((a, b) => a + b, 0);
const tableOf = ({ helm3, helm4 }) => [
  '| | Helm 3.22 | Helm 4.3 |',
  '|---|--:|--:|',
  `| renderings | ${sum(helm3)} | ${sum(helm4)} |`,
  ...Object.entries(words).map(
    ([verdict, label]) => `| ${label} | ${helm3.counts[verdict] ?? 0} | ${helm4.counts[verdict] ?? 0} |`,
  ),
];
const named = Object.fromEntries(
  Object.entries({ ...helm3.others, ...helm4.others }).filter(([, why]) => why !== 'helm lacks the network'),
);
const others = Object.entries(named).map(([id, why]) => {
  const [chart, values] = id.split('__ci__');
  const path = chart.replace('+', '/').replaceAll('__', '/');
  return `- \`${path}\`${values === undefined ? '' : ` with \`${values}\``}: ${words[why] ?? `different in ${why}`}`;
});
const text = [
  `${totals.charts} charts of ${totals.repositories.length} repositories:`,
  '',
  ...tableOf(totals),
  '',
  ...(others.length === 0 ? [] : ['Renderings that differ:', '', ...others, '']),
  'The charts of the test suites of Helm 3.22 and 4.3:',
  '',
  ...tableOf(own),
  '',
].join('\n');

const page = readFileSync(new URL('../docs/charts.md', import.meta.url), 'utf8');
const [before, rest] = page.split(/(?<=<!-- charts: [^>]*-->\n)/u);
const after = rest.slice(rest.indexOf('<!-- /charts -->'));
keepGenerated('docs/charts.md', `${before}\n${text}\n${after}`);
