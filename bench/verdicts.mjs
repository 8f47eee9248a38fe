// `node bench/verdicts.mjs [--every N] COMMAND…`: how often COMMAND FILE says of a document what a real API server said.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const table = new URL('../../shared/admission/cases.jsonl.gz', import.meta.url);
const builtIn = /^apiVersion: *["']?(?:v1|apps\/|batch\/|autoscaling\/|policy\/|[\w.]+\.k8s\.io\/)/mu;
const custom = /^apiVersion: *["']?gateway\.networking\.k8s\.io\//mu;

/** The documents of built-in kinds whose verdict does not hang on the cluster that gave it. */
function readCases(every) {
  const lines = gunzipSync(readFileSync(table)).toString('utf8').trim().split('\n');
  return lines
    .map((line) => JSON.parse(line))
    .filter(({ cluster, yaml }) => cluster !== true && builtIn.test(yaml) && !custom.test(yaml))
    .filter((_, index) => index % every === 0);
}

function compare(command, cases) {
  const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-verdicts-'));
  const file = join(folder, 'document.yaml');
  const [program, ...args] = command;
  const counts = { same: 0, accepted: 0, refused: 0 };
  try {
    for (const { yaml, verdict } of cases) {
      writeFileSync(file, yaml);
      const { status, error } = spawnSync(program, [...args, file], { stdio: 'ignore' });
      if (error !== undefined) throw error;
      const theirs = status === 0 ? 'accept' : 'reject';
      if (theirs === verdict) counts.same += 1;
      else counts[theirs === 'accept' ? 'accepted' : 'refused'] += 1;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return counts;
}

const words = process.argv.slice(2);
const every = words[0] === '--every' ? Number(words.splice(0, 2)[1]) : 1;
if (words.length === 0 || !Number.isInteger(every) || every < 1) {
  process.stderr.write('node bench/verdicts.mjs [--every N] COMMAND…\n');
  process.exitCode = 2;
} else if (!existsSync(table)) {
  process.stderr.write('the verdicts, ../shared/admission/cases.jsonl.gz, are not next to this checkout\n');
  process.exitCode = 2;
} else {
  const cases = readCases(every);
  const { same, accepted, refused } = compare(words, cases);
  const share = ((100 * same) / Math.max(cases.length, 1)).toFixed(1);
  process.stdout.write(
    `${words[0]}: same verdict ${share} % of ${cases.length} documents; accepts ${accepted} that the server refuses, refuses ${refused} that it accepts\n`,
  );
}
