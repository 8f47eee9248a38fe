import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openBuilder } from '../../src/build/build.ts';
import { defaultConfiguration } from '../../src/configuration/configuration.ts';
import type { Report } from '../../src/report/report.ts';
import type { LintOptions } from '../../src/run/request.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import type { Surveyor } from '../../src/survey/asked.ts';
import { planRun } from '../../src/survey/plan.ts';
import { concernsCluster } from '../../src/survey/touched-deployment.ts';
import { renderPlan } from '../../src/survey/tree.ts';
import type { Unit } from '../../src/survey/unit.ts';
import { variants } from '../support/changing-files.ts';
import { entryPointFiles } from '../support/entry-point-files.ts';
import { withRepository } from '../support/git-repository.ts';
import { lintFiles } from '../support/lint-files.ts';
import { project, runCli, withFolder } from '../support/run-cli.ts';

const map = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const overlay = (more: string): string => `resources: [../../base]\n${more}`;
const files = {
  'README.md': '# shop\n',
  'base/kustomization.yaml': 'resources: [map.yaml]\n',
  'base/map.yaml': map('Bad'),
  'overlays/dev/kustomization.yaml': overlay(
    'configMapGenerator: [{name: a, files: [a.txt, run=scripts/run.sh], envs: [a.env]}]\n',
  ),
  'overlays/dev/a.txt': 'a',
  'overlays/dev/a.env': 'A=1\n',
  'overlays/dev/scripts/run.sh': 'true\n',
  'overlays/prod/kustomization.yaml': overlay(
    'components: [../../components/x]\npatches: [{path: patch.yaml, target: {kind: ConfigMap}}]\n',
  ),
  'overlays/prod/patch.yaml': '- {op: add, path: /metadata/labels, value: {a: b}}\n',
  'components/x/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ngeneratorOptions: {}\nresources: [map.yaml]\n',
  'components/x/map.yaml': map('component'),
  'plain/a.yaml': map('Plain'),
  'plain/b.yaml': map('other'),
  'elsewhere/c.yaml': map('Elsewhere'),
};

function touched(
  paths: readonly string[],
  options: Partial<LintOptions> = {},
  tree: Record<string, string> = files,
): Report {
  return lintFiles(tree, { touched: paths, ...options });
}

const entryPoints = ({ environments }: Report): readonly string[] =>
  environments.map(({ entryPoint }) => entryPoint);

describe('touched files', () => {
  it.each([
    ['base/map.yaml', ['overlays/dev', 'overlays/prod']],
    ['base/kustomization.yaml', ['overlays/dev', 'overlays/prod']],
    ['overlays/dev/a.txt', ['overlays/dev']],
    ['overlays/dev/a.env', ['overlays/dev']],
    ['overlays/dev/scripts/run.sh', ['overlays/dev']],
    ['overlays/prod/patch.yaml', ['overlays/prod']],
    ['components/x/map.yaml', ['overlays/prod']],
    ['README.md', []],
    ['gone.yaml', []],
  ])('%s: builds are those that read it', (path, expected) => {
    const report = touched([path]);
    expect(entryPoints(report)).toEqual(expected);
    expect(report.coverage.builds).toBe(expected.length);
    expect(report.exitCode).toBe(expected.length === 0 ? 0 : 1);
  });

  it('takes as inputs what the builds themselves say that they read', () => {
    const builder = openBuilder(openSources(memoryFileSystem(files)));
    const inputs = ['overlays/dev', 'overlays/prod'].map((root) => ({
      root,
      read: builder.build(root).inputs,
    }));
    expect(inputs.map(({ read }) => read.length)).toEqual([6, 6]);
    for (const path of Object.keys(files)) {
      const reading = inputs.filter(({ read }) => read.includes(path)).map(({ root }) => root);
      expect(entryPoints(touched([path])), path).toEqual(reading);
    }
  });

  it('checks plain manifests with those next to them', () => {
    const { findings } = touched(['plain/b.yaml']);
    expect(findings.map(({ span }) => span.file.path)).toEqual(['plain/a.yaml']);
  });

  it('does not miss what another build may provide, nor call an entry idle that another build needs', () => {
    const tree = {
      ...files,
      'overlays/dev/pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: 'a:1', envFrom: [{configMapRef: {name: settings}}]}]}\n`,
      'overlays/dev/kustomization.yaml': 'resources: [pod.yaml]\n',
      'overlays/prod/kustomization.yaml': `${files['overlays/prod/kustomization.yaml']}configMapGenerator: [{name: settings, literals: [a=b], options: {disableNameSuffixHash: true}}]\n`,
    };
    const severe = (report: Report): readonly string[] =>
      report.findings
        .filter(({ rule, severity }) => rule === 'reference-missing' && severity !== 'note')
        .map(({ message }) => message);
    expect(severe(lintFiles(tree))).toEqual([]);
    expect(severe(touched(['overlays/dev/pod.yaml'], {}, tree))).toEqual([]);
  });

  it('everything is touched where the configuration is', () => {
    const tree = { ...files, 'cdb-lint.yaml': 'rules: {}\n' };
    expect(touched(['cdb-lint.yaml'], {}, tree).coverage.builds).toBe(2);
  });

  it('a thousand overlays cost one build, and each file is parsed once', () => {
    const many: Record<string, string> = {
      'base/kustomization.yaml': 'resources: [map.yaml]\n',
      'base/map.yaml': map('a'),
    };
    for (let index = 0; index < 1_000; index++)
      many[`overlays/o${index}/kustomization.yaml`] = overlay(`namePrefix: o${index}-\n`);
    const { coverage } = touched(['overlays/o7/kustomization.yaml'], {}, many);
    expect([coverage.builds, coverage.objects, coverage.filesParsed]).toEqual([1, 1, 1_002]);
  });
});

