import { describe, expect, it } from 'vitest';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import {
  hasAction,
  isChart,
  isPutAway,
  isPutAwayFile,
  isTest,
  whySkipped,
} from '../../src/survey/skipped.ts';

type Files = Readonly<Record<string, string>>;

function inFiles<Answer>(
  files: Files,
  directory: string,
  ask: (
    sources: ReturnType<typeof openSources>,
    directory: string,
    entries: NonNullable<ReturnType<ReturnType<typeof memoryFileSystem>['list']>>,
  ) => Answer,
): Answer {
  const sources = openSources(memoryFileSystem(files));
  return ask(sources, directory, sources.fileSystem.list(directory) ?? []);
}

const isTestIn = (files: Files, directory: string): boolean => inFiles(files, directory, isTest);

describe('a directory that is a test by its name', () => {
  it.each([
    'testdata',
    'test-data',
    'test_data',
    'TestData',
    'test/data',
    'tests/data',
    'test/crds',
    'tests/some_more-crds',
    'test/e2e',
    'tests/e2e',
    'test/fixtures',
    'tests/fixtures',
    'test/testcases',
    'tests/a-b/c_1/test-cases',
    'test/corpus',
    'tests/a-b/c_1/corpus',
    '.devcontainer',
    '.github',
    'conformance/tests',
    'golden',
    'goldens',
    'golden_files',
    'golden-files',
    'goldenfiles',
    '__fixtures__',
    'integrationtest',
    'integration-tests',
    'acceptance_test',
    'e2e-tests',
    'invalid-examples',
    'src/test/resources',
    '__snapshot__',
    '__snapshots__',
    '.chainsaw-test',
    '.kyverno-test',
  ])('%s', (directory) => {
    expect(isTestIn({}, directory)).toBe(true);
    expect(isTestIn({}, `apps/${directory}`)).toBe(true);
    expect(isTestIn({}, `${directory}/apps`)).toBe(false);
    expect(isTestIn({}, `my${directory}`)).toBe(false);
    expect(isTestIn({}, `${directory}x`)).toBe(false);
  });

  it.each([
    'test',
    'tests',
    'data',
    'e2e',
    'fixtures',
    'crds',
    'test/mycrdsx',
    'latest/datum',
    'apps',
    'github',
    'xgithub',
    'xdevcontainer',
    'xchainsaw-test',
    'attest/data',
    'test/a b/corpus',
    'test/data/more',
    'test/a b-crds',
  ])('%s is none', (directory) => {
    expect(isTestIn({}, directory)).toBe(false);
  });
});

