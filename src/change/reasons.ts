/** Why something happens to an object, by the rule of the server or of the controller. */
export interface Reason {
  /** One object: `Deployment shop/web is deleted`. */
  readonly one: string;
  /** Several objects: `3 Deployments are deleted`. */
  readonly many: string;
  /** The rule, in a sentence. */
  readonly why: string;
  /** Where the rule is written down. */
  readonly link?: string;
}

const fluxPrune = 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune';
const fluxDeletion = 'https://fluxcd.io/flux/components/kustomize/kustomizations/#deletion-policy';
const fluxForce = 'https://fluxcd.io/flux/components/kustomize/kustomizations/#force';
const fluxSuspend = 'https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend';
const rollingUpdate =
  'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment';

/** Every reason, from what leaves a cluster to what stays as it is. `docs/plan.md` is made of this table. */
export const reasons = {
  'owner-renamed': {
    one: 'is deleted and created again',
    many: 'are deleted and created again',
    why: 'The finalizer of the old owner deletes what it applied while the new owner applies the same objects. This is a race condition for each object.',
    link: fluxDeletion,
  },
  'owner-deleted': {
    one: 'is deleted with its owner',
    many: 'are deleted with their owner',
    why: 'Deleting the owner deletes everything it applied: by the finalizer of a Flux Kustomization unless its deletionPolicy keeps the objects, by the finalizer of an Argo CD Application, or by uninstalling a release.',
    link: fluxDeletion,
  },
  'owner-orphans': {
    one: 'stays behind',
    many: 'stay behind',
    why: 'The owner is deleted and leaves everything it applied: in Flux with deletionPolicy Orphan or prune false, in Argo CD with an Application that has no finalizer.',
    link: fluxDeletion,
  },
  'owner-kept': {
    one: 'stays',
    many: 'stay',
    why: 'The owner is not deleted, because it was applied without pruning. The objects that it applied stay in the cluster.',
  },
  'owner-refused': {
    one: 'stays as it is: its owner has an error',
    many: 'stay as they are: their owner has an error',
    why: 'If one object cannot be generated, the controllers of ApplicationSets and ResourceSets create, update and delete none of them.',
    link: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Controlling-Resource-Modification/',
  },
  'owner-lacks': {
    one: 'stops: what it is built from is deleted',
    many: 'stop: what they are built from is deleted',
    why: 'A Kustomization applies and deletes nothing while its source, or a ConfigMap or Secret with its variables, is missing. Neither does an Application while its project is missing.',
    link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  },
  'owner-redirected': {
    one: 'stays behind',
    many: 'stay behind',
    why: 'The owner now applies to another cluster, and no longer tracks what it applied to this one.',
    link: 'https://github.com/fluxcd/flux2/issues/5003',
  },
  pruned: {
    one: 'is deleted',
    many: 'are deleted',
    why: 'The owner deletes what it applied and no longer finds in its source: prune in Flux, automated.prune in Argo CD, any upgrade in Helm.',
    link: fluxPrune,
  },
  'moves-down': {
    one: 'is deleted and created again',
    many: 'are deleted and created again',
    why: 'It moves to an owner that starts after the old one is done, because the old owner creates the new one or the new one waits for it. The old owner deletes the object first, unless the new one is faster.',
    link: 'https://github.com/fluxcd/kustomize-controller/issues/338',
  },
  'moves-beside': {
    one: 'is adopted, or deleted and created again',
    many: 'are adopted, or deleted and created again',
    why: 'It moves between two owners, and neither waits for the other, even if one creates the other. If the old owner is first, it deletes the object before the new one has adopted it.',
    link: 'https://github.com/fluxcd/kustomize-controller/issues/338',
  },
  'moves-up': {
    one: 'is adopted',
    many: 'are adopted',
    why: 'The old owner waits for the new one, so the new one has applied the object before the old one prunes, and pruning skips an object that has the label of another owner.',
    link: 'https://github.com/fluxcd/kustomize-controller/issues/338',
  },
  adopted: {
    one: 'is adopted',
    many: 'are adopted',
    why: 'The new owner applies it, and the old one deletes nothing.',
  },
  'two-owners': {
    one: 'is applied by two owners',
    many: 'are applied by two owners',
    why: 'Nothing deletes the old owner, so both owners keep applying it.',
  },
  protected: {
    one: 'stays behind, protected',
    many: 'stay behind, protected',
    why: 'The object in the cluster is marked as not to be deleted, and was so before this change.',
    link: fluxPrune,
  },
  'left-behind': {
    one: 'stays behind',
    many: 'stay behind',
    why: 'Its owner does not prune, so it is not deleted, and no longer applied.',
    link: fluxPrune,
  },
  'left-to-people': {
    one: 'stays until someone deletes it',
    many: 'stay until someone deletes them',
    why: 'This directory is applied manually, and an apply deletes nothing.',
  },
  hook: {
    one: 'is a hook and runs differently',
    many: 'are hooks and run differently',
    why: 'Argo CD, and Helm for its releases, deletes a hook before creating it again, so the API server never sees an update, and never prunes hooks.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',
  },
  'generated-anew': {
    one: 'gets a new name for its new content',
    many: 'get new names for their new content',
    why: 'A generator appends a hash of the content to the name. The new object is created, and the old one is deleted if its owner prunes.',
  },
  refused: {
    one: 'is refused by the API server',
    many: 'are refused by the API server',
    why: 'The API server rejects the update. Without force, nothing else in the stage is applied, nothing is pruned, and the dependents of the owner wait.',
    link: fluxForce,
  },
  recreated: {
    one: 'is deleted and created again',
    many: 'are deleted and created again',
    why: 'The API server rejects the update, and with force, the object is deleted and recreated.',
    link: fluxForce,
  },
  'lost-to-force': {
    one: 'is deleted and does not come back',
    many: 'are deleted and do not come back',
    why: 'With force, an object is deleted if its update is rejected for any reason, and the API server rejects the new one as well.',
    link: fluxForce,
  },
  'refused-by-policy': {
    one: 'is refused by a policy',
    many: 'are refused by a policy',
    why: 'A ValidatingAdmissionPolicy of this repository denies the update, although it would allow the object to be created.',
    link: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
  },
  restarts: {
    one: 'restarts its pods',
    many: 'restart their pods',
    why: 'Any difference in the pod template replaces the pods.',
    link: rollingUpdate,
  },
  'restarts-with-gap': {
    one: 'restarts its pods with a gap',
    many: 'restart their pods with a gap',
    why: 'The old pods stop before the new ones are ready, and no pod serves in between.',
    link: rollingUpdate,
  },
  'rollout-stuck': {
    one: 'starts a rollout that may not end',
    many: 'start rollouts that may not end',
    why: 'The old pods stay until the new ones are ready, but the new ones cannot start while the old ones hold the quota, or the volume on another node.',
    link: rollingUpdate,
  },
  'held-back': {
    one: 'changes and restarts nothing',
    many: 'change and restart nothing',
    why: 'The pod template changes, but the controller does not roll it out: it is paused, keeps a partition, or replaces pods only when they are deleted.',
    link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies',
  },
  'from-next-run': {
    one: 'changes starting with its next run',
    many: 'change starting with their next run',
    why: 'A CronJob creates Jobs from the template that it has when they start. Running Jobs continue unchanged.',
    link: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#modifying-a-cronjob',
  },
  'reaches-no-pod': {
    one: 'changes and reaches no running pod',
    many: 'change and reach no running pod',
    why: 'Environment variables and files mounted with subPath are read when a container starts, and while the name stays the same, no pod template changes.',
    link: 'https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically',
  },
  'reaches-some-pods': {
    one: 'changes and reaches some of the pods that read it',
    many: 'change and reach some of the pods that read them',
    why: 'Environment variables and files mounted with subPath are read when a container starts; other volumes are updated in running pods.',
    link: 'https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically',
  },
  'field-stays': {
    one: 'keeps a field that is no longer written',
    many: 'keep fields that are no longer written',
    why: 'If an update leaves out a field that the API server allocates, the server copies the value of the old object.',
    link: 'https://kubernetes.io/docs/concepts/services-networking/service/#choosing-your-own-ip-address',
  },
  scaled: {
    one: 'gets a different number of pods',
    many: 'get different numbers of pods',
    why: 'The controller creates or deletes pods until the number matches.',
    link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#scaling-a-deployment',
  },
  'scaled-to-nothing': {
    one: 'is scaled to zero',
    many: 'are scaled to zero',
    why: 'With zero replicas no pod runs, and an autoscaler does not scale it up.',
    link: 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#implicit-maintenance-mode-deactivation',
  },
  'replicas-reset': {
    one: 'goes back to one pod',
    many: 'go back to one pod',
    why: 'If the number of replicas is not set, it defaults to 1.',
    link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#replicas',
  },
  'replicas-handed-over': {
    one: 'goes back to one pod until its autoscaler sets the number',
    many: 'go back to one pod until their autoscalers set the number',
    why: 'The field manager that applied replicas owns the field. When that manager removes it, it defaults to 1, unless the autoscaler owns it as well.',
    link: 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  },
  'autoscaler-decides': {
    one: 'gets a number of pods that its autoscaler changes again',
    many: 'get numbers of pods that their autoscalers change again',
    why: 'The owner sets the number at its next apply, and the autoscaler sets its own again: pods are deleted and created.',
    link: 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  },
  'claims-deleted': {
    one: 'deletes the claims of removed pods',
    many: 'delete the claims of removed pods',
    why: 'With persistentVolumeClaimRetentionPolicy.whenScaled: Delete, scaling a StatefulSet down deletes the claim of each removed pod.',
    link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention',
  },
  'volume-replaced': {
    one: 'no longer mounts a volume with data',
    many: 'no longer mount volumes with data',
    why: 'Data stays with its claim: pods that mount another claim, or none, start without it.',
    link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes',
  },
  'volume-unprotected': {
    one: 'is deleted with its claim from now on',
    many: 'are deleted with their claims from now on',
    why: 'With the reclaim policy Delete, deleting the claim deletes the volume and its data.',
    link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming',
  },
  'selects-nothing': {
    one: 'is no longer selected',
    many: 'are no longer selected',
    why: 'A selector matches all pods that currently have its labels, no matter which workload they belong to.',
    link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api',
  },
  'selects-fewer': {
    one: 'is no longer selected',
    many: 'are no longer selected',
    why: 'A selector matches all pods that currently have its labels, no matter which workload they belong to.',
    link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api',
  },
  'selects-others': {
    one: 'is selected from now on',
    many: 'are selected from now on',
    why: 'A selector matches all pods that currently have its labels, no matter which workload they belong to.',
    link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api',
  },
  'budget-blocks': {
    one: 'has no pod that its budget allows to be evicted',
    many: 'have no pods that their budgets allow to be evicted',
    why: 'An eviction that would violate the budget is rejected, so nodes with these pods can no longer be drained.',
    link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  },
  'quota-too-small': {
    one: 'exceeds its quota',
    many: 'exceed their quotas',
    why: 'Running pods continue. New pods, including replacements, are rejected as long as the sum exceeds the quota.',
    link: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  },
  'deletion-refused': {
    one: 'is not deleted: a policy refuses it',
    many: 'are not deleted: policies refuse it',
    why: 'A ValidatingAdmissionPolicy of this repository denies the deletion, and the owner keeps retrying it.',
    link: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
  },
  'address-lost': {
    one: 'is no longer reachable from outside',
    many: 'are no longer reachable from outside',
    why: 'The load balancer or node port is released, and clients no longer reach anything at its address.',
    link: 'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
  },
  'address-changes': {
    one: 'is reachable at a different address',
    many: 'are reachable at different addresses',
    why: 'The old address is released. Clients, DNS records and firewall rules that use it are not updated automatically.',
    link: 'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
  },
  'port-removed': {
    one: 'no longer has a port',
    many: 'no longer have a port',
    why: 'Connections to a port that a Service does not have are refused.',
    link: 'https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service',
  },
  'host-lost': {
    one: 'no longer answers for a host',
    many: 'no longer answer for a host',
    why: 'No other object in the cluster names the host, so its requests get the response for unknown hosts.',
    link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#name-based-virtual-hosting',
  },
  'class-changed': {
    one: 'moves to a different controller',
    many: 'move to different controllers',
    why: 'The old controller stops serving it, and the new one serves it at its own address.',
    link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class',
  },
  'rights-grow': {
    one: 'grants more permissions',
    many: 'grant more permissions',
    why: 'RBAC permissions are additive: a subject that is bound to a role has the permissions of all its rules.',
    link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks',
  },
  'privileges-grow': {
    one: 'gets more access to its node',
    many: 'get more access to their nodes',
    why: 'The baseline level of the Pod Security Standards forbids settings that give a container access to its node.',
    link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  },
  'guard-loosened': {
    one: 'allows more than before',
    many: 'allow more than before',
    why: 'Requests that it rejected are admitted from now on; existing objects are not checked again.',
    link: 'https://kubernetes.io/docs/concepts/security/security-checklist/',
  },
  'guard-lost': {
    one: 'no longer guards anything',
    many: 'no longer guard anything',
    why: 'As soon as it is deleted, everything that it blocked is allowed.',
    link: 'https://kubernetes.io/docs/concepts/security/security-checklist/',
  },
  'safeguard-lost': {
    one: 'loses a safeguard',
    many: 'lose a safeguard',
    why: 'Its pods had the safeguard before this change, and no other object provides it.',
    link: 'https://kubernetes.io/docs/concepts/security/application-security-checklist/',
  },
  suspends: {
    one: 'is suspended',
    many: 'are suspended',
    why: 'A suspended object does nothing until it is resumed, and changes accumulate in the meantime.',
    link: fluxSuspend,
  },
  resumes: {
    one: 'is resumed',
    many: 'are resumed',
    why: 'All changes that accumulated while it was suspended are applied at once.',
    link: fluxSuspend,
  },
  'sync-off': {
    one: 'no longer syncs automatically',
    many: 'no longer sync automatically',
    why: 'Without automated sync, someone has to start each sync, and changes accumulate in the meantime.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/',
  },
  'sync-on': {
    one: 'syncs automatically from now on',
    many: 'sync automatically from now on',
    why: 'Automated sync immediately applies everything that is out of sync.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/',
  },
  'self-heal': {
    one: 'handles changes in the cluster differently',
    many: 'handle changes in the cluster differently',
    why: 'Self-heal syncs when the live state changes, not only when the source does.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-self-healing',
  },
  'project-changed': {
    one: 'moves to a different project',
    many: 'move to a different project',
    why: 'The project defines which sources, destinations and kinds an Application may use, and when it may sync.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/projects/',
  },
  'prune-on': {
    one: 'deletes objects removed from its source from now on',
    many: 'delete objects removed from their source from now on',
    why: 'From now on, Flux deletes objects that leave its inventory; Argo CD deletes every object that it tracks and that is not in its source.',
    link: fluxPrune,
  },
  'prune-off': {
    one: 'no longer deletes objects removed from its source',
    many: 'no longer delete objects removed from their source',
    why: 'Objects removed from the source stay in the cluster, and are no longer applied.',
    link: fluxPrune,
  },
  'force-on': {
    one: 'deletes objects that it cannot update from now on',
    many: 'delete objects that they cannot update from now on',
    why: 'With force, an object is deleted and recreated if the API server rejects its update for any reason.',
    link: fluxForce,
  },
  'replace-on': {
    one: 'replaces its objects from now on',
    many: 'replace their objects from now on',
    why: 'Replacing overwrites the whole object: fields set by others, such as an autoscaler or a webhook, are lost at each sync.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#replace-resource-instead-of-applying-changes',
  },
  'takes-along': {
    one: 'deletes what it applied when it is deleted itself',
    many: 'delete what they applied when they are deleted themselves',
    why: 'Until now, deleting it left everything it applied in place; from now on, that is deleted as well.',
    link: fluxDeletion,
  },
  'order-cut': {
    one: 'loses an ordering dependency',
    many: 'lose ordering dependencies',
    why: 'Dependents continue when it is ready. Without health checks, that is as soon as it is applied.',
    link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  },
  'reaches-nothing': {
    one: 'changes variables that nothing uses',
    many: 'change variables that nothing uses',
    why: 'Variables are substituted in the build output only.',
    link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  },
  'source-moves': {
    one: 'uses another revision',
    many: 'use other revisions',
    why: 'Everything built from the source is rebuilt from its new revision, whose content is not in this repository.',
    link: 'https://fluxcd.io/flux/components/source/',
  },
  'release-reinstalled': {
    one: 'is uninstalled and installed again',
    many: 'are uninstalled and installed again',
    why: 'A release is identified by its name, its namespace and its storage namespace. If one of them changes, the controller uninstalls the old release first.',
    link: 'https://fluxcd.io/flux/components/helm/helmreleases/#storage-namespace',
  },
  'release-upgraded': {
    one: 'is upgraded',
    many: 'are upgraded',
    why: 'A different chart or different values cause an upgrade. Its effect depends on the chart, which is not rendered here.',
    link: 'https://fluxcd.io/flux/components/helm/helmreleases/#upgrade-configuration',
  },
  'release-values-changed': {
    one: 'changes the values of a release',
    many: 'change the values of releases',
    why: 'The release is upgraded at its next interval, or at once if the object has the label `reconcile.fluxcd.io/watch: Enabled`. The effect depends on the chart, which is not rendered here.',
    link: 'https://fluxcd.io/flux/components/helm/helmreleases/#values-references',
  },
  'version-not-served': {
    one: 'no longer serves a version',
    many: 'no longer serve a version',
    why: 'The API server answers 404 for a version that is not served, to all clients.',
    link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-removal',
  },
  'stored-otherwise': {
    one: 'stores objects in another version',
    many: 'store objects in other versions',
    why: 'Existing objects stay in the version that they are stored in until they are written again. The old version must remain until then.',
    link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#upgrade-existing-objects-to-a-new-stored-version',
  },
  'read-by-nothing': {
    one: 'changes, and nothing here reads it',
    many: 'change, and nothing here reads them',
    why: 'No pod mounts it, no object refers to it, and no service account in its namespace may read it from the API server.',
  },
  'pods-refused': {
    one: 'refuses pods from now on',
    many: 'refuse pods from now on',
    why: 'Running pods continue. New pods that violate the enforced level are rejected, so the next restart creates none.',
    link: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  },
  'pods-warned-of': {
    one: 'warns about pods from now on',
    many: 'warn about pods from now on',
    why: 'A level that only warns rejects nothing.',
    link: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  },
  created: { one: 'is created', many: 'are created', why: 'It is new in the cluster.' },
  updated: { one: 'changes', many: 'change', why: 'The owner applies the new version.' },
  'same-meaning': {
    one: 'is written differently and stays the same',
    many: 'are written differently and stay the same',
    why: 'After decoding and defaulting, the API server has the same object.',
  },
  'without-effect': {
    one: 'is edited and stays the same',
    many: 'are edited and stay the same',
    why: 'Only comments, the order of fields, or a value that a later layer overrides changed: every build that reads the file, if any, renders the same result.',
  },
  'unrendered-input': {
    one: 'may change',
    many: 'may change',
    why: 'A chart that was not fetched or that nothing here deploys, a plugin or a program reads the file. None of them is rendered here.',
  },
  'difference-ignored': {
    one: 'is not updated',
    many: 'are not updated',
    why: 'With RespectIgnoreDifferences=true, a sync keeps the live values of the fields that ignoreDifferences names.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#respect-ignore-difference-configs',
  },
  'left-alone': {
    one: 'is not updated',
    many: 'are not updated',
    why: 'It is marked so that its owner does not update it once it exists.',
  },
  suspended: {
    one: 'waits: its owner is suspended',
    many: 'wait: their owner is suspended',
    why: 'A suspended owner applies and deletes nothing until it is resumed; then all changes are applied at once.',
    link: fluxSuspend,
  },
  'not-built': {
    one: 'is unknown',
    many: 'are unknown',
    why: 'In one of the two revisions, a build failed or is not rendered here, so its objects are unknown.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

export type ReasonId = keyof typeof reasons;

export const reasonIds: readonly string[] = Object.keys(reasons);

export function reasonOf(id: ReasonId): Reason {
  return reasons[id];
}
