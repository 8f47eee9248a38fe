import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** The parts of the platform's objects that its tests look at. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly immutable?: boolean;
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: ManifestSpec;
}

export interface ManifestSpec {
  readonly replicas?: number;
  readonly secretName?: string;
  readonly type?: string;
  readonly ports?: readonly { readonly name: string; readonly port: number }[];
  readonly hard?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly type: string };
  readonly resources?: { readonly requests: Amounts };
  readonly volumeClaimTemplates?: readonly Manifest[];
  readonly template?: { readonly metadata: Metadata; readonly spec: PodSpec };
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly automountServiceAccountToken: boolean;
  readonly priorityClassName?: string;
  readonly topologySpreadConstraints?: readonly unknown[];
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly volumes?: readonly Volume[];
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly envFrom?: readonly { readonly configMapRef?: { readonly name: string } }[];
  readonly ports: readonly { readonly containerPort: number }[];
  readonly resources: { readonly requests: Amounts; readonly limits: Amounts };
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
}

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Probe {
  readonly periodSeconds: number;
  readonly httpGet?: { readonly path: string };
}

interface Volume {
  readonly name: string;
  readonly emptyDir?: { readonly sizeLimit?: string };
  readonly configMap?: { readonly name: string };
  readonly secret?: { readonly secretName: string; readonly items: readonly { readonly key: string }[] };
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

type Amounts = Readonly<Record<string, string>>;

/** Whether the tests of the platform can run here at all. */
export const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

export function renderManifests(directory: string): readonly Manifest[] {
  const result = spawnSync('kubectl', ['kustomize', directory], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`kubectl kustomize ${directory}: ${result.stderr}`);
  return parseAllDocuments(result.stdout).map((document) => document.toJS() as Manifest);
}

/** An environment with optional components on top, as a user's own overlay would add them. */
export function renderWithComponents(
  environment: string,
  components: readonly string[],
): readonly Manifest[] {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'platform-')));
  const entry = (path: string) => `  - ${relative(folder, realpathSync(resolve('k8s', path)))}\n`;
  const kustomization = [
    `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n`,
    `resources:\n${entry(`overlays/${environment}`)}`,
    `components:\n${components.map((name) => entry(`components/${name}`)).join('')}`,
  ];
  try {
    writeFileSync(join(folder, 'kustomization.yaml'), kustomization.join(''));
    return renderManifests(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function workloadsOf(manifests: readonly Manifest[]): readonly Manifest[] {
  return manifests.filter((manifest) => manifest.spec?.template !== undefined);
}

export function podSpecOf(workload: Manifest): PodSpec {
  const pod = workload.spec?.template?.spec;
  if (pod === undefined) throw new Error(`${workload.metadata.name} has no pod template`);
  return pod;
}

export function containersOf(workload: Manifest): readonly Container[] {
  const pod = podSpecOf(workload);
  return [...(pod.initContainers ?? []), ...pod.containers];
}

/** CPU in millicores, everything else in MiB. */
export function amount(quantity: string): number {
  const match = /^([0-9.]+)(m|Mi|Gi)?$/.exec(quantity);
  if (match === null) throw new Error(`unexpected quantity ${quantity}`);
  const factor = match[2] === 'm' || match[2] === 'Mi' ? 1 : match[2] === 'Gi' ? 1024 : 1000;
  return Number(match[1]) * factor;
}
