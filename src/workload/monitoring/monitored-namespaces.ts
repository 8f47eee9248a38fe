import { namespaceOf, type Resource } from '../../object/resource.ts';
import { isSequence, valueAt } from '../../source/value.ts';

/** Which namespaces a ServiceMonitor or PodMonitor looks into. */
export function monitoredNamespaces(monitor: Resource): (namespace: string) => boolean {
  const spec = valueAt(monitor.object, ['spec', 'namespaceSelector']);
  if (valueAt(spec, ['any']) === true) return () => true;
  const names = valueAt(spec, ['matchNames']);
  const wanted = isSequence(names) && names.length > 0 ? names : [namespaceOf(monitor.object)];
  // Without a namespace, whoever applies the manifests decides.
  return (namespace) => namespace === '' || wanted.includes('') || wanted.includes(namespace);
}

/** The one namespace that a monitor looks into; empty where there are several, or it may be any. */
export function monitoredNamespace({ object }: Resource): string {
  const spec = valueAt(object, ['spec', 'namespaceSelector']);
  if (valueAt(spec, ['any']) === true) return '';
  const names = valueAt(spec, ['matchNames']);
  if (!isSequence(names) || names.length === 0) return namespaceOf(object);
  const [name] = names;
  return names.length === 1 && typeof name === 'string' ? name : '';
}

/** Whether a monitor looks into namespaces that it does not stand in. */
export function looksAround({ object }: Resource): boolean {
  const spec = valueAt(object, ['spec', 'namespaceSelector']);
  const names = valueAt(spec, ['matchNames']);
  const own = namespaceOf(object);
  return valueAt(spec, ['any']) === true || (isSequence(names) && names.some((name) => name !== own));
}
