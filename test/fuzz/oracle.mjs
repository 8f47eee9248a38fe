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

/** Asks one long-lived process for many texts. */
export function openOracle() {
  const child = spawn(buildOracle(), { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(texts) {
      const sent = texts.map((text) => `${JSON.stringify(text)}\n`).join('');
      child.stdin.write(sent);
      const answers = [];
      for (const _ of texts) answers.push(JSON.parse((await lines.next()).value));
      return answers;
    },
    close: () => child.stdin.end(),
  };
}
