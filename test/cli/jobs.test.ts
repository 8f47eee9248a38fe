import { describe, expect, it } from 'vitest';
import { fleetFiles } from '../support/fleet-files.ts';
import { runCli, spawnCli, withFolder } from '../support/run-cli.ts';

/** More manifests than one thread is for, with more different ones than it answers alone. */
function manyFiles(): Record<string, string> {
  const fleet = Object.entries(fleetFiles(4));
  const more = Array.from({ length: 540 }, (_, index) => [
    `more/${index}.yaml`,
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: more-${index}}\ndata: {A${index}: ${index % 7}}\n`,
  ]);
  return { '.git/HEAD': '', ...Object.fromEntries([...fleet, ...more]) };
}

describe('cdb-lint --jobs', () => {
  it('says the same with any number of threads', async () => {
    await withFolder(manyFiles(), async (folder) => {
      const [one, two, all] = ['1', '2', undefined].map((jobs) =>
        spawnCli(['--format', 'json', ...(jobs === undefined ? [] : ['--jobs', jobs])], folder),
      );
      expect(JSON.parse(one?.stdout ?? '').coverage.objects).toBeGreaterThan(500);
      expect(two).toEqual(one);
      expect(all).toEqual(one);
    });
  });

  it.each(['0', '-1', 'two', '1.5'])('refuses %s', async (jobs) => {
    const run = await runCli([`--jobs=${jobs}`]);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('threads');
  });
});
