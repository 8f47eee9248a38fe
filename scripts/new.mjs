// Writes the files of a new rule, policy, format or command and its lines in lists, all of them working, for their author to change:
//   npm run new-rule ID [SUBJECT], new-policy ID, new-format NAME, new-command NAME
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const root = new URL('..', import.meta.url);
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
const [kind = '', name = '', ...more] = process.argv.slice(2);
const kinds = ['rule', 'policy', 'format', 'command'];

async function main() {
  if (!kinds.includes(kind)) return complain(`what is new can be a ${kinds.join(', ')}`);
  const { pattern, planNew } = await import(`./new/${kind}.mjs`);
  if (!pattern.test(name))
    return complain(`"${name}" is not a name for a ${kind}: it has to match ${pattern.source}`);
  const plan = await planNew(name, more);
  if ('problem' in plan) return complain(plan.problem);
  const present = Object.keys(plan.files).find((path) => existsSync(new URL(path, root)));
  if (present !== undefined) return complain(`${present} is there already`);
  for (const [path, text] of Object.entries(plan.files)) write(path, text);
  for (const [path, change] of Object.entries(plan.edits ?? {})) write(path, change(read(path)));
  process.argv.length = 2;
  await import('./generate.mjs');
  // Sorts imports and breaks long lines, as names are long or short.
  const written = [...Object.keys(plan.files), ...Object.keys(plan.edits ?? {})].filter((path) =>
    path.endsWith('.ts'),
  );
  if (written.length > 0)
    execFileSync(process.execPath, [biome, 'check', '--write', '--vcs-enabled=false', ...written], {
      cwd: root,
      stdio: 'pipe',
    });
  console.log(`\n${plan.next}\nThen write its line in CHANGELOG.md.`);
}

function read(path) {
  return readFileSync(new URL(path, root), 'utf8');
}

function write(path, text) {
  writeFileSync(new URL(path, root), text);
  console.log(`wrote ${path}`);
}

function complain(problem) {
  console.error(problem);
  process.exitCode = 1;
}

await main();
