import { describe, expect, test } from 'vitest';
import { isProblem } from '../../src/build/problem.ts';
import { compileSelector } from '../../src/build/selector.ts';
import { mappingOf } from '../support/values.ts';

const candidate = {
  gvk: { group: 'apps', version: 'v1', kind: 'Deployment' },
  names: ['web', 'dev-web'],
  namespaces: ['default'],
  labels: mappingOf({ app: 'web', tier: 'front', replicas: '3', empty: '' }),
  annotations: mappingOf({ note: 'x' }),
};

function selects(selector: object): boolean {
  const compiled = compileSelector(mappingOf(selector));
  if (isProblem(compiled)) throw new Error(compiled.problem);
  return compiled.matches(candidate);
}

describe('identity', () => {
  test.each([
    [{}, true],
    [{ kind: 'Deployment' }, true],
    [{ kind: 'Deploy' }, false],
    [{ kind: 'Deploy.*', name: 'dev-.*' }, true],
    [{ name: 'web' }, true],
    [{ group: 'apps', version: 'v1' }, true],
    [{ group: 'batch' }, false],
    [{ namespace: 'default' }, true],
    [{ namespace: 'other' }, false],
    [{ name: null, kind: 'Deployment' }, true],
  ])('%j: %s', (selector, expected) => {
    expect(selects(selector)).toBe(expected);
  });
});

describe('labels', () => {
  test.each([
    ['app=web', true],
    ['app==web', true],
    ['app = web , tier = front', true],
    ['app!=web', false],
    ['missing!=web', true],
    ['app in (a, web)', true],
    ['app notin (a,web)', false],
    ['missing notin (a)', true],
    ['app', true],
    ['!app', false],
    ['! missing', true],
    ['replicas>2', true],
    ['replicas < 3', false],
    ['app>2', false],
    ['empty=', true],
    ['empty in (,a)', true],
    ['example.com/app', false],
  ])('%j: %s', (labelSelector, expected) => {
    expect(selects({ labelSelector })).toBe(expected);
  });

  test('annotations likewise', () => {
    expect(selects({ annotationSelector: 'note=x' })).toBe(true);
    expect(selects({ annotationSelector: 'note=z' })).toBe(false);
  });
});

test.each([
  [{ labelSelector: 'a b' }, 'is not a label selector: b is not an operator'],
  [{ labelSelector: 'a in b' }, 'a parenthesis is missing after in or notin'],
  [{ labelSelector: 'a in (b' }, 'a parenthesis is not closed'],
  [{ labelSelector: 'a=b,' }, 'a key is missing at the end'],
  [{ labelSelector: '-a' }, '-a is not a key'],
  [{ labelSelector: 'a=-b' }, '-b is not a label value'],
  [{ labelSelector: 'a>b' }, '> needs an integer'],
  [{ name: '(' }, '"(" is not a regular expression'],
  [{ name: 5 }, 'name of a selector must be a string, not 5'],
])('%j is a problem', (selector, problem) => {
  const compiled = compileSelector(mappingOf(selector));
  expect(isProblem(compiled) && compiled.problem).toContain(problem);
});
