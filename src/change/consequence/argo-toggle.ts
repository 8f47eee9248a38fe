import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { isMapping, itemsAt, type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { type Consequence, changes, type Taken } from './consequence.ts';

/** Switches of Applications and ApplicationSets. */
export function argoToggles(taken: Taken): Consequence[] {
  const { kind } = groupVersionKind(taken.head.resource.object);
  if (kind === 'ApplicationSet') return setToggles(taken);
  return kind === 'Application' ? applicationToggles(taken) : [];
}

const automated = ['spec', 'syncPolicy', 'automated'] as const;

function isAutomated({ object }: Resource): boolean {
  const value = valueAt(object, automated);
  return isMapping(value) && valueAt(value, ['enabled']) !== false;
}

function applicationToggles(taken: Taken): Consequence[] {
  const { base, head } = taken;
  const [before, after] = [isAutomated(base.resource), isAutomated(head.resource)];
  if (before && !after)
    return [
      { at: automated, explains: [automated], actions: ['freeze'], reason: 'sync-off', severity: 'changes' },
    ];
  const starts: Consequence[] =
    before || !after
      ? []
      : [
          {
            at: automated,
            explains: [automated],
            actions: ['thaw'],
            reason: 'sync-on',
            severity: 'changes',
            details: [
              'all changes since the last sync are applied at once, but this comparison knows only the base',
            ],
          },
        ];
  return [...starts, ...pruning(taken), ...healing(taken), ...replacing(taken), ...moving(taken)];
}

function isOn({ object }: Resource, path: Path): boolean {
  return valueAt(object, path) === true;
}

function pruning({ base, head }: Taken): Consequence[] {
  const at = [...automated, 'prune'];
  const [before, after] = [isOn(base.resource, at), isOn(head.resource, at)];
  if (before === after) return [];
  const known = { at, explains: [at], actions: ['update'] } as const;
  if (!after) return [{ ...known, reason: 'prune-off', severity: 'changes' }];
  return [
    {
      ...known,
      reason: 'prune-on',
      severity: 'disrupts',
      details: [
        'the next sync deletes objects that were removed from the source earlier and still exist: only the cluster knows which',
      ],
      safe: [
        {
          text: 'before the merge, check what the Application would prune: argocd app resources --orphaned, or its tree',
        },
      ],
    },
  ];
}

function healing({ base, head }: Taken): Consequence[] {
  const at = [...automated, 'selfHeal'];
  const [before, after] = [isOn(base.resource, at), isOn(head.resource, at)];
  if (before === after || !isAutomated(head.resource)) return [];
  const what = after
    ? 'manual changes in the cluster are reverted'
    : 'manual changes in the cluster are kept';
  return [{ at, explains: [at], actions: ['update'], reason: 'self-heal', severity: 'changes', what }];
}

const options = ['spec', 'syncPolicy', 'syncOptions'] as const;

/** Force is an option of objects: for an Application it says nothing (argo-cd 3.6, sync.go). */
function replacing({ base, head }: Taken): Consequence[] {
  const old = itemsAt(base.resource.object, options);
  return itemsAt(head.resource.object, options).flatMap((one, index) =>
    valueText(one) === 'Replace=true' && !old.includes(one)
      ? [
          {
            at: [...options, index],
            explains: [options],
            actions: ['update'],
            reason: 'replace-on',
            severity: 'disrupts',
            safe: [
              { text: 'set the annotation argocd.argoproj.io/sync-options on the one object that needs it' },
            ],
          } satisfies Consequence,
        ]
      : [],
  );
}

/** Another project: other rights, windows and destinations count. */
function moving({ update }: Taken): Consequence[] {
  const at = ['spec', 'project'];
  if (!changes(update, at)) return [];
  return [{ at, explains: [at], actions: ['update'], reason: 'project-changed', severity: 'changes' }];
}

const setPolicy = ['spec', 'syncPolicy', 'applicationsSync'] as const;
const preserve = ['spec', 'syncPolicy', 'preserveResourcesOnDeletion'] as const;

function setToggles({ base, head }: Taken): Consequence[] {
  const deletes = ({ object }: Resource): boolean =>
    ['sync', 'create-delete'].includes(valueText(valueAt(object, setPolicy) ?? 'sync'));
  const found: Consequence[] = [];
  if (!deletes(base.resource) && deletes(head.resource))
    found.push(takesAlong(setPolicy, 'Applications that it no longer generates are deleted'));
  if (isOn(base.resource, preserve) && !isOn(head.resource, preserve))
    found.push(takesAlong(preserve, 'an Application that is deleted deletes what it applied'));
  return found;
}

function takesAlong(at: Path, what: string): Consequence {
  return { at, explains: [at], actions: ['update'], reason: 'takes-along', severity: 'changes', what };
}