describe('a directory with the files of a tool that tests', () => {
  const chainsaw = 'apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\n';
  const kyverno = 'apiVersion: cli.kyverno.io/v1alpha1\nkind: Test\n';
  const older = 'name: a\npolicies: [p.yaml]\nresources: [r.yaml]\n';

  it.each<[what: string, files: Files, is: boolean]>([
    ['of Chainsaw', { 'a/chainsaw-test.yaml': chainsaw }, true],
    ['of Chainsaw, with the other ending', { 'a/chainsaw-test.yml': chainsaw }, true],
    ['of Chainsaw, behind another document', { 'a/chainsaw-test.yaml': `a: 1\n---\n${chainsaw}` }, true],
    ['of Kyverno', { 'a/kyverno-test.yaml': kyverno }, true],
    ['of Kyverno, with the other ending', { 'a/kyverno-test.yml': kyverno }, true],
    ['of an older Kyverno', { 'a/kyverno-test.yaml': older }, true],
    ['next to others', { 'a/a.yaml': 'a: 1\n', 'a/kyverno-test.yaml': older }, true],
    ['that are empty', { 'a/chainsaw-test.yaml': '' }, false],
    ['of another group', { 'a/chainsaw-test.yaml': kyverno }, false],
    ['of another kind', { 'a/chainsaw-test.yaml': chainsaw.replace('Test', 'Tests') }, false],
    ['of another group of Kyverno', { 'a/kyverno-test.yaml': chainsaw }, false],
    ['without a version', { 'a/chainsaw-test.yaml': 'kind: Test\n' }, false],
    ['with a version that is none', { 'a/chainsaw-test.yaml': 'apiVersion: 1\nkind: Test\n' }, false],
    ['that are a list', { 'a/kyverno-test.yaml': `- ${kyverno.replace('\n', '\n  ')}` }, false],
    ['of an older Kyverno without policies', { 'a/kyverno-test.yaml': 'resources: [r.yaml]\n' }, false],
    ['of an older Kyverno without resources', { 'a/kyverno-test.yaml': 'policies: [r.yaml]\n' }, false],
    ['of an older Kyverno with no lists', { 'a/kyverno-test.yaml': 'policies: a\nresources: b\n' }, false],
    ['of a longer name', { 'a/my-chainsaw-test.yaml': chainsaw, 'a/my-kyverno-test.yaml': kyverno }, false],
    [
      'of a name that goes on',
      { 'a/chainsaw-test.yaml.bak': chainsaw, 'a/kyverno-test.yaml.bak': kyverno },
      false,
    ],
    ['of another ending', { 'a/chainsaw-testxyaml': chainsaw, 'a/kyverno-testxyaml': kyverno }, false],
    ['that are directories', { 'a/chainsaw-test.yaml/x': chainsaw }, false],
    ['above a kustomization', { 'a/chainsaw-test.yaml': chainsaw, 'a/b/c/kustomization.yaml': '' }, false],
    ['next to a kustomization', { 'a/chainsaw-test.yaml': chainsaw, 'a/kustomization.yaml': '' }, false],
    [
      'above a directory that is called like a kustomization',
      { 'a/chainsaw-test.yaml': chainsaw, 'a/kustomization.yaml/x': '' },
      true,
    ],
    [
      'next to a directory with a kustomization',
      { 'a/chainsaw-test.yaml': chainsaw, 'b/kustomization.yaml': '' },
      true,
    ],
  ])('%s', (_, files, is) => {
    expect(isTestIn(files, 'a')).toBe(is);
  });

  it('is none with so much below that nobody knows whether there is a kustomization', () => {
    const more = (count: number): Files =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`a/${index}`, '']));
    expect(isTestIn({ 'a/chainsaw-test.yaml': chainsaw, ...more(1_999) }, 'a')).toBe(true);
    expect(isTestIn({ 'a/chainsaw-test.yaml': chainsaw, ...more(2_000) }, 'a')).toBe(false);
  });

  it('may be the root', () => {
    expect(isTestIn({ 'chainsaw-test.yaml': chainsaw }, '')).toBe(true);
    expect(isTestIn({ 'chainsaw-test.yaml': chainsaw }, '.')).toBe(true);
  });
});

