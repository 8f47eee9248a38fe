import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { project } from './support/run-cli.ts';

const page = readFileSync(join(project, 'CONTRIBUTING.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

it('CONTRIBUTING.md names scripts that there are, and all that make something new', () => {
  const named = new Set([...page.matchAll(/npm run ([a-z:-]+)/gu)].map(([, name = '']) => name));
  expect([...named].filter((name) => scripts[name] === undefined)).toEqual([]);
  const making = Object.keys(scripts).filter((name) => name.startsWith('new-') || name === 'generate');
  expect(making.filter((name) => !named.has(name))).toEqual([]);
});

it('CONTRIBUTING.md names files that there are', () => {
  const links = [...page.matchAll(/\]\(([^):]+)\)/gu)].map(([, path = '']) => path);
  const quoted = [...page.matchAll(/(?:`|node |run )((?:src|test|scripts|policies|docs)\/[\w./-]*\w)/gu)].map(
    ([, path = '']) => path,
  );
  const made = /NAME|ID|SUBJECT/u;
  const paths = [...links, ...quoted].filter((path) => !made.test(path));
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => !existsSync(join(project, path)))).toEqual([]);
});
