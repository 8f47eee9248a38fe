import { groupVersionKind } from '../../object/resource.ts';
import { type CustomKinds, customKindsIn, findCustomKind } from '../../schema/custom-kind.ts';
import { type Facts, findKind, isBuiltInGroup, kindsOf } from '../../schema/facts.ts';
import type { Mapping } from '../../source/value.ts';
import type { CelType } from './cel-type.ts';
import { builtInType, customType } from './schema-type.ts';

/** A kind with the type that expressions see. */
export interface KindType {
  readonly kind: string;
  readonly type: CelType;
}

interface ResourceReference {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

/** The kind behind `deployments` of a group and version; undefined where no schema is known. */
export function kindsNamed(
  { group, version, resource }: ResourceReference,
  facts: Facts,
  customKinds: CustomKinds,
): KindType | undefined {
  const kind = isBuiltInGroup(group)
    ? pluralsOf(facts).get(`${group}/${version}/${resource}`)
    : customKindsIn(customKinds, group).find(
        (one) =>
          one.version === version &&
          findCustomKind(customKinds, group, version, one.kind)?.plural === resource,
      )?.kind;
  return kind === undefined ? undefined : typeOf(group, version, kind, facts, customKinds);
}

/** The type of the kind that `apiVersion` and `kind` name. */
export function kindOf(reference: Mapping, facts: Facts, customKinds: CustomKinds): KindType | undefined {
  const { group, version, kind } = groupVersionKind(reference);
  return typeOf(group, version, kind, facts, customKinds);
}

function typeOf(
  group: string,
  version: string,
  kind: string,
  facts: Facts,
  customKinds: CustomKinds,
): KindType | undefined {
  const builtIn = findKind(facts, group, version, kind);
  if (builtIn !== undefined) return { kind, type: builtInType(facts, builtIn.type) };
  const schema = findCustomKind(customKinds, group, version, kind)?.schema;
  const type = schema === undefined ? undefined : customType(schema, 'policy', true);
  return type === undefined ? undefined : { kind, type };
}

const plurals = new WeakMap<Facts, ReadonlyMap<string, string>>();

function pluralsOf(facts: Facts): ReadonlyMap<string, string> {
  let known = plurals.get(facts);
  if (known === undefined) {
    known = new Map(
      kindsOf(facts).map(({ group, version, plural, kind }) => [`${group}/${version}/${plural}`, kind]),
    );
    plurals.set(facts, known);
  }
  return known;
}
