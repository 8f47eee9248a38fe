/** A feature gate ('' where none keeps the fields any more), the first and the last minor version in which it is there and off by default, and the fields behind it. */
type GatedFields = readonly [gate: string, first: number, last: number, paths: readonly string[]];

/** Where kinds have their pods. */
export const podSpecs: Readonly<Record<string, string>> = {
  '/Pod': 'spec',
  '/PodTemplate': 'template.spec',
  '/ReplicationController': 'spec.template.spec',
  'apps/DaemonSet': 'spec.template.spec',
  'apps/Deployment': 'spec.template.spec',
  'apps/ReplicaSet': 'spec.template.spec',
  'apps/StatefulSet': 'spec.template.spec',
  'batch/CronJob': 'spec.jobTemplate.spec.template.spec',
  'batch/Job': 'spec.template.spec',
};

const noEnd = Number.POSITIVE_INFINITY;
const allContainers = (path: string): string[] =>
  ['containers', 'initContainers', 'ephemeralContainers'].map((list) => `${list}[].${path}`);

/**
 * Fields of a pod, by the gates of `k8s.io/kubernetes/pkg/features/kube_features.go` at 1.37 and what dropDisabledFields of
 * `pkg/api/pod/util.go` does about them; asked of 1.31 to 1.36 field by field.
 */
export const podGates: readonly GatedFields[] = [
  ['ContainerStopSignals', 33, noEnd, allContainers('lifecycle?.stopSignal')],
  ['InPlacePodVerticalScaling', 27, 32, allContainers('resizePolicy')],
  ['ContainerRestartRules', 34, 34, allContainers('restartPolicyRules')],
  ['DynamicResourceAllocation', 26, 33, ['resourceClaims', ...allContainers('resources.claims')]],
  ['UserNamespacesSupport', 25, 32, ['hostUsers']],
  ['HostnameOverride', 34, 34, ['hostnameOverride']],
  ['PodLevelResources', 32, 33, ['resources']],
  ['SELinuxChangePolicy', 32, 32, ['securityContext.seLinuxChangePolicy']],
  ['SupplementalGroupsPolicy', 31, 32, ['securityContext.supplementalGroupsPolicy']],
  ['EnvFiles', 34, 34, allContainers('env[].valueFrom.fileKeyRef')],
  ['ClusterTrustBundleProjection', 29, 36, ['volumes[].projected.sources[].clusterTrustBundle']],
  ['PodCertificateRequest', 34, 36, ['volumes[].projected.sources[].podCertificate']],
  ['GenericWorkload', 35, noEnd, ['workloadRef', 'schedulingGroup']],
  ['RecursiveReadOnlyMounts', 30, 30, allContainers('volumeMounts[].recursiveReadOnly')],
  ['PodLifecycleSleepAction', 29, 29, allContainers('lifecycle.preStop.sleep')],
];

/** Fields of other kinds, by group and kind. */
export const fieldGates: Readonly<Record<string, readonly GatedFields[]>> = {
  '/Node': [['', 0, noEnd, ['spec.configSource']]],
  '/PersistentVolume': [['VolumeAttributesClass', 29, 33, ['spec.volumeAttributesClassName']]],
  '/PersistentVolumeClaim': [['VolumeAttributesClass', 29, 33, ['spec.volumeAttributesClassName']]],
  '/Service': [['ServiceTrafficDistribution', 30, 30, ['spec.trafficDistribution']]],
  'apps/StatefulSet': [
    ['MaxUnavailableStatefulSet', 24, 36, ['spec.updateStrategy.rollingUpdate.maxUnavailable']],
    ['VolumeAttributesClass', 29, 33, ['spec.volumeClaimTemplates[].spec.volumeAttributesClassName']],
  ],
  'apiextensions.k8s.io/CustomResourceDefinition': [
    ['CustomResourceFieldSelectors', 30, 30, ['spec.versions[].selectableFields']],
  ],
  'autoscaling/HorizontalPodAutoscaler': [
    [
      'HPAConfigurableTolerance',
      33,
      34,
      ['spec.behavior.scaleUp.tolerance', 'spec.behavior.scaleDown.tolerance'],
    ],
  ],
  'batch/Job': [
    ['JobManagedBy', 30, 31, ['spec.managedBy']],
    ['JobSuccessPolicy', 30, 30, ['spec.successPolicy']],
  ],
  'batch/CronJob': [
    ['JobManagedBy', 30, 31, ['spec.jobTemplate.spec.managedBy']],
    ['JobSuccessPolicy', 30, 30, ['spec.jobTemplate.spec.successPolicy']],
  ],
  'coordination.k8s.io/Lease': [
    ['CoordinatedLeaderElection', 31, noEnd, ['spec.strategy', 'spec.preferredHolder']],
  ],
  'discovery.k8s.io/EndpointSlice': [['', 0, noEnd, ['endpoints[].deprecatedTopology']]],
  'resource.k8s.io/DeviceClass': [['DRAExtendedResource', 34, 35, ['spec.extendedResourceName']]],
  'resource.k8s.io/ResourceClaim': claimGates('spec'),
  'resource.k8s.io/ResourceClaimTemplate': claimGates('spec.spec'),
  'resource.k8s.io/ResourceSlice': [
    ['DRAListTypeAttributes', 36, noEnd, listValues()],
    ['DRANodeAllocatableResources', 36, noEnd, ['spec.devices[].nodeAllocatableResourceMappings']],
    ['DRADeviceTaints', 33, 35, ['spec.devices[].taints']],
    [
      'DRAPartitionableDevices',
      33,
      35,
      [
        'spec.perDeviceNodeSelection',
        'spec.sharedCounters',
        ...['consumesCounters', 'nodeName', 'nodeSelector', 'allNodes'].map(
          (name) => `spec.devices[].${name}`,
        ),
      ],
    ],
    [
      'DRADeviceBindingConditions',
      34,
      35,
      ['bindsToNode', 'bindingConditions', 'bindingFailureConditions'].map(
        (name) => `spec.devices[].${name}`,
      ),
    ],
    [
      'DRAConsumableCapacity',
      34,
      35,
      ['spec.devices[].allowMultipleAllocations', 'spec.devices[].capacity{}.requestPolicy'],
    ],
  ],
  'storage.k8s.io/CSIDriver': [
    ['MutableCSINodeAllocatableCount', 33, 34, ['spec.nodeAllocatableUpdatePeriodSeconds']],
    ['VolumeLimitScaling', 35, 36, ['spec.preventPodSchedulingIfMissing']],
  ],
};

function claimGates(spec: string): GatedFields[] {
  const requests = [`${spec}.devices.requests[].exactly`, `${spec}.devices.requests[].firstAvailable[]`];
  return [
    [
      'DRAConsumableCapacity',
      34,
      35,
      [
        `${spec}.devices.constraints[].distinctAttribute`,
        ...requests.map((request) => `${request}.capacity`),
      ],
    ],
    ['DRADeviceTaints', 33, 35, requests.map((request) => `${request}.tolerations`)],
  ];
}

function listValues(): string[] {
  return ['bools', 'ints', 'strings', 'versions'].map((name) => `spec.devices[].attributes{}.${name}`);
}
