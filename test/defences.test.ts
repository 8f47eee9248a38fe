import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { project } from './support/run-cli.ts';

const json = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(project, 'test/mutate', name), 'utf8'));
type Tables = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
const { defences, samples } = (await import(
  pathToFileURL(join(project, 'test/mutate/defences.mjs')).href
)) as Readonly<Record<'defences' | 'samples', Tables>>;
const listed = new Map(Object.values({ ...defences, ...samples }).flatMap((table) => Object.entries(table)));

it('the code that defends is there, and so are the tests that hold it', () => {
  const named = [...listed].flatMap(([file, tests]) => [file, ...tests]);
  expect(named.filter((file) => !existsSync(join(project, file)))).toEqual([]);
});

it('each of them has a score', () => {
  const scored = new Set(Object.keys(json('scores.json')));
  expect([...listed.keys()].filter((file) => !scored.has(file))).toEqual([]);
});

it('a score, and a reason for what no test notices, is of a file that is listed', () => {
  const files = [...Object.keys(json('scores.json')), ...Object.keys(json('survivors.json'))];
  expect(files.filter((file) => !listed.has(file))).toEqual([]);
});
