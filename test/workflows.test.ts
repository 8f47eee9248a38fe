import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { project } from './support/run-cli.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(project, '.github/workflows');
const names = readdirSync(folder);
const readme = readFileSync(join(project, 'README.md'), 'utf8');

function read(name: string): Workflow {
  return parse(readFileSync(join(folder, name), 'utf8')) as Workflow;
}

function steps(workflow: Workflow): Step[] {
  return Object.values(workflow.jobs).flatMap((job) => job.steps);
}

it('are those that are meant', () => {
  expect(names.sort()).toEqual([
    'ci.yml',
    'comment.yml',
    'docs.yml',
    'fuzz.yml',
    'image-updates.yml',
    'pr.yml',
    'release.yml',
    'rollback.yml',
  ]);
});

describe.each(names)('%s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  const workflow = read(name);

  it('pins every action by its commit, with the version next to it', () => {
    const uses = [...text.matchAll(/^[ -]+uses: (.+)$/gmu)]
      .map(([, what = '']) => what)
      .filter((one) => one !== './');
    expect(uses.filter((one) => !/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u.test(one))).toEqual([]);
  });

  it('starts without rights, and each job asks for what it needs', () => {
    expect(workflow.permissions).toEqual({});
    for (const { permissions, 'timeout-minutes': minutes } of Object.values(workflow.jobs)) {
      expect(permissions).toBeDefined();
      expect(minutes).toBeLessThanOrEqual(30);
    }
  });

  it('puts nothing from outside into a script, and leaves no token in the checkout', () => {
    for (const { run = '', uses = '', with: inputs } of steps(workflow)) {
      expect(run).not.toContain('${{');
      if (uses.startsWith('actions/checkout@')) expect(inputs?.['persist-credentials']).toBe(false);
    }
    expect(text).not.toMatch(/pull_request_target|secrets\./u);
  });
});

