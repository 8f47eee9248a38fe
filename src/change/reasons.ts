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
    why: 'The finalizer of the old owner deletes what it applied while the new owner applies the same objects: who is first decides, object by object.',
    link: fluxDeletion,
  },
  'owner-deleted': {
    one: 'is deleted with its owner',
    many: 'are deleted with their owner',
    why: 'The owner is deleted, and everything it applied with it: the finalizer of Flux unless deletionPolicy keeps it, the finalizer of an Argo CD Application, the uninstallation of a release.',
    link: fluxDeletion,
  },
  'owner-orphans': {
    one: 'stays behind',
    many: 'stay behind',
    why: 'The owner is deleted and leaves everything it applied: deletionPolicy Orphan or prune false with Flux, an Application without finalizer with Argo CD.',
    link: fluxDeletion,
  },
  'owner-kept': {
    one: 'stays',
    many: 'stay',
    why: 'Nothing deletes the owner, because it was not applied by anything that prunes: what it applied stays in the cluster.',
  },
  'owner-refused': {
    one: 'stays as it is: its owner has an error',
    many: 'stay as they are: their owner has an error',
    why: 'Where one object cannot be generated, the controllers of ApplicationSets and ResourceSets create, update and delete none.',
    link: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Controlling-Resource-Modification/',
  },
  'owner-lacks': {
    one: 'stops: what it is built from is deleted',
    many: 'stop: what they are built from is deleted',
    why: 'A Kustomization applies and deletes nothing without its source, or while a ConfigMap or Secret of its variables is missing; nor does an Application without its project.',
    link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  },
  'owner-redirected': {
    one: 'stays behind',
    many: 'stay behind',
    why: 'The owner applies to another cluster now, and forgets what it applied to this one.',
    link: 'https://github.com/fluxcd/flux2/issues/5003',
  },
  pruned: {
    one: 'is deleted',
    many: 'are deleted',
    why: 'The owner deletes what it applied and no longer finds in its source: prune with Flux, automated.prune with Argo CD, any upgrade with Helm.',
    link: fluxPrune,
  },
  'moves-down': {
    one: 'is deleted and created again',
    many: 'are deleted and created again',
    why: 'It moves to an owner that begins when the old one is done, because the old one creates it or it waits for the old one: the old one deletes the object first, unless the new one is quicker.',
    link: 'https://github.com/fluxcd/kustomize-controller/issues/338',
  },
  'moves-beside': {
    one: 'is adopted, or deleted and created again',
    many: 'are adopted, or deleted and created again',
    why: 'It moves between owners of which neither waits for the other, parents and children included: if the old one is first, it deletes the object before the new one has taken it over.',
    link: 'https://github.com/fluxcd/kustomize-controller/issues/338',
  },
  'moves-up': {
    one: 'is taken over',
    many: 'are taken over',
    why: 'The old owner waits for the new one, which has applied the object before it looks for what to delete, and an object that bears the label of another owner is left alone.',
    link: 'https://github.com/fluxcd/kustomize-controller/issues/338',
  },
  adopted: {
    one: 'is taken over',
    many: 'are taken over',
    why: 'The new owner applies it, and the old one deletes nothing.',
  },
  'two-owners': {
    one: 'is applied by two owners',
    many: 'are applied by two owners',
    why: 'No one deletes the old owner, which goes on applying it next to the new one.',
  },
  protected: {
    one: 'stays behind, protected',
    many: 'stay behind, protected',
    why: 'The object in the cluster says that it must not be deleted, and bears that mark since before this change.',
    link: fluxPrune,
  },
  'left-behind': {
    one: 'stays behind',
    many: 'stay behind',
    why: 'Its owner does not prune: no one deletes it, and no one applies it any more.',
    link: fluxPrune,
  },
  'left-to-people': {
    one: 'stays until someone deletes it',
    many: 'stay until someone deletes them',
    why: 'People apply this directory, and applying deletes nothing.',
  },
  hook: {
    one: 'is a hook, and runs differently',
    many: 'are hooks, and run differently',
    why: 'Argo CD, and Helm for its releases, deletes a hook before it creates it again, so no server sees an update of it, and prunes none.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/',
  },
  'generated-anew': {
    one: 'gets a new name for its new content',
    many: 'get new names for their new content',
    why: 'A generator puts a hash of the content behind the name: the new object is created, and the old one goes as its owner prunes.',
  },
  refused: {
    one: 'is refused by the API server',
    many: 'are refused by the API server',
    why: 'The API server refuses the update. Without force nothing else of the stage is applied, nothing is pruned, and what depends on the owner waits.',
    link: fluxForce,
  },
  recreated: {
    one: 'is deleted and created again',
    many: 'are deleted and created again',
    why: 'The API server refuses the update, and with force the object is deleted and recreated.',
    link: fluxForce,
  },
  'lost-to-force': {
    one: 'is deleted and does not come back',
    many: 'are deleted and do not come back',
    why: 'With force an object whose update is refused is deleted, whatever the reason, and the API server refuses the new one as well.',
    link: fluxForce,
  },
  'refused-by-policy': {
    one: 'is refused by a policy',
    many: 'are refused by a policy',
    why: 'A ValidatingAdmissionPolicy of this repository denies the update, which it would not if the object were new.',
    link: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
  },
  restarts: {
    one: 'restarts its pods',
    many: 'restart their pods',
    why: 'Any difference in the pod template makes new pods.',
    link: rollingUpdate,
  },
  'restarts-with-gap': {
    one: 'restarts its pods with a gap',
    many: 'restart their pods with a gap',
    why: 'The old pods go before the new ones are ready: meanwhile nothing runs.',
    link: rollingUpdate,
  },
  'rollout-stuck': {
    one: 'starts a rollout that cannot end',
    many: 'start rollouts that cannot end',
    why: 'The old pods stay until new ones are ready, and these cannot start next to them, for lack of a volume or of quota.',
    link: rollingUpdate,
  },
  'held-back': {
    one: 'changes and restarts nothing',
    many: 'change and restart nothing',
    why: 'The pod template changes, and the controller waits: it is paused, keeps a partition, or replaces pods on deletion only.',
    link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies',
  },
  'from-next-run': {
    one: 'changes from its next run on',
    many: 'change from their next run on',
    why: 'A CronJob makes its Jobs of the template that it has when they start; Jobs that run go on as they are.',
    link: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#modifying-a-cronjob',
  },
  'reaches-no-pod': {
    one: 'changes and reaches no running pod',
    many: 'change and reach no running pod',
    why: 'Variables and files that are mounted one by one are read when a container starts, and a name that stays changes no pod template.',
    link: 'https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically',
  },
  'reaches-some-pods': {
    one: 'changes and reaches some of the pods that read it',
    many: 'change and reach some of the pods that read them',
    why: 'Variables and files that are mounted one by one are read when a container starts; whole volumes follow.',
    link: 'https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically',
  },
  'field-stays': {
    one: 'keeps a field that is no longer written',
    many: 'keep fields that are no longer written',
    why: 'Where an update leaves out what the API server allocates, it copies the value of the old object.',
    link: 'https://kubernetes.io/docs/concepts/services-networking/service/#choosing-your-own-ip-address',
  },
  scaled: {
    one: 'gets a different number of pods',
    many: 'get different numbers of pods',
    why: 'The controller starts or deletes pods until there are as many.',
    link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#scaling-a-deployment',
  },
  'scaled-to-nothing': {
    one: 'is scaled to nothing',
    many: 'are scaled to nothing',
    why: 'With no replicas no pod runs, and an autoscaler leaves it alone.',
    link: 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#implicit-maintenance-mode-deactivation',
  },
  'replicas-reset': {
    one: 'goes back to one pod',
    many: 'go back to one pod',
    why: 'A number of replicas that no one writes any more is defaulted to 1.',
    link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#replicas',
  },
  'replicas-handed-over': {
    one: 'goes back to one pod until its autoscaler sets the number',
    many: 'go back to one pod until their autoscalers set the number',
    why: 'Who applied replicas owns the field: when it is removed, it is defaulted to 1, unless the autoscaler owns it as well.',
    link: 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  },
  'autoscaler-decides': {
    one: 'gets a number of pods that its autoscaler changes again',
    many: 'get numbers of pods that their autoscalers change again',
    why: 'The owner writes the number at its next apply, and the autoscaler sets its own: pods go and come.',
    link: 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  },
  'claims-deleted': {
    one: 'deletes claims of the pods that go',
    many: 'delete claims of the pods that go',
    why: 'persistentVolumeClaimRetentionPolicy.whenScaled: Delete takes the claim with each pod that the stateful set is scaled down by.',
    link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention',
  },
  'volume-replaced': {
    one: 'no longer mounts a volume with data',
    many: 'no longer mount volumes with data',
    why: 'Data stays with its claim: pods that mount another one, or none, begin without it.',
    link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes',
  },
  'volume-unprotected': {
    one: 'is deleted with its claim from now on',
    many: 'are deleted with their claims from now on',
    why: 'With the reclaim policy Delete the volume and its data go when the claim goes.',
    link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming',
  },
  'selects-nothing': {
    one: 'is no longer selected',
    many: 'are no longer selected',
    why: 'What selects pods by their labels acts on those that have them now, no matter who they belong to.',
    link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api',
  },
  'selects-fewer': {
    one: 'is no longer selected',
    many: 'are no longer selected',
    why: 'What selects pods by their labels acts on those that have them now, no matter who they belong to.',
    link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api',
  },
  'selects-others': {
    one: 'is selected from now on',
    many: 'are selected from now on',
    why: 'What selects pods by their labels acts on those that have them now, no matter who they belong to.',
    link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api',
  },
  'budget-blocks': {
    one: 'leaves its budget no pod to spare',
    many: 'leave their budgets no pod to spare',
    why: 'An eviction that would break the budget is refused: nodes with these pods can no longer be drained.',
    link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  },
  'quota-too-small': {
    one: 'takes more than its quota allows',
    many: 'take more than their quotas allow',
    why: 'Pods that run go on; what would come next, be it in place of one that ends, is refused as long as the sum is above the quota.',
    link: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  },
  'deletion-refused': {
    one: 'is not deleted: a policy refuses it',
    many: 'are not deleted: policies refuse it',
    why: 'A ValidatingAdmissionPolicy of this repository denies the deletion, and the owner tries it again and again.',
    link: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
  },
  'address-lost': {
    one: 'is no longer reached from outside',
    many: 'are no longer reached from outside',
    why: 'The controller of load balancers, or of the node ports, gives the address back: callers find nothing.',
    link: 'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
  },
  'address-changes': {
    one: 'is reached at another address',
    many: 'are reached at other addresses',
    why: 'The old address is given back, and callers, name servers and firewalls that know it do not follow by themselves.',
    link: 'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
  },
  'port-removed': {
    one: 'no longer has a port',
    many: 'no longer have a port',
    why: 'A call to a port that a Service does not have is refused.',
    link: 'https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service',
  },
  'host-lost': {
    one: 'no longer answers for a host',
    many: 'no longer answer for a host',
    why: 'Nothing else of the cluster names the host: its requests get the answer for unknown hosts.',
    link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#name-based-virtual-hosting',
  },
  'class-changed': {
    one: 'goes to another controller',
    many: 'go to other controllers',
    why: 'The old controller drops it, and the new one takes it up at its own address.',
    link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class',
  },
  'rights-grow': {
    one: 'gives more rights',
    many: 'give more rights',
    why: 'Rights add up: those who are bound to a role may do what any of its rules allows.',
    link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks',
  },
  'privileges-grow': {
    one: 'gets more power over its node',
    many: 'get more power over their nodes',
    why: 'The baseline level of the Pod Security Standards forbids what leads from a container to its node.',
    link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  },
  'guard-loosened': {
    one: 'lets through more than before',
    many: 'let through more than before',
    why: 'What it rejected is admitted from now on; existing objects are not checked again.',
    link: 'https://kubernetes.io/docs/concepts/security/security-checklist/',
  },
  'guard-lost': {
    one: 'no longer guards anything',
    many: 'no longer guard anything',
    why: 'What it kept out is let in as soon as it is deleted.',
    link: 'https://kubernetes.io/docs/concepts/security/security-checklist/',
  },
  'safeguard-lost': {
    one: 'loses a safeguard',
    many: 'lose a safeguard',
    why: 'Its pods had it before this change, and no other object gives it to them.',
    link: 'https://kubernetes.io/docs/concepts/security/application-security-checklist/',
  },
  suspends: {
    one: 'is suspended',
    many: 'are suspended',
    why: 'What is suspended does nothing until it is resumed, and what changes meanwhile piles up.',
    link: fluxSuspend,
  },
  resumes: {
    one: 'is resumed',
    many: 'are resumed',
    why: 'All that piled up while it was suspended happens at once.',
    link: fluxSuspend,
  },
  'sync-off': {
    one: 'no longer syncs by itself',
    many: 'no longer sync by themselves',
    why: 'Without automated sync a person starts each apply, and what changes meanwhile piles up.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/',
  },
  'sync-on': {
    one: 'syncs by itself from now on',
    many: 'sync by themselves from now on',
    why: 'Automated sync applies at once what is out of sync.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/',
  },
  'self-heal': {
    one: 'handles changes in the cluster differently',
    many: 'handle changes in the cluster differently',
    why: 'Self-heal syncs when the cluster changes, and not only when the source does.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-self-healing',
  },
  'project-changed': {
    one: 'goes to another project',
    many: 'go to another project',
    why: 'The project says which sources, destinations and kinds an Application may have, and when it may sync.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/projects/',
  },
  'prune-on': {
    one: 'deletes from now on what leaves its source',
    many: 'delete from now on what leaves their source',
    why: 'Flux deletes what leaves its inventory from now on; Argo CD deletes all that bears its mark and is not in its source.',
    link: fluxPrune,
  },
  'prune-off': {
    one: 'no longer deletes what leaves its source',
    many: 'no longer delete what leaves their source',
    why: 'What leaves the source stays in the cluster, and no one applies it any more.',
    link: fluxPrune,
  },
  'force-on': {
    one: 'deletes from now on what it cannot update',
    many: 'delete from now on what they cannot update',
    why: 'With force every update that the API server refuses, for whatever reason, deletes the object first.',
    link: fluxForce,
  },
  'replace-on': {
    one: 'replaces its objects from now on',
    many: 'replace their objects from now on',
    why: 'A replaced object is written as a whole: what others set in it, as an autoscaler or a webhook does, is lost at each sync.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#replace-resource-instead-of-applying-changes',
  },
  'takes-along': {
    one: 'deletes what it applied when it is deleted itself',
    many: 'delete what they applied when they are deleted themselves',
    why: 'Until now its deletion left everything behind; from now on it deletes it.',
    link: fluxDeletion,
  },
  'order-cut': {
    one: 'waits for less, or is waited for less',
    many: 'wait for less, or are waited for less',
    why: 'What depends on it continues when it is ready, which without health checks is as soon as it is applied.',
    link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  },
  'reaches-nothing': {
    one: 'changes variables that nothing uses',
    many: 'change variables that nothing uses',
    why: 'Variables are put in place of their names in what is built, and nowhere else.',
    link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  },
  'source-moves': {
    one: 'uses another revision',
    many: 'use other revisions',
    why: 'Everything built from the source is rebuilt from its new revision, whose content is not known here.',
    link: 'https://fluxcd.io/flux/components/source/',
  },
  'release-reinstalled': {
    one: 'is uninstalled and installed again',
    many: 'are uninstalled and installed again',
    why: 'A release is known by its name, its namespace and where it is stored: with another one the controller uninstalls the old release first.',
    link: 'https://fluxcd.io/flux/components/helm/helmreleases/#storage-namespace',
  },
  'release-upgraded': {
    one: 'is upgraded',
    many: 'are upgraded',
    why: 'Another chart or other values cause an upgrade. What it does is up to the chart, which is not rendered here.',
    link: 'https://fluxcd.io/flux/components/helm/helmreleases/#upgrade-configuration',
  },
  'version-not-served': {
    one: 'no longer serves a version',
    many: 'no longer serve a version',
    why: 'The API server answers 404 for a version that is not served, no matter who asks.',
    link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-removal',
  },
  'stored-otherwise': {
    one: 'stores objects in another version',
    many: 'store objects in other versions',
    why: 'Objects stay stored as they are until they are written again: the old version must stay until then.',
    link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#upgrade-existing-objects-to-a-new-stored-version',
  },
  'read-by-nothing': {
    one: 'changes, and nothing here reads it',
    many: 'change, and nothing here reads them',
    why: 'No pod mounts it, no object names it, and no one who runs in its namespace may ask the API server for it.',
  },
  'pods-refused': {
    one: 'refuses pods from now on',
    many: 'refuse pods from now on',
    why: 'Pods that run go on; new ones that break the enforced level are refused, so the next restart makes none.',
    link: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  },
  'pods-warned-of': {
    one: 'warns of pods from now on',
    many: 'warn of pods from now on',
    why: 'A level that is only warned of refuses nothing.',
    link: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  },
  created: { one: 'is created', many: 'are created', why: 'It is new in the cluster.' },
  updated: { one: 'changes', many: 'change', why: 'The owner applies the new version.' },
  'same-meaning': {
    one: 'is written differently and stays the same',
    many: 'are written differently and stay the same',
    why: 'After decoding and defaults the API server has the same object.',
  },
  'without-effect': {
    one: 'is edited and stays the same',
    many: 'are edited and stay the same',
    why: 'Comments, the order of fields, or a value that something else sets afterwards: every build that reads the file, if any does, renders what it did.',
  },
  'difference-ignored': {
    one: 'is not updated',
    many: 'are not updated',
    why: 'With RespectIgnoreDifferences=true a sync takes what ignoreDifferences names from the cluster.',
    link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#respect-ignore-difference-configs',
  },
  'left-alone': {
    one: 'is not updated',
    many: 'are not updated',
    why: 'It says that its owner leaves it alone once it is there.',
  },
  suspended: {
    one: 'waits: its owner is suspended',
    many: 'wait: their owner is suspended',
    why: 'A suspended owner applies and deletes nothing until it is resumed; then everything comes at once.',
    link: fluxSuspend,
  },
  'not-built': {
    one: 'is not known',
    many: 'are not known',
    why: 'A build of one of the two revisions failed, so what it would have held is unknown.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

export type ReasonId = keyof typeof reasons;

export const reasonIds: readonly string[] = Object.keys(reasons);

export function reasonOf(id: ReasonId): Reason {
  return reasons[id];
}
