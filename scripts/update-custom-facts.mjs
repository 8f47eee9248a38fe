// Writes src/schema/custom-facts-data.ts from the CRDs of Flux, Argo CD and the Gateway API, and src/schema/product/*.ts from
// those of the products that clusters have most:
//   node scripts/update-custom-facts.mjs
//   CRD_REPOSITORIES=/path node scripts/update-custom-facts.mjs
// Most Go modules carry their CRDs, some only the Go types, from which controller-gen makes them; what is no module is cloned from
// GitHub, or from OWNER/NAME below CRD_REPOSITORIES. Needs `go` and `git`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { factsText, foldCrds, groupsOf } from './custom-facts-model.mjs';

// The newest versions that Go 1.26 takes.
const core = [
  { product: 'Argo CD', module: 'github.com/argoproj/argo-cd/v3@v3.5.7', folder: 'manifests/crds' },
  {
    product: 'kustomize-controller',
    module: 'github.com/fluxcd/kustomize-controller@v1.9.6',
    folder: 'config/crd/bases',
  },
  {
    product: 'source-controller',
    module: 'github.com/fluxcd/source-controller@v1.9.6',
    folder: 'config/crd/bases',
  },
  { product: 'Gateway API', module: 'sigs.k8s.io/gateway-api@v1.6.3', folder: 'config/crd/standard' },
  { product: 'source-watcher', repository: 'fluxcd/source-watcher@v2.2.1', folder: 'config/crd/bases' },
  {
    product: 'Flux Operator',
    repository: 'controlplaneio-fluxcd/flux-operator@v0.58.1',
    folder: 'config/crd/bases',
  },
];
const withTypes = [
  { product: 'helm-controller', module: 'github.com/fluxcd/helm-controller/api@v1.6.5', versions: ['v2'] },
  {
    product: 'notification-controller',
    module: 'github.com/fluxcd/notification-controller/api@v1.9.4',
    versions: ['v1', 'v1beta3'],
  },
  {
    product: 'image-reflector-controller',
    module: 'github.com/fluxcd/image-reflector-controller/api@v1.2.5',
    versions: ['v1'],
  },
  {
    product: 'image-automation-controller',
    module: 'github.com/fluxcd/image-automation-controller/api@v1.2.5',
    versions: ['v1'],
  },
];
// Of several releases of one product the first counts; the others bring the versions of kinds that it serves no more.
const products = {
  'aad-pod-identity': [
    { repository: 'Azure/aad-pod-identity@v1.8.17', folder: 'charts/aad-pod-identity/crds' },
  ],
  'argo-rollouts': [{ module: 'github.com/argoproj/argo-rollouts@v1.10.0', folder: 'manifests/crds' }],
  'argo-workflows': [{ repository: 'argoproj/argo-workflows@v4.1.2', folder: 'manifests/base/crds/full' }],
  'cert-manager': [{ module: 'github.com/cert-manager/cert-manager@v1.21.2', folder: 'deploy/crds' }],
  cilium: [
    { module: 'github.com/cilium/cilium@v1.20.2', folder: 'pkg/k8s/apis/cilium.io/client/crds/v2' },
    { module: 'github.com/cilium/cilium@v1.20.2', folder: 'pkg/k8s/apis/cilium.io/client/crds/v2alpha1' },
  ],
  'cloudnative-pg': [{ repository: 'cloudnative-pg/cloudnative-pg@v1.30.0', folder: 'config/crd/bases' }],
  contour: [{ module: 'github.com/projectcontour/contour@v1.33.8', folder: 'examples/contour' }],
  crossplane: [{ repository: 'crossplane/crossplane@v2.3.4', folder: 'cluster/crds' }],
  'external-secrets': [
    { repository: 'external-secrets/external-secrets@v2.9.0', folder: 'config/crds/bases' },
    { module: 'github.com/external-secrets/external-secrets@v0.16.2', folder: 'config/crds/bases' },
  ],
  'external-snapshotter': [
    { module: 'github.com/kubernetes-csi/external-snapshotter/client/v8@v8.7.0', folder: 'config/crd' },
  ],
  flagger: [{ repository: 'fluxcd/flagger@v1.44.0', folder: 'artifacts/flagger' }],
  'grafana-operator': [{ repository: 'grafana/grafana-operator@v5.24.0', folder: 'config/crd/bases' }],
  istio: [{ module: 'istio.io/api@v1.32.0', folder: 'kubernetes' }],
  karpenter: [{ module: 'sigs.k8s.io/karpenter@v1.14.0', folder: 'pkg/apis/crds' }],
  keda: [{ module: 'github.com/kedacore/keda/v2@v2.21.0', folder: 'config/crd/bases' }],
  kyverno: [
    { module: 'github.com/kyverno/kyverno@v1.19.1', folder: 'config/crds/kyverno' },
    { module: 'github.com/kyverno/kyverno@v1.19.1', folder: 'config/crds/policies.kyverno.io' },
  ],
  longhorn: [{ repository: 'longhorn/longhorn-manager@v1.12.1', folder: 'k8s' }],
  metallb: [{ module: 'go.universe.tf/metallb@v0.16.2', folder: 'config/crd/bases' }],
  'network-attachment-definition': [
    { repository: 'k8snetworkplumbingwg/network-attachment-definition-client@v1.7.7', folder: 'artifacts' },
  ],
  nmstate: [{ repository: 'nmstate/kubernetes-nmstate@v0.86.0', folder: 'deploy/crds' }],
  olm: [{ repository: 'operator-framework/api@v0.45.0', folder: 'crds' }],
  'origin-ca-issuer': [{ repository: 'cloudflare/origin-ca-issuer@v0.7.0', folder: 'deploy/crds' }],
  'prometheus-operator': [
    {
      repository: 'prometheus-operator/prometheus-operator@v0.93.0',
      folder: 'example/prometheus-operator-crd',
    },
  ],
  'sealed-secrets': [
    { module: 'github.com/bitnami-labs/sealed-secrets@v0.40.0', folder: 'helm/sealed-secrets/crds' },
  ],
  'secrets-store-csi-driver': [
    { repository: 'kubernetes-sigs/secrets-store-csi-driver@v1.6.0', folder: 'config/crd/bases' },
  ],
  tekton: [{ repository: 'tektoncd/pipeline@v1.15.0', folder: 'config/300-crds' }],
  'tofu-controller': [{ repository: 'flux-iac/tofu-controller@v0.16.5', folder: 'config/crd/bases' }],
  traefik: [
    {
      module: 'github.com/traefik/traefik/v3@v3.7.13',
      folder: 'docs/content/reference/dynamic-configuration',
    },
  ],
  velero: [
    { module: 'github.com/vmware-tanzu/velero@v1.18.3', folder: 'config/crd/v1/bases' },
    { module: 'github.com/vmware-tanzu/velero@v1.18.3', folder: 'config/crd/v2alpha1/bases' },
  ],
  'vertical-pod-autoscaler': [
    { module: 'k8s.io/autoscaler/vertical-pod-autoscaler@v1.8.1', folder: 'deploy' },
  ],
  volsync: [{ repository: 'backube/volsync@v0.16.0', folder: 'config/crd/bases' }],
};

