import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Resource } from '../../src/object/resource.ts';
import {
  attempt,
  type Stumble,
  stumbledBuild,
  stumbleFinding,
  stumblingBlock,
} from '../../src/object/stumble.ts';
import { TooMuchEffort } from '../../src/source/effort.ts';
import type { Mapping } from '../../src/source/value.ts';
import { trackMapping } from '../support/tracked-text.ts';

const error = new TypeError('no value');
const span = { file: { path: 'a.yaml', text: 'a: b\n' }, start: 3, end: 4 };

function resource(name: string): Resource {
  const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name } } as unknown as Mapping;
  const { value, origin } = trackMapping(object, name);
  return { object: value, origin };
}

describe('who stumbles could not check', () => {
  it.each<[string, Stumble, string, string]>([
    ['an object', { who: 'the rule r', over: resource('web'), span }, 'Pod/web', 'kustomization.yaml'],
    ['a place', { who: 'the rule r', span, entryPoint: 'k' }, 'a.yaml', 'a.yaml'],
    ['an entry point', { who: 'the rule r', entryPoint: 'k' }, 'k', 'k'],
    ['all of the repository', { who: 'the rule r', entryPoint: '' }, '.', '.'],
    ['whatever there is', { who: 'the rule r' }, '.', '.'],
  ])('%s, which is an error and not checked', (_, stumble, place, path) => {
    const finding = stumbleFinding(stumble, error);
    expect(finding).toMatchObject({
      rule: 'check-failed',
      severity: 'error',
      message: `the rule r could not be checked for ${place}: no value`,
      unchecked: `the rule r for ${place}`,
      help: expect.stringContaining('report this as a bug'),
    });
    expect(finding.span.file.path).toBe(path);
    expect(finding.entryPoint).toBe(stumble.entryPoint);
    expect('entryPoint' in finding).toBe(stumble.entryPoint !== undefined);
    expect(finding.related).toEqual([]);
  });

  it('points where it was told to', () => {
    expect(stumbleFinding({ who: 'r', span }, error).span).toBe(span);
    expect(stumbleFinding({ who: 'r' }, error).span).toMatchObject({ start: 0, end: 0 });
    expect(stumbleFinding({ who: 'r', over: resource('web'), entryPoint: 'k' }, error)).toMatchObject({
      object: { kind: 'Pod', name: 'web' },
      field: '',
      entryPoint: 'k',
    });
  });

  it('the rest of the repository, where it had too much to do', () => {
    expect(stumbleFinding({ who: 'r', span }, new TooMuchEffort())).toMatchObject({
      rule: 'too-large',
      severity: 'error',
      message: 'the repository needs more comparisons than any real one; not everything is checked',
      unchecked: 'the rest of the repository',
      isOfRun: true,
    });
  });
});

it('what stumbles is told, and something else is the answer', () => {
  const told: Diagnostic[] = [];
  expect(attempt({ who: 'r' }, told, 0, () => 1)).toBe(1);
  expect(told).toEqual([]);
  const stumble = (): never => {
    throw error;
  };
  expect(attempt({ who: 'r' }, told, 0, stumble)).toBe(0);
  expect(told.map(({ rule }) => rule)).toEqual(['check-failed']);
});

it('a build that stumbles has nothing, and is not complete', () => {
  const { diagnostics, ...build } = stumbledBuild('k', { who: 'the build' }, error);
  expect(build).toEqual({ root: 'k', resources: [], inputs: [], effects: [], complete: false });
  expect(diagnostics).toMatchObject([
    { rule: 'check-failed', entryPoint: 'k', unchecked: 'the build for k' },
  ]);
});

it('the first that makes somebody stumble is found', () => {
  const [one, two, three] = [resource('one'), resource('two'), resource('three')];
  const judge = (resource: Resource): void => {
    if (resource !== one) throw error;
  };
  expect(stumblingBlock([one, two, three], judge)).toBe(two);
  expect(stumblingBlock([one], judge)).toBeUndefined();
});
