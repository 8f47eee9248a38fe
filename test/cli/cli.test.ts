import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/command/commands.ts';
import { runCli, withFolder } from '../support/run-cli.ts';

const pod =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      imge: web:1\n';
const only = ['--only', 'unknown-field'];

describe('rules with commas between them', () => {
  it('are several rules', async () => {
    await withFolder({ 'pod.yaml': pod }, async (folder) => {
      const rules = async (...args: string[]): Promise<unknown> => {
        const { stdout } = await runCli([folder, '--format', 'json', ...args], folder);
        return (JSON.parse(stdout) as { diagnostics: { rule: string }[] }).diagnostics.map(
          ({ rule }) => rule,
        );
      };
      expect(await rules('--only', 'unknown-field, required-field-missing')).toEqual(
        await rules('--only', 'unknown-field', '--only', 'required-field-missing'),
      );
      expect(await rules('--only', 'unknown-field,')).toEqual(['unknown-field']);
      expect((await runCli([folder, '--only', ','], folder)).status).toBe(2);
    });
  });
});

describe('our own platform', () => {
  it('is clean in both environments, and says what that covers', async () => {
    const { status, stdout, stderr } = await runCli(['k8s/']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^dev \(k8s\/overlays\/dev, \d+ objects\)$/mu);
    expect(stdout).toMatch(/^prod \(k8s\/overlays\/prod, \d+ objects\)$/mu);
    // A wide matrix is cut into blocks of columns; each service has a row in each block of each environment.
    const blocks = stdout.match(/^ {9,}[A-Za-z]/gmu)?.length ?? 0;
    expect(blocks).toBeGreaterThanOrEqual(2);
    for (const service of [
      'redis',
      'postgresql',
      'prometheus',
      'grafana',
      'ws',
      'signal',
      'risk',
      'execution',
      'db-writer',
    ])
      expect(stdout.match(new RegExp(`^  ${service} +✓[ ✓]*$`, 'gmu'))?.length).toBe(blocks);
    expect(stdout).not.toMatch(/✗|\?|[Nn]ot checked/u);
    expect(stdout).toMatch(
      /^Covered: \d+ files, \d+ documents, 2 builds \(dev, prod\), \d+ objects, \d+ policies$/mu,
    );
    expect(stdout).toMatch(/^✓ Passed: 0 errors, 0 warnings, 0 notes; 2 environments\n$/mu);
    expect(status).toBe(0);
  });
});

