import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const configuration = `scrape_configs:
  - job_name: pods
    kubernetes_sd_configs:
      - role: pod
    relabel_configs:
      - source_labels: [__address__]
        regex: (.*):\\d+
        replacement: $1:$2
        target_label: __address__
`;

function places(files: Readonly<Record<string, string>>): readonly string[] {
  return lintFiles(files, { only: ['scrape-matches-nothing'] }).findings.map(
    ({ span }) =>
      `${span.file.path}:${span.file.text.slice(0, span.start).split('\n').length} ${span.file.text.slice(span.start, span.end)}`,
  );
}

it('points into the file that a generator makes a ConfigMap of', () => {
  expect(
    places({
      'kustomization.yaml': 'configMapGenerator:\n  - name: prometheus\n    files: [config/prometheus.yml]\n',
      'config/prometheus.yml': configuration,
    }),
  ).toEqual(['config/prometheus.yml:8 $1:$2']);
});

it('points into the text of a ConfigMap, and passes over what is not YAML', () => {
  const inner = configuration.replaceAll(/^/gmu, '    ');
  const start = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: prometheus}\ndata:\n';
  expect(
    places({
      'kustomization.yaml': 'resources: [config.yaml]\n',
      'config.yaml': `${start}  broken: "scrape_configs: [{"\n  prometheus.yml: |\n${inner}`,
    }),
  ).toEqual(['config.yaml:14 $1:$2']);
});

it('points into a string that a patch brings, or in which Flux puts variables', () => {
  const patch = configuration.replaceAll(/^/gmu, '          ');
  const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: prometheus}\n';
  expect(
    places({
      'kustomization.yaml': `resources: [config.yaml]\npatches:\n  - patch: |\n      kind: ConfigMap\n      apiVersion: v1\n      metadata: {name: prometheus}\n      data:\n        prometheus.yml: |\n${patch}`,
      'config.yaml': `${head}data: { prometheus.yml: old }\n`,
    }),
  ).toEqual(['kustomization.yaml:16 $1:$2']);
  const inner = configuration.replaceAll(/^/gmu, '    ').replace('job_name: pods', 'job_name: $' + '{JOB}');
  expect(
    places({
      'clusters/prod/apps.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec:\n  path: ./apps\n  prune: true\n  sourceRef: {kind: GitRepository, name: flux-system}\n  postBuild: {substitute: {JOB: pods}}\n',
      'apps/config.yaml': `${head}data:\n  prometheus.yml: |\n${inner}`,
    }),
  ).toEqual(['apps/config.yaml:13 $1:$2']);
});
