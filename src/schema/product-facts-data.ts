// Written by scripts/update-custom-facts.mjs.
// Loaded when called: few clusters have it.
import { aadPodIdentityFacts } from './product/aad-pod-identity-data.ts';
// Loaded when called: few clusters have it.
import { argoRolloutsFacts } from './product/argo-rollouts-data.ts';
// Loaded when called: few clusters have it.
import { argoWorkflowsFacts } from './product/argo-workflows-data.ts';
// Loaded when called: few clusters have it.
import { certManagerFacts } from './product/cert-manager-data.ts';
// Loaded when called: few clusters have it.
import { ciliumFacts } from './product/cilium-data.ts';
// Loaded when called: few clusters have it.
import { cloudnativePgFacts } from './product/cloudnative-pg-data.ts';
// Loaded when called: few clusters have it.
import { contourFacts } from './product/contour-data.ts';
// Loaded when called: few clusters have it.
import { crossplaneFacts } from './product/crossplane-data.ts';
// Loaded when called: few clusters have it.
import { externalSecretsFacts } from './product/external-secrets-data.ts';
// Loaded when called: few clusters have it.
import { externalSnapshotterFacts } from './product/external-snapshotter-data.ts';
// Loaded when called: few clusters have it.
import { flaggerFacts } from './product/flagger-data.ts';
// Loaded when called: few clusters have it.
import { grafanaOperatorFacts } from './product/grafana-operator-data.ts';
// Loaded when called: few clusters have it.
import { istioFacts } from './product/istio-data.ts';
// Loaded when called: few clusters have it.
import { karpenterFacts } from './product/karpenter-data.ts';
// Loaded when called: few clusters have it.
import { kedaFacts } from './product/keda-data.ts';
// Loaded when called: few clusters have it.
import { kyvernoFacts } from './product/kyverno-data.ts';
// Loaded when called: few clusters have it.
import { longhornFacts } from './product/longhorn-data.ts';
// Loaded when called: few clusters have it.
import { metallbFacts } from './product/metallb-data.ts';
// Loaded when called: few clusters have it.
import { networkAttachmentDefinitionFacts } from './product/network-attachment-definition-data.ts';
// Loaded when called: few clusters have it.
import { nmstateFacts } from './product/nmstate-data.ts';
// Loaded when called: few clusters have it.
import { olmFacts } from './product/olm-data.ts';
// Loaded when called: few clusters have it.
import { originCaIssuerFacts } from './product/origin-ca-issuer-data.ts';
// Loaded when called: few clusters have it.
import { prometheusOperatorFacts } from './product/prometheus-operator-data.ts';
// Loaded when called: few clusters have it.
import { sealedSecretsFacts } from './product/sealed-secrets-data.ts';
// Loaded when called: few clusters have it.
import { secretsStoreCsiDriverFacts } from './product/secrets-store-csi-driver-data.ts';
// Loaded when called: few clusters have it.
import { tektonFacts } from './product/tekton-data.ts';
// Loaded when called: few clusters have it.
import { tofuControllerFacts } from './product/tofu-controller-data.ts';
// Loaded when called: few clusters have it.
import { traefikFacts } from './product/traefik-data.ts';
// Loaded when called: few clusters have it.
import { veleroFacts } from './product/velero-data.ts';
// Loaded when called: few clusters have it.
import { verticalPodAutoscalerFacts } from './product/vertical-pod-autoscaler-data.ts';
// Loaded when called: few clusters have it.
import { volsyncFacts } from './product/volsync-data.ts';

/** The CRDs of a product that many clusters have. */
export interface ProductFacts {
  /** With its version. */
  readonly release: string;
  readonly text: string;
}

