// `node bench/broken.mjs COMMAND…`: of how many edits of our own manifests COMMAND FILE tells, FILE being an overlay that kustomize rendered.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadInternals } from './load-internals.mjs';
import { isInstalled } from './measure.mjs';

const project = fileURLToPath(new URL('..', import.meta.url));
const overlays = ['dev', 'prod'];

function readPlatform() {
  const entries = readdirSync(join(project, 'k8s'), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(project.length));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(project, path), 'utf8')]));
}

/** The overlays of a tree as they reach the cluster; undefined where kustomize refuses one. */
function render(files) {
  const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-broken-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const build = isInstalled('kustomize') ? ['kustomize', 'build'] : ['kubectl', 'kustomize'];
    const built = overlays.map((overlay) => run([...build, join(folder, 'k8s/overlays', overlay)]));
    return built.some(({ status }) => status !== 0) ? undefined : built.map(({ stdout }) => stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run([program, ...args]) {
  const result = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (result.error !== undefined) throw result.error;
  return result;
}

/** What a command says against rendered overlays, line by line, without what any edit changes: lines, and hashes in names. */
function saidOf(command, rendered) {
  const file = join(tmpdir(), `cdb-lint-broken-${process.pid}.yaml`);
  const said = rendered.flatMap((text) => {
    writeFileSync(file, text);
    const { status, stdout, stderr } = run([...command, file]);
    const lines = `${stdout}\n${stderr}`
      .split('\n')
      .filter((line) => !/^\[(?:OK|SKIPPED)\]/u.test(line))
      .map((line) => line.replaceAll(/:\d+|-[a-z0-9]{10}\b/gu, ''));
    return [`exit ${status}`, ...lines];
  });
  rmSync(file);
  return new Set(said);
}

const command = process.argv.slice(2);
if (command.length === 0) {
  process.stderr.write('node bench/broken.mjs COMMAND…\n');
  process.exitCode = 2;
} else {
  const { edits, breakPlatform } = await loadInternals('broken-edits.mjs');
  const files = readPlatform();
  const before = saidOf(command, render(files));
  const told = { harmful: 0, refused: 0, told: 0, harmless: 0, false: 0 };
  for (const edit of edits) {
    const isHarmful = edit.expected.length > 0;
    const rendered = render(breakPlatform(files, edit));
    told[isHarmful ? 'harmful' : 'harmless'] += 1;
    if (rendered === undefined) told.refused += 1;
    else if ([...saidOf(command, rendered)].some((line) => !before.has(line))) {
      told[isHarmful ? 'told' : 'false'] += 1;
      process.stderr.write(`${edit.id}\n`);
    }
  }
  process.stdout.write(
    `${command[0]}: of ${told.harmful} harmful edits kustomize refuses ${told.refused}; tells of ${told.told} of the others, and of ${told.false} of ${told.harmless} harmless ones\n`,
  );
}
