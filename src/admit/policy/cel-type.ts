import { ownOf } from '../../source/own.ts';
/** A type as the checker sees it: `list<string>`, or an object type with declared fields. */
export interface CelType {
  readonly name: string;
  readonly of: readonly CelType[];
  /** The fields of an object type, asked for when one is read: types may hold themselves. */
  readonly fields?: () => ReadonlyMap<string, CelType>;
  /** Whether it may have fields that nobody declared. */
  readonly isOpen?: boolean;
  /** Whether it goes for a map, and for any other object type that does: what the server warns of, but runs well. */
  readonly isLoose?: boolean;
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

/** A type that is to be found out. */
export function typeVariable(number: number): CelType {
  return { name: `$${number}`, of: [] };
}

export function isTypeVariable({ name }: CelType): boolean {
  return name.startsWith('$');
}

/** An object type; its fields are made when the first is read. */
export function objectOf(
  name: string,
  makeFields: () => ReadonlyMap<string, CelType>,
  marks: { readonly isOpen?: boolean; readonly isLoose?: boolean } = {},
): CelType {
  let made: ReadonlyMap<string, CelType> | undefined;
  const fields = (): ReadonlyMap<string, CelType> => {
    made ??= makeFields();
    return made;
  };
  return { name, of: [], fields, ...marks };
}

/** Reads `map<string,list<T>>`. */
export function typeFrom(text: string): CelType {
  const open = text.indexOf('<');
  if (open < 0) return { name: text, of: [] };
  return { name: text.slice(0, open), of: partsOf(text.slice(open + 1, -1)).map(typeFrom) };
}

/** Splits at the commas that stand in no angle brackets. */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (char === '<') depth++;
    else if (char === '>') depth--;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return text === '' ? [] : [...parts, text.slice(start)];
}

const spelled: Readonly<Record<string, string>> = {
  null_type: 'null',
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
  if (isTypeVariable(type)) return 'dyn';
  const name = Object.hasOwn(spelled, type.name) ? ownOf(spelled, type.name) : type.name;
  return type.of.length === 0 ? `${name}` : `${name}(${type.of.map(formatType).join(', ')})`;
}
