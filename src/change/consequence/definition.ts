import { isKind, isTrueAt, textAt } from '../../object/object-field.ts';
import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { isMapping, itemsAt, type Mapping, type Path } from '../../source/value.ts';
import { objectWords } from '../twins.ts';
import { wholeOf } from '../whole.ts';
import type { Consequence, Taken } from './consequence.ts';

/** Versions of a custom kind that are served no longer, or in which objects are stored from now on. */
export function definitionConsequences(taken: Taken): Consequence[] {
  const { base, head } = taken;
  if (!isKind(head.resource, 'apiextensions.k8s.io', 'CustomResourceDefinition')) return [];
  const [before, after] = [versionsOf(base.resource), versionsOf(head.resource)];
  const gone = before.filter(
    ({ name, isServed }) => isServed && !after.some((one) => one.name === name && one.isServed),
  );
  return [...gone.map((one) => servedNoLonger(one, after, taken)), ...storedOtherwise(before, after)];
}

interface Version {
  readonly name: string;
  readonly isServed: boolean;
  readonly isStored: boolean;
  readonly path: Path;
}

function versionsOf({ object }: Resource): Version[] {
  return itemsAt(object, ['spec', 'versions'])
    .filter(isMapping)
    .map((version: Mapping, index) => ({
      name: textAt(version, 'name') ?? '',
      isServed: isTrueAt(version, 'served'),
      isStored: isTrueAt(version, 'storage'),
      path: ['spec', 'versions', index],
    }));
}

function servedNoLonger(
  { name, path }: Version,
  after: readonly Version[],
  { head, cluster }: Taken,
): Consequence {
  const { object } = head.resource;
  const [group, kind] = [textAt(object, 'spec', 'group'), textAt(object, 'spec', 'names', 'kind')];
  const users = wholeOf(cluster.head).resources.filter((one) => {
    const gvk = groupVersionKind(one.object);
    return gvk.group === group && gvk.kind === kind && gvk.version === name;
  });
  const now = after.find((one) => one.name === name);
  return {
    at: now === undefined ? path : [...now.path, 'served'],
    actions: ['update'],
    reason: 'version-not-served',
    severity: users.length > 0 ? 'breaks' : 'changes',
    what: name,
    details:
      users.length > 0
        ? [
            `${users.slice(0, 5).map(objectWords).join(', ')}${users.length > 5 ? ` and ${users.length - 5} more` : ''} can no longer be applied`,
          ]
        : ['no manifest that is applied here uses it; any other client of this version gets an error'],
    safe: [
      { text: 'write the manifests in a version that remains served' },
      { text: 'remove the version in a later change' },
    ],
  };
}

function storedOtherwise(before: readonly Version[], after: readonly Version[]): Consequence[] {
  const [old, now] = [before, after].map((versions) => versions.find((one) => one.isStored));
  if (old === undefined || now === undefined || old.name === now.name) return [];
  return [
    {
      at: [...now.path, 'storage'],
      actions: ['update'],
      reason: 'stored-otherwise',
      severity: 'changes',
      what: `${old.name} → ${now.name}`,
      safe: [
        {
          text: `keep ${old.name} in spec.versions until all objects are rewritten and status.storedVersions no longer lists it`,
        },
      ],
    },
  ];
}
