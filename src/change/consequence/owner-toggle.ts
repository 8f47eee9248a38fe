import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { inventoryKey } from '../../reconcile/cluster.ts';
import type { Reconciliation } from '../../reconcile/reconciliation.ts';
import { equalValues, isMapping, itemsAt, type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { Owners } from '../cluster-pair.ts';
import { dependants, ownerWords } from '../owner.ts';
import { argoToggles } from './argo-toggle.ts';
import { type Consequence, changes, fieldsOf, type Taken } from './consequence.ts';
import { buildsTheSame } from './same-build.ts';
import { isUnusedInPlace, substitute, variablesThatDiffer } from './variable-use.ts';

/** Switches of what applies other objects, with what they set free or hold back. */
export function ownerToggles(taken: Taken): Consequence[] {
  const { group, kind } = groupVersionKind(taken.head.resource.object);
  if (group === 'argoproj.io') return argoToggles(taken);
  if (!group.endsWith('.toolkit.fluxcd.io')) return pausing(taken, kind);
  const own = kind === 'Kustomization' && group.startsWith('kustomize') ? fluxToggles(taken) : [];
  return [...switched(taken, ['spec', 'suspend']), ...own];
}

function pausing(taken: Taken, kind: string): Consequence[] {
  if (kind === 'CronJob' || kind === 'Job') return switched(taken, ['spec', 'suspend']);
  return kind === 'Deployment' ? switched(taken, ['spec', 'paused']) : [];
}

/** What stops, or goes on with all that has piled up meanwhile. */
function switched({ base, head, cluster }: Taken, at: Path): Consequence[] {
  const [before, after] = [base, head].map(({ resource }) => valueAt(resource.object, at) === true) as [
    boolean,
    boolean,
  ];
  if (before === after) return [];
  const owner = declaredBy(head.resource, cluster.head);
  const count = owner === undefined ? 0 : owner.build.resources.length;
  const objects = count === 0 ? [] : [`it applies ${count === 1 ? '1 object' : `${count} objects`}`];
  if (after)
    return [
      { at, explains: [at], actions: ['freeze'], reason: 'suspends', severity: 'changes', details: objects },
    ];
  const piled =
    'all changes since it was suspended are applied at once, but this comparison knows only the base';
  return [
    {
      at,
      explains: [at],
      actions: ['thaw'],
      reason: 'resumes',
      severity: 'changes',
      details: [...objects, piled],
    },
  ];
}

/** The owner that an object declares, in its own cluster or another one. */
export function declaredBy(resource: Resource, { all, remote }: Owners): Reconciliation | undefined {
  const key = inventoryKey(resource);
  return [...all, ...remote].find(
    ({ declaration }) => declaration !== undefined && inventoryKey(declaration) === key,
  );
}

function fluxToggles(taken: Taken): Consequence[] {
  return [
    ...pruning(taken),
    ...forcing(taken),
    ...deletionPolicy(taken),
    ...lessOrder(taken),
    ...unusedVariables(taken),
  ];
}

function isOn({ object }: Pick<Resource, 'object'>, path: Path): boolean {
  return valueAt(object, path) === true;
}

const prune = ['spec', 'prune'] as const;

function pruning({ base, head }: Taken): Consequence[] {
  const [before, after] = [isOn(base.resource, prune), isOn(head.resource, prune)];
  if (before === after) return [];
  const known = { at: prune, explains: [[...prune]], actions: ['update'] } as const;
  if (!after) return [{ ...known, reason: 'prune-off', severity: 'changes' }];
  return [
    {
      ...known,
      reason: 'prune-on',
      severity: 'changes',
      details: ['objects removed from the source before this change are no longer in an inventory, and stay'],
    },
  ];
}

const force = ['spec', 'force'] as const;

function forcing({ base, head }: Taken): Consequence[] {
  if (isOn(base.resource, force) || !isOn(head.resource, force)) return [];
  return [
    {
      at: force,
      explains: [[...force]],
      actions: ['update'],
      reason: 'force-on',
      severity: 'disrupts',
      safe: [
        {
          text: 'set the annotation kustomize.toolkit.fluxcd.io/force: enabled on the one object that needs it, and remove it afterwards',
        },
      ],
    },
  ];
}

const deletion = ['spec', 'deletionPolicy'] as const;

function deletionPolicy({ base, head }: Taken): Consequence[] {
  const policyOf = ({ object }: Resource): string => {
    const said = valueText(valueAt(object, deletion) ?? 'MirrorPrune');
    if (said !== 'MirrorPrune') return said === 'Orphan' ? 'Orphan' : 'Delete';
    return isOn({ object }, prune) ? 'Delete' : 'Orphan';
  };
  if (policyOf(base.resource) !== 'Orphan' || policyOf(head.resource) !== 'Delete') return [];
  if (equalValues(valueAt(base.resource.object, deletion), valueAt(head.resource.object, deletion)))
    return [];
  return [
    {
      at: deletion,
      explains: [[...deletion]],
      actions: ['update'],
      reason: 'takes-along',
      severity: 'changes',
    },
  ];
}

/** What waited for something and waits no longer. */
function lessOrder({ base, head, update, cluster }: Taken): Consequence[] {
  const found: Consequence[] = [];
  const dependsOn = ['spec', 'dependsOn'] as const;
  const now = itemsAt(head.resource.object, dependsOn).map((one) => valueText(valueAt(one, ['name'])));
  for (const [index, one] of itemsAt(base.resource.object, dependsOn).entries()) {
    const name = valueText(valueAt(one, ['name']));
    if (!now.includes(name))
      found.push(order([...dependsOn, index], [dependsOn], `it no longer waits for ${name}`));
  }
  const owner = declaredBy(head.resource, cluster.head);
  const waiting = owner === undefined ? [] : dependants(owner, cluster.head.all).map(ownerWords);
  const path = lessHealth({ base, head }, update);
  if (path !== undefined) {
    const who =
      waiting.length === 0
        ? 'it is ready as soon as it is applied'
        : `${waiting.join(', ')} ${waiting.length === 1 ? 'continues' : 'continue'} as soon as it is applied`;
    found.push(order(path, [path], who));
  }
  return found;
}

function order(at: Path, explains: readonly Path[], what: string): Consequence {
  return { at, explains, actions: ['update'], reason: 'order-cut', severity: 'changes', what };
}

/** Where health is looked at no longer: `wait`, or the last of the health checks. */
function lessHealth({ base, head }: Pick<Taken, 'base' | 'head'>, update: Taken['update']): Path | undefined {
  const [wait, checks] = [
    ['spec', 'wait'],
    ['spec', 'healthChecks'],
  ] as const;
  const looks = ({ object }: Resource): boolean =>
    valueAt(object, wait) === true || itemsAt(object, checks).length > 0;
  if (!looks(base.resource) || looks(head.resource)) return undefined;
  return changes(update, wait) ? wait : checks;
}

/** Variables that change and that nothing of what is built uses. */
function unusedVariables({ base, head, update, cluster }: Taken): Consequence[] {
  const [old, now] = [declaredBy(base.resource, cluster.base), declaredBy(head.resource, cluster.head)];
  if (old === undefined || now === undefined) return [];
  const names = variablesThatDiffer({ base, head }).filter((name) => isUnusedInPlace({ old, now }, name));
  const paths = names.map((name) => [...substitute, name]);
  const [at] = paths;
  if (at === undefined) return [];
  return [
    {
      at,
      explains: buildsTheSame(old, now) ? [...paths, ...wholeOfVariables({ base, head }, update)] : paths,
      actions: ['update'],
      reason: 'reaches-nothing',
      severity: 'silent',
      what: names.join(', '),
      details: ['it builds the same with the old value'],
    },
  ];
}

/** What holds variables in place and nothing else, where all of it comes or goes. */
function wholeOfVariables({ base, head }: Pick<Taken, 'base' | 'head'>, update: Taken['update']): Path[] {
  const postBuild = substitute.slice(0, -1);
  const holdsMore = [base, head].some(({ resource }) => {
    const held = valueAt(resource.object, postBuild);
    return isMapping(held) && Object.keys(held).some((field) => field !== substitute.at(-1));
  });
  return fieldsOf(update).filter(
    (path) => path.join() === substitute.join() || (!holdsMore && path.join() === postBuild.join()),
  );
}
