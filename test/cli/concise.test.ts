import { describe, expect, it } from 'vitest';
import { runCli, withFolder } from '../support/run-cli.ts';

const pod = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n    - name: web\n      imge: web:1\n`;
const only = ['--only', 'unknown-field'];
const files = { 'a pod.yaml': pod('a'), 'b.yaml': pod('b'), '.git/HEAD': '' };

describe('--format concise', () => {
  it('is one line a finding, then the counts', async () => {
    await withFolder(files, async (folder) => {
      const { stdout, status } = await runCli(['.', ...only, '--format', 'concise'], folder);
      expect(stdout.split('\n')).toEqual([
        expect.stringMatching(/^a pod\.yaml:8:7: error\[unknown-field\] .*imge/u),
        expect.stringMatching(/^b\.yaml:8:7: error\[unknown-field\] .*imge/u),
        '✗ Failed: 1 error in 2 places, 0 warnings, 0 notes',
        '',
      ]);
      expect(status).toBe(1);
    });
  });

  it('names environments, and what was not checked', async () => {
    await withFolder(
      {
        '.git/HEAD': '',
        'cdb-lint.yaml': 'environments:\n  dev:\n    root: dev\n  prod:\n    root: prod\n',
        'base/kustomization.yaml': 'resources: [pod.yaml]\n',
        'base/pod.yaml': pod('a'),
        'dev/kustomization.yaml': 'resources: [../base]\n',
        'prod/kustomization.yaml': 'resources: [../base, missing.yaml]\n',
        'more/kustomization.yaml': 'resources: [../base]\n',
      },
      async (folder) => {
        const both = await runCli(['dev', '--format', 'concise', ...only], folder);
        expect(both.stdout).toMatch(/^base\/pod\.yaml:8:7: error\[unknown-field\] .* \(dev\)$/mu);
        const broken = await runCli(['.', '--format', 'concise', ...only], folder);
        expect(broken.stdout).toMatch(/^not checked: .*prod/mu);
        expect(broken.status).toBe(2);
      },
    );
  });
});

describe('hyperlinks', () => {
  const run = async (env: Record<string, string>, format = 'terminal'): Promise<string> =>
    withFolder(
      files,
      async (folder) => (await runCli(['.', ...only, '--format', format], folder, env)).stdout,
    );

  it.each(['terminal', 'concise'])('lead to the file, percent-encoded, in %s', async (format) => {
    const text = await run({ FORCE_HYPERLINK: '1' }, format);
    expect(text).toMatch(
      /\u001b\]8;;file:\/\/\/[^\u001b ]*\/a%20pod\.yaml\u001b\\a pod\.yaml:8:7\u001b\]8;;\u001b\\/u,
    );
  });

  it.each([
    [{}],
    [{ TERM_PROGRAM: 'WezTerm' }],
    [{ FORCE_HYPERLINK: '0' }],
    [{ FORCE_HYPERLINK: '1', CI: 'true' }],
    [{ FORCE_HYPERLINK: '1', GITHUB_ACTIONS: 'true' }],
  ])('none in a pipe or a log: %j', async (env) => {
    expect(await run(env)).not.toContain('\u001b');
  });

  it('none in a file, nor in other formats', async () => {
    expect(await run({ FORCE_HYPERLINK: '1' }, 'markdown')).not.toContain('\u001b');
  });
});
