import { nearestName } from '../../diagnostic/closest-word.ts';
import { knownOnce } from '../../object/known-once.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import type { FieldReference } from '../../reconcile/reconciliation.ts';
import { valueText } from '../../source/value-text.ts';
import type { ClusterRule } from '../rule.ts';
import { artifactNames, keyOfObject, linkKey, linksOf } from './flux-links.ts';
import { fluxObjects, isWholeCluster, selfApplied } from './flux-objects.ts';

/** An object of Flux that names a source, a provider or another object of Flux which is not there is never ready. */
export const fluxReferenceMissing: ClusterRule = {
  id: 'flux-reference-missing',
  severity: 'error',
  scope: 'cluster',
  tags: ['flux', 'references'],
  *judge(cluster) {
    const objects = fluxObjects(cluster);
    // What a file has that no build reads may have been applied by hand, as a bootstrap does.
    const known = [objects, cluster.declared].map(linkedBy);
    for (const resource of objects) {
      for (const link of linksOf(resource)) {
        const key = linkKey(link.kind, link.namespace, link.name);
        if (!known.some((keys) => keys.has(key))) yield* judgeLink(resource, link, objects, cluster);
      }
    }
  },
};

/** What may be named among objects; all clusters have one list of what files declare. */
const linkedBy = knownOnce(
  (objects: readonly Resource[]): ReadonlySet<string> =>
    new Set([
      ...objects.map(keyOfObject),
      ...objects.flatMap((generator) =>
        artifactNames(generator).map((name) =>
          linkKey('ExternalArtifact', namespaceOf(generator.object) || 'default', name),
        ),
      ),
    ]),
);

function* judgeLink(
  resource: Resource,
  { kind, namespace, name, path }: FieldReference,
  objects: readonly Resource[],
  cluster: Cluster,
): Iterable<RuleProblem> {
  const help = helpFor({ kind, namespace, name }, objects);
  // Whoever installs Flux makes these: an operator, Terraform or the command line.
  const isOfBootstrap = selfApplied(cluster).some(
    ({ source }) => source?.kind === kind && source.name === name,
  );
  if (help === undefined && (name === 'flux-system' || isOfBootstrap)) return;
  const isKnown = help !== undefined || isWholeCluster(cluster);
  yield {
    at: [resource, ...path],
    message: `there is no ${kind} ${namespace}/${name}, so ${nameOf(resource.object)} does nothing`,
    help: help ?? 'correct the name, or add the object',
    ...(isKnown ? {} : { severity: 'note' }),
  };
}

/** What was meant, where something like it is there. */
function helpFor(
  { kind, namespace, name }: Omit<FieldReference, 'path'>,
  objects: readonly Resource[],
): string | undefined {
  const named = objects.filter(({ object }) => nameOf(object) === name);
  const elsewhere = named.find(({ object }) => object['kind'] === kind);
  if (elsewhere !== undefined) {
    const other = namespaceOf(elsewhere.object) || 'default';
    return `there is one in ${other}: write namespace: ${other}`;
  }
  const sources = /^(?:GitRepository|OCIRepository|HelmRepository|HelmChart|Bucket|ExternalArtifact)$/u;
  const otherKind = named.find(
    ({ object }) =>
      sources.test(kind) && sources.test(valueText(object['kind'])) && namespaceOf(object) === namespace,
  );
  if (otherKind !== undefined)
    return `there is ${valueText(otherKind.object['kind'])} ${name}: write kind: ${valueText(otherKind.object['kind'])}`;
  const siblings = objects.filter(
    ({ object }) => object['kind'] === kind && (namespaceOf(object) || 'default') === namespace,
  );
  const near = nearestName(
    name,
    siblings.map(({ object }) => nameOf(object)),
  );
  return near === undefined ? undefined : `there is ${near}: correct the name`;
}
