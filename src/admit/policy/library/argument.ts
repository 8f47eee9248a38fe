import { noSuchOverload } from '../cel-error.ts';
import { type CelList, type CelValue, isList, isSpecial, kind, type Special } from '../cel-value.ts';
import type { Scope } from '../scope.ts';

/** A function of the standard or Kubernetes libraries; for a method the receiver is the first argument. */
export type Implementation = (args: readonly CelValue[], scope: Scope) => CelValue;
export type Library = Readonly<Record<string, Implementation>>;

export function stringArgument(value: CelValue | undefined): string {
  if (typeof value !== 'string') throw noSuchOverload();
  return value;
}

export function intArgument(value: CelValue | undefined): bigint {
  if (typeof value !== 'bigint') throw noSuchOverload();
  return value;
}

export function listArgument(value: CelValue | undefined): CelList {
  if (!isList(value)) throw noSuchOverload();
  return value;
}

type KindOf<K> = Extract<Special, { readonly [kind]: K }>;

/** An argument that must be of one of CEL's own kinds, e.g. a quantity. */
export function specialArgument<K extends Special[typeof kind]>(
  value: CelValue | undefined,
  wanted: K,
): KindOf<K> {
  if (!isSpecial(value) || value[kind] !== wanted) throw noSuchOverload();
  return value as KindOf<K>;
}
