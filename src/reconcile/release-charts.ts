import { namespaceOf, type Resource } from '../object/resource.ts';
import { supportedVersions } from '../schema/facts.ts';
import { type ClusterGroup, findIn, identityOf, rememberInputs, replaceFound } from './cluster-group.ts';
import { controllerKindOf, isEntryPoint } from './controller-kinds.ts';
import type { DiscoverOptions } from './discover-options.ts';
import type { AskingOwner, Run } from './discovery-run.ts';
import { isHelmRelease } from './flux/helm-release.ts';
import type { MissingChart } from './flux/release-chart.ts';
import { type ReleaseContext, reconcileRelease } from './flux/render-release.ts';
import { followWithin, reconcileAll, reconcileAlone, rememberReached, take } from './follow-entries.ts';
import { emptyBuild, type MadeReconciliation, nothingSaid, type Reconciliation } from './reconciliation.ts';
import { type ServedApis, servedApis, watchedApis } from './served-apis.ts';

/**
 * Renders the charts of releases once all is known that values may come from; a chart may bring releases of its own, and
 * definitions that another one asked for, or an Application.
 */
export function releaseCharts(run: Run, group: ClusterGroup, { kubernetesVersion }: DiscoverOptions): void {
  const resources = (): Resource[] => group.reconciliations.flatMap(({ build }) => build.resources);
  const sources = resources().filter((one) => controllerKindOf(one)?.isSource === true);
  const { knowledge } = run.context;
  const context = {
    ...run.context,
    // As patches left them, before what their files say.
    knowledge: { ...knowledge, objects: [...sources, ...knowledge.objects] },
    find: findIn(group),
  };
  const asking = run.asking.get(group) ?? [];
  for (let round = 0; round < mostRounds; round++) {
    const served = servedApis(kubernetesVersion ?? supportedVersions().at(-1) ?? '', resources);
    const again = asking.filter(({ dependsOn }) => dependsOn(served));
    for (const one of again) releaseAgain(run, group, one, served);
    const known = asking.length;
    asking.push(...releaseNew(run, group, { ...context, served }));
    if (again.length === 0 && asking.length === known) return;
  }
}

/** A chart that stops asking for what it brings, once that is served, has no last state. */
const mostRounds = 4;

function releaseNew(run: Run, group: ClusterGroup, context: ReleaseContext): AskingOwner[] {
  const found: AskingOwner[] = [];
  for (let index = 0; index < group.reconciliations.length; index++) {
    const { build } = group.reconciliations[index] as Reconciliation;
    for (const release of build.resources.filter(isHelmRelease)) {
      const namespace = namespaceOf(release.object) || 'default';
      const identity = identityOf(release, namespace);
      if (group.seen.has(identity)) continue;
      group.seen.add(identity);
      const render = (served: ServedApis): MadeReconciliation | MissingChart =>
        releaseAlone(release, { ...context, served });
      const { served, dependsOn } = watchedApis(context.served);
      const made = followWithin(run, release, namespace, () => render(served));
      if ('why' in made) run.missingCharts.set(release, made.why);
      else found.push({ render, dependsOn, owner: take(run, group, made) });
    }
  }
  return found;
}

function releaseAgain(run: Run, group: ClusterGroup, one: AskingOwner, now: ServedApis): void {
  const { served, dependsOn } = watchedApis(now);
  const made = one.render(served);
  const index = group.reconciliations.indexOf(one.owner);
  if ('why' in made || index < 0) return;
  const owner = { ...made, id: one.owner.id };
  group.reconciliations[index] = owner;
  replaceFound(run.groups, one.owner, owner);
  for (const { remote } of run.groups.byKey.values()) {
    const at = remote.indexOf(one.owner);
    if (at >= 0) remote[at] = owner;
  }
  rememberReached(run, made.build);
  rememberInputs(group, made.build.resources);
  one.owner = owner;
  one.dependsOn = dependsOn;
  reconcileAll(run, group, made.build.resources.filter(isEntryPoint));
}

function releaseAlone(release: Resource, context: ReleaseContext): MadeReconciliation | MissingChart {
  let missing: MissingChart | undefined;
  const made = reconcileAlone(release, namespaceOf(release.object), () => {
    const own = reconcileRelease(release, context);
    if (!('why' in own)) return own;
    missing = own;
    return { ...nothingSaid, by: 'flux', kind: '', name: '', namespace: '', build: emptyBuild('', true) };
  });
  return missing ?? made;
}
