import { spawnSync } from 'node:child_process';
import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bystander, lostWords, service } from '../support/hostile-input.ts';
import { project, withFolder } from '../support/run-cli.ts';

interface Run {
  readonly status: number | null;
  readonly text: string;
}

/** Runs the built tool on a repository with little memory, and with built-in objects that nobody can change. */
function runOn(files: Readonly<Record<string, string>>, prepare: (folder: string) => void = () => {}): Run {
  return withFolder({ '.git/HEAD': '', ...bystander, ...files }, (folder) => {
    prepare(folder);
    const freeze = 'data:text/javascript,Object.freeze(Object.prototype);Object.freeze(Array.prototype)';
    const args = ['--max-old-space-size=512', '--import', freeze, join(project, 'dist/cli.js'), '.'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
      maxBuffer: 2 ** 26,
    });
    return { status, text: stdout + stderr };
  });
}

const secret = 'what-stands-outside-71c2';

describe('from the disk', () => {
  it.each<[string, (folder: string) => void, string]>([
    [
      'a link out of the repository',
      (folder) => symlinkSync('/etc/hostname', join(folder, 'bad/x.yaml')),
      'bad/kustomization.yaml',
    ],
    [
      'a link to the environment',
      (folder) => symlinkSync('/proc/self/environ', join(folder, 'bad/x.yaml')),
      'bad/kustomization.yaml',
    ],
    [
      'a link to itself',
      (folder) => symlinkSync('x.yaml', join(folder, 'bad/x.yaml')),
      'bad/kustomization.yaml',
    ],
    [
      'a pipe that no one writes to',
      (folder) => void spawnSync('mkfifo', [join(folder, 'bad/x.yaml')]),
      'bad/kustomization.yaml',
    ],
    ['a device', (folder) => symlinkSync('/dev/zero', join(folder, 'bad/x.yaml')), 'bad/kustomization.yaml'],
    [
      'a file of 2 GB',
      (folder) => {
        writeFileSync(join(folder, 'bad/x.yaml'), '');
        truncateSync(join(folder, 'bad/x.yaml'), 2 ** 31);
      },
      'bad/',
    ],
  ])('%s', (_name, prepare, place) => {
    const { status, text } = runOn({ 'bad/kustomization.yaml': 'resources: [x.yaml]\n' }, prepare);
    expect(text).not.toMatch(lostWords);
    expect(text).not.toContain('PATH=');
    expect(text).toContain(place);
    expect(text).toContain('did you mean "image"?');
    expect(status).toBe(2);
  });

  it('a folder that is outside the repository', () => {
    withFolder(
      { 'kustomization.yaml': 'resources: [x.yaml]\n', 'x.yaml': `${service(secret)}` },
      (outside) => {
        const { status, text } = runOn({ 'bad/kustomization.yaml': 'resources: [out]\n' }, (folder) =>
          symlinkSync(outside, join(folder, 'bad/out')),
        );
        expect(text).not.toMatch(lostWords);
        expect(text).not.toContain(secret);
        expect(status).toBe(2);
      },
    );
  });

  it('a million documents, in little memory', () => {
    const { status, text } = runOn({
      'bad/kustomization.yaml': 'resources: [x.yaml]\n',
      'bad/x.yaml': '---\na: 1\n'.repeat(1_000_000),
    });
    expect(text).not.toMatch(lostWords);
    expect(text).toContain('did you mean "image"?');
    expect(status).toBe(2);
  });

  it.each<[string, (folder: string) => void]>([
    ['a link out of the repository', (folder) => symlinkSync('/etc/hostname', join(folder, 'cdb-lint.yaml'))],
    ['a link to nothing', (folder) => symlinkSync('gone.yaml', join(folder, 'cdb-lint.yaml'))],
    ['a pipe', (folder) => void spawnSync('mkfifo', [join(folder, 'cdb-lint.yaml')])],
  ])('a configuration that is %s is not left out', (_, prepare) => {
    const { status, text } = runOn({}, prepare);
    expect(text).toContain('cdb-lint.yaml');
    expect(text).toContain('the configuration cannot be used');
    expect(status).toBe(2);
  });

  it('a manifest that is a link out of the repository is named', () => {
    const { text } = runOn({}, (folder) => symlinkSync('/etc/hostname', join(folder, 'pod.yaml')));
    expect(text).toContain('links that are broken or point outside the repository, so left out: pod.yaml');
  });

  it('a configuration that is a program is never run', () => {
    const { text } = runOn({
      'cdb-lint.config.js': 'throw new Error("it was run")\n',
      'package.json': '{"type": "module", "cdb-lint": {"extends": "./cdb-lint.config.js"}}',
    });
    expect(text).not.toContain('it was run');
  });
});
