import { textAt } from '../../object/object-field.ts';
import type { Sources } from '../../source/load.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Value, valueAt } from '../../source/value.ts';

/** A cluster that Argo CD knows, as its Secret describes it. */
export interface KnownCluster {
  readonly name: string;
  readonly server: string;
  readonly project: string;
  /** That of the Argo CD which knows it; of every one where empty. */
  readonly namespace: string;
  readonly labels: Mapping;
  readonly annotations: Mapping;
}

/** The clusters of a file with their Secrets as Argo CD has them (`argocd.argoproj.io/secret-type: cluster`), credentials left out. */
export function readClusters(sources: Sources, file: string): KnownCluster[] {
  return sources
    .load(file, 'api-server')
    .documents.flatMap(({ value }) => secretsIn(value))
    .filter((one) => textAt(one, 'metadata', 'labels', 'argocd.argoproj.io/secret-type') === 'cluster')
    .map((secret) => ({
      name: dataOf(secret, 'name'),
      server: dataOf(secret, 'server'),
      project: dataOf(secret, 'project'),
      namespace: textAt(secret, 'metadata', 'namespace') ?? '',
      labels: mappingAt(secret, 'labels'),
      annotations: mappingAt(secret, 'annotations'),
    }));
}

/** Those of the Argo CD in a namespace; each where none of them says that it is of this one. */
export function clustersOf(clusters: readonly KnownCluster[], namespace: string): readonly KnownCluster[] {
  if (!clusters.some((one) => one.namespace === namespace)) return clusters;
  return clusters.filter((one) => one.namespace === namespace || one.namespace === '');
}

function secretsIn(value: Value): Mapping[] {
  if (!isMapping(value)) return [];
  const { items } = value;
  if (isSequence(items)) return items.flatMap(secretsIn);
  return value['kind'] === 'Secret' ? [value] : [];
}

/** A value of a Secret, decoded; empty where it is absent or no base64. */
export function dataOf(secret: Mapping, key: string): string {
  const plain = textAt(secret, 'stringData', key);
  if (plain !== undefined) return plain;
  try {
    return atob(textAt(secret, 'data', key) ?? '');
  } catch {
    return '';
  }
}

function mappingAt(secret: Mapping, field: string): Mapping {
  const value = valueAt(secret, ['metadata', field]);
  return isMapping(value) ? value : newMapping();
}