describe('misuse', () => {
  it.each([
    [['--fromat', 'json'], 'unknown option --fromat', 'did you mean --format?'],
    [['--no-color'], 'unknown option --no-color', 'did you mean --color never?'],
    [['--color'], '--color needs a value', 'write --color auto, always or never'],
    [
      ['explain', 'deploy/ws'],
      'deploy/ws is not a rule',
      'to see where its values come from: cdb-lint blame DIR deploy/ws',
    ],
    [['--format', 'jsno'], 'unknown format "jsno"', 'did you mean "json"?'],
    [['--fail-on', 'warn'], '--fail-on does not accept "warn"', 'use error, warning, note, never'],
    [['--format'], '--format needs a value', 'write --format NAME[=FILE]'],
    [['--only', '--skip', 'x'], '--only needs a value', 'write --only RULE'],
    [['--config', 'a', '--config', 'b'], '--config is given twice', 'write it once'],
    [['--help=x'], '--help takes no value', 'write --help without a value'],
    [['-x'], 'unknown option -x', 'see cdb-lint --help'],
    [['rendr', 'k8s'], 'rendr is neither a path nor a command', 'did you mean "cdb-lint render"?'],
    [
      ['--format', 'json', 'render', 'k8s'],
      'render is a command and must come first',
      'write cdb-lint render …',
    ],
    [['help', 'redner'], 'there is no command "redner"', 'did you mean "cdb-lint help render"?'],
    [
      ['k8s', '--root', 'nowhere'],
      'there is no directory nowhere',
      'set --root to the root of the repository',
    ],
    [
      ['render', 'k8s/overlay/prod'],
      'there is no directory k8s/overlay/prod',
      'did you mean "k8s/overlays/prod"?',
    ],
    [['blame', 'k8s/overlay/prod', 'a/b'], 'there is no directory k8s/overlay/prod', 'did you mean'],
    [['graph', '../nowhere'], 'there is no directory ../nowhere', 'use a directory of the repository'],
    [['test', 'polices'], 'there is no directory polices', 'did you mean "policies"?'],
    [
      ['blame', 'k8s/overlays/prod', 'Deplyment/ws'],
      'nothing in k8s/overlays/prod is Deplyment/ws',
      'did you mean "Deployment/ws"?',
    ],
    [
      ['explain', 'image-not-pined'],
      'there is no rule "image-not-pined"',
      'did you mean "image-not-pinned"?',
    ],
    [['completion', 'bsh'], 'there is no completion for "bsh"', 'did you mean "bash"?'],
    [['render'], 'render needs a DIR', 'write cdb-lint render DIR'],
    [['render', 'a', 'b'], 'render takes one DIR, not 2', 'write cdb-lint render DIR'],
    [['rules', 'a'], 'rules takes no argument, not 1', 'write cdb-lint rules'],
    [['render', 'k8s', '--reorder', 'legcy'], '--reorder does not accept "legcy"', 'did you mean "legacy"?'],
    [
      ['--format', 'json', '--format', 'terminal'],
      'only one format can use standard output',
      'write all but one to a file',
    ],
    [['--format', 'json='], '"json=" has no file name', 'write --format json=FILE'],
    [
      ['--baseline', 'a', '--no-baseline'],
      '--baseline and --no-baseline cannot be combined',
      'use --no-baseline alone',
    ],
    [['explain', 'README.md'], 'README.md is a file, not a rule', 'cdb-lint explain README.md:LINE'],
  ])('%j', async (args, problem, help) => {
    const { status, stdout, stderr } = await runCli(args);
    expect(stderr).toContain(`cdb-lint: ${problem}\n`);
    expect(stderr).toContain(help);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});

describe('paths that are not there', () => {
  it.each([
    [['k8s/overlay/prod'], 'did you mean "k8s/overlays/prod"?'],
    [['admit', 'k8s/bse'], 'did you mean "k8s/base"?'],
    [['k8s', '--config', 'cdb-lnt.yaml'], 'did you mean "cdb-lint.yaml"?'],
    [['k8s', '--baseline', 'REDME.md'], 'did you mean "README.md"?'],
    [['k8s', '--environment', 'prd'], 'did you mean "prod"?'],
    [['k8s', '--only', 'image-not-pined'], 'did you mean "image-not-pinned"?'],
  ])('%j', async (args, help) => {
    const { status, stdout } = await runCli(args);
    expect(stdout).toContain(`help: ${help}`);
    expect(status).toBe(2);
  });
});

describe('words', () => {
  it('--help names every command and option and goes to standard output', async () => {
    const { status, stdout, stderr } = await runCli(['--help']);
    for (const word of [
      'render',
      'explain',
      'rules',
      '--format',
      '--fail-on',
      '--environment',
      '--root',
      'Exit code',
    ])
      expect(stdout).toContain(word);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').every((line) => line.length <= 110)).toBe(true);
    expect((await runCli(['render', '--help'])).stdout).toContain('--load-restrictor NAME');
  });

  it.each(commands.names)('%s --help has examples, and help %s says the same', async (name) => {
    const { stdout } = await runCli([name, '--help']);
    expect(stdout).toMatch(/^Examples:\n {2}\S/mu);
    expect((await runCli(['help', name])).stdout).toBe(stdout);
  });

  it('--version is the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await runCli(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('where things go', () => {
  it('the data of a format goes to standard output or to its file, words to standard error', async () => {
    await withFolder({ 'pod.yaml': pod, '.git/HEAD': '' }, async (folder) => {
      const run = await runCli(
        ['pod.yaml', ...only, '--format', 'json=report.json', '--format', 'terminal'],
        folder,
      );
      expect(run.status).toBe(1);
      expect(run.stdout).toContain('--> pod.yaml:8:7');
      expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toMatchObject({ version: 2 });
      const json = await runCli(['--format=json', ...only], folder);
      expect(JSON.parse(json.stdout)).toMatchObject({ summary: { error: 1 } });
      expect(json.stderr).toBe('');
    });
  });

  it('paths are relative to the repository, from wherever it is run', async () => {
    await withFolder({ 'a/b/pod.yaml': pod, '.git/HEAD': '' }, async (folder) => {
      const from = async (cwd: string, path: string): Promise<string> =>
        (await runCli([path, ...only], join(folder, cwd))).stdout;
      expect(await from('.', 'a')).toContain('--> a/b/pod.yaml:8:7');
      expect(await from('a/b', '.')).toContain('--> a/b/pod.yaml:8:7');
      expect(await from('a', '../a/b/pod.yaml')).toContain('--> a/b/pod.yaml:8:7');
    });
  });

  it('what is outside the repository is not opened', async () => {
    await withFolder({ 'in/.git/HEAD': '', 'in/a.yaml': pod, 'out.yaml': pod }, async (folder) => {
      const run = await runCli(['../out.yaml', '--root', '.'], join(folder, 'in'));
      expect(run.status).toBe(2);
      expect(run.stdout).not.toContain('imge');
    });
  });
});

describe('colours', () => {
  const files = { 'pod.yaml': pod, '.git/HEAD': '' };
  const coloured = async (env: Record<string, string>): Promise<boolean> =>
    withFolder(files, async (folder) =>
      (await runCli(['.', ...only], folder, env)).stdout.includes('\u001b['),
    );

  it('only where someone looks, or where they are asked for', async () => {
    expect(await coloured({})).toBe(false);
    expect(await coloured({ FORCE_COLOR: '1' })).toBe(true);
    expect(await coloured({ FORCE_COLOR: '0' })).toBe(false);
    expect(await coloured({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(await coloured({ FORCE_COLOR: '1', NO_COLOR: '' })).toBe(true);
  });
});

describe('hostile words', () => {
  const name = '\\n::error file=x::boo\\e[31m\\u202e##[warning]x';
  const files = {
    '.git/HEAD': '',
    'pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata:\n  name: "${name}"\n"::set-output name=x": 1\n`,
    '::error file=a,line=1::b.yaml': 'a: [\n',
  };

  it.each([['terminal'], ['json']])('%s prints none of them as they are', async (format) => {
    await withFolder(files, async (folder) => {
      const { stdout, stderr } = await runCli(['.', '--format', format], folder, { GITHUB_ACTIONS: 'true' });
      expect(stdout.length).toBeGreaterThan(200);
      for (const line of `${stdout}\n${stderr}`.split(/\r\n?|[\n\u0085\u2028\u2029]/u)) {
        expect(line.trim().startsWith('::')).toBe(false);
        expect(line).not.toContain('##[');
      }
      if (format === 'terminal')
        expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
    });
  });
});

it('a fault of our own is one line and exit 2', async () => {
  await withFolder({ 'pod.yaml': pod }, async (folder) => {
    const args = ['pod.yaml', '--format', `json=${join(folder, 'no/such/folder.json')}`];
    const { status, stderr } = await runCli(args, folder);
    expect(stderr).not.toMatch(/\n\s+at /u);
    expect(stderr).toContain('folder.json');
    expect(status).toBe(2);
    expect(existsSync(join(folder, 'no'))).toBe(false);
  });
});
