import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { project, withFolder } from '../support/run-cli.ts';

interface Input {
  readonly description: string;
  readonly default?: string;
}

interface Job {
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly artifacts: { readonly reports: Readonly<Record<string, string>> };
}

const text = readFileSync(join(project, 'templates/gate.yml'), 'utf8');
const [head, body] = parseAllDocuments(text).map((document) => document.toJS() as unknown);
const { inputs } = (head as { spec: { inputs: Record<string, Input> } }).spec;
const job = (body as { 'cdb-lint': Job })['cdb-lint'];

/** What GitLab puts in the place of an input. */
function filled(value: string, given: Readonly<Record<string, string>>): string {
  return value.replaceAll(
    /\$\[\[ inputs\.(\w+) \]\]/gu,
    (_, name: string) => given[name] ?? inputs[name]?.default ?? '',
  );
}

describe('the component for GitLab', () => {
  it('uses the inputs that it names, and all of them', () => {
    const used = [...text.matchAll(/\$\[\[ inputs\.(\w+) \]\]/gu)].map(([, name]) => name);
    expect(new Set(used)).toEqual(new Set(Object.keys(inputs)));
    expect(Object.keys(inputs).filter((name) => inputs[name]?.default === undefined)).toEqual(['package']);
  });

  it.each([
    [{ package: 'p' }, ['--yes', '--package', 'p', 'cdb-lint', '.']],
    [
      { package: 'p#1', paths: 'a b', profile: 'all' },
      ['--yes', '--package', 'p#1', 'cdb-lint', 'a', 'b', '--profile', 'all'],
    ],
  ])('calls the tool with %j', (given, begin) => {
    withFolder({}, (folder) => {
      mkdirSync(join(folder, 'bin'));
      writeFileSync(join(folder, 'bin/npx'), '#!/bin/sh\nprintf "%s\\n" "$@" > called\n');
      chmodSync(join(folder, 'bin/npx'), 0o755);
      const variables = Object.entries(job.variables).map(([name, value]) => [name, filled(value, given)]);
      const env = { ...Object.fromEntries(variables), PATH: `${join(folder, 'bin')}:${process.env['PATH']}` };
      expect(spawnSync('bash', ['-e', '-c', job.script.join('\n')], { cwd: folder, env }).status).toBe(0);
      expect(existsSync(join(folder, 'called'))).toBe(true);
      const called = readFileSync(join(folder, 'called'), 'utf8').trimEnd().split('\n');
      const { codequality, junit } = job.artifacts.reports;
      const formats = ['terminal', `gitlab=${codequality}`, `junit=${junit}`].flatMap((one) => [
        '--format',
        one,
      ]);
      expect(called).toEqual([...begin, ...formats]);
    });
  });
});