const controllerGen = 'sigs.k8s.io/controller-tools/cmd/controller-gen@v0.20.0';
const repositories = process.env.CRD_REPOSITORIES ?? 'https://github.com';
const schemaRoom = new URL('../src/schema/', import.meta.url);
const productRoom = new URL('product/', schemaRoom);
const scratch = mkdtempSync(join(tmpdir(), 'custom-facts-'));
const onlyProducts = process.argv.includes('--products');

try {
  if (!onlyProducts) writeCore();
  writeProducts();
} finally {
  rmSync(scratch, { recursive: true });
}

function writeCore() {
  const crds = [...core.flatMap(crdsFrom), ...generatedCrds()];
  const { kinds, schemas } = foldCrds(crds);
  const releases = [...core, ...withTypes].map(releaseOf).join(', ');
  writeFileSync(
    new URL('custom-facts-data.ts', schemaRoom),
    `// Written by scripts/update-custom-facts.mjs from ${releases}; the form is explained in custom-kind.ts.
export const customFactsText: string = String.raw\`${factsText({ kinds, schemas })}\`;
`,
  );
}

function writeProducts() {
  rmSync(productRoom, { recursive: true, force: true });
  mkdirSync(productRoom);
  const written = Object.entries(products).map(([product, sources]) => {
    const facts = foldCrds(sources.flatMap(crdsFrom));
    const releases = [...new Set(sources.map((source) => releaseOf({ product, ...source })))];
    writeFileSync(
      new URL(`${product}-data.ts`, productRoom),
      `// Written by scripts/update-custom-facts.mjs from ${releases.join(', ')}; the form is explained in custom-kind.ts.
export function ${functionOf(product)}(): string {
  return String.raw\`${factsText(facts)}\`;
}
`,
    );
    return { product, release: releases[0], groups: groupsOf(facts) };
  });
  writeFileSync(new URL('product-facts-data.ts', schemaRoom), registry(written));
}

