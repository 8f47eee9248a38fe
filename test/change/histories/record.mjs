// Records what Flux's own library makes of the histories: `node test/change/histories/record.mjs`, with Go and kustomize in the path.
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
import { loadInternals } from '../../../bench/load-internals.mjs';

const { histories, root } = await loadInternals(new URL('histories.ts', import.meta.url).href);
const input = histories.map(({ name, base, edits }) => ({
  name,
  root,
  base: rendered(base),
  head: rendered({ ...base, ...edits }),
}));
const oracle = new URL('oracle', import.meta.url).pathname;
const output = execFileSync('go', ['run', '.'], {
  cwd: oracle,
  input: JSON.stringify(input),
  maxBuffer: 1e8,
  stdio: ['pipe', 'pipe', 'inherit'],
});
const answers = Object.entries(JSON.parse(output.toString())).sort(([a], [b]) => (a < b ? -1 : 1));
const rows = answers.map(([name, objects]) => `  ${JSON.stringify(name)}: ${JSON.stringify(objects)}`);
writeFileSync(new URL('../fixtures/flux-outcomes.json', import.meta.url), `{\n${rows.join(',\n')}\n}\n`);

/** What each directory renders to, as Flux has it: without a kustomization all that is in it. */
function rendered(files) {
  const directory = mkdtempSync(join(tmpdir(), 'history-'));
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) continue;
    mkdirSync(join(directory, dirname(path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  const builds = {};
  for (const path of [root, 'apps', 'site', 'child'])
    if (existsSync(join(directory, path))) builds[path] = build(join(directory, path));
  rmSync(directory, { recursive: true });
  return { builds };
}

function build(directory) {
  if (existsSync(join(directory, 'kustomization.yaml')))
    return execFileSync('kustomize', ['build', directory]).toString();
  const files = readdirSync(directory).filter((name) => statSync(join(directory, name)).isFile());
  return files.map((name) => readFileSync(join(directory, name), 'utf8')).join('---\n');
}
