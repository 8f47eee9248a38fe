import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project } from './support/run-cli.ts';

const read = (path: string): string => readFileSync(join(project, path), 'utf8');
const preset = JSON.parse(read('default.json')) as {
  readonly packageRules: readonly { readonly matchPackageNames: readonly string[] }[];
  readonly customManagers: readonly {
    readonly matchStrings: readonly string[];
    readonly managerFilePatterns: readonly string[];
  }[];
};

/** Renovate writes a regular expression between slashes. */
const patterns = (texts: readonly string[] = []): RegExp[] =>
  texts.map((text) => new RegExp(text.slice(1, -1), 'u'));

describe('the preset for Renovate', () => {
  it.each([
    ['owner/cdb-lint', true],
    ['cdb-lint', true],
    ['https://git.example.com/owner/cdb-lint', true],
    ['owner/not-cdb-lint', false],
    ['owner/cdb-lint-rules', false],
  ])('its rule is about %s: %s', (name, isMeant) => {
    const names = patterns(preset.packageRules[0]?.matchPackageNames);
    expect(names.some((one) => one.test(name))).toBe(isMeant);
  });

  it('finds the pin in the line for GitLab that the guide shows', () => {
    const [line = ''] = /^package: git.*$/mu.exec(read('docs/guides/add-to-ci.md')) ?? [];
    const commit = '3d3c42e5aac5ba805825da76410c181273ba90b1';
    const written = line.replace('HOST/OWNER', 'git.example.com/owner').replace('COMMIT', commit);
    const [manager] = preset.customManagers;
    const found = new RegExp(manager?.matchStrings[0] ?? '', 'u').exec(written);
    expect({ ...found?.groups }).toEqual({
      packageName: 'https://git.example.com/owner/cdb-lint',
      currentDigest: commit,
      currentValue: 'v1.2.3',
    });
    expect(patterns(manager?.managerFilePatterns)[0]?.test('.gitlab-ci.yml')).toBe(true);
  });
});
