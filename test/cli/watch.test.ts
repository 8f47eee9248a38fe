import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openRepository } from '../support/git-repository.ts';
import { project, spawnCli, withFolder } from '../support/run-cli.ts';

const pod = (field: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      ${field}: web:1\n`;

let folder = '';
let child: ChildProcessWithoutNullStreams | undefined;

afterEach(() => {
  child?.kill();
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Starts watching; each call of what it gives waits for the next run and returns its output. */
function watch(args: readonly string[]): () => Promise<string> {
  const running = spawn(process.execPath, [join(project, 'dist/cli.js'), ...args, '--watch'], {
    cwd: folder,
  });
  child = running;
  let [output, ends] = ['', 0];
  let wake = (): void => {};
  running.stdout.on('data', (text) => (output += String(text)));
  running.stderr.on('data', (text) => {
    ends += String(text).split('waiting for changes').length - 1;
    wake();
  });
  return async () => {
    while (ends === 0) await new Promise<void>((resolve) => (wake = resolve));
    ends -= 1;
    const text = output;
    output = '';
    return text;
  };
}

describe('--watch', () => {
  it('checks again what is saved, what is new and what is gone', async () => {
    folder = mkdtempSync(join(tmpdir(), 'cdb-lint-watch-'));
    write('.git/HEAD', '');
    write('base/kustomization.yaml', 'resources: [web.yaml]\n');
    write('base/web.yaml', pod('image'));
    write('prod/kustomization.yaml', 'resources: [../base]\n');
    const next = watch(['.', '--only', 'unknown-field', '--format', 'concise']);
    expect(await next()).toBe('✓ Passed: 0 errors, 0 warnings, 0 notes; 1 entry point\n');
    write('base/web.yaml', pod('imge'));
    expect(await next()).toContain('base/web.yaml:7:7: error[unknown-field]');
    write('more/pod.yaml', pod('imgae'));
    expect(await next()).toContain('more/pod.yaml:7:7: error[unknown-field]');
    rmSync(join(folder, 'more/pod.yaml'));
    write('base/web.yaml', pod('image'));
    let last = await next();
    while (last.includes('error[')) last = await next();
    expect(last).toContain('✓ Passed: 0 errors');
  });

  it('compares each time with the base as it is then', async () => {
    folder = mkdtempSync(join(tmpdir(), 'cdb-lint-watch-'));
    const repository = openRepository(folder);
    const known = pod('imgae').replace('name: web}', 'name: known}');
    const files = {
      'k8s/kustomization.yaml': 'resources: [known.yaml, web.yaml]\n',
      'k8s/known.yaml': known,
      'k8s/web.yaml': pod('image'),
    };
    repository.commit('begin', files);
    const next = watch(['.', '--only', 'unknown-field', '--format', 'concise', '--base', 'HEAD']);
    expect(await next()).not.toContain('known.yaml');
    write('k8s/web.yaml', pod('imge'));
    expect(await next()).toMatch(/^k8s\/web\.yaml:7:7: error\[unknown-field\]/u);
    repository.commit('it was there');
    write('k8s/web.yaml', `${pod('imge')}# once more\n`);
    let said = await next();
    while (!said.includes('✓')) said += await next();
    expect(said).toContain('0 new errors, 0 warnings, 0 notes; 2 as before');
  });

  it('plans again what is saved', async () => {
    folder = mkdtempSync(join(tmpdir(), 'cdb-lint-watch-'));
    const repository = openRepository(folder);
    repository.commit('begin', {
      'k8s/kustomization.yaml': 'resources: [web.yaml]\n',
      'k8s/web.yaml': pod('image'),
    });
    const next = watch(['plan', '--base', 'HEAD']);
    expect(await next()).toContain('No cluster changes');
    write('k8s/web.yaml', pod('image').replace('web:1', 'web:2'));
    expect(await next()).toContain('image web 1 → 2');
  });

  it('does not go together with what writes', () => {
    withFolder({ '.git/HEAD': '' }, (other) => {
      const { status, stderr } = spawnCli(['.', '--watch', '--fix'], other);
      expect(stderr).toContain('--fix and --watch cannot be combined');
      expect(status).toBe(2);
    });
  });
});

describe('--stats', () => {
  it('says what was looked at in each step, next to the report', () => {
    const { status, stdout, stderr } = spawnCli(['k8s', '--stats', '--format', 'json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ version: 2 });
    expect(stderr.split('\n').map((line) => line.replace(/\s+\d+ ms/u, ' T ms'))).toEqual([
      'start T ms',
      expect.stringMatching(/^read T ms {2}\d+ files, \d+ KiB$/u),
      expect.stringMatching(/^build T ms {2}2 builds, \d+ documents, \d+ objects$/u),
      expect.stringMatching(/^admit T ms {2}2 environments, \d+ policies$/u),
      expect.stringMatching(/^rules T ms {2}\d+ rules$/u),
      'report T ms  0 findings',
      'total T ms',
      '',
    ]);
  });
});
