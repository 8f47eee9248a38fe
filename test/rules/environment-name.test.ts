import { describe, expect, it } from 'vitest';
import {
  environmentOfPath,
  environmentWord,
  withoutEnvironment,
} from '../../src/workload/environment/environment-name.ts';

describe('the environment of a name', () => {
  it.each([
    ['prod', 'prod', 3, '*'],
    ['Production', 'Production', 3, '*'],
    ['shop-staging', 'staging', 2, 'shop-*'],
    ['eu.dev', 'dev', 0, 'eu.*'],
  ])('%s', (name, word, rank, rest) => {
    expect(environmentWord(name)).toEqual({ word, rank, rest });
  });

  it.each(['product', 'devops', 'shop', '', 'dev-to-prod'])('is not in %s', (name) => {
    expect(environmentWord(name)).toBeUndefined();
  });

  it('is the last one of a path', () => {
    expect(environmentOfPath('test/apps/overlays/prod/web')?.rest).toBe('test/apps/overlays/*/web');
    expect(environmentOfPath('apps/web')).toBeUndefined();
  });
});

it.each([
  ['prod-web', 'production', 'web'],
  ['web-prod', 'prod', 'web'],
  ['web', 'prod', 'web'],
  ['prod', 'prod', 'prod'],
  ['production-web', 'dev', 'production-web'],
])('%s of %s is %s everywhere', (name, environment, expected) => {
  expect(withoutEnvironment(name, environment)).toBe(expected);
});
