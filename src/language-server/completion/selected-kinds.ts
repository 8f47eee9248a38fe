/** Kinds whose selector is for something else than pods. */
export const selectedKinds: Readonly<Record<string, string>> = {
  ServiceMonitor: 'Service',
  PersistentVolumeClaim: 'PersistentVolume',
  ClusterRole: 'ClusterRole',
};
