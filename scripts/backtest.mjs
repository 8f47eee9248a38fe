// Asks of each merge that was reverted later, and of a sample of the others, what the plan would have said before it:
//   npm run backtest -- CLONE [--reverted N] [--others N] [--since DAY] [--reports FOLDER] [--tool CLI]
// CLONE is a clone with history. It prints one line for each merge with what its reverter wrote, and then by group and rule how many would
// have been stopped (a new error, or a row that destroys or breaks something), warned of (a new warning, or a row that disrupts), or could
// not be checked. Each is checked for the versions of its day. A merge whose report is in FOLDER already is not planned again.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findReverts, mainlineOf } from './backtest/reverts.mjs';
import { reasonsIn, verdictOf, whatCounts } from './backtest/verdict.mjs';
import { configurationOf } from './backtest/versions.mjs';

/** Lines for one merge; the rest is counted. */
const mostTold = 8;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    reverted: { type: 'string', default: '20' },
    others: { type: 'string', default: '60' },
    since: { type: 'string', default: '2024-01-01' },
    reports: { type: 'string' },
    tool: { type: 'string', default: fileURLToPath(new URL('../dist/cli.js', import.meta.url)) },
  },
});
const [clone] = positionals;
if (clone === undefined) throw new Error('name a clone with history');
const work = mkdtempSync(join(tmpdir(), 'cdb-lint-backtest-'));
const reports = resolve(values.reports ?? join(work, 'reports'));
const head = join(work, 'head');
mkdirSync(reports, { recursive: true });
git('worktree', 'add', '--force', '--detach', head, 'HEAD');
try {
  const touching = git(
    'log',
    '--first-parent',
    `--since=${values.since}`,
    '--format=%H',
    '--',
    '*.yaml',
    '*.yml',
  );
  const mainline = touching.split('\n').filter((commit) => commit !== '');
  const reverts = findReverts(mainlineOf(git), git);
  const reverted = mainline.filter((commit) => reverts.has(commit)).slice(0, Number(values.reverted));
  const others = mainline.filter((commit) => !reverts.has(commit));
  report('reverted later', reverted, reverts);
  report('others', sample(others, Number(values.others)), reverts);
} finally {
  git('worktree', 'remove', '--force', head);
  rmSync(work, { recursive: true, force: true });
}

function git(...words) {
  return execFileSync('git', ['-C', clone, ...words], { encoding: 'utf8', maxBuffer: 1e9 });
}

function inHead(...words) {
  return execFileSync('git', ['-C', head, ...words], { encoding: 'utf8', maxBuffer: 1e9 });
}

/** A commit that is `commit` with the configuration of its day; a base counts with the configuration that it has itself. */
function configured(commit, day, parents) {
  inHead('read-tree', commit);
  const file = join(work, 'configuration');
  writeFileSync(file, configurationOf(day));
  const blob = inHead('hash-object', '-w', file).trim();
  inHead('update-index', '--add', '--cacheinfo', `100644,${blob},cdb-lint.yaml`);
  const tree = inHead('write-tree').trim();
  const author = ['-c', 'user.name=backtest', '-c', 'user.email=backtest@localhost'];
  return inHead(...author, 'commit-tree', tree, ...parents, '-m', 'backtest').trim();
}

/** A sample that is the same in each run and does not follow the time: commits in the order of a hash. */
function sample(commits, count) {
  const order = (commit) => createHash('sha256').update(commit).digest('hex');
  return commits
    .map((commit) => ({ commit, key: order(commit) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .slice(0, count)
    .map(({ commit }) => commit);
}

function report(group, commits, reverts) {
  console.log(`## ${group}`);
  const verdicts = { stopped: 0, warned: 0, silent: 0, 'not checked': 0, failed: 0 };
  const byRule = new Map();
  for (const commit of commits) {
    const plan = planned(commit);
    const verdict = verdictOf(plan);
    verdicts[verdict] += 1;
    tell(commit, verdict, plan, reverts.get(commit));
    for (const rule of new Set(reasonsIn(plan).map(({ level, rule }) => `${level} ${rule}`)))
      byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
  }
  const counts = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  console.log(counts.join(', '));
  for (const [rule, count] of [...byRule].sort((one, other) => other[1] - one[1]))
    console.log(`  ${count} ${rule}`);
}

function planned(commit) {
  const file = join(reports, `${commit}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const [day, subject] = git('log', '-1', '--format=%cs%x1f%s', commit).trim().split('\x1f');
  const run = runPlan(commit, day);
  const plan = { day, subject, status: run.status, ...whatCounts(run) };
  writeFileSync(file, JSON.stringify(plan));
  return plan;
}

/** Shape: { status, stdout, stderr }; a clone may lack a file of an old commit, which then says so in stderr. */
function runPlan(commit, day) {
  try {
    const before = configured(`${commit}^1`, day, []);
    inHead('checkout', '--quiet', '--force', '--detach', configured(commit, day, ['-p', before]));
    inHead('clean', '-ffdxq');
    return spawnSync(process.execPath, [values.tool, 'plan', '--base', before, '--format', 'json'], {
      cwd: head,
      encoding: 'utf8',
      maxBuffer: 1e9,
    });
  } catch (error) {
    return { status: null, stdout: '', stderr: String(error.stderr ?? error.message) };
  }
}

function tell(commit, verdict, plan, revert) {
  console.log(`${commit.slice(0, 10)} ${plan.day} ${verdict} (${plan.status}) ${plan.subject.slice(0, 90)}`);
  if (revert !== undefined) console.log(`    reverted by ${wordsOf(revert)}`);
  if (plan.failure !== undefined) console.log(`    ${plan.failure}`);
  const reasons = reasonsIn(plan);
  for (const { level, rule, text, location } of reasons.slice(0, mostTold))
    console.log(
      `    ${level} ${rule}: ${text.slice(0, 160)} ${location?.file ?? ''}:${location?.line ?? ''}`,
    );
  if (reasons.length > mostTold) console.log(`    and ${reasons.length - mostTold} more`);
}

function wordsOf({ id, subject, body }) {
  const said = body.replace(/^(?:This reverts.*|Reverts .*|Signed-off-by:.*|Co-authored-by:.*)$/gimu, '');
  return `${id.slice(0, 10)} ${subject.slice(0, 90)} | ${said.replace(/\s+/gu, ' ').trim().slice(0, 200)}`;
}