/** The facts of the products that a group belongs to; argoproj.io has kinds of several. */
export function productFacts(group: string): readonly ProductFacts[] {
  switch (group) {
    case "aadpodidentity.k8s.io":
      return [{ release: "aad-pod-identity 1.8.17", text: aadPodIdentityFacts() }];
    case "acme.cert-manager.io":
      return [{ release: "cert-manager 1.21.2", text: certManagerFacts() }];
    case "apiextensions.crossplane.io":
      return [{ release: "crossplane 2.3.4", text: crossplaneFacts() }];
    case "argoproj.io":
      return [{ release: "argo-rollouts 1.10.0", text: argoRolloutsFacts() }, { release: "argo-workflows 4.1.2", text: argoWorkflowsFacts() }];
    case "autoscaling.k8s.io":
      return [{ release: "vertical-pod-autoscaler 1.8.1", text: verticalPodAutoscalerFacts() }];
    case "autoscaling.x-k8s.io":
      return [{ release: "karpenter 1.14.0", text: karpenterFacts() }];
    case "bitnami.com":
      return [{ release: "sealed-secrets 0.40.0", text: sealedSecretsFacts() }];
    case "cert-manager.io":
      return [{ release: "cert-manager 1.21.2", text: certManagerFacts() }];
    case "cert-manager.k8s.cloudflare.com":
      return [{ release: "origin-ca-issuer 0.7.0", text: originCaIssuerFacts() }];
    case "cilium.io":
      return [{ release: "cilium 1.20.2", text: ciliumFacts() }];
    case "eventing.keda.sh":
      return [{ release: "keda 2.21.0", text: kedaFacts() }];
    case "extensions.istio.io":
      return [{ release: "istio 1.32.0", text: istioFacts() }];
    case "external-secrets.io":
      return [{ release: "external-secrets 2.9.0", text: externalSecretsFacts() }];
    case "flagger.app":
      return [{ release: "flagger 1.44.0", text: flaggerFacts() }];
    case "generators.external-secrets.io":
      return [{ release: "external-secrets 2.9.0", text: externalSecretsFacts() }];
    case "grafana.integreatly.org":
      return [{ release: "grafana-operator 5.24.0", text: grafanaOperatorFacts() }];
    case "groupsnapshot.storage.k8s.io":
      return [{ release: "external-snapshotter 8.7.0", text: externalSnapshotterFacts() }];
    case "infra.contrib.fluxcd.io":
      return [{ release: "tofu-controller 0.16.5", text: tofuControllerFacts() }];
    case "k8s.cni.cncf.io":
      return [{ release: "network-attachment-definition 1.7.7", text: networkAttachmentDefinitionFacts() }];
    case "karpenter.sh":
      return [{ release: "karpenter 1.14.0", text: karpenterFacts() }];
    case "keda.sh":
      return [{ release: "keda 2.21.0", text: kedaFacts() }];
    case "kyverno.io":
      return [{ release: "kyverno 1.19.1", text: kyvernoFacts() }];
    case "longhorn.io":
      return [{ release: "longhorn 1.12.1", text: longhornFacts() }];
    case "metallb.io":
      return [{ release: "metallb 0.16.2", text: metallbFacts() }];
    case "monitoring.coreos.com":
      return [{ release: "prometheus-operator 0.93.0", text: prometheusOperatorFacts() }];
    case "networking.istio.io":
      return [{ release: "istio 1.32.0", text: istioFacts() }];
    case "nmstate.io":
      return [{ release: "nmstate 0.86.0", text: nmstateFacts() }];
    case "operators.coreos.com":
      return [{ release: "olm 0.45.0", text: olmFacts() }];
    case "ops.crossplane.io":
      return [{ release: "crossplane 2.3.4", text: crossplaneFacts() }];
    case "pkg.crossplane.io":
      return [{ release: "crossplane 2.3.4", text: crossplaneFacts() }];
    case "policies.kyverno.io":
      return [{ release: "kyverno 1.19.1", text: kyvernoFacts() }];
    case "postgresql.cnpg.io":
      return [{ release: "cloudnative-pg 1.30.0", text: cloudnativePgFacts() }];
    case "projectcontour.io":
      return [{ release: "contour 1.33.8", text: contourFacts() }];
    case "protection.crossplane.io":
      return [{ release: "crossplane 2.3.4", text: crossplaneFacts() }];
    case "resolution.tekton.dev":
      return [{ release: "tekton 1.15.0", text: tektonFacts() }];
    case "secrets-store.csi.x-k8s.io":
      return [{ release: "secrets-store-csi-driver 1.6.0", text: secretsStoreCsiDriverFacts() }];
    case "security.istio.io":
      return [{ release: "istio 1.32.0", text: istioFacts() }];
    case "snapshot.storage.k8s.io":
      return [{ release: "external-snapshotter 8.7.0", text: externalSnapshotterFacts() }];
    case "source.toolkit.fluxcd.io":
      return [{ release: "tofu-controller 0.16.5", text: tofuControllerFacts() }];
    case "tekton.dev":
      return [{ release: "tekton 1.15.0", text: tektonFacts() }];
    case "telemetry.istio.io":
      return [{ release: "istio 1.32.0", text: istioFacts() }];
    case "traefik.io":
      return [{ release: "traefik 3.7.13", text: traefikFacts() }];
    case "velero.io":
      return [{ release: "velero 1.18.3", text: veleroFacts() }];
    case "volsync.backube":
      return [{ release: "volsync 0.16.0", text: volsyncFacts() }];
    default:
      return [];
  }
}
