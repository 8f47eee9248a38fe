// Programs in Go that answer each line of their input with one line.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Builds the program of a folder, and hands out how to ask it. */
export function withGoOracle(folder, use) {
  const work = mkdtempSync(join(tmpdir(), 'cdb-lint-oracle-'));
  const oracle = join(work, 'oracle');
  try {
    const cwd = fileURLToPath(new URL(folder, import.meta.url));
    const { status } = spawnSync('go', ['build', '-o', oracle, '.'], { cwd, stdio: 'inherit' });
    if (status !== 0) throw new Error('the oracle could not be built: is Go 1.26 installed?');
    use((lines) => {
      const input = lines.join('\n');
      const { stdout, stderr } = spawnSync(oracle, { input, encoding: 'utf8', maxBuffer: 2 ** 30 });
      if (stderr !== '') throw new Error(stderr);
      return stdout.trimEnd().split('\n');
    });
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** Compares so many inputs, made of so many at once; the verdict of each is counted, and examples of those that are wrong are shown. */
export function compareInputs({ count, seed, what, isWrong }, compareSome) {
  const [atOnce, shown] = [2000, Number(process.env.SHOWN ?? 5)];
  const tally = {};
  const note = (verdict, example) => {
    tally[verdict] = (tally[verdict] ?? 0) + 1;
    if (isWrong(verdict) && tally[verdict] <= shown) console.log(`${verdict}: ${example()}`);
  };
  for (let done = 0; done < count; done += atOnce) compareSome(Math.min(atOnce, count - done), note);
  console.log(`seed ${seed}: ${count} ${what}, ${JSON.stringify(tally)}`);
  if (Object.keys(tally).some(isWrong)) process.exitCode = 1;
}
