import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly if: string; readonly steps: readonly Step[] }>>;
}

interface Step {
  readonly name?: string;
  readonly run?: string;
}

function readWorkflow(name: string): Workflow {
  return parse(readFileSync(`.github/workflows/${name}.yml`, 'utf8')) as Workflow;
}

function scriptOf(workflow: Workflow, step: string): string {
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
  return steps.find(({ name }) => name === step)?.run ?? '';
}

let place = '';
const clone = () => join(place, 'clone');

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'cdb-lint-way-back-'));
  mkdirSync(join(place, 'bin'));
});

afterEach(() => rmSync(place, { recursive: true, force: true }));

const identity = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: `${place}/bin:${process.env['PATH'] ?? ''}`, HOME: place, ...more };
}

function git(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd: existsSync(clone()) ? clone() : place,
    env: environment(identity),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

function commit(file: string, text: string): string {
  writeFileSync(join(clone(), file), text);
  git('add', '.');
  git('commit', '--quiet', '-m', `${file}: ${text}`);
  return git('rev-parse', 'HEAD');
}

/** An origin, a clone of it, and a `gh` that knows the statuses of commits and notes what it is asked to open. */
function repository(): void {
  git('init', '--quiet', '--bare', '--initial-branch=main', 'origin');
  git('clone', '--quiet', join(place, 'origin'), 'clone');
  git('switch', '--quiet', '--create', 'main');
}

function fakeGh(statuses: Readonly<Record<string, unknown>>, open = 0): void {
  writeFileSync(join(place, 'statuses.json'), JSON.stringify(statuses));
  const script = `#!/bin/sh
case "$1 $2" in
"auth setup-git") ;;
"pr list") echo ${open} ;;
"pr create") printf '%s\\n' "$@" > "${place}/created" ;;
"api repos/"*) jq --arg commit "$(echo "$2" | cut -d/ -f5)" '.[$commit] // []' "${place}/statuses.json" ;;
*) echo "unexpected: gh $*" >&2; exit 1 ;;
esac
`;
  writeFileSync(join(place, 'bin/gh'), script);
  chmodSync(join(place, 'bin/gh'), 0o755);
}

const created = () =>
  existsSync(join(place, 'created')) ? readFileSync(join(place, 'created'), 'utf8') : '';
const succeeded = (step: string) => [
  { context: 'flux/dev/applications', state: 'failure' },
  { context: `flux/prod/${step}`, state: 'success' },
  { context: `flux/prod/${step}`, state: 'failure' },
];

describe('rollback.yml', () => {
  const workflow = readWorkflow('rollback');
  const script = scriptOf(workflow, 'Revert');

  function run(event: unknown) {
    git('push', '--quiet', 'origin', 'main');
    return spawnSync('bash', ['-c', script], {
      cwd: clone(),
      env: environment({ EVENT: JSON.stringify(event), REPOSITORY: 'trading/platform', GH_TOKEN: 'none' }),
      encoding: 'utf8',
    });
  }

  const failure = (commitId: string) => ({
    involvedObject: { kind: 'Kustomization', name: 'applications', namespace: 'flux-system' },
    reason: 'HealthCheckFailed',
    severity: 'error',
    message: '@everyone `$(touch /tmp/no)`',
    metadata: { revision: `main@sha1:${commitId}` },
  });

  it('takes main back to the last commit that prod took, merges included', () => {
    repository();
    const good = commit('a', 'good');
    commit('a', 'worse');
    git('switch', '--quiet', '--create', 'topic');
    commit('b', 'new');
    git('switch', '--quiet', 'main');
    git('merge', '--quiet', '--no-ff', '-m', 'Merge', 'topic');
    const failed = git('rev-parse', 'HEAD');
    fakeGh({ [good]: succeeded('applications') });
    const { status, stderr } = run(failure(failed));
    expect([status, stderr]).toEqual([0, '']);
    const branch = `origin/rollback/prod-${failed.slice(0, 12)}`;
    expect(git('rev-parse', `${branch}^{tree}`)).toBe(git('rev-parse', `${good}^{tree}`));
    expect(git('rev-parse', `${branch}~1`)).toBe(failed);
    expect(git('rev-parse', 'origin/main')).toBe(failed);
    expect(created()).toContain(`This takes main back to ${good}, the last commit that prod took.`);
    expect(created()).not.toContain('everyone');
  });

  it('takes back the failed commit alone where nothing is known to have worked', () => {
    repository();
    commit('a', 'first');
    const before = commit('a', 'second');
    const failed = commit('a', 'third');
    fakeGh({ [before]: [{ context: 'flux/dev/applications', state: 'success' }] });
    expect(run(failure(failed)).status).toBe(0);
    expect(created()).toContain(`${before}, the commit before; no earlier one is known to have worked`);
  });

  it('opens one pull request for one commit, however often it fails', () => {
    repository();
    commit('a', 'good');
    const failed = commit('a', 'bad');
    fakeGh({});
    expect(run(failure(failed)).status).toBe(0);
    rmSync(join(place, 'created'));
    git('switch', '--quiet', 'main');
    const again = run(failure(failed));
    expect([again.status, created()]).toEqual([0, '']);
    expect(again.stdout).toContain('is there already');
  });

  it('does nothing once main has moved on', () => {
    repository();
    const failed = commit('a', 'bad');
    commit('a', 'better');
    fakeGh({});
    const { status, stdout } = run(failure(failed));
    expect([status, created()]).toEqual([0, '']);
    expect(stdout).toContain('main has moved on');
  });

  it.each([
    ['another branch', { metadata: { revision: `topic@sha1:${'a'.repeat(40)}` } }],
    ['a script for a commit', { metadata: { revision: 'main@sha1:$(id)' } }],
    ['a step that nobody knows', { involvedObject: { name: 'policies; id' } }],
    ['a reason that is a sentence', { reason: 'It failed `id`' }],
    ['nothing', { involvedObject: null, reason: null, metadata: null }],
  ])('refuses an event with %s', (_, change) => {
    repository();
    const failed = commit('a', 'bad');
    fakeGh({});
    const { status, stdout } = run({ ...failure(failed), ...change });
    expect([status, created()]).toEqual([1, '']);
    expect(stdout).toContain('::error::');
  });

  it('opens nothing where a later commit took everything back already', () => {
    repository();
    const good = commit('a', 'good');
    commit('a', 'bad');
    const failed = commit('a', 'good');
    fakeGh({ [good]: succeeded('applications') });
    const { status, stdout } = run(failure(failed));
    expect([status, created()]).toEqual([0, '']);
    expect(stdout).toContain('there is nothing to take back');
  });

  it('starts for a rollout that failed, and for nothing that never began', () => {
    expect(workflow.jobs['revert']?.if).toContain('["HealthCheckFailed", "ReconciliationFailed"]');
  });
});

describe('image-updates.yml', () => {
  const script = scriptOf(readWorkflow('image-updates'), 'Open');
  const run = () =>
    spawnSync('bash', ['-c', script], {
      cwd: place,
      env: environment({ REPOSITORY: 'trading/platform', BRANCH: 'flux/images-prod' }),
      encoding: 'utf8',
    });

  it('opens a pull request', () => {
    fakeGh({});
    expect(run().status).toBe(0);
    expect(created()).toContain('--head\nflux/images-prod\n');
  });

  it('leaves the one that is open', () => {
    fakeGh({}, 1);
    expect([run().status, created()]).toEqual([0, '']);
  });
});
