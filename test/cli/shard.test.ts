import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { fleetFiles } from '../support/fleet-files.ts';
import { project, runCli, withFolder } from '../support/run-cli.ts';

const files = { ...fleetFiles(5), '.git/HEAD': '' };

async function writeShards(folder: string, count: number, more: readonly string[] = []): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `shard-${index + 1}.json`);
  for (const [index, name] of names.entries()) {
    const run = await runCli(
      ['--shard', `${index + 1}/${count}`, '--format', `json=${name}`, ...more],
      folder,
    );
    expect(run).toEqual({ status: 0, stdout: '', stderr: '' });
  }
  return names;
}

describe('cdb-lint --shard and merge', () => {
  it('say what one run says, with its exit code, and as it was asked', async () => {
    await withFolder(files, async (folder) => {
      const asked = ['--fail-on', 'warning', '--skip', 'reference-missing'];
      const alone = await runCli([...asked, '--format', 'json'], folder);
      const names = await writeShards(folder, 3, asked);
      const merged = await runCli(['merge', ...names, '--format', 'json'], folder);
      expect(merged).toEqual(alone);
      expect(alone.status).toBe(1);
    });
  });

  it('write what schema/shard.json says', async () => {
    const schema = JSON.parse(readFileSync(join(project, 'schema/shard.json'), 'utf8')) as object;
    const validate = new Ajv({ strict: true, strictTuples: false }).compile(schema);
    await withFolder(files, async (folder) => {
      const [name = ''] = await writeShards(folder, 1);
      validate(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      expect(validate.errors).toBe(null);
    });
  });

  it('are not merged where a part is missing, cut off, changed, of another run or no part', async () => {
    await withFolder({ ...files, 'other.json': '{"version":1}' }, async (folder) => {
      const [one = '', two = ''] = await writeShards(folder, 2);
      const text = readFileSync(join(folder, two), 'utf8');
      const withText = async (changed: string): Promise<string> =>
        withFolder(
          { ...files, [one]: readFileSync(join(folder, one), 'utf8'), [two]: changed },
          async (other) => {
            const run = await runCli(['merge', one, two], other);
            expect(run.status).toBe(2);
            return run.stderr;
          },
        );
      expect(await withText(text.slice(0, -100))).toContain(
        'shard-2.json is not valid JSON, or is truncated',
      );
      expect(await withText(text.replace('"nodes":[', '"nodes":[7,'))).toContain(
        'was changed after it was written',
      );
      expect(await withText(text.replace(/"tool":"[^"]+"/u, '"tool":"0.0.0"'))).toContain(
        'was written by cdb-lint 0.0.0',
      );
      expect(await withText(text.replace('"paths":[""]', '"paths":["base"]'))).toContain('not from one run');
      const missing = await runCli(['merge', one], folder);
      expect([missing.status, missing.stderr]).toEqual([2, expect.stringContaining('shard 2/2 is missing')]);
      const foreign = await runCli(['merge', one, 'other.json'], folder);
      expect(foreign.stderr).toContain('other.json is not the report of a shard');
    });
  });

  it.each([
    [['--shard', '0/2'], 'is not a valid shard'],
    [['--shard', '3/2'], 'is not a valid shard'],
    [['--shard', '1'], 'is not a valid shard'],
    [['--shard', '1/2', '--watch'], 'cannot be combined'],
    [['--shard', '1/2', '--all'], 'cannot be combined'],
    [['--shard', '1/2', '-'], 'needs files'],
    [['--shard', '1/2', '--format', 'sarif'], 'a shard is not a report yet'],
  ])('refuse what makes no sense: %j', async (args, words) => {
    await withFolder(files, async (folder) => {
      const run = await runCli(args.includes('--format') ? args : [...args, '--format', 'json'], folder);
      expect([run.status, run.stderr]).toEqual([2, expect.stringContaining(words)]);
    });
  });
});
