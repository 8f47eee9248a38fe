import { expect, test } from 'vitest';
import { worthNaming } from '../../src/command/watch.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

const files = memoryFileSystem({ 'base/web.yaml': 'a: 1\n' });

test('the other names of editors are not told', () => {
  expect(worthNaming(['base/sedV1ONjN', 'base/web.yaml'], files)).toEqual(['base/web.yaml']);
});

test('what is removed is told', () => {
  expect(worthNaming(['base/gone.yaml'], files)).toEqual(['base/gone.yaml']);
});
