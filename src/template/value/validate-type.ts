import { failAt, type State } from '../state.ts';
import { knownValue, newList, newMap } from './datum.ts';
import { integerOf, typeOf } from './kind.ts';
import type { ArgumentType, Datum, Known } from './model.ts';

const names: Readonly<Record<ArgumentType, string>> = {
  any: 'interface {}',
  text: 'string',
  int: 'int',
  int64: 'int64',
  float: 'float64',
  bool: 'bool',
  map: 'map[string]interface {}',
  list: '[]interface {}',
  texts: '[]string',
  bytes: '[]uint8',
  time: 'time.Time',
};

/** What Go calls the type of an argument. */
export function nameOfType(type: ArgumentType): string {
  return names[type];
}

/** A value as an argument of a type (text/template/exec.go, validateType); an int becomes a number for who takes one. */
export function validateType(state: State, known: Known, type: ArgumentType | undefined): Known {
  if (type === undefined) return known;
  const { value } = known;
  if (type === 'any') return value === undefined ? { ...known, value: null } : known;
  if (value === undefined) {
    if (type === 'map') return knownValue({ ...newMap(), isNil: true });
    if (type === 'list') return knownValue(newList([]));
    return failAt(state, `invalid value; expected ${names[type]}`);
  }
  if (type === 'int' && typeof value === 'bigint') return { ...known, value: Number(value) };
  if (type === 'int64' && integerOf(value) !== undefined && typeOf(value) === 'int64')
    return { ...known, value: integerOf(value) };
  if (isOfType(value, type)) return known;
  const got = value === null ? 'interface {}' : typeOf(value);
  return failAt(state, `wrong type for value; expected ${names[type]}; got ${got}`);
}

function isOfType(value: Datum, type: ArgumentType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'float':
      return typeof value === 'number';
    case 'bool':
      return typeof value === 'boolean';
    case 'map':
    case 'list':
      return typeOf(value) === names[type] || isNamedMap(value, type);
    case 'texts':
    case 'time':
    case 'bytes':
      return typeOf(value) === names[type];
    default:
      return false;
  }
}

/** A named type of maps, such as that of all values, is assignable to what it is made of. */
function isNamedMap(value: Datum, type: ArgumentType): boolean {
  return type === 'map' && /^(?:chartutil|common)\.Values$/u.test(typeOf(value));
}