describe('a directory with steps of KUTTL', () => {
  const suite = (directories: string): string =>
    `apiVersion: kuttl.dev/v1beta1\nkind: TestSuite\ntestDirs: ${directories}\n`;

  it.each<[what: string, directory: string, files: Files, is: boolean]>([
    ['below tests', 'tests/a', { 'tests/a/00-assert.yaml': '' }, true],
    ['below test', 'x/test/a', { 'x/test/a/1-errors.yml': '' }, true],
    ['below e2e', 'e2e/a', { 'e2e/a/10-error.yaml': '' }, true],
    ['below kuttl', 'kuttl/a', { 'kuttl/a/00-assert.yaml': '' }, true],
    ['below nothing of that name', 'latest/a', { 'latest/a/00-assert.yaml': '' }, false],
    ['below a name that goes on', 'testsx/a', { 'testsx/a/00-assert.yaml': '' }, false],
    ['in tests itself', 'tests', { 'tests/00-assert.yaml': '' }, false],
    ['that are directories', 'tests/a', { 'tests/a/00-assert.yaml/x': '' }, false],
    ['without a number', 'tests/a', { 'tests/a/assert.yaml': '', 'tests/a/x0-assert.yaml': '' }, false],
    [
      'with another ending',
      'tests/a',
      { 'tests/a/00-assert.yaml.bak': '', 'tests/a/00-assertxyaml': '' },
      false,
    ],
    ['with another word', 'tests/a', { 'tests/a/00-install.yaml': '' }, false],
    [
      'above a kustomization',
      'tests/a',
      { 'tests/a/00-assert.yaml': '', 'tests/a/b/kustomization.yaml': '' },
      false,
    ],
    ['of a suite above', 'a/b/c', { 'a/b/c/00-assert.yaml': '', 'a/kuttl-test.yaml': suite('[b]') }, true],
    ['of a suite at the root', 'a/b', { 'a/b/00-assert.yaml': '', 'kuttl.yml': suite('[x, ./a]') }, true],
    [
      'of a suite that is run at the root',
      'a/b/c',
      { 'a/b/c/00-assert.yaml': '', 'a/x/kuttl-test.yaml': '', 'a/kuttl-test.yaml': suite('[a/b]') },
      true,
    ],
    ['of a suite next to it', 'a/b', { 'a/b/00-assert.yaml': '', 'a/b/kuttl-test.yaml': suite('[a]') }, true],
    [
      'of a suite of others',
      'a/b/c',
      { 'a/b/c/00-assert.yaml': '', 'a/kuttl-test.yaml': suite('[x]') },
      false,
    ],
    [
      'of a suite that leads out',
      'a/b',
      { 'a/b/00-assert.yaml': '', 'kuttl-test.yaml': suite('[../a, 1]') },
      false,
    ],
    ['of a suite of no list', 'a/b', { 'a/b/00-assert.yaml': '', 'kuttl-test.yaml': suite('a') }, false],
    [
      'of another kind',
      'a/b',
      { 'a/b/00-assert.yaml': '', 'kuttl-test.yaml': suite('[a]').replace('Suite', 'Step') },
      false,
    ],
    [
      'of another group',
      'a/b',
      { 'a/b/00-assert.yaml': '', 'kuttl-test.yaml': suite('[a]').replace('kuttl.dev', 'x.dev') },
      false,
    ],
    [
      'of a suite of another name',
      'a/b',
      {
        'a/b/00-assert.yaml': '',
        'my-kuttl.yaml': suite('[a]'),
        'kuttl.yaml.bak': suite('[a]'),
        kuttlxyaml: suite('[a]'),
      },
      false,
    ],
    [
      'of a suite that is a directory',
      'a/b',
      { 'a/b/00-assert.yaml': '', 'kuttl.yaml/kuttl.yml': suite('[a]') },
      false,
    ],
  ])('%s', (_, directory, files, is) => {
    expect(isTestIn(files, directory)).toBe(is);
  });
});

describe('what is put away', () => {
  it.each([
    ...['archive', 'attic', 'deprecated', 'disabled', 'old', 'trash'].flatMap((name) => [
      `.${name}`,
      `_${name}`,
      `a/.${name}`,
    ]),
    'disabled',
    'a/disabled',
    'graveyard',
    'a/b/graveyard',
    'a/archive',
    'x/application/archive',
    'web.bak',
    'a/web.backup',
    'web.disabled',
    'web.old',
    'web.orig',
    'web-old',
    'a/web_old',
    'archive',
    'attic',
    'deprecated',
    'clusters/archive',
    'cluster/attic',
    'gitops/archive',
    'k8s/archive',
    'kubernetes/deprecated',
    'manifests/deprecated',
    'Archive',
    'archived',
    'a/archived-apps',
    'obsolete',
    'web_retired',
    'web.superseded',
    'unused',
  ])('is the directory %s', (directory) => {
    expect(isPutAway(directory)).toBe(true);
    expect(isPutAway(`${directory}/web`)).toBe(false);
  });

  it.each([
    'app/archive',
    'apps/archive',
    'web',
    'old',
    'bold',
    'x.older',
    'golden',
    'trash',
    'a/attic',
    'mydisabled',
    'xarchive',
    'my/apps/deprecated',
    'archivedx',
    'xunused',
    'a/unusedx',
    '.archivex',
    'disabledx',
    'graveyardx',
    'webxold',
    '.bak',
    '-old',
    'archive/x',
    'a/archivex',
    'clusters/archivex',
    'x.bakx',
    'x-oldx',
  ])('is not the directory %s', (directory) => {
    expect(isPutAway(directory)).toBe(false);
  });

  it.each([
    'web.bak.yaml',
    'web-old.yml',
    'a/web_disabled.json',
    'web.deprecated.yaml',
    'web-obsolete.yaml',
    'web.orig.yaml',
    'web.superseded.yaml',
    'web-unused.yaml',
    'web.OLD.YAML',
  ])('is the file %s', (file) => {
    expect(isPutAwayFile(file)).toBe(true);
  });

  it.each([
    'web.yaml',
    'bold.yaml',
    'old.yaml',
    'web-old.yaml.txt',
    'web-oldyaml',
    'web-old.txt',
    'web-older.yaml',
    'web-oldxyaml',
  ])('is not the file %s', (file) => {
    expect(isPutAwayFile(file)).toBe(false);
  });
});

