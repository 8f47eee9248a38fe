import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const application = (name: string, path: string, namespace: string, more = ''): string =>
  [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: Application',
    `metadata: { name: ${name}, namespace: argocd }`,
    'spec:',
    '  project: team',
    `  source: { repoURL: "https://example.com/deploy.git", path: ${path}, targetRevision: main }`,
    `  destination: { server: https://kubernetes.default.svc, namespace: ${namespace} }`,
    more,
    '',
  ].join('\n');

function findingsOf(
  rule: string,
  files: Record<string, string>,
): { message: string; help: string | undefined }[] {
  const all = { ...files, 'cdb-lint.yaml': 'repositories: [https://example.com/deploy.git]\n' };
  return lintFiles(all)
    .findings.filter((finding) => finding.rule === rule)
    .map(({ message, help }) => ({ message, help }));
}

describe('hooks', () => {
  const job = (annotations: string): string =>
    [
      'apiVersion: batch/v1',
      'kind: Job',
      `metadata: { name: j, namespace: app, annotations: ${annotations} }`,
      'spec:',
      '  template:',
      '    spec: { restartPolicy: Never, serviceAccountName: runner, containers: [{ name: a, image: "a:1" }] }',
      '---',
      'apiVersion: v1',
      'kind: ServiceAccount',
      'metadata: { name: runner, namespace: app }',
      '',
    ].join('\n');

  it.each([['{ argocd.argoproj.io/hook: PreSync }'], ['{ helm.sh/hook: "pre-install,pre-upgrade" }']])(
    '%s run before what Sync brings',
    (annotations) => {
      const files = { 'argocd/app.yaml': application('app', 'app', 'app'), 'app/job.yaml': job(annotations) };
      const [found] = findingsOf('sync-wave-after-reference', files);
      expect(found?.message).toContain(
        'wave 0 of PreSync, but its ServiceAccount runner only in wave 0 of Sync',
      );
      expect(found?.help).toBe(
        'give the ServiceAccount the annotation argocd.argoproj.io/hook: PreSync and an earlier sync-wave',
      );
    },
  );
});

describe('namespaces', () => {
  const files = (options: string): Record<string, string> => ({
    'argocd/root.yaml': application('root', 'argocd', 'argocd'),
    'argocd/x.yaml': application('x', 'x', 'x', options),
    'x/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: x }\ndata: { a: b }\n',
  });

  it('are made by CreateNamespace=true', () => {
    expect(
      findingsOf('namespace-missing', files('  syncPolicy: { syncOptions: [CreateNamespace=true] }')),
    ).toEqual([]);
    expect(findingsOf('namespace-missing', files('')).map(({ message }) => message.slice(0, 31))).toEqual([
      'nothing creates the Namespace x',
    ]);
  });
});
