import type { GroupVersionKind } from '../object/resource.ts';
import { type FieldSpec, isSelected, makeFieldSpec } from './field-spec.ts';
import { fieldSpecLines, nameReferenceLines } from './field-spec-table.ts';
import { compareKinds } from './order.ts';
import { isProblem, type Problem } from './problem.ts';

/** Which fields refer by name to objects of one kind. */
export interface NameReference extends GroupVersionKind {
  readonly referrers: readonly FieldSpec[];
}

export const fieldSpecTables = [
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonLabels',
  'labels',
  'templateLabels',
  'volumeClaimTemplateLabels',
  'commonAnnotations',
  'varReference',
  'images',
  'replicas',
] as const;
export type FieldSpecTable = (typeof fieldSpecTables)[number];

/** Where each transformer looks: the built-in tables, and what `configurations` and `crds` add. */
export type TransformerConfig = Readonly<Record<FieldSpecTable, readonly FieldSpec[]>> & {
  readonly nameReference: readonly NameReference[];
};

export const emptyConfig: TransformerConfig = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  commonLabels: [],
  labels: [],
  templateLabels: [],
  volumeClaimTemplateLabels: [],
  commonAnnotations: [],
  varReference: [],
  images: [],
  replicas: [],
  nameReference: [],
};

let builtin: TransformerConfig | undefined;

/** The tables that are compiled into kustomize. */
export function defaultConfig(): TransformerConfig {
  builtin ??= readTables();
  return builtin;
}

/** Both together, as api/internal/plugins/builtinconfig merges them: a spec that an existing one already covers is dropped. */
export function mergeConfig(base: TransformerConfig, added: TransformerConfig): TransformerConfig | Problem {
  if (base === added || added === emptyConfig) return base;
  if (base === emptyConfig && added === builtin) return added;
  const merged: Record<string, readonly FieldSpec[] | readonly NameReference[]> = {};
  for (const table of fieldSpecTables) {
    const specs = mergeSpecs(base[table], added[table]);
    if (isProblem(specs)) return specs;
    merged[table] = [...specs].sort(compareKinds);
  }
  const references = mergeReferences(base.nameReference, added.nameReference);
  if (isProblem(references)) return references;
  merged['nameReference'] = [...references].sort(compareKinds);
  return merged as unknown as TransformerConfig;
}

/** Adds `incoming` to `specs`; the same path for the same or a narrower kind must agree about creating. */
export function mergeSpecs(
  specs: readonly FieldSpec[],
  incoming: readonly FieldSpec[],
): readonly FieldSpec[] | Problem {
  if (incoming.length === 0) return specs;
  const result = [...specs];
  for (const spec of incoming) {
    const known = result.find((other) => isSelected(other, spec) && other.path === spec.path);
    if (known === undefined) result.push(spec);
    else if (known.create !== spec.create) {
      return {
        problem: `the field spec ${spec.path} is a duplicate, once with create and once without`,
        help: 'write the same create: at both',
      };
    }
  }
  return result;
}

function mergeReferences(
  references: readonly NameReference[],
  incoming: readonly NameReference[],
): readonly NameReference[] | Problem {
  const result = [...references];
  for (const added of incoming) {
    const index = result.findIndex((known) => sameKind(known, added));
    const known = result[index];
    if (known === undefined) {
      result.push(added);
      continue;
    }
    const referrers = mergeSpecs(known.referrers, added.referrers);
    if (isProblem(referrers)) return referrers;
    result[index] = { ...known, referrers };
  }
  return result;
}

function sameKind(a: GroupVersionKind, b: GroupVersionKind): boolean {
  return a.group === b.group && a.version === b.version && a.kind === b.kind;
}

function readTables(): TransformerConfig {
  const tables = Object.entries(fieldSpecLines).map(([name, lines]) => [name, lines.map(readLine)]);
  const nameReference = Object.entries(nameReferenceLines).map(([key, lines]) => {
    const [group = '', version = '', kind = ''] = key.split(' ');
    return { group, version, kind, referrers: lines.map(readLine) };
  });
  return { ...emptyConfig, ...Object.fromEntries(tables), nameReference };
}

function readLine(line: string): FieldSpec {
  const [group = '', version = '', kind = '', create = '', path = ''] = line.split(' ');
  return makeFieldSpec({ group, version, kind }, path, create === 'create');
}
