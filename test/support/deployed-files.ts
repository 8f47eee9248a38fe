/** The source that Flux reads this repository from. */
export const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: "https://git.example.com/team/platform.git", ref: { branch: main } }
`;

export function fluxKustomization(name: string, path: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { interval: 1h, prune: true, path: ${path}, sourceRef: { kind: GitRepository, name: flux-system } }
`;
}

/** What Flux applies of another repository. */
export const fromElsewhere = `${source.replaceAll('flux-system', 'other').replace('platform', 'other')}---
${fluxKustomization('elsewhere', './').replace('name: flux-system }', 'name: other, namespace: other }')}`;

/** An Application that deploys the directory of its name at a revision of this repository. */
export function application(name: string, revision: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: team
  source: { repoURL: "https://git.example.com/team/platform.git", path: ${name}, targetRevision: ${revision} }
  destination: { server: "https://kubernetes.default.svc", namespace: ${name} }
`;
}

/** A cluster in which Flux applies itself. */
export function selfApplied(name: string): Record<string, string> {
  return {
    [`${name}/flux-system/sync.yaml`]: `${source}---\n${fluxKustomization('flux-system', `./${name}`)}`,
  };
}
