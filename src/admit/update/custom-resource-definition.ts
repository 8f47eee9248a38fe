import type { Mapping } from '../../source/value.ts';
import { flag, struct, structs, text, texts } from '../validation/fields.ts';
import { immutable, type Update } from './update.ts';

export function validateCustomResourceDefinitionUpdate(update: Update): void {
  if (isEstablished(update.old)) {
    immutable(update, ['spec', 'scope']);
    immutable(update, ['spec', 'names', 'kind']);
  }
  immutable(update, ['spec', 'group']);
  immutable(update, ['spec', 'names', 'plural']);
  validateStoredVersions(update);
}

/** A definition of which nothing else is known is taken for one that the cluster serves. */
function isEstablished(definition: Mapping): boolean {
  const conditions = structs(struct(definition, 'status'), 'conditions');
  if (conditions.length === 0) return true;
  return conditions.some((one) => text(one, 'type') === 'Established' && text(one, 'status') === 'True');
}

/** Versions in which objects may be stored; without a status, the one that objects were stored in last. */
function storedVersions(definition: Mapping): readonly string[] {
  const known = texts(struct(definition, 'status'), 'storedVersions');
  if (known.length > 0) return known;
  return structs(struct(definition, 'spec'), 'versions')
    .filter((version) => flag(version, 'storage') === true)
    .map((version) => text(version, 'name'));
}

function validateStoredVersions({ check, old, next }: Update): void {
  const names = structs(struct(next, 'spec'), 'versions').map((version) => text(version, 'name'));
  storedVersions(old).forEach((version, index) => {
    if (names.includes(version)) return;
    check.errors.push({
      type: 'Invalid',
      field: ['status', 'storedVersions', index],
      badValue: version,
      detail: `objects may still be stored as ${version}, which must stay in spec.versions`,
      help: `keep ${version} with served: false, and drop it when all objects are stored in another version and status.storedVersions no longer names it`,
      change: ['spec', 'versions'],
    });
  });
}
