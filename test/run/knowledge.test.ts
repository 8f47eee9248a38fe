import { describe, expect, it } from 'vitest';
import { type Knowledge, knowledgeOf } from '../../src/run/knowledge.ts';
import type { Run } from '../../src/run/run.ts';
import type { Tree } from '../../src/survey/tree.ts';

interface Asked {
  readonly paths?: readonly string[];
  readonly environments?: readonly string[];
  readonly touched?: readonly string[];
  /** The file of the configuration, and the environments that it names. */
  readonly file?: string;
  readonly configured?: readonly object[];
  readonly skip?: readonly string[];
  /** Whether each unit is built in whole. */
  readonly complete?: readonly boolean[];
  readonly roots?: readonly object[];
  readonly diagnostics?: readonly object[];
}

function knowledge({
  paths = [''],
  environments = [],
  touched,
  file,
  configured = [],
  skip = [],
  complete = [true],
  roots = [],
  diagnostics = [],
}: Asked = {}): Knowledge {
  const run = {
    asked: { paths, environments, touched },
    configuration: { environments: configured, file },
    selection: { only: [], skip },
  };
  const units = complete.map((one) => ({ build: { complete: one } }));
  return knowledgeOf(run as unknown as Run, { units, found: { roots, diagnostics } } as unknown as Tree);
}

const [dev, prod] = [{ name: 'dev' }, { name: 'prod' }];
const file = 'k8s/cdb-lint.yaml';

describe('what a run looked at', () => {
  it('is everything where nothing limits it', () => {
    expect(knowledge()).toMatchObject({
      everyBuild: true,
      everyFile: true,
      onlyFolders: false,
      everySetting: true,
      everyPath: true,
    });
  });

  it('is no build for sure where only touched files count', () => {
    expect(knowledge({ touched: [], paths: ['k8s'] })).toMatchObject({
      everyBuild: false,
      everyFile: false,
      onlyFolders: false,
      everySetting: false,
      everyPath: false,
    });
  });

  it('is no file for sure where environments are named', () => {
    expect(knowledge({ environments: ['dev'] })).toMatchObject({
      everyBuild: true,
      everyFile: false,
      everySetting: false,
    });
  });

  it.each<[string, Asked, boolean]>([
    ['folders alone', { paths: ['k8s'] }, true],
    ['folders, and all that a configuration means', { paths: ['k8s'], file }, false],
    ['folders, and not all that it means', { paths: ['k8s'], file, configured: [dev] }, true],
    ['one of the folders being the whole', { paths: ['k8s', ''] }, false],
  ])('is or is not within %s', (_, asked, expected) => {
    expect(knowledge(asked).onlyFolders).toBe(expected);
  });

  it.each<[string, Asked, boolean]>([
    ['nothing was built', { complete: [] }, false],
    ['a build is not whole', { complete: [true, false] }, false],
    [
      'the environments were found',
      { configured: [dev, prod], roots: [{ environment: prod }, { environment: dev }] },
      true,
    ],
    ['an environment was not found', { configured: [dev, prod], roots: [{ environment: dev }] }, false],
    [
      'the environments were found, in another folder',
      { configured: [dev], roots: [{ environment: dev }], file, paths: ['apps'] },
      true,
    ],
    ['the configuration is below the paths', { file, paths: ['apps', 'k8s'] }, true],
    ['the configuration is not below the paths', { file, paths: ['apps'] }, false],
    ['there is no configuration', { paths: ['apps'] }, true],
  ])('has met all that the configuration speaks of, or not: %s', (_, asked, expected) => {
    expect(knowledge(asked).everySetting).toBe(expected);
  });

  it('is not every path where one could not be looked through', () => {
    expect(knowledge({ diagnostics: [{}] }).everyPath).toBe(true);
    expect(knowledge({ diagnostics: [{}, { unchecked: 'a folder' }] }).everyPath).toBe(false);
  });

  it.each<[string, Asked, boolean]>([
    ['below the paths', { paths: ['apps', 'k8s'] }, true],
    ['outside of the paths', { paths: ['apps'] }, false],
    ['where only touched files count', { touched: [file] }, false],
    ['by a rule that was left out', { skip: ['r'] }, false],
    ['by another rule than the one that was left out', { skip: ['s'] }, true],
  ])('would find an entry of the baseline, or not: %s', (_, asked, expected) => {
    const entry = { rule: 'r', file } as Parameters<Knowledge['wouldFind']>[0];
    expect(knowledge(asked).wouldFind(entry)).toBe(expected);
  });
});
