// `npm run fuzz:templates [COUNT [SEED]]`: what templates render here beside what Helm renders. Needs Go, or
// CDB_LINT_TEMPLATE_ORACLE. With CALLS=1 single calls of any function with arguments of any type.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { loadInternals } from '../../bench/load-internals.mjs';

const [count = '20000', seed = String(Date.now() % 1e6)] = process.argv.slice(2);
const shown = Number(process.env.SHOWN ?? 40);
const valuesFile = fileURLToPath(new URL('template/values.yaml', import.meta.url));
const values = readFileSync(valuesFile, 'utf8');
const { compareAnswers, functionNames, generateCall, generateTemplate, randomNumbers, renderTemplate } =
  await loadInternals(new URL('template/internals.ts', import.meta.url).href);

function buildOracle() {
  if (process.env.CDB_LINT_TEMPLATE_ORACLE) return process.env.CDB_LINT_TEMPLATE_ORACLE;
  const binary = join(mkdtempSync(join(tmpdir(), 'cdb-lint-oracle-')), 'oracle');
  const directory = fileURLToPath(new URL('template/oracle', import.meta.url));
  const { status } = spawnSync('go', ['build', '-o', binary, '.'], { cwd: directory, stdio: 'inherit' });
  if (status !== 0) throw new Error('the oracle could not be built: is Go 1.26 installed?');
  return binary;
}

// A map inside of itself is printed without end: such a template ends the oracle before it takes the machine's memory.
const limited = 'ulimit -v 6000000; exec "$0" "$1"';

/** What Helm renders of each template, in their order; undefined for one that the oracle does not survive. */
async function* answersOf(templates) {
  const binary = buildOracle();
  for (let from = 0; from < templates.length; ) {
    const child = spawn('sh', ['-c', limited, binary, valuesFile], { stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.on('error', () => {});
    child.stdin.end(
      templates
        .slice(from)
        .map((one) => `${JSON.stringify(one)}\n`)
        .join(''),
    );
    for await (const line of createInterface({ input: child.stdout })) {
      yield JSON.parse(line);
      from += 1;
    }
    if (from < templates.length) yield undefined;
    from += 1;
  }
}

const random = randomNumbers(Number(seed));
const generate = process.env.CALLS
  ? () => generateCall(random, functionNames)
  : () => generateTemplate(random);
const templates = Array.from({ length: Number(count) }, generate);
const tally = { same: 0, 'no answer': 0, 'other words': 0, open: 0, different: 0, refused: 0 };
let at = 0;
for await (const theirs of answersOf(templates)) {
  const template = templates[at];
  at += 1;
  if (theirs === undefined) {
    tally['no answer'] += 1;
    continue;
  }
  const own = renderTemplate(values, template);
  const verdict = compareAnswers(own, theirs);
  tally[verdict] += 1;
  if (theirs.error !== undefined) tally.refused += 1;
  if (verdict === 'different' || (process.env.WORDS && verdict === 'other words'))
    if (tally[verdict] <= shown)
      console.log(
        `${verdict}: ${JSON.stringify(template)}\n  helm ${JSON.stringify(theirs).slice(0, 400)}\n  here ${JSON.stringify(own).slice(0, 400)}`,
      );
}
console.log(`seed ${seed}: ${at} templates, ${JSON.stringify(tally)}`);
