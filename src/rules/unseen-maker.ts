import type { Build } from '../build/build.ts';
import { groupVersionKind, type Resource } from '../build/resource.ts';
import { isOperated, maySeeEachOther } from './custom-resource.ts';
import { knownOnce } from './known-once.ts';
import { describe } from './pod-template.ts';
import type { RuleContext } from './rule.ts';

/** What may put objects into the namespace of the resource that no manifest shows, for the end of a message. */
export function unseenMaker(
  resource: Resource,
  build: Build,
  { neighbours = [] }: RuleContext,
): string | undefined {
  for (const one of [build, ...neighbours]) {
    const maker = operatedIn(one).find(
      (other) => installsAnywhere(other) || maySeeEachOther(resource, other),
    );
    if (maker !== undefined) return describe(maker);
  }
  return undefined;
}

/** Whether a build of the same cluster failed, so that nobody knows what it holds. */
export function isPartlyBuilt({ neighbours = [] }: RuleContext): boolean {
  return neighbours.some(({ complete }) => !complete);
}

const operatedIn = knownOnce(({ resources }: Build) => resources.filter(isOperated));

// A release or an application says in its spec where its objects go, and may write other namespaces into them.
function installsAnywhere({ object }: Resource): boolean {
  const { group } = groupVersionKind(object);
  return group === 'argoproj.io' || group === 'helm.cattle.io' || group.endsWith('.toolkit.fluxcd.io');
}