/** The one module that knows all products: what reads the text of one is looked up when a group of it is met. */
function registry(written) {
  const imports = written.map(
    ({ product }) =>
      `// Loaded when called: few clusters have it.\nimport { ${functionOf(product)} } from './product/${product}-data.ts';`,
  );
  const groups = [...new Set(written.flatMap((one) => one.groups))].sort();
  const cases = groups.map((group) => {
    const facts = written
      .filter((one) => one.groups.includes(group))
      .map(
        ({ product, release }) => `{ release: ${JSON.stringify(release)}, text: ${functionOf(product)}() }`,
      );
    return `    case ${JSON.stringify(group)}:\n      return [${facts.join(', ')}];`;
  });
  return `// Written by scripts/update-custom-facts.mjs.
${imports.join('\n')}

/** The CRDs of a product that many clusters have. */
export interface ProductFacts {
  /** With its version. */
  readonly release: string;
  readonly text: string;
}

/** The facts of the products that a group belongs to; argoproj.io has kinds of several. */
export function productFacts(group: string): readonly ProductFacts[] {
  switch (group) {
${cases.join('\n')}
    default:
      return [];
  }
}
`;
}

function functionOf(product) {
  return `${product.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}Facts`;
}

function releaseOf({ product, module, repository }) {
  return `${product} ${(module ?? repository).replace(/^.*@v?/, '')}`;
}

function crdsFrom({ module, repository, folder }) {
  if (repository !== undefined) return readCrds(join(clone(repository, folder), folder));
  return readCrds(join(JSON.parse(run('go', ['mod', 'download', '-json', module], '/')).Dir, folder));
}

/** The folder alone is checked out: the rest of a repository may be large. */
function clone(repository, folder) {
  const [name, tag] = repository.split('@');
  const target = join(scratch, name.replace('/', '-'));
  const options = ['--quiet', '--no-checkout', '--depth', '1', '--branch', tag];
  run('git', ['clone', ...options, `${repositories}/${name}`, target], '/');
  run('git', ['checkout', '--quiet', 'HEAD', '--', folder], target);
  return target;
}

function generatedCrds() {
  const directory = join(scratch, 'generated');
  mkdirSync(directory);
  const packages = withTypes.flatMap(({ module, versions }) =>
    versions.map((version) => `${module.slice(0, module.indexOf('@'))}/${version}`),
  );
  writeFileSync(join(directory, 'go.mod'), 'module facts\n\ngo 1.26\n');
  const imports = packages.map((name) => `import _ "${name}"\n`).join('');
  writeFileSync(join(directory, 'facts.go'), `package facts\n\n${imports}`);
  run('go', ['get', ...withTypes.map(({ module }) => module)], directory);
  run('go', ['mod', 'tidy'], directory);
  const paths = packages.map((name) => `paths=${name}`);
  run('go', ['run', controllerGen, 'crd', ...paths, 'output:crd:dir=crds'], directory);
  return readCrds(join(directory, 'crds'));
}

function run(command, args, cwd) {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function readCrds(directory) {
  const names = readdirSync(directory).filter(
    (name) => /\.ya?ml$/.test(name) && statSync(join(directory, name)).isFile(),
  );
  const documents = names
    .sort()
    .flatMap((name) => parseAllDocuments(readFileSync(join(directory, name), 'utf8')));
  return documents
    .map((document) => document.toJS())
    .filter((value) => value?.kind === 'CustomResourceDefinition');
}
