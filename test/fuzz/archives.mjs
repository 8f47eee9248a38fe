// `npm run fuzz:archives [COUNT [SEED]]`: what is read of tar archives here beside what Go reads, and so Helm. Needs Go.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadInternals } from '../../bench/load-internals.mjs';

const [count = '20000', seed = String(Date.now() % 1e6)] = process.argv.slice(2);
const shown = Number(process.env.SHOWN ?? 5);
const atOnce = 2000;
const { generateArchive, randomNumbers, readTar } = await loadInternals(
  new URL('archive/internals.ts', import.meta.url).href,
);
const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-oracle-'));
const oracle = join(folder, 'oracle');
const tally = { same: 0, 'refused here': 0, missed: 0, different: 0 };
try {
  const cwd = fileURLToPath(new URL('archive/oracle', import.meta.url));
  const { status } = spawnSync('go', ['build', '-o', oracle, '.'], { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error('the oracle could not be built: is Go 1.26 installed?');
  const random = randomNumbers(Number(seed));
  for (let done = 0; done < Number(count); done += atOnce)
    compare(Array.from({ length: Math.min(atOnce, Number(count) - done) }, () => generateArchive(random)));
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`seed ${seed}: ${count} archives, ${JSON.stringify(tally)}`);
process.exitCode = tally.missed + tally.different > 0 ? 1 : 0;

function compare(archives) {
  const input = archives.map((one) => Buffer.from(one).toString('hex')).join('\n');
  const { stdout } = spawnSync(oracle, { input, encoding: 'utf8', maxBuffer: 2 ** 30 });
  const answers = stdout.trimEnd().split('\n');
  archives.forEach((archive, index) => {
    const hex = (bytes) => Buffer.from(bytes).toString('hex');
    const own = readTar(archive)?.map(({ name, bytes }) => [hex(name), hex(bytes)]) ?? null;
    const verdict = verdictOf(JSON.stringify(own), answers[index]);
    tally[verdict] += 1;
    if (verdict !== 'same' && verdict !== 'refused here' && tally[verdict] <= shown)
      console.log(
        `${verdict}: ${input.split('\n')[index]}\n  Go ${answers[index]}\n  here ${JSON.stringify(own)}`,
      );
  });
}

function verdictOf(own, theirs) {
  if (own === theirs) return 'same';
  if (own === 'null') return 'refused here';
  return theirs === 'null' ? 'missed' : 'different';
}
