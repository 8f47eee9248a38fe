import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { platformFiles } from '../support/platform-files.ts';
import { project, spawnCli, withFolder } from '../support/run-cli.ts';

/** The kubeconfig of a throwaway cluster with the CRDs that docs/server.md names; Namespaces are made in it, all else is a dry run. */
const kubeconfig = process.env['CDB_LINT_SERVER_KUBECONFIG'];

function kubectl(args: readonly string[], input = '') {
  return spawnSync('kubectl', ['--kubeconfig', kubeconfig ?? '', ...args], { input, encoding: 'utf8' });
}

/** How many documents a strict dry run of a server-side apply takes; what it says where it refuses one. */
function accepted(documents: string): number | string {
  const apply = ['apply', '--server-side', '--force-conflicts', '--dry-run=server', '--validate=strict'];
  const { status, stdout, stderr } = kubectl([...apply, '--filename', '-'], documents);
  return status === 0 ? stdout.trimEnd().split('\n').length : stderr;
}

const countOf = (documents: string): number => documents.match(/^kind: /gmu)?.length ?? 0;

const roots = [
  ...['dev', 'prod'].flatMap((name) => [
    `k8s/overlays/${name}`,
    `flux/clusters/${name}`,
    `flux/environments/${name}/infrastructure`,
    `flux/environments/${name}/applications`,
    `policies/overlays/${name}`,
  ]),
  'argocd',
  'policies',
];

// Of those that production has already, a second helping would be another object.
const components = readdirSync(join(project, 'k8s/components'));
const switched = ['dev', 'prod'].flatMap((environment) =>
  components
    .filter((component) => environment === 'dev' || component !== 'order-path-priority')
    .map((component) => [component, environment] as const),
);

describe.skipIf(kubeconfig === undefined)('a kube-apiserver (CDB_LINT_SERVER_KUBECONFIG) accepts', () => {
  beforeAll(() => {
    for (const namespace of ['cdb-trading', 'cdb-trading-dev', 'flux-system', 'argocd'])
      kubectl(['create', 'namespace', namespace]);
  });

  it.each(roots)('%s', (root) => {
    const documents = spawnCli(['render', root]).stdout;
    expect(countOf(documents)).toBeGreaterThan(5);
    expect(accepted(documents)).toBe(countOf(documents));
  });

  it.each(switched)('component %s on top of %s', (component, environment) => {
    const kustomization = `resources: [../${environment}]\ncomponents: [../../components/${component}]\n`;
    const files = { ...platformFiles(), 'k8s/overlays/switched/kustomization.yaml': kustomization };
    const documents = withFolder(
      files,
      (folder) => spawnCli(['render', 'k8s/overlays/switched'], folder).stdout,
    );
    expect(countOf(documents)).toBeGreaterThan(5);
    expect(accepted(documents)).toBe(countOf(documents));
  });
});