describe('a chart', () => {
  const chart = 'apiVersion: v2\nname: a\nversion: 1.0.0\n';
  it.each<[what: string, files: Files, is: boolean]>([
    ['has what Helm requires', { 'a/Chart.yaml': chart }, true],
    ['may be of the first version', { 'a/Chart.yaml': chart.replace('v2', 'v1') }, true],
    ['has no other version', { 'a/Chart.yaml': chart.replace('v2', 'v3') }, false],
    ['has a name', { 'a/Chart.yaml': chart.replace('name: a', '') }, false],
    ['has a name that is not empty', { 'a/Chart.yaml': chart.replace('name: a', 'name: ""') }, false],
    ['has a version', { 'a/Chart.yaml': chart.replace('version: 1.0.0', '') }, false],
    ['has a version that is a string', { 'a/Chart.yaml': chart.replace('1.0.0', '1.0') }, false],
    ['has a file of that name', { 'a/Chart.yml': chart, 'a/chart.yaml': chart }, false],
    ['has no directory of that name', { 'a/Chart.yaml/Chart.yaml': chart }, false],
    ['has it in its own directory', { 'a/b/Chart.yaml': chart, 'a/x': '' }, false],
    ['has a map', { 'a/Chart.yaml': '- a\n' }, false],
    ['has something', { 'a/Chart.yaml': '' }, false],
  ])('%s', (_, files, is) => {
    expect(inFiles(files, 'a', isChart)).toBe(is);
  });

  it.each<[text: string | undefined, has: boolean]>([
    ['a: {{ .Values.a }}\n', true],
    ['a: 1 # {{ .Values.a }}\n', false],
    ['# {{ .Values.a }}\na: 1\n', false],
    ['# a\nb: {{ 1 }}\n', true],
    ['a#{{ 1 }}\n', true],
    ['a: 1\n  # {{ 1 }}', false],
    ['a: 1\n', false],
    ['', false],
    [undefined, false],
  ])('has something to fill in of %j: %j', (text, has) => {
    expect(hasAction(text)).toBe(has);
  });
});

describe('a directory that is not looked through', () => {
  const list = {
    'vendor/modules.txt': '# k8s.io/api v0.36.0\n# k8s.io/b => ../b\n',
    'a/vendor/modules.txt': '## x\n# c v1\n',
  };
  it.each<[path: string, why: string | undefined]>([
    ['node_modules', 'node-modules'],
    ['a/node_modules', 'node-modules'],
    ['a/node_modules/b', undefined],
    ['my_node_modules', undefined],
    ['node_modulesx', undefined],
    ['cue.mod', 'cue-modules'],
    ['a/cue.mod', 'cue-modules'],
    ['cuexmod', undefined],
    ['mycue.mod', undefined],
    ['cue.mod/b', undefined],
    ['vendor/k8s.io/api', 'go-modules'],
    ['a/vendor/c', 'go-modules'],
    ['vendor/k8s.io', undefined],
    ['vendor/k8s.io/b', undefined],
    ['vendor/k8s.io/api/v1', undefined],
    ['vendor', undefined],
    ['vendor/api', undefined],
    ['b/vendor/c', undefined],
    ['myvendor/c', undefined],
    ['vendorx/c', undefined],
    ['k8s.io/api', undefined],
  ])('%s: %s', (path, why) => {
    expect(whySkipped(openSources(memoryFileSystem(list)), path)).toBe(why);
  });

  it('is no module where the list is a directory, or none that can be read', () => {
    const others = { 'vendorx/modules.txt': '# c v1\n', 'undefined/modules.txt': '' };
    for (const path of ['vendorx/c', 'c'])
      expect(whySkipped(openSources(memoryFileSystem(others)), path)).toBeUndefined();
    for (const files of [{ 'vendor/modules.txt/x': '' }, {}])
      expect(whySkipped(openSources(memoryFileSystem(files)), 'vendor/c')).toBeUndefined();
    const unread = {
      ...memoryFileSystem({ 'vendor/modules.txt': '' }),
      read: (): 'unreadable' => 'unreadable',
    };
    expect(whySkipped(openSources(unread), 'vendor/c')).toBeUndefined();
  });
});
