import { type CelType, dyn, isTypeVariable, mapOf, string } from './cel-type.ts';

/** What is known of type variables; cel-go 0.26 checker/mapping.go. */
export type Bindings = Map<string, CelType>;

/** Bindings that are not copied for each question: a long expression asks one for each of its operators. */
type Draft = Pick<Bindings, 'get' | 'set'>;

/** Whether a value of one type may stand for the other, and if so what that says of variables: checker/types.go isAssignable. */
export function unify(bindings: Bindings, a: CelType, b: CelType): boolean {
  return unifyAll(bindings, [a], [b]);
}

/** The same for several at once; nothing is learnt where one does not fit. */
export function unifyAll(bindings: Bindings, given: readonly CelType[], wanted: readonly CelType[]): boolean {
  if (given.length !== wanted.length) return false;
  const learnt: Bindings = new Map();
  const draft: Draft = {
    get: (name) => learnt.get(name) ?? bindings.get(name),
    set: (name, type) => learnt.set(name, type),
  };
  if (!given.every((type, index) => isAssignable(draft, type, wanted[index] as CelType))) return false;
  for (const [name, type] of learnt) bindings.set(name, type);
  return true;
}

function isAssignable(bindings: Draft, a: CelType, b: CelType): boolean {
  if (isTypeVariable(b)) {
    const known = bindings.get(b.name);
    if (binds(bindings, a, b)) return true;
    if (known !== undefined) return false;
  }
  if (isTypeVariable(a)) return binds(bindings, b, a);
  if (isDyn(a) || isDyn(b)) return true;
  if (a.name === 'null_type') return isNullable(b);
  if (b.name === 'null_type') return isNullable(a);
  if (a.isLoose === true && b.name === 'map') return isAssignable(bindings, anyMap, b);
  if (b.isLoose === true && a.name === 'map') return isAssignable(bindings, a, anyMap);
  if (a.fields !== undefined || b.fields !== undefined) return isSameObject(a, b);
  if (a.name === 'wrapper' || b.name === 'wrapper') return isExact(unwrapped(a), unwrapped(b));
  if (a.name !== b.name) return false;
  if (a.name === 'type') return true;
  return (
    a.of.length === b.of.length &&
    a.of.every((type, index) => isAssignable(bindings, type, b.of[index] as CelType))
  );
}

/** What a loose object is at runtime. */
export const anyMap: CelType = mapOf(string, dyn);

/** Whether the type may stand for the variable, which is then known to be it. */
function binds(bindings: Draft, type: CelType, variable: CelType): boolean {
  if (type.name === variable.name) return true;
  const known = bindings.get(variable.name);
  if (known === undefined) {
    if (occursIn(bindings, variable, type)) return false;
    bindings.set(variable.name, type);
    return true;
  }
  if (isExact(type, known)) return true;
  if (!isAssignable(bindings, type, known)) return false;
  const general = mostGeneral(type, known);
  if (!occursIn(bindings, variable, general)) bindings.set(variable.name, general);
  return true;
}

function occursIn(bindings: Draft, variable: CelType, type: CelType): boolean {
  if (type.name === variable.name) return true;
  const known = isTypeVariable(type) ? bindings.get(type.name) : undefined;
  if (known !== undefined && known !== type) return occursIn(bindings, variable, known);
  return type.of.some((part) => occursIn(bindings, variable, part));
}

/** A wrapper message goes for what it wraps, and for null. */
function unwrapped(type: CelType): CelType {
  return type.name === 'wrapper' ? (type.of[0] ?? type) : type;
}

export function isDyn({ name }: CelType): boolean {
  return name === 'dyn' || name === 'any' || name === 'error';
}

const values = new Set([
  'bool',
  'int',
  'uint',
  'double',
  'string',
  'bytes',
  'list',
  'map',
  'type',
  'null_type',
]);

/** Messages and the like may be null, plain values may not. */
function isNullable({ name }: CelType): boolean {
  return name === 'null_type' || !values.has(name);
}

function isSameObject(a: CelType, b: CelType): boolean {
  return a.fields === b.fields || (a.isLoose === true && b.isLoose === true);
}

/** The type that holds the values of both, which fit one another. */
export function mostGeneral(a: CelType, b: CelType): CelType {
  return isEqualOrLessSpecific(a, b) ? a : b;
}

function isEqualOrLessSpecific(a: CelType, b: CelType): boolean {
  if (isDyn(a) || isTypeVariable(a)) return true;
  if (isDyn(b) || isTypeVariable(b)) return false;
  if (a.name !== b.name) return false;
  if (a.fields !== undefined || b.fields !== undefined) return a.fields === b.fields;
  return a.of.every((type, index) => isEqualOrLessSpecific(type, b.of[index] ?? dyn));
}

/** Whether both are one and the same type. */
export function isExact(a: CelType, b: CelType): boolean {
  return (
    a.name === b.name &&
    a.fields === b.fields &&
    a.of.length === b.of.length &&
    a.of.every((type, index) => isExact(type, b.of[index] as CelType))
  );
}

/** The type with what is known of its variables; `isFinal` makes those of which nothing is known dynamic. */
export function substitute(bindings: Bindings, type: CelType, isFinal = false): CelType {
  if (isTypeVariable(type)) {
    const known = bindings.get(type.name);
    if (known !== undefined) return substitute(bindings, known, isFinal);
    return isFinal ? dyn : type;
  }
  if (type.of.length === 0) return type;
  return { ...type, of: type.of.map((part) => substitute(bindings, part, isFinal)) };
}
