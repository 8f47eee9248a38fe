import { expect, it } from 'vitest';
import { matchesGlob } from '../../src/source/glob.ts';
import { parseIgnorePattern } from '../../src/source/ignore-pattern.ts';
import { openPatternIndex } from '../../src/source/pattern-index.ts';

const parts = ['a', 'ab', 'a*', '*a', '*', '**', '?b', 'a*b', '*a*', '**a', '[ab]'];
const names = ['a', 'b', 'ab', 'ba', 'aab', 'c', '[ab]'];

/** All texts of one to three of the parts. */
function texts(of: readonly string[]): string[] {
  const two = of.flatMap((one) => of.map((other) => `${one}/${other}`));
  const three = two.flatMap((some) => of.map((other) => `${some}/${other}`));
  return [...of, ...two, ...three];
}

/** Whether a pattern matches a path or a directory above it: tried in all ways, without any order or index. */
function leadsAlong([segment, ...rest]: readonly string[], path: readonly string[]): boolean {
  if (segment === undefined) return true;
  const [name, ...below] = path;
  if (segment === '**')
    return leadsAlong(rest, path) || (name !== undefined && leadsAlong([segment, ...rest], below));
  return name !== undefined && matchesGlob(segment, name) && leadsAlong(rest, below);
}

it('finds every pattern that matches a path, in their order', () => {
  const patterns = [...texts(parts), ...parts.map((part) => `/${part}`)].map(parseIgnorePattern);
  const candidatesFor = openPatternIndex(patterns);
  const paths = texts(names).map((path) => path.split('/'));
  for (const path of paths) {
    const found = candidatesFor(path);
    const known = new Set(found);
    const lost = patterns.filter(
      (pattern) =>
        !known.has(pattern) &&
        (pattern.anchored
          ? leadsAlong(pattern.segments, path)
          : path.some((_, from) => leadsAlong(pattern.segments, path.slice(from)))),
    );
    expect([path, lost]).toEqual([path, []]);
    expect(found).toEqual(patterns.filter((pattern) => known.has(pattern)));
  }
});

it('hands on few of thousands that name what they leave out', () => {
  const patterns = Array.from({ length: 6000 }, (_, index) => [
    `d${index}/*.md`,
    `**/e${index}*`,
    `*.x${index}`,
  ])
    .flat()
    .map(parseIgnorePattern);
  expect(
    openPatternIndex(patterns)(['d17', 'e29', 'a.x31']).map(({ segments }) => segments.join('/')),
  ).toEqual(['**/e2*', 'd17/*.md', '**/e29*', '*.x31']);
});

it('hands on few of thousands that name something between wildcards, or share all but one text', () => {
  const patterns = Array.from({ length: 6000 }, (_, index) => [
    `*a${index}*`,
    `**/a/**/b${index}`,
    `*a*${index}`,
    `*.yaml/?x${index}y?`,
  ])
    .flat()
    .map(parseIgnorePattern);
  expect(
    openPatternIndex(patterns)(['xa17y', 'a', 'c', 'b2900']).map(({ segments }) => segments.join('/')),
  ).toEqual(['*a*0', '*a1*', '*a17*', '*a*900', '**/a/**/b2900', '*a*2900']);
});
