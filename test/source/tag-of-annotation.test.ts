import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

function errorsOf(kind: string, annotation: string): string[] {
  const object = `apiVersion: v1\nkind: ${kind}\nmetadata: {name: x, annotations: {a: ${annotation}}}\n`;
  const files = { 'k/kustomization.yaml': 'resources: [a.yaml]\n', 'k/a.yaml': object };
  return lintFiles(files)
    .findings.filter(({ rule }) => rule === 'not-json')
    .map(({ message }) => message);
}

// kustomize decodes an object whose kind ends in List before it reads its annotations as text.
it.each([
  ['!!int .inf', ['".inf" is not a !!int']],
  ['!!null "1"', ['"1" is not a !!null']],
  ['!!bool -.INF', ['"-.INF" is not a !!bool']],
  ['!!float .inf', []],
  ['!!int 1', []],
])('an annotation %s of a list without items', (annotation, errors) => {
  expect(errorsOf('WidgetList', annotation)).toEqual(errors);
});

it('an annotation of any other kind is text, whatever its tag', () => {
  expect(['!!int .inf', '!!bool -.INF'].flatMap((one) => errorsOf('ConfigMap', one))).toEqual([]);
});
