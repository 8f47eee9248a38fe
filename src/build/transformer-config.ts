import { grouped } from '../diagnostic/grouped.ts';
import { countEdits } from '../object/edit-work.ts';
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
  countEdits(specs.length);
  const result = [...specs];
  const narrower = incoming.length < manySpecs ? scanFor(result) : indexFor(result);
  for (const spec of incoming) {
    const known = narrower.find(spec);
    if (known === undefined) {
      result.push(spec);
      narrower.added(spec);
    } else if (known.create !== spec.create) {
      return {
        problem: `the field spec ${spec.path} is a duplicate, one with create and one without`,
        help: 'write the same create: in both',
      };
    }
  }
  return result;
}

/** Finds the first spec with the path of another that is for the same kind or a narrower one. */
interface Narrower {
  find(spec: FieldSpec): FieldSpec | undefined;
  added(spec: FieldSpec): void;
}

// An index of a few hundred specs costs more than looking for a few.
const manySpecs = 16;

function scanFor(specs: readonly FieldSpec[]): Narrower {
  return {
    find: (spec) => specs.find((other) => isSelected(other, spec) && other.path === spec.path),
    added: () => undefined,
  };
}

function indexFor(specs: readonly FieldSpec[]): Narrower {
  const first = new Map<string, FieldSpec>();
  const added = (spec: FieldSpec): void => {
    for (const key of widerKeys(spec)) if (!first.has(key)) first.set(key, spec);
  };
  for (const spec of specs) added(spec);
  return { find: (spec) => first.get(keyOf(spec.path, spec)), added };
}

/** What a spec with the same path may say of its kind to be as wide as this one. */
function widerKeys({ path, group, version, kind }: FieldSpec): Set<string> {
  const keys = new Set<string>();
  for (const ofGroup of [group, ''])
    for (const ofVersion of [version, ''])
      for (const ofKind of [kind, ''])
        keys.add(keyOf(path, { group: ofGroup, version: ofVersion, kind: ofKind }));
  return keys;
}

function keyOf(path: string, { group, version, kind }: GroupVersionKind): string {
  return [path, group, version, kind].join('\n');
}

function mergeReferences(
  references: readonly NameReference[],
  incoming: readonly NameReference[],
): readonly NameReference[] | Problem {
  const result = new Map(references.map((one) => [keyOf('', one), one]));
  for (const [key, added] of grouped(incoming, (one) => keyOf('', one))) {
    const known = result.get(key);
    const [first, ...more] = known === undefined ? added : [known, ...added];
    if (first === undefined) continue;
    const referrers = mergeSpecs(
      first.referrers,
      more.flatMap((one) => one.referrers),
    );
    if (isProblem(referrers)) return referrers;
    result.set(key, { ...first, referrers });
  }
  return [...result.values()];
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
