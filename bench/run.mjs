// `npm run bench [NAME…]`: cdb-lint beside the tools that it stands in for, on this machine, now. Run `npm run build` first.
import { cpus } from 'node:os';
import { compareAdmission } from './admission.mjs';
import { compareBases } from './base.mjs';
import { compareCharts } from './charts.mjs';
import { compareEntryPoints } from './entry-points.mjs';
import { compareField } from './field.mjs';
import { comparePeers } from './peers.mjs';
import { comparePlatform } from './platform.mjs';
import { comparePolicies } from './policies.mjs';
import { compareProvenance } from './provenance.mjs';
import { compareRendering } from './rendering.mjs';
import { compareTouched } from './touched.mjs';
import { compareWatching } from './watch.mjs';

const comparisons = {
  platform: comparePlatform,
  rendering: compareRendering,
  charts: compareCharts,
  provenance: compareProvenance,
  admission: compareAdmission,
  policies: comparePolicies,
  'entry-points': compareEntryPoints,
  watch: compareWatching,
  touched: compareTouched,
  base: compareBases,
  field: compareField,
  peers: comparePeers,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(comparisons, name));
if (unknown === undefined) {
  const [cpu] = cpus();
  process.stdout.write(
    `Node ${process.version}, ${cpus().length} x ${cpu?.model ?? 'CPU'}; medians of whole processes unless said otherwise\n`,
  );
  for (const [name, compare] of Object.entries(comparisons))
    if (wanted.length === 0 || wanted.includes(name)) await compare();
} else {
  process.stderr.write(`there is no comparison "${unknown}": ${Object.keys(comparisons).join(', ')}\n`);
  process.exitCode = 2;
}
