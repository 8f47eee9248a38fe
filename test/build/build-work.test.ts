import { describe, expect, it } from 'vitest';
import {
  countObjects,
  countTarget,
  mostObjects,
  newBuildWork,
  tooManyEdits,
} from '../../src/build/build-work.ts';
import { sizeProblem } from '../../src/build/object-size.ts';
import { untracked } from '../../src/object/provenance.ts';
import type { Value } from '../../src/source/value.ts';

const at = untracked;

describe('kustomizations', () => {
  it('are built up to a number of uses, and then none', () => {
    const work = newBuildWork(() => 0);
    const uses = Array.from({ length: 20_000 }, () => countTarget(work, 1, at));
    expect(uses.every((problem) => problem === undefined)).toBe(true);
    const problem = {
      rule: 'too-large',
      problem: 'the repository needs more than 20000 uses of kustomizations, which cdb-lint does not build',
      help: 'let fewer kustomizations include each other, or split the run with --shard',
      at,
      isOfRun: true,
    };
    expect(countTarget(work, 1, at)).toEqual(problem);
    expect(countTarget(work, 1, at)).toEqual(problem);
    expect(work.targets).toBe(20_001);
  });

  it('are used more often in a repository with more bytes, as the overlays of a fleet are', () => {
    const work = { ...newBuildWork(() => 2_999), targets: 20_001 };
    expect(countTarget(work, 1, at)).toBeUndefined();
    expect(countTarget(work, 1, at)?.problem).toContain('more than 20002 uses of kustomizations');
  });

  it('are nested up to a depth, and others are built still', () => {
    const work = newBuildWork(() => 0);
    expect(countTarget(work, 128, at)).toBeUndefined();
    expect(countTarget(work, 129, at)?.problem).toContain('nested more than 128 levels deep');
    expect(countTarget(work, 1, at)).toBeUndefined();
  });
});

describe('objects', () => {
  it.each([
    [0, 16_000],
    [499, 16_000],
    [500, 16_001],
    [1_000_000, 18_000],
    [1_000_010, 18_001],
    [2_200_000, 138_000],
  ])('of %d bytes are at most %d', (bytes, most) => {
    expect(mostObjects(bytes)).toBe(most);
    const work = newBuildWork(() => bytes);
    expect(countObjects(work, most, at)).toBeUndefined();
    expect(countObjects(work, 1, at)?.problem).toContain(`more than ${most} objects`);
    expect(countTarget(work, 1, at)?.problem).toContain(`more than ${most} objects`);
  });
});

it('a run that is split may do as much in each of its shards', () => {
  expect(mostObjects(1_000_010, 4)).toBe(4 * 18_001);
  const work = newBuildWork(() => 2_000, 3);
  expect([work.mostTargets(), work.mostObjects(), work.edits.most()]).toEqual([60_006, 48_012, 30_048_000]);
});

it('edits are bounded by the bytes', () => {
  const work = newBuildWork(() => 1000);
  expect(work.edits).toMatchObject({ done: 0 });
  expect(work.edits.most()).toBe(10_008_000);
  const { problem, isOfRun } = tooManyEdits(work, at);
  expect(problem).toContain('more than 10008000 accesses to fields and objects');
  expect(isOfRun).toBe(true);
});

describe('the size of an object', () => {
  const problemOf = (value: Value): string | undefined => {
    const found = sizeProblem({ value, origin: untracked });
    if (found !== undefined) expect(found).toMatchObject({ rule: 'object-too-large', at: untracked });
    return found?.problem;
  };
  const nested = (depth: number): Value => {
    let value: Value = null;
    for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
    return value;
  };

  it('is bounded in depth', () => {
    expect(problemOf(nested(300))).toBeUndefined();
    expect(problemOf(nested(301))).toBe('the object becomes deeper than 300 levels');
    expect(problemOf(nested(100_000))).toBe('the object becomes deeper than 300 levels');
  });

  it('is bounded in values', () => {
    const values = (count: number): Value => Array.from({ length: count - 1 }, () => 1);
    expect(problemOf(values(100_000))).toBeUndefined();
    expect(problemOf(values(100_001))).toBe('the object becomes larger than 100000 values');
  });

  it('is bounded in text', () => {
    const half = 'a'.repeat(8 * 1024 * 1024);
    expect(problemOf({ a: half, b: half })).toBeUndefined();
    expect(problemOf({ a: half, b: half, c: 'a' })).toBe(
      'the object becomes longer than 16777216 characters',
    );
  });

  it('is bounded in each by itself: what is as much as may be of one is told by the other', () => {
    const ones = Array.from({ length: 99_999 }, () => 1);
    expect(problemOf([nested(299), ...ones, ...ones])).toBe('the object becomes larger than 100000 values');
    const long: Value[] = [...ones.slice(2), 'a'.repeat(16 * 1024 * 1024), 'a'];
    expect(problemOf(long)).toBe('the object becomes longer than 16777216 characters');
  });

  it('is found out in time where an object shares itself', () => {
    let value: Value = 1;
    for (let copy = 0; copy < 60; copy++) value = { a: value, b: value };
    expect(problemOf(value)).toBe('the object becomes larger than 100000 values');
  });
});
