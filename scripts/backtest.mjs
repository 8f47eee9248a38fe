// Asks of each merge that was reverted later, and of a sample of the others, what the plan would have said before it:
//   npm run backtest -- CLONE [--reverted N] [--others N] [--reports FOLDER]
// CLONE is a clone with history. It prints one line for each merge, and then by group and rule how many merges would have been stopped
// (a new error, or a row that destroys or breaks something), warned of (a new warning, or a row that disrupts), or could not be checked.
// A merge whose report is in FOLDER already is not planned again.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Rules that say that something is not here to be checked: no verdict on the merge. */
const notChecked = new Set(['remote-not-fetched', 'helm-chart-not-rendered', 'plugin-not-executed']);
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    reverted: { type: 'string', default: '20' },
    others: { type: 'string', default: '60' },
    reports: { type: 'string' },
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
  const mainline = git('log', '--first-parent', '--format=%H', 'HEAD', '--', '*.yaml', '*.yml').split('\n');
  const reverts = findReverts(new Set(mainline));
  const reverted = [...reverts.keys()].slice(0, Number(values.reverted));
  const others = mainline.filter((commit) => commit !== '' && !reverts.has(commit));
  report('reverted later', reverted);
  report('others', sample(others, Number(values.others)));
} finally {
  git('worktree', 'remove', '--force', head);
  rmSync(work, { recursive: true, force: true });
}

function git(...words) {
  return execFileSync('git', ['-C', clone, ...words], { encoding: 'utf8', maxBuffer: 1e9 });
}

/** Commits of the mainline that a later one reverts, the newest first, with the commit that reverts each. */
function findReverts(mainline) {
  const log = git('log', '--first-parent', '--format=%x1e%H%x1f%s%x1f%b', 'HEAD').split('\x1e').slice(1);
  const commits = log
    .map((entry) => entry.split('\x1f'))
    .map(([id, subject, body]) => ({ id, subject, body }));
  const byRequest = new Map(commits.flatMap((one) => requestsOf(one).map((number) => [number, one.id])));
  const found = new Map();
  for (const { id, subject, body } of commits) {
    if (/^(?:re-?apply|revert "revert)/iu.test(subject)) continue;
    const named = /reverts (?:merge )?commit ([\da-f]{7,40})/iu.exec(body)?.[1];
    const request = /^Reverts (?:[\w./-]+)?#(\d+)/imu.exec(body)?.[1];
    const target = named === undefined ? byRequest.get(request) : mergeOf(named, mainline);
    if (target !== undefined && target !== id && mainline.has(target)) found.set(target, id);
  }
  return found;
}

function requestsOf({ subject }) {
  const number = /^Merge pull request #(\d+)|\(#(\d+)\)$/u.exec(subject);
  return number === null || /^revert/iu.test(subject) ? [] : [number[1] ?? number[2]];
}

/** The commit that brought `commit` to the mainline. */
function mergeOf(commit, mainline) {
  const known = [...mainline].find((one) => one.startsWith(commit));
  if (known !== undefined) return known;
  try {
    return git('rev-list', '--first-parent', '--ancestry-path', `${commit}..HEAD`).trim().split('\n').at(-1);
  } catch {
    return undefined;
  }
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

function report(group, commits) {
  console.log(`## ${group}`);
  const verdicts = { stopped: 0, warned: 0, silent: 0, 'not checked': 0, failed: 0 };
  const byRule = new Map();
  for (const commit of commits) {
    const plan = planned(commit);
    const verdict = verdictOf(plan);
    verdicts[verdict] += 1;
    tell(commit, verdict, plan);
    for (const rule of new Set(reasons(plan).map(({ level, rule }) => `${level} ${rule}`)))
      byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
  }
  console.log(
    Object.entries(verdicts)
      .map(([verdict, count]) => `${count} ${verdict}`)
      .join(', '),
  );
  for (const [rule, count] of [...byRule].sort((one, other) => other[1] - one[1]))
    console.log(`  ${count} ${rule}`);
}

function planned(commit) {
  const file = join(reports, `${commit}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  execFileSync('git', ['-C', head, 'checkout', '--quiet', '--force', '--detach', commit]);
  execFileSync('git', ['-C', head, 'clean', '-ffdxq']);
  const options = ['plan', '--base', 'HEAD^1', '--format', 'json'];
  const run = spawnSync(process.execPath, [cli, ...options], { cwd: head, encoding: 'utf8', maxBuffer: 1e9 });
  const subject = git('log', '-1', '--format=%s', commit).trim();
  const plan = { subject, status: run.status, ...whatCounts(run) };
  writeFileSync(file, JSON.stringify(plan));
  return plan;
}

function whatCounts({ stdout, stderr }) {
  if (!stdout.startsWith('{'))
    return { failure: stderr.slice(0, 300), rows: [], findings: [], unchecked: [] };
  const { change, diagnostics, coverage } = JSON.parse(stdout);
  const rows = change.rows.map(({ severity, reason, title, location, clusters }) => ({
    severity,
    reason,
    title,
    location,
    clusters,
  }));
  const findings = diagnostics.map(({ rule, severity, message, location }) => ({
    rule,
    severity,
    message,
    location,
  }));
  return { rows, findings, unchecked: coverage.unchecked };
}

function verdictOf(plan) {
  if (plan.failure !== undefined) return 'failed';
  const levels = new Set(reasons(plan).map(({ level }) => level));
  if (['error', 'destroys', 'breaks'].some((level) => levels.has(level))) return 'stopped';
  if (plan.status === 2) return 'not checked';
  return levels.size > 0 ? 'warned' : 'silent';
}

/** Shape: { level, rule, text, location } of each thing that a reader would be told to look at. */
function reasons({ rows, findings }) {
  const told = findings.filter(({ severity, rule }) => severity !== 'note' && !notChecked.has(rule));
  const seen = rows.filter(({ severity }) => ['destroys', 'breaks', 'disrupts'].includes(severity));
  return [
    ...told.map(({ severity, rule, message, location }) => ({
      level: severity,
      rule,
      text: message,
      location,
    })),
    ...seen.map(({ severity, reason, title, location }) => ({
      level: severity,
      rule: reason,
      text: title,
      location,
    })),
  ];
}

function tell(commit, verdict, plan) {
  console.log(`${commit.slice(0, 10)} ${verdict} (${plan.status}) ${plan.subject.slice(0, 90)}`);
  if (plan.failure !== undefined) console.log(`    ${plan.failure}`);
  for (const { level, rule, text, location } of reasons(plan).filter(({ level }) => level !== 'warning'))
    console.log(
      `    ${level} ${rule}: ${text.slice(0, 160)} ${location?.file ?? ''}:${location?.line ?? ''}`,
    );
}
