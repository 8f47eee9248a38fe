import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const lines = readFileSync(join(root, 'Dockerfile'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

/** The instructions of each stage, by its name or its number. */
const stages = new Map<string, string[]>();
for (const line of lines) {
  const [, name] = /^FROM \S+(?: AS (\S+))?$/u.exec(line) ?? [];
  if (line.startsWith('FROM ')) stages.set(name ?? String(stages.size), []);
  else [...stages.values()].at(-1)?.push(line);
}
const last = [...stages.values()].at(-1) ?? [];
const argumentOf = (instruction: string): string | undefined =>
  last.find((line) => line.startsWith(`${instruction} `))?.slice(instruction.length + 1);

/** The files of the image, put together from what is built here, as the last stage copies them. */
function unpacked(folder: string): void {
  for (const line of last) {
    const [, from = '', source = '', target = ''] =
      /^COPY --from=(\S+) \/build\/(\S+) (\S+)$/u.exec(line) ?? [];
    if (!line.startsWith('COPY ')) continue;
    expect(stages.has(from), line).toBe(true);
    expect(existsSync(join(root, source)), line).toBe(true);
    mkdirSync(join(folder, target, '..'), { recursive: true });
    cpSync(join(root, source), join(folder, target), { recursive: true });
  }
}

describe('the container image', () => {
  it('copies what there is, and runs as a user other than root', () => {
    const sources = [...stages.values()]
      .flat()
      .flatMap((line) => /^COPY (?!--)(.+) \S+$/u.exec(line)?.[1]?.split(' ') ?? []);
    expect(sources.length).toBeGreaterThan(2);
    for (const source of sources) expect(existsSync(join(root, source)), source).toBe(true);
    const [user = 0, group = 0] = argumentOf('USER')?.split(':').map(Number) ?? [];
    expect([user > 0, group > 0]).toEqual([true, true]);
  });

  it('checks a repository with nothing but its own files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-image-'));
    try {
      unpacked(folder);
      const [node = '', entry = ''] = JSON.parse(argumentOf('ENTRYPOINT') ?? '[]') as string[];
      expect(node).toBe('/nodejs/bin/node');
      const command = JSON.parse(argumentOf('CMD') ?? '[]') as string[];
      const repository = join(folder, argumentOf('WORKDIR') ?? '');
      mkdirSync(join(repository, '.git'), { recursive: true });
      writeFileSync(
        join(repository, 'pod.yaml'),
        'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {}\n',
      );
      const run = (args: readonly string[]) =>
        spawnSync(process.execPath, [join(folder, entry), ...args], { cwd: repository, encoding: 'utf8' });
      expect(run(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+/u);
      const { status, stdout, stderr } = run(command);
      expect(stderr).toBe('');
      expect(stdout).toContain('required-field-missing');
      expect(status).toBe(1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
