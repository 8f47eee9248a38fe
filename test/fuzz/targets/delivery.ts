import { type Files, requireSameReport } from '../judge-alike.ts';
import { textsOf } from './numbers.ts';

const application = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: "\${a:-b}"}
`;
const applicationSet = (spec: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: a, namespace: argocd}\nspec:\n${spec.replace(/^/gmu, '  ')}\n`;
const kustomization = (spec: string): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a, namespace: flux-system}\nspec:\n  path: app\n  prune: true\n  interval: 1h\n  sourceRef: {kind: GitRepository, name: flux-system}\n${spec.replace(/^/gmu, '  ')}\n`;

const filesOf = ([argo = '', flux = '', more = '']: readonly string[]): Files => ({
  'app/settings.yaml': application,
  'clusters/a/set.yaml': applicationSet(argo),
  'clusters/a/kustomization-a.yaml': kustomization(flux),
  'clusters/a/more.yaml': more,
});

/** The specs of an ApplicationSet and of a Flux Kustomization, and one more object that is applied with them. */
export function fuzz(data: Uint8Array): void {
  requireSameReport(textsOf(data), filesOf);
}