describe('rights', () => {
  const rights = (name: string): Record<string, unknown> =>
    Object.fromEntries(Object.entries(read(name).jobs).map(([job, { permissions }]) => [job, permissions]));

  it('are read-only where the code of a pull request runs', () => {
    for (const name of ['ci.yml', 'pr.yml'])
      for (const permissions of Object.values(rights(name)))
        expect(permissions).toEqual({ contents: 'read' });
  });

  it('to write are with jobs that run no code of a pull request', () => {
    expect(rights('comment.yml')).toEqual({ comment: { actions: 'read', 'pull-requests': 'write' } });
    expect(Object.keys(read('comment.yml').on)).toEqual(['workflow_run']);
    expect(steps(read('comment.yml')).filter(({ uses = '' }) => /checkout|^\.\//u.test(uses))).toEqual([]);
    expect(rights('rollback.yml')).toEqual({
      revert: { contents: 'write', 'pull-requests': 'write', statuses: 'read' },
    });
    expect(Object.keys(read('rollback.yml').on)).toEqual(['repository_dispatch']);
    expect(rights('image-updates.yml')).toEqual({
      'pull-request': { contents: 'read', 'pull-requests': 'write' },
    });
    expect(rights('docs.yml')).toEqual({
      build: { contents: 'read' },
      publish: { pages: 'write', 'id-token': 'write' },
    });
    expect(read('docs.yml').jobs['publish']?.steps).toHaveLength(1);
    expect(Object.keys(read('release.yml').on)).toEqual(['workflow_dispatch']);
    expect(rights('release.yml')).toEqual({
      build: { contents: 'read' },
      again: { contents: 'read' },
      executable: { contents: 'read' },
      publish: { 'id-token': 'write', attestations: 'write' },
      tag: { contents: 'write' },
    });
  });
});

it('ci.yml runs on every Node.js that is supported', () => {
  const check = read('ci.yml').jobs['check'] as unknown as { strategy: { matrix: { node: string[] } } };
  expect(check.strategy.matrix.node).toEqual(['20', '22', '24']);
});

it('README.md shows the workflow that pr.yml is, with the same pins', () => {
  const shown = [...readme.matchAll(/^```yaml\n(.*?)^```$/gmsu)].find(([, text = '']) =>
    text.includes('runs-on'),
  );
  const example = parse(shown?.[1] ?? '') as Workflow;
  const ours = read('pr.yml').jobs['gate'];
  const theirs = example.jobs['gate'];
  expect(theirs?.permissions).toEqual(ours?.permissions);
  const checkout = (job: Job | undefined): unknown =>
    job?.steps.find(({ uses = '' }) => uses.includes('checkout'));
  expect(checkout(theirs)).toEqual({ uses: (checkout(ours) as Step).uses, with: { 'fetch-depth': 2 } });
  const gate = ours?.steps.find(({ uses }) => uses === './');
  expect(theirs?.steps.find(({ uses = '' }) => uses.includes('cdb-lint@'))?.with).toEqual({
    paths: gate?.with?.['paths'],
  });
});

describe('the comment on a pull request', () => {
  const script = steps(read('comment.yml')).find(({ name }) => name === 'Comment')?.run ?? '';
  const good = {
    summary: { error: 3, warning: 2, note: 1, suppressed: 0 },
    coverage: { unchecked: [{ what: 'a', why: 'b' }] },
    diagnostics: [{ message: '@everyone [x](https://evil.example)' }],
  };
  const head = 'a'.repeat(40);
  const pulls = [
    { number: 6, head: { sha: 'b'.repeat(40) } },
    { number: 7, head: { sha: head } },
  ];

  /** Runs the script with a stand-in for `gh`, which notes its arguments. */
  function run(report: unknown, comments: readonly unknown[] = [], open: readonly unknown[] = pulls) {
    const place = mkdtempSync(join(tmpdir(), 'cdb-lint-comment-'));
    try {
      mkdirSync(join(place, 'report'));
      mkdirSync(join(place, 'bin'));
      writeFileSync(
        join(place, 'report/report.json'),
        typeof report === 'string' ? report : JSON.stringify(report),
      );
      writeFileSync(join(place, 'pulls'), JSON.stringify(open));
      writeFileSync(join(place, 'comments'), JSON.stringify(comments));
      writeFileSync(
        join(place, 'bin/gh'),
        `#!/bin/sh\ncase "$*" in\n*PATCH*|*POST*) printf '%s\\n' "$@" > "${place}/written" ;;\n*/pulls*) cat "${place}/pulls" ;;\n*/comments*) cat "${place}/comments" ;;\nesac\n`,
      );
      chmodSync(join(place, 'bin/gh'), 0o755);
      const { status } = spawnSync('bash', ['-c', script], {
        cwd: place,
        encoding: 'utf8',
        env: {
          PATH: `${join(place, 'bin')}:${process.env['PATH']}`,
          REPOSITORY: 'shop/deploy',
          HEAD_SHA: head,
          HEAD_LABEL: 'stranger:branch',
          RUN_URL: 'https://github.example/run/1',
        },
      });
      let written = '';
      try {
        written = readFileSync(join(place, 'written'), 'utf8');
      } catch {
        // Nothing was written.
      }
      return { status, written };
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  }

  it('has the counts and a link, and goes to the pull request of that commit', () => {
    const { status, written } = run(good);
    expect(status).toBe(0);
    expect(written).toContain('POST\nrepos/shop/deploy/issues/7/comments\n');
    expect(written).toContain(
      '**cdb-lint**: 3 errors, 2 warnings, 1 notes, 0 suppressed; 1 not checked. [The summary](https://github.example/run/1)',
    );
    expect(written).not.toContain('evil');
  });

  it('is written over the one before, if that is ours', () => {
    const comments = [
      { id: 1, user: { type: 'User' }, body: '<!-- cdb-lint --> not ours' },
      { id: 2, user: { type: 'Bot' }, body: '<!-- cdb-lint -->\nold' },
    ];
    expect(run(good, comments).written).toContain('PATCH\nrepos/shop/deploy/issues/comments/2\n');
  });

  it.each([
    ['is not JSON', 'nonsense'],
    ['has words for numbers', { ...good, summary: { ...good.summary, error: '@everyone' } }],
    ['has half numbers', { ...good, summary: { ...good.summary, error: 0.5 } }],
    ['has no counts', { coverage: good.coverage }],
    ['has nothing of what was not checked', { summary: good.summary }],
  ])('is not written where the report %s', (_, report) => {
    const { status, written } = run(report);
    expect(status).not.toBe(0);
    expect(written).toBe('');
  });

  it('is not written where no open pull request has that commit', () => {
    expect(run(good, [], [pulls[0]]).written).toBe('');
  });
});
