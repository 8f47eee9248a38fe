import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deployments } from './deployments.mjs';
import { alternate, isInstalled, timeProcess } from './measure.mjs';
import { deploymentSchema } from './schemas.mjs';
import { printComparison, skip, target } from './table.mjs';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** Strict validation of Deployments in one file, beside kubeconform with its schemas on disk. */
export function compareAdmission() {
  const title = 'admit: strict validation of Deployments';
  if (!isInstalled('kubeconform')) return skip(title, 'kubeconform is not installed');
  const schemas = deploymentSchema();
  if (schemas === undefined)
    return skip(title, 'pip cannot download kubernetes-validate, the source of schemas');
  const cwd = mkdtempSync(join(tmpdir(), 'cdb-lint-bench-'));
  try {
    for (const count of [1, 100, 10_000]) compareFile(title, cwd, count, schemas);
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

function compareFile(title, cwd, count, schemas) {
  const file = `${count}.yaml`;
  writeFileSync(join(cwd, file), deployments(count));
  const location = `${schemas}/{{ .ResourceKind }}{{ .KindSuffix }}.json`;
  const theirs = ['kubeconform', '-strict', '-schema-location', location, file];
  const ours = ['node', cli, 'admit', file];
  if (spawnSync(theirs[0], theirs.slice(1), { cwd, stdio: 'ignore' }).status !== 0)
    return skip(title, 'kubeconform rejects what is right');
  if (spawnSync(ours[0], ours.slice(1), { cwd, stdio: 'ignore' }).status !== 0)
    return skip(title, 'this build has no working `cdb-lint admit`');
  const sides = alternate(
    { 'cdb-lint admit': () => timeProcess(ours, { cwd }), kubeconform: () => timeProcess(theirs, { cwd }) },
    count > 100 ? 5 : 11,
  );
  const [own, other] = [sides['cdb-lint admit'], sides.kubeconform];
  printComparison(`${title}, ${count.toLocaleString('en')} of them in one file`, sides, [
    target('less CPU time than kubeconform', own.cpu < other.cpu),
    target('less wall time than kubeconform', own.wall < other.wall),
  ]);
}
