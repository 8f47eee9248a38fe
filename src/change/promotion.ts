import { splitImage } from '../build/transformers/images.ts';
import { grouped } from '../diagnostic/grouped.ts';
import { knownOnce } from '../object/known-once.ts';
import { itemsAt, type Value, valueAt } from '../source/value.ts';
import { environmentOfPath, environmentWord } from '../workload/environment/environment-name.ts';
import { podTemplateOf } from '../workload/pod/pod-template.ts';
import type { ClusterPair, Owners } from './cluster-pair.ts';
import type { ClusterRef, Effect } from './effect.ts';

/** By the key of a cluster how far a change has come when it reaches it: 0 is the first. Clusters that nobody places are absent. */
export type Stages = ReadonlyMap<string, number>;

const production = 3;

/** Places clusters by the configuration's `promotion`, or else by what their names say by custom. */
export function stagesOf(
  clusters: readonly ClusterPair[],
  promotion: readonly (readonly string[])[] = [],
): Stages {
  const stages = new Map<string, number>();
  for (const cluster of clusters) {
    const stage = promotion.length > 0 ? placed(cluster, promotion) : byCustom(cluster);
    if (stage !== undefined) stages.set(cluster.key, stage);
  }
  return stages;
}

function placed({ name, root }: ClusterPair, promotion: readonly (readonly string[])[]): number | undefined {
  const parts = new Set([name, ...root.split('/')]);
  const stage = promotion.findIndex((names) => names.some((one) => parts.has(one)));
  // The last of them is production, however many come before.
  return stage < 0
    ? undefined
    : stage === promotion.length - 1
      ? production
      : Math.min(stage, production - 1);
}

function byCustom({ name, root }: ClusterPair): number | undefined {
  return (environmentWord(name) ?? environmentOfPath(root))?.rank;
}

/** What is said of one edit that reaches production and what comes before it at once. */
export function reachesAllAtOnce(clusters: readonly ClusterRef[], stages: Stages): string | undefined {
  const namesOf = (isMeant: (stage: number) => boolean): string[] =>
    clusters.flatMap(({ key, name }) => {
      const stage = stages.get(key);
      return stage !== undefined && isMeant(stage) ? [name] : [];
    });
  const [late, early] = [namesOf((stage) => stage === production), namesOf((stage) => stage < production)];
  if (late.length === 0 || early.length === 0) return undefined;
  return `it reaches production (${listed(late)}) at the same time as ${listed(early)}: nothing holds it back`;
}

/** An image that production gets before any cluster that comes earlier has had it, said on the effect. */
export function withOutOfOrder(effect: Effect, clusters: readonly ClusterPair[], stages: Stages): Effect {
  if (!effect.actions.includes('rollout') || stages.get(effect.cluster.key) !== production) return effect;
  const early = clusters.filter(({ key }) => (stages.get(key) ?? production) < production);
  const details = imagesOf(effect.held.resource).flatMap((image) => {
    const known = early.flatMap(({ base }) => imagesByName(base).get(splitImage(image).name) ?? []);
    if (known.length === 0 || known.includes(image)) return [];
    return [`${image} reaches production first: earlier environments have ${listed([...new Set(known)])}`];
  });
  return details.length === 0 ? effect : { ...effect, details: [...(effect.details ?? []), ...details] };
}

/** The images that a cluster has in the base, by their names without tag. */
const imagesByName = knownOnce(({ inventory }: Owners) => {
  const images = [...inventory.values()].flatMap(([held]) =>
    held === undefined ? [] : imagesOf(held.resource),
  );
  return grouped(images, (image) => splitImage(image).name);
});

function imagesOf(resource: Effect['held']['resource']): string[] {
  const spec: Value | undefined = podTemplateOf(resource)?.spec;
  return ['containers', 'initContainers'].flatMap((field) =>
    itemsAt(spec, [field]).flatMap((container) => {
      const image = valueAt(container, ['image']);
      return typeof image === 'string' ? [image] : [];
    }),
  );
}

function listed(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ');
}
