import { isTrueAt } from '../../object/object-field.ts';
import type { Mapping, MutableMapping } from '../../source/value.ts';
import { newMapping, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { normalizeName } from '../../template/functions/argocd.ts';
import type { KnownCluster } from './known-clusters.ts';
import { rememberTexts } from './merge-parameters.ts';
import { takesParameters } from './parameter-selector.ts';

const local = 'https://kubernetes.default.svc';

/**
 * The parameters of the clusters that a cluster generator selects (applicationset/generators/cluster.go of 3.6); Argo CD's own
 * comes last where nothing is selected by label.
 */
export function clusterParameters(
  generator: Mapping,
  clusters: readonly KnownCluster[],
  isGoTemplate: boolean,
): MutableMapping[] {
  const { selector } = generator;
  const chooses = ['matchLabels', 'matchExpressions'].some(
    (field) => valueAt(selector, [field]) !== undefined,
  );
  const found = clusters
    .filter(({ labels }) => takesParameters(selector, labels))
    .map((cluster) => parametersOf(cluster, isGoTemplate));
  if (chooses || clusters.some(({ server }) => server === local)) return found;
  const own = newMapping();
  Object.assign(own, { name: 'in-cluster', nameNormalized: 'in-cluster', server: local, project: '' });
  return [...found, own];
}

export function isFlatList(generator: Mapping): boolean {
  return isTrueAt(generator, 'flatList');
}

function parametersOf(
  { name, server, project, labels, annotations }: KnownCluster,
  isGoTemplate: boolean,
): MutableMapping {
  const parameters = newMapping();
  Object.assign(parameters, { name, nameNormalized: normalizeName(name), server, project });
  const shown = shownAnnotations(annotations);
  if (isGoTemplate) {
    const metadata = newMapping();
    // The annotations are there where the Secret has any.
    for (const [field, of, value] of [
      ['labels', labels, labels],
      ['annotations', annotations, shown],
    ] as const)
      if (Object.keys(of).length > 0) {
        metadata[field] = value;
        rememberTexts(value);
      }
    parameters['metadata'] = metadata;
    return parameters;
  }
  for (const [field, value] of Object.entries({ labels, annotations: shown }))
    for (const key of Object.keys(value)) parameters[`metadata.${field}.${key}`] = valueText(value[key]);
  return parameters;
}

/** Annotations by which Argo CD and kubectl keep their own state, which are no parameters. */
const ownAnnotations: ReadonlySet<string> = new Set([
  'argocd.argoproj.io/refresh',
  'argocd.argoproj.io/refresh-timestamp',
  'argocd.argoproj.io/hydrate',
  'argocd.argoproj.io/hydrate-timestamp',
  'argocd.argoproj.io/tracking-id',
  'argocd.argoproj.io/installation-id',
  'kubectl.kubernetes.io/last-applied-configuration',
]);

function shownAnnotations(annotations: Mapping): Mapping {
  const shown = newMapping();
  for (const key of Object.keys(annotations))
    if (!ownAnnotations.has(key)) shown[key] = annotations[key] ?? '';
  return shown;
}
