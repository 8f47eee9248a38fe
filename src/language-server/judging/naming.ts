import { groupVersionKind, namespaceOf } from '../../object/resource.ts';
import { nodeAt } from '../../schema/schema-node.ts';
import { ownOf } from '../../source/own.ts';
import { isMapping, type Mapping, type Path, valueAt } from '../../source/value.ts';
import type { Kinds } from '../completion/kinds.ts';
import { namedByPath, namedByType } from '../completion/named-objects.ts';

/** The kind of the object that a field of a rendered object names; undefined where it names none. */
export function namedKind(object: Mapping, path: Path, kinds: Kinds): string | undefined {
  const field = String(path.at(-1));
  const { group, version, kind } = groupVersionKind(object);
  const named = byType(path, field, kinds.node(group, version, kind)) ?? byPath(path);
  if (named !== undefined && named.is !== 'name') return undefined;
  if (named?.kind === 'own') return kind;
  if (named !== undefined && named.kind !== 'beside') return named.kind;
  const around = valueAt(object, path.slice(0, -1));
  const beside = isMapping(around) ? around['kind'] : undefined;
  const isReference = field === 'name' && path.length > 2 && typeof beside === 'string';
  return isReference ? beside : undefined;
}

function byType(path: Path, field: string, root: ReturnType<Kinds['node']>): ReturnType<typeof byPath> {
  const holder = root && nodeAt(root, path.slice(0, -1))?.name;
  return holder === undefined ? undefined : ownOf(namedByType, `${holder}.${field}`);
}

function byPath(path: Path): (typeof namedByPath)[string] | undefined {
  const steps = path.filter((step) => typeof step === 'string');
  return ownOf(namedByPath, steps.slice(-2).join('.'));
}

/** The namespace that a reference says, else that of the object with it. */
export function namespaceNamed(object: Mapping, field: Path): string {
  const around = valueAt(object, field.slice(0, -1));
  const said = isMapping(around) ? around['namespace'] : undefined;
  return typeof said === 'string' && field.length > 2 ? said : namespaceOf(object);
}
