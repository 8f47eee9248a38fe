import { mostObjects } from '../build/build-work.ts';
import { addTo } from '../diagnostic/grouped.ts';
import type { Build } from '../object/build.ts';
import { objectPlace } from '../object/object-place.ts';
import { groupVersionKind, namespaceOf, objectReference, type Resource } from '../object/resource.ts';
import { stumbledBuild } from '../object/stumble.ts';
import {
  type ClusterGroup,
  findAmong,
  findBrought,
  findIn,
  groupOf,
  groupOfEntry,
  identityOf,
  rememberFound,
  rememberInputs,
  rememberKept,
} from './cluster-group.ts';
import { entryKindOf, isEntryPoint } from './controller-kinds.ts';
import type { Run } from './discovery-run.ts';
import type { MissingChart } from './flux/release-chart.ts';
import type { FindObject } from './flux/variables.ts';
import { emptyBuild, type MadeReconciliation, nothingSaid, type Reconciliation } from './reconciliation.ts';
import { type ServedApis, watchedApis } from './served-apis.ts';
import { tooMuch } from './too-much.ts';

/** Builds entry points and those that their builds hold, until nothing new appears; what was found. */
export function reconcileAll(run: Run, start: ClusterGroup, entries: readonly Resource[]): Reconciliation[] {
  const found: Reconciliation[] = [];
  const queue = [...entries];
  let waited = 0;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const entry = entryKindOf(next);
    const group = groupOfEntry(run.groups, start, next);
    const namespace = namespaceOf(next.object) || 'default';
    const identity = identityOf(next, namespace);
    if (entry === undefined || group.seen.has(identity)) continue;
    const find = findIn(group);
    // What it lacks another build may bring.
    if (waited < queue.length && entry.lacksObjects?.(next, namespace, findBrought(group)) === true) {
      waited += 1;
      queue.push(next);
      continue;
    }
    waited = 0;
    group.seen.add(identity);
    const context = { ...run.context, find, findEarlier: findEarlierFor(run, group, next) };
    const render = (served: ServedApis): MadeReconciliation =>
      reconcileAlone(next, namespace, () => entry.reconcile(next, namespace, { ...context, served }));
    const { served, dependsOn } = watchedApis(context.served);
    const made = followWithin(run, next, namespace, () => render(served));
    const { destination } = made;
    const target = destination === undefined ? group : groupOf(run.groups, destination, group.id.alternative);
    const known = destination === undefined ? undefined : sameOwner(target, made);
    const owner = known ?? take(run, target, made);
    if (destination !== undefined) group.remote.push(owner);
    if (known === undefined) addTo(run.asking, target, { owner, dependsOn, render });
    found.push(owner);
    queue.push(...made.build.resources.filter(isEntryPoint));
  }
  return found;
}

/** The owner of the same declaration that another group has brought to a cluster: it deploys there but once. */
function sameOwner(
  { reconciliations }: ClusterGroup,
  { kind, namespace, name, declaration }: MadeReconciliation,
): Reconciliation | undefined {
  const key = declaration === undefined ? undefined : objectPlace(declaration)?.key;
  return reconciliations.find(
    (one) =>
      one.kind === kind &&
      one.namespace === namespace &&
      one.name === name &&
      key !== undefined &&
      one.declaration !== undefined &&
      objectPlace(one.declaration)?.key === key,
  );
}

/** Finds what the cluster of an owner had of an earlier revision. */
function findEarlierFor({ earlier }: Run, { id: cluster }: ClusterGroup, declaration: Resource): FindObject {
  const { kind, name } = objectReference(declaration.object);
  const namespace = namespaceOf(declaration.object) || 'default';
  return findAmong(() => earlier?.hadFor({ kind, namespace, name, cluster }) ?? []);
}

// In objects: following a declaration costs as much although it may deploy nothing, as an Application whose chart is elsewhere.
const costOfOwner = 2;

/** What a declaration deploys, as long as that is not too much with all that was followed before. */
export function followWithin<Made extends MadeReconciliation | MissingChart>(
  run: Run,
  declaration: Resource,
  namespace: string,
  render: () => Made,
): Made | MadeReconciliation {
  const { counts, limits } = run.context.sources;
  const isTooMuch = run.deployed > mostObjects(counts.bytes, limits.shards);
  const made = isTooMuch ? notFollowed(declaration, namespace) : render();
  if (!('why' in made)) run.deployed += costOfOwner + made.build.resources.length;
  return made;
}

/** What one of too many declarations deploys: nobody knows here. */
function notFollowed(declaration: Resource, namespace: string): MadeReconciliation {
  const { kind, name } = objectReference(declaration.object);
  const by = groupVersionKind(declaration.object).group === 'argoproj.io' ? 'argocd' : 'flux';
  const finding = tooMuch(
    declaration,
    'what is deployed together has more objects than any real cluster',
    [],
  );
  const build = { ...emptyBuild(''), diagnostics: [{ ...finding, isOfRun: true as const }] };
  return { ...nothingSaid, by, kind, name, namespace, declaration, build };
}

/** Where following one stumbles, the others are followed all the same. */
export function reconcileAlone(
  declaration: Resource,
  namespace: string,
  reconcile: () => MadeReconciliation,
): MadeReconciliation {
  try {
    return reconcile();
  } catch (error) {
    const { kind, name } = objectReference(declaration.object);
    const by = groupVersionKind(declaration.object).group === 'argoproj.io' ? 'argocd' : 'flux';
    const build = stumbledBuild('', { who: 'what it deploys', over: declaration }, error);
    return { ...nothingSaid, by, kind, name, namespace, declaration, build };
  }
}

/** What stands in a chart beside its templates may well be the Application of that chart: that one is no part of it. */
export function rememberReached({ reached, entryFiles }: Run, { inputs, besideTemplates = [] }: Build): void {
  const entries = new Set(besideTemplates.filter((file) => entryFiles.has(file)));
  for (const input of inputs) if (!entries.has(input)) reached.add(input);
}

export function take(run: Run, group: ClusterGroup, made: MadeReconciliation): Reconciliation {
  const { kind, namespace, name, build } = made;
  const owner = { ...made, id: { kind, namespace, name, cluster: group.id } };
  group.reconciliations.push(owner);
  rememberFound(run.groups, owner);
  rememberReached(run, build);
  rememberInputs(group, build.resources);
  rememberKept(group, run.earlier?.keptOf(owner) ?? []);
  return owner;
}
