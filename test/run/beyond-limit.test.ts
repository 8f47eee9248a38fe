import { expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { startOf } from '../../src/diagnostic/span.ts';
import { withoutRepeatedLimits } from '../../src/run/beyond-limit.ts';

const leftOut = (entryPoint: string, message = 'the repository needs more than 5 objects'): Diagnostic => ({
  rule: 'too-large',
  severity: 'error',
  message,
  help: 'let fewer include each other',
  span: startOf({ path: `${entryPoint}/kustomization.yaml`, text: '' }),
  related: [],
  entryPoint,
  unchecked: `the build of ${entryPoint}`,
  isOfRun: true,
});

it('builds beyond a limit are told once, with how many there are and the first', () => {
  const other = { ...leftOut('x'), rule: 'build-failed' };
  const ofObject = { ...leftOut('y'), object: { apiVersion: 'v1', kind: 'ConfigMap', name: 'a' } };
  const alone = leftOut('z', 'the repository needs more than 2 uses of kustomizations');
  const found = withoutRepeatedLimits([other, leftOut('a'), ofObject, leftOut('b'), alone, leftOut('c')]);
  expect(found).toMatchObject([other, {}, ofObject, alone]);
  expect(found).toHaveLength(4);
  expect(found[1]).toMatchObject({
    message: 'the repository needs more than 5 objects: 3 builds are left out, starting with a',
    unchecked: '3 builds, starting with a',
    severity: 'error',
    isOfRun: true,
    span: { file: { path: '.' } },
  });
  expect(found[1]).not.toHaveProperty('entryPoint');
});

it('what is beyond a limit alone keeps its place', () => {
  const all = [leftOut('a')];
  expect(withoutRepeatedLimits(all)).toBe(all);
});

it('builds whose objects are not checked are told once, by the first of them', () => {
  const unchecked = (entryPoint: string, count: number): Diagnostic => ({
    ...leftOut(entryPoint, `so many objects that ${count} objects are not checked, starting with this one`),
    object: { apiVersion: 'v1', kind: 'ConfigMap', name: `of-${entryPoint}` },
  });
  const [first, second, third] = [unchecked('a', 3), unchecked('b', 20), unchecked('c', 20)];
  expect(withoutRepeatedLimits([first, leftOut('z'), second, third])).toEqual([
    {
      ...first,
      message:
        'so many objects that 3 objects are not checked, starting with this one, and none of 2 further builds',
      unchecked: 'the build of a, and all of 2 further builds',
    },
    leftOut('z'),
  ]);
  expect(withoutRepeatedLimits([first, second])).toMatchObject([
    { message: expect.stringMatching(/and none of another build$/u) },
  ]);
});

it('the repository itself is called by a dot, and what is no build of the run stands by itself', () => {
  const { isOfRun: _, ...ofBuild } = leftOut('b');
  const { entryPoint: __, ...ofAll } = leftOut('c');
  const warning = { ...leftOut('d'), severity: 'warning' } as const;
  const found = withoutRepeatedLimits([leftOut(''), ofBuild, ofAll, warning, leftOut('e')]);
  expect(found.slice(1)).toEqual([ofBuild, ofAll, warning]);
  expect(found[0]?.unchecked).toBe('2 builds, starting with .');
  expect(found[0]?.help).toBe('let fewer include each other');
});
