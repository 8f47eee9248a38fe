/** Cases that we judge otherwise than the server, each with the reason. */
export const knownDifferences: ReadonlyMap<string, string> = new Map([
  [
    'duplicate-key.configmap.merge-key-override-ok',
    'a merged key that is set again is refused by a strict create alone; kubectl, Flux and kustomize all take it, and so do we',
  ],
  [
    'gvk.helmrelease.apiversion-helm-fluxcd-io-v1',
    'a group without a CRD at hand is named under "no schema": a cluster may well serve it',
  ],
  [
    'gvk.fluxks.apiversion-kustomize-config-k8s-io-v1beta1',
    'the file of kustomize itself: no cluster serves it, and no one applies it',
  ],
  ...['deployment', 'pod', 'job'].map(
    (kind) =>
      [
        `yaml-form.${kind}.pod-terminationgraceperiodseconds-raw-9223372036854775808`,
        'a server-side apply turns the number into a float on its way, and so into another number',
      ] as const,
  ),
]);
