// What each directory of a history renders to, by kustomize itself.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The histories as the oracles read them. */
export function renderedHistories(histories, root, paths) {
  return histories.map(({ name, base, edits }) => ({
    name,
    root,
    base: rendered(base, paths),
    head: rendered({ ...base, ...edits }, paths),
  }));
}

/** Lets an oracle play the histories, and writes what it says. */
export function record(oracle, input, file, ...args) {
  const output = execFileSync('go', ['run', '.', ...args], {
    cwd: oracle.pathname,
    input: JSON.stringify(input),
    maxBuffer: 1e8,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = Object.entries(JSON.parse(output.toString())).sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = answers.map(([name, objects]) => `  ${JSON.stringify(name)}: ${JSON.stringify(objects)}`);
  writeFileSync(file, `{\n${rows.join(',\n')}\n}\n`);
}

function rendered(files, paths) {
  const directory = mkdtempSync(join(tmpdir(), 'history-'));
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) continue;
    mkdirSync(join(directory, dirname(path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  const builds = {};
  for (const path of paths)
    if (existsSync(join(directory, path))) builds[path] = build(join(directory, path));
  rmSync(directory, { recursive: true });
  return { builds };
}

/** Flux takes all that is in a directory without a kustomization. */
function build(directory) {
  if (existsSync(join(directory, 'kustomization.yaml')))
    return execFileSync('kustomize', ['build', directory]).toString();
  const files = readdirSync(directory).filter((name) => statSync(join(directory, name)).isFile());
  return files.map((name) => readFileSync(join(directory, name), 'utf8')).join('---\n');
}
