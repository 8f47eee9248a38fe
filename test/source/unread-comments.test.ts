import { expect, test } from 'vitest';
import { parseDocuments } from '../../src/source/parse.ts';

test('many comments with two # behind the end of a document are passed in one go', () => {
  const text = `a: 1\n...\n${'# a # b\n'.repeat(60)}x: 1\n`;
  const { diagnostics } = parseDocuments({ path: 'a.yaml', text }, 'kustomize');
  expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('nothing reads this')]);
});

test('so are many spaces between a comment behind an anchor and a block scalar', () => {
  const text = `a:\n- &a # c\n${' '.repeat(60)}b: |\n    ${' '.repeat(60)}c\n`;
  const { documents } = parseDocuments({ path: 'a.yaml', text }, 'kustomize');
  expect(documents).toHaveLength(1);
});
