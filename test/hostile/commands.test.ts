import { expect, it } from 'vitest';
import { formatNames } from '../../src/report/format.ts';
import { runCli, withFolder } from '../support/run-cli.ts';

const bidi = '\u202e \u2066 \u200b';
const mark = `"x\\n::error::pwned ##[group]pwned \\u202e \\u2066 end"`;
const control = `"x\\n::error::pwned ##[group]pwned \\u202e \\u009b end"`;

const sources = `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: ${control}, namespace: flux-system}
spec: {interval: 10m, url: "https://example.com/\\u202e##[group]x"}
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: ${control}, namespace: flux-system}
spec: {interval: 10m, chart: {spec: {chart: ${control}, version: ${mark}, sourceRef: {kind: HelmRepository, name: ${control}}}}}
`;

const files = {
  '.git/HEAD': '',
  'k/kustomization.yaml': 'resources: [a.yaml, c.yaml]\n',
  'broken/kustomization.yaml': `resources: []\n${mark}: 1\nnamePrefix: ${control}\n`,
  'plain/a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${control}}\n${control}: 1\n`,
  'k/a.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    note: |
      hello
      ::error file=x::pwned by the diff
      ##[group]pwned
      ${bidi}
  labels: {a: ${mark}}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      args:
        - |
          ::stop-commands::abc
`,
  'k/c.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: c}
data:
  x: |
    ::set-output name=pwned::1
      ::warning::pwned
    ##[error]pwned
  ${mark}: 1
`,
  'clusters/a/sources.yaml': sources,
  'clusters/a/k.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${mark}, namespace: flux-system}
spec:
  interval: 10m
  path: ./k
  prune: true
  dependsOn: [{name: ${mark}}]
  sourceRef: {kind: GitRepository, name: flux-system}
`,
};

const commands: readonly (readonly string[])[] = [
  ...formatNames.filter((name) => name !== 'github').map((name) => ['lint', '.', '--format', name]),
  ['lint', '.', '--stats'],
  ['lint', '.', '--shard', '1/1', '--format', 'json'],
  ['plan', '.', '--base', 'k'],
  ['lint', 'k', '--fix=preview'],
  ['admit', '.'],
  ['report', '.'],
  ['report', '.', '--format', 'html'],
  ['init', '--dry-run'],
  ['graph', '.'],
  ['sources', '.'],
  ['sources', '.', '--format', 'json'],
  ['graph', '.', '--format', 'dot'],
  ['graph', '.', '--format', 'svg'],
  ['explain', 'k/a.yaml:14', 'k'],
  ['explain', 'k/c.yaml:9', 'k'],
  ['explain', 'image-not-pinned'],
  ['rules'],
  ['completion', 'zsh'],
  ['blame', 'k', 'Pod/web'],
  ['blame', 'k', 'Pod/web', 'spec.containers[0].args[0]'],
  ['blame', 'k', 'ConfigMap/c', 'data.x'],
  ['render', 'k'],
  ['render', 'k', '--origins'],
  ['render', '--all', 'k'],
];

/** The lines that the runner obeys: `::name …::` at the start, `##[name]` anywhere, none between a stop and its token. */
function obeyed(text: string): string[] {
  const found: string[] = [];
  let token: string | undefined;
  for (const line of text.split('\n')) {
    const [, name = '', data = ''] =
      /^\s*::([\w-]+)[^:]*::(.*)$/u.exec(line) ?? /##\[([\w-]+)[^\]]*\](.*)$/u.exec(line) ?? [];
    if (name === '') continue;
    if (token !== undefined) token = name === token ? undefined : token;
    else if (name === 'stop-commands') token = data;
    else found.push(line);
  }
  return found;
}

it('the runner as it is modelled here obeys what it should', () => {
  expect(obeyed('a\n  ::error::x\n##[group]y\nz ##[endgroup]')).toHaveLength(3);
  expect(obeyed('# ##[stop-commands]t\n::error::x\n# ##[t]\n::error::y')).toEqual(['::error::y']);
});

it.each(commands)('in a workflow, no line of %s %s %s %s is obeyed', async (...args) => {
  const run = await withFolder(files, (folder) => runCli(args, folder, { GITHUB_ACTIONS: 'true' }));
  expect(run.stdout.length).toBeGreaterThan(0);
  expect(obeyed(run.stdout)).toEqual([]);
  expect(obeyed(run.stderr)).toEqual([]);
  // What kustomize prints is left as it is, for a machine to read.
  if (args[0] !== 'render') expect(run.stdout + run.stderr).not.toMatch(/[\u009b\u202e\u2066\ufeff\u200b]/u);
});

it('the preview says that its diff is not the whole truth, and YAML stays YAML', async () => {
  const { diff, rendered, plain } = await withFolder(files, async (folder) => ({
    diff: await runCli(['lint', 'k', '--fix=preview', '--profile', 'all'], folder, {
      GITHUB_ACTIONS: 'true',
    }),
    rendered: await runCli(['render', 'k'], folder, { GITHUB_ACTIONS: 'true' }),
    plain: await runCli(['render', 'k'], folder),
  }));
  expect(diff.stdout).toContain('::');
  expect(diff.stderr).toContain('workflow commands');
  expect(plain.stdout).not.toContain('stop-commands]');
  expect(rendered.stdout.split('\n').slice(1, -2).join('\n')).toBe(plain.stdout.trimEnd());
});