const cluster = (name: string, path: string, more = ''): Record<string, string> => ({
  [`clusters/${name}/apps.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec: {interval: 10m, path: "${path}", prune: true, sourceRef: {kind: GitRepository, name: flux-system}${more}}
`,
  [`clusters/${name}/source.yaml`]: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, url: "https://example.com/org/repository", ref: {branch: main}}
`,
});
const clusters = {
  ...files,
  ...cluster('dev', './overlays/dev'),
  ...cluster('prod', './overlays/prod', ', patches: [{patch: "[]", target: {kind: ConfigMap}}]'),
  // What it applies is known when the variables are.
  ...cluster(
    'test',
    `./stages/${'$'}{stage}`,
    ', postBuild: {substituteFrom: [{kind: ConfigMap, name: stage}]}',
  ),
  ...cluster('main', './entries', ', postBuild: {substituteFrom: [{kind: ConfigMap, name: stage}]}'),
  'clusters/main/root.yaml':
    cluster('x', './clusters/main')['clusters/x/apps.yaml']?.replace('apps', 'flux-system') ?? '',
  'clusters/main/settings.yaml':
    cluster('x', './settings')['clusters/x/apps.yaml']?.replace('apps', 'settings') ?? '',
  'settings/stage.yaml': `${map('stage').replace('}', ', namespace: flux-system}')}data: {stage: one}\n`,
  'entries/stage.yaml':
    cluster('x', `./stages/${'$'}{stage}`)['clusters/x/apps.yaml']?.replace('apps', 'stage') ?? '',
  'stages/one/map.yaml': map('one'),
  'generated/kustomization.yaml': 'generators: [generator.yaml]\n',
  'generated/generator.yaml':
    'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: g}\nfiles: [more.txt]\n',
  'generated/more.txt': 'more',
};
const firsts = Object.fromEntries(
  Object.entries(variants).map(([path, texts]) => [path, texts.find((text) => text !== undefined) ?? '']),
);

describe('what is not built where files are touched', () => {
  const survey = (tree: Record<string, string>, paths?: readonly string[]) => {
    const built: string[] = [];
    const run: Surveyor = {
      sources: openSources(memoryFileSystem(tree)),
      configuration: defaultConfiguration,
      isConfigured: true,
      asked: { paths: [''], environments: [], ...(paths === undefined ? {} : { touched: paths }) },
      tell: ({ name, what = '' }) => built.push(...(name === 'build' ? [what] : [])),
    };
    return { ...renderPlan(planRun(run), run), built };
  };
  const shown = ({ id, build: { inputs, resources, diagnostics, complete }, byFlux }: Unit) => ({
    id,
    inputs,
    resources,
    diagnostics,
    complete,
    byFlux,
  });

  it.each([
    ['clusters', clusters],
    ['everything that may be changed', firsts],
    ['many entry points', entryPointFiles(3)],
  ])('is nothing that reads one of them: %s', (_, tree) => {
    const whole = survey(tree);
    for (const path of Object.keys(tree)) {
      const part = survey(tree, [path]);
      const isOfCluster = ({ role, root }: Unit['id'], file: string): boolean =>
        role === 'cluster' && whole.clusters.some((one) => one.root === root && concernsCluster(one, [file]));
      const reading = whole.units.filter(
        ({ id, build }) => id.role !== 'plain' && (build.inputs.includes(path) || isOfCluster(id, path)),
      );
      const judged = part.units.filter(({ id }) => id.role !== 'plain');
      expect(judged.map(shown), path).toEqual(reading.map(shown));
      const names = whole.clusters.filter((one) => concernsCluster(one, [path])).map(({ name }) => name);
      expect(
        part.clusters.map(({ name }) => name),
        path,
      ).toEqual(names);
    }
  });

  it('is what other clusters apply', () => {
    const tree = { ...files, ...cluster('dev', './overlays/dev'), ...cluster('prod', './overlays/prod') };
    expect(new Set(survey(tree).built)).toEqual(new Set(['overlays/dev', 'overlays/prod']));
    expect(new Set(survey(tree, ['overlays/prod/patch.yaml']).built)).toEqual(new Set(['overlays/prod']));
    expect(survey(tree, ['plain/a.yaml']).built).toEqual([]);
  });
});

describe('cdb-lint --touched', () => {
  it('takes files, some of which may be gone', async () => {
    await withFolder({ ...files, '.git/HEAD': '' }, async (folder) => {
      expect((await runCli(['--touched', 'README.md', 'overlays/gone.yaml'], folder)).status).toBe(0);
      const { status, stdout } = await runCli(
        ['--touched', 'patch.yaml', '--format', 'json'],
        join(folder, 'overlays/prod'),
      );
      expect(status).toBe(1);
      const { coverage } = JSON.parse(stdout) as { coverage: { builds: number } };
      expect(coverage.builds).toBe(1);
    });
  });

  it('wants files, and makes no baseline', async () => {
    expect((await runCli(['--touched'])).stderr).toContain('write cdb-lint --touched FILE…');
    expect((await runCli(['--touched', 'a', '--baseline', 'b.json', '--update-baseline'])).status).toBe(2);
  });
});

describe('.pre-commit-hooks.yaml', () => {
  const hooks = parse(readFileSync(join(project, '.pre-commit-hooks.yaml'), 'utf8')) as Record<
    string,
    unknown
  >[];

  it('runs a command that is there, once for all files', async () => {
    const [hook, ...others] = hooks;
    expect(others).toEqual([]);
    expect(hook).toMatchObject({ id: 'cdb-lint', language: 'node', require_serial: true });
    expect(hook).toMatchObject({ always_run: true });
    const [program, ...args] = String(hook?.['entry']).split(' ');
    const { bin } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      bin: Record<string, string>;
    };
    expect(Object.keys(bin)).toEqual([program]);
    expect(await runCli([...args, 'k8s/overlays/dev/kustomization.yaml', 'README.md'])).toMatchObject({
      status: 0,
      stderr: '',
    });
  });
});

describe('what was deleted or renamed', () => {
  const tree = {
    'base/kustomization.yaml': 'resources: [services/web.yaml]\n',
    'base/services/web.yaml': map('web'),
    'overlays/dev/kustomization.yaml': overlay(''),
    'overlays/prod/kustomization.yaml': overlay(''),
    'other/kustomization.yaml': 'resources: [gone.yaml]\n',
  };
  const { 'base/services/web.yaml': _, ...without } = tree;

  it.each([
    ['a file that is gone', without, ['base/services/web.yaml']],
    [
      'a file by its new name alone',
      { ...without, 'base/services/web2.yaml': map('web') },
      ['base/services/web2.yaml'],
    ],
    [
      'both names',
      { ...without, 'base/services/web2.yaml': map('web') },
      ['base/services/web.yaml', 'base/services/web2.yaml'],
    ],
  ])('is never clean: %s', (_name, files, touched) => {
    const { exitCode, findings } = lintFiles(files, { touched });
    expect(exitCode).toBe(2);
    const told = findings.filter(({ rule }) => rule === 'file-missing');
    expect(told.map(({ span }) => span.file.path)).toEqual(['base/kustomization.yaml']);
    expect(told[0]?.occurrences.map(({ entryPoint }) => entryPoint)).toEqual([
      'overlays/dev',
      'overlays/prod',
    ]);
  });
});

describe('--staged', () => {
  const tree = {
    'base/kustomization.yaml': 'resources: [web.yaml, more.yaml]\n',
    'base/web.yaml': map('web'),
    'base/more.yaml': map('more'),
    'cdb-lint.yaml': '{}\n',
  };

  it.each([
    ['deletes', ['rm', '-q', 'base/web.yaml']],
    ['renames', ['mv', 'base/web.yaml', 'base/other.yaml']],
  ])('is not clean where a commit %s what a build reads', async (_, change) => {
    await withRepository(async ({ folder, git, commit }) => {
      const first = commit('first', tree);
      expect((await runCli(['--touched', '--staged'], folder)).status).toBe(0);
      git(...change);
      const { status, stdout } = await runCli(['--touched', '--staged', '--format', 'concise'], folder);
      expect(status).toBe(2);
      expect(stdout).toContain('base/web.yaml does not exist');
      expect((await runCli(['--staged'], folder)).stderr).toContain('write cdb-lint --touched --staged');
      const range = { PRE_COMMIT_FROM_REF: first, PRE_COMMIT_TO_REF: commit('second') };
      expect((await runCli(['--touched', '--staged'], folder)).status).toBe(0);
      expect((await runCli(['--touched', '--staged'], folder, range)).status).toBe(2);
    });
  });

  it('is not clean where Git says nothing', async () => {
    await withFolder({ ...tree, '.git/HEAD': '' }, async (folder) => {
      const { status, stderr } = await runCli(['--touched', '--staged'], folder);
      expect(status).toBe(2);
      expect(stderr).toContain('--staged needs Git');
    });
  });
});
