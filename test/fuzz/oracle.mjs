// The readers of kustomize, kubectl, Flux and Argo CD, in one process that lives as long as it is asked. Needs Go, or CDB_LINT_ORACLE.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

function buildOracle() {
  if (process.env.CDB_LINT_ORACLE) return process.env.CDB_LINT_ORACLE;
  const binary = join(mkdtempSync(join(tmpdir(), 'cdb-lint-oracle-')), 'oracle');
  const directory = fileURLToPath(new URL('oracle', import.meta.url));
  const { status } = spawnSync('go', ['build', '-o', binary, '.'], { cwd: directory, stdio: 'inherit' });
  if (status !== 0) throw new Error('the oracle could not be built: is Go 1.26 installed?');
  return binary;
}

/** Asks one long-lived process for many texts; a text that ends it, as a stack that overflows does, has no answer. */
export function openOracle() {
  const binary = buildOracle();
  let process = start(binary);
  async function askOnce(texts) {
    process.child.stdin.write(texts.map((text) => `${JSON.stringify(text)}\n`).join(''));
    const answers = [];
    for (const _ of texts) {
      const { value, done } = await process.lines.next();
      if (done) {
        process = start(binary);
        return undefined;
      }
      answers.push(JSON.parse(value));
    }
    return answers;
  }
  return {
    async ask(texts) {
      const together = await askOnce(texts);
      if (together !== undefined) return together;
      const answers = [];
      for (const text of texts) answers.push((await askOnce([text]))?.[0]);
      return answers;
    },
    close: () => process.child.stdin.end(),
  };
}

function start(binary) {
  const child = spawn(binary, { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => {});
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}
