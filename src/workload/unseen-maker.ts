import type { Build } from '../object/build.ts';
import { knownOnce } from '../object/known-once.ts';
import { groupVersionKind, namespaceOf, type Resource } from '../object/resource.ts';
import { besideOnce } from './beside.ts';
import { isOperated } from './custom-resource.ts';
import { describe } from './pod/pod-template.ts';
import type { Surroundings } from './surroundings.ts';

/** What may put objects into the namespace of the resource that no manifest shows, for the end of a message. */
export function unseenMaker(resource: Resource, build: Build, context: Surroundings): string | undefined {
  for (const maker of operatedBeside(namespaceOf(resource.object), build, context)) return describe(maker);
  return undefined;
}

/** Whether a build of the same cluster failed, so that nobody knows what it holds. */
export function isPartlyBuilt({ neighbours }: Surroundings): boolean {
  return neighbours !== undefined && areIncomplete(neighbours);
}

const areIncomplete = knownOnce((builds: readonly Build[]) => builds.some(({ complete }) => !complete));

const operatedBeside = besideOnce(
  knownOnce(({ resources }: Build) => resources.filter(isOperated)),
  (resource) => (installsAnywhere(resource) ? '' : namespaceOf(resource.object)),
);

// A release or an application says in its spec where its objects go, and may write other namespaces into them.
function installsAnywhere({ object }: Resource): boolean {
  const { group } = groupVersionKind(object);
  return group === 'argoproj.io' || group === 'helm.cattle.io' || group.endsWith('.toolkit.fluxcd.io');
}
