/** A type as the checker sees it: `list<string>`, or an object type with declared fields. */
export interface CelType {
  readonly name: string;
  readonly of: readonly CelType[];
  /** The fields of an object type, asked for when one is read: types may hold themselves. */
  readonly fields?: () => ReadonlyMap<string, CelType>;
  /** Whether it may have fields that nobody declared. */
  readonly isOpen?: boolean;
}

export const dyn: CelType = { name: 'dyn', of: [] };
export const bool: CelType = { name: 'bool', of: [] };
export const string: CelType = { name: 'string', of: [] };
export const int: CelType = { name: 'int', of: [] };

export function listOf(item: CelType): CelType {
  return { name: 'list', of: [item] };
}

export function mapOf(key: CelType, value: CelType): CelType {
  return { name: 'map', of: [key, value] };
}

export function optionalOf(value: CelType): CelType {
  return { name: 'optional', of: [value] };
}

/** An object type; its fields are made when the first is read. */
export function objectOf(
  name: string,
  makeFields: () => ReadonlyMap<string, CelType>,
  isOpen = false,
): CelType {
  let made: ReadonlyMap<string, CelType> | undefined;
  const fields = (): ReadonlyMap<string, CelType> => {
    made ??= makeFields();
    return made;
  };
  return { name, of: [], fields, ...(isOpen ? { isOpen } : {}) };
}

/** What a comprehension, `in` and `size` see: at runtime an object is a map. */
export function asMap(type: CelType): CelType {
  return type.fields === undefined ? type : mapOf(string, dyn);
}

/**
 * Whether a value of one type may stand for the other. Of object types only their being objects counts: the server gives each place in
 * a schema a type of its own, so that it warns of lists that run together well.
 */
export function isAssignable(wanted: CelType, given: CelType): boolean {
  if (wanted.name === 'dyn' || given.name === 'dyn') return true;
  // cel-go lets null stand for messages alone; `x ? 'text' : null` is how the documentation leaves an audit annotation out.
  if (wanted.name === 'null_type' || given.name === 'null_type') return true;
  if (wanted.fields !== undefined || given.fields !== undefined)
    return isObjectLike(wanted) && isObjectLike(given);
  return (
    wanted.name === given.name && wanted.of.every((type, index) => isAssignable(type, given.of[index] ?? dyn))
  );
}

function isObjectLike({ name, fields }: CelType): boolean {
  return fields !== undefined || name === 'map';
}

/** The type that holds the values of both, which are assignable: where either is dynamic, so is the result. */
export function mostGeneral(a: CelType, b: CelType): CelType {
  if (a.name === 'null_type') return b;
  if (b.name === 'null_type') return a;
  if (a.fields !== undefined || b.fields !== undefined) return a.fields === b.fields ? a : dyn;
  if (a.name === 'dyn' || b.name === 'dyn') return dyn;
  return a.of.length === 0
    ? a
    : { name: a.name, of: a.of.map((type, index) => mostGeneral(type, b.of[index] ?? dyn)) };
}

const spelled: Readonly<Record<string, string>> = {
  duration: 'google.protobuf.Duration',
  timestamp: 'google.protobuf.Timestamp',
  optional: 'optional_type',
  ip: 'net.IP',
  cidr: 'net.CIDR',
  url: 'kubernetes.URL',
  quantity: 'kubernetes.Quantity',
  semver: 'kubernetes.Semver',
  format: 'kubernetes.NamedFormat',
  authorizer: 'kubernetes.authorization.Authorizer',
  pathCheck: 'kubernetes.authorization.PathCheck',
  groupCheck: 'kubernetes.authorization.GroupCheck',
  resourceCheck: 'kubernetes.authorization.ResourceCheck',
  decision: 'kubernetes.authorization.Decision',
};

/** A type in cel-go's spelling. */
export function formatType(type: CelType): string {
  const name = Object.hasOwn(spelled, type.name) ? spelled[type.name] : type.name;
  return type.of.length === 0 ? `${name}` : `${name}(${type.of.map(formatType).join(', ')})`;
}
