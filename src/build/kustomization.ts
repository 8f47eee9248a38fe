import {
  getPart,
  itemsOf,
  namedOrigin,
  removeKey,
  setItems,
  setKey,
  type Tracked,
} from '../object/provenance.ts';
import { formatNumber } from '../source/emit/emit-number.ts';
import { formatFloatKey } from '../source/float-text.ts';
import { ownOf } from '../source/own.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Value } from '../source/value.ts';
import { isProblem, joinProblems, type Problem } from './problem.ts';
import { fieldSpecTables } from './transformer-config.ts';

/** What a field of kustomization.yaml may hold, in Go's JSON decoding: null is the zero value of anything. */
export type Shape =
  | 'string'
  /** In a struct that Go embeds, where sigs.k8s.io/yaml makes no texts of numbers. */
  | 'text'
  | 'texts'
  | 'textMap'
  | 'scalar'
  | 'boolean'
  | 'integer'
  | 'any'
  | 'strings'
  | 'stringMap'
  | 'anyMap'
  | { list: Fields }
  | { object: Fields };
export type Fields = { readonly [name: string]: Shape };

export const metadata: Fields = {
  name: 'string',
  namespace: 'string',
  labels: 'stringMap',
  annotations: 'stringMap',
};
const gvk: Fields = { group: 'text', version: 'text', kind: 'text' };
const resourceId: Fields = { ...gvk, name: 'text', namespace: 'text' };
export const selector: Fields = { ...resourceId, labelSelector: 'string', annotationSelector: 'string' };
export const fieldSpec: Fields = { ...gvk, path: 'string', create: 'boolean' };
/** In a file of its own a path may be any scalar, which its decoder takes as text (sigs.k8s.io/yaml, convertToJSONableObject). */
const fileSpec: Fields = { ...fieldSpec, path: 'scalar' };
const configuration: Fields = {
  ...Object.fromEntries(fieldSpecTables.map((table) => [table, { list: fileSpec }])),
  nameReference: { list: { ...gvk, fieldSpecs: { list: fileSpec } } },
};
export const patch: Fields = {
  path: 'string',
  patch: 'string',
  target: { object: selector },
  options: { object: { allowNameChange: 'boolean', allowKindChange: 'boolean' } },
};
export const image: Fields = {
  name: 'string',
  newName: 'string',
  newTag: 'string',
  digest: 'string',
  tagSuffix: 'string',
};
const generatorOptions: Fields = {
  labels: 'stringMap',
  annotations: 'stringMap',
  disableNameSuffixHash: 'boolean',
  immutable: 'boolean',
};
export const generator: Fields = {
  name: 'string',
  namespace: 'string',
  behavior: 'string',
  literals: 'strings',
  files: 'strings',
  envs: 'strings',
  env: 'string',
  options: { object: generatorOptions },
};
const replacementOptions: Shape = {
  object: { delimiter: 'string', index: 'integer', encoding: 'string', create: 'boolean' },
};
export const replacement: Fields = {
  path: 'string',
  source: { object: { ...resourceId, fieldPath: 'string', options: replacementOptions } },
  sourceValue: 'string',
  targets: {
    list: {
      select: { object: selector },
      reject: { list: selector },
      fieldPaths: 'strings',
      options: replacementOptions,
    },
  },
};
/** The same fields with all of it embedded. */
export function embedded(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, shape]) => [name, embeddedShape(shape)]));
}

function embeddedShape(shape: Shape): Shape {
  if (shape === 'string') return 'text';
  if (shape === 'strings') return 'texts';
  if (shape === 'stringMap') return 'textMap';
  if (typeof shape !== 'object') return shape;
  return 'list' in shape ? { list: embedded(shape.list) } : { object: embedded(shape.object) };
}

const variable: Fields = {
  name: 'string',
  objref: { object: { ...resourceId, apiVersion: 'string' } },
  fieldref: { object: { fieldPath: 'string', fieldpath: 'string' } },
};

/** Of kustomization.yaml. */
export const kustomizationFields: Fields = {
  apiVersion: 'string',
  kind: 'string',
  metadata: { object: metadata },
  openapi: 'stringMap',
  namePrefix: 'string',
  nameSuffix: 'string',
  namespace: 'string',
  commonLabels: 'stringMap',
  labels: {
    list: {
      pairs: 'stringMap',
      includeSelectors: 'boolean',
      includeTemplates: 'boolean',
      includeVolumeClaimTemplates: 'boolean',
      fields: { list: fieldSpec },
    },
  },
  commonAnnotations: 'stringMap',
  patchesStrategicMerge: 'strings',
  patchesJson6902: { list: patch },
  patches: { list: patch },
  images: { list: image },
  imageTags: { list: image },
  replacements: { list: replacement },
  replicas: { list: { name: 'string', count: 'integer' } },
  vars: { list: variable },
  sortOptions: {
    object: {
      order: 'string',
      legacySortOptions: { object: { orderFirst: 'strings', orderLast: 'strings' } },
    },
  },
  resources: 'strings',
  components: 'strings',
  crds: 'strings',
  bases: 'strings',
  configMapGenerator: { list: generator },
  secretGenerator: { list: { ...generator, type: 'string' } },
  helmGlobals: { object: { chartHome: 'string', configHome: 'string' } },
  helmCharts: { list: {} },
  helmChartInflationGenerator: { list: {} },
  generatorOptions: { object: generatorOptions },
  configurations: 'strings',
  generators: 'strings',
  transformers: 'strings',
  validators: 'strings',
  buildMetadata: 'strings',
};

/** Told what a forgiving decoder makes of what kustomize refuses: another text, or nothing, which leaves the field out. */
export type Forgive = (problem: Problem, text?: string) => void;

/**
 * Checks a kustomization.yaml as kustomize decodes it (api/types/kustomization.go of v5.8: Go's JSON decoder without
 * unknown fields) and gives it back with field names in their own spelling, which that decoder does not insist on. Where `forgive`
 * is there, unknown fields are left out and numbers and booleans become texts where texts belong, as sigs.k8s.io/yaml does it without
 * its strict mode.
 */
export function checkKustomization(document: Tracked, forgive?: Forgive): Tracked<Mapping> | Problem {
  if (!isMapping(document.value)) {
    return {
      rule: 'kustomization-invalid',
      problem: 'a kustomization is a mapping of fields',
      help: 'write fields such as resources:',
      at: document.origin,
    };
  }
  const checked = checkObject(document as Tracked<Mapping>, kustomizationFields, '', forgive);
  if (isProblem(checked)) return inKustomization(checked);
  return checkTypeMeta(checked) ?? (forgive === undefined ? checkContent(checked) : undefined) ?? checked;
}

function inKustomization({ others, ...problem }: Problem): Problem {
  const named = { rule: 'kustomization-invalid', ...problem };
  return others === undefined ? named : { ...named, others: others.map(inKustomization) };
}

/** A field; what it sets will be known by the field's name. */
export function fieldOf(parent: Tracked, name: string): Tracked | undefined {
  const part = getPart(parent, name);
  const isOwn = part !== undefined && 'by' in parent.origin && parent.origin.by === 'kustomization';
  return isOwn ? { value: part.value, origin: namedOrigin(name, part.origin) } : part;
}

/** Checks a file of field specs likewise: kustomize knows no other field there, not even apiVersion. */
export function checkConfiguration(document: Tracked<Mapping>): Tracked<Mapping> | Problem {
  const checked = checkObject(document, configuration, '');
  return isProblem(checked) ? { rule: 'configuration-invalid', ...checked } : checked;
}

/** Gives a mapping its fields in their own spelling; those that it does not know are left out. */
export function checkFields(
  object: Tracked<Mapping>,
  known: Fields,
  rule: string,
): Tracked<Mapping> | Problem {
  const checked = checkObject(object, known, '', () => {});
  return isProblem(checked) ? { ...checked, rule } : checked;
}

/** The text of a string field, empty where it is absent. */
export function textOf(parent: Tracked, name: string): string {
  const part = getPart(parent, name);
  return typeof part?.value === 'string' ? part.value : '';
}

/** The items of a list field, none where it is absent or null. */
export function listOf(parent: Tracked, name: string): Tracked[] {
  const part = fieldOf(parent, name);
  return part === undefined ? [] : itemsOf(part);
}

/** The items of a list of strings. */
export function stringsOf(parent: Tracked, name: string): Tracked<string>[] {
  return listOf(parent, name).filter((item): item is Tracked<string> => typeof item.value === 'string');
}

/** The items of a list of mappings. */
export function entriesOf(parent: Tracked, name: string): Tracked<Mapping>[] {
  return listOf(parent, name).map((item) =>
    isMapping(item.value) ? (item as Tracked<Mapping>) : { ...item, value: newMapping() },
  );
}

/** A mapping field, undefined where it is absent or null. */
export function mappingOf(parent: Tracked, name: string): Tracked<Mapping> | undefined {
  const part = fieldOf(parent, name);
  return part !== undefined && isMapping(part.value) ? (part as Tracked<Mapping>) : undefined;
}

/** Whether a boolean field is true. */
export function isTrue(parent: Tracked, name: string): boolean {
  return getPart(parent, name)?.value === true;
}

/** The entries of a mapping of strings, by key in byte order as Go's sorted keys give them. */
export function pairsOf(parent: Tracked, name: string): { key: string; value: string; part: Tracked }[] {
  const mapping = mappingOf(parent, name);
  if (mapping === undefined) return [];
  return Object.keys(mapping.value)
    .sort()
    .map((key) => {
      const part = getPart(mapping, key) as Tracked;
      return { key, value: typeof part.value === 'string' ? part.value : '', part };
    });
}

function checkTypeMeta(kustomization: Tracked<Mapping>): Problem | undefined {
  const kind = textOf(kustomization, 'kind');
  const apiVersion = textOf(kustomization, 'apiVersion');
  if (kind !== '' && kind !== 'Kustomization' && kind !== 'Component') {
    return {
      rule: 'kustomization-invalid',
      problem: `kind is ${kind}, but must be Kustomization or Component`,
      help: 'write kind: Kustomization, or kind: Component for a component',
      at: (getPart(kustomization, 'kind') as Tracked).origin,
    };
  }
  const wanted = `kustomize.config.k8s.io/${kind === 'Component' ? 'v1alpha1' : 'v1beta1'}`;
  if (apiVersion !== '' && apiVersion !== wanted) {
    return {
      rule: 'kustomization-invalid',
      problem: `apiVersion is ${apiVersion}, but must be ${wanted} for a ${kind || 'Kustomization'}`,
      help: `write apiVersion: ${wanted}`,
      at: (getPart(kustomization, 'apiVersion') as Tracked).origin,
    };
  }
  return undefined;
}

function checkContent(kustomization: Tracked<Mapping>): Problem | undefined {
  const meaningful = Object.keys(kustomization.value).some(
    (key) => key !== 'apiVersion' && key !== 'kind' && kustomization.value[key] !== null,
  );
  if (meaningful) return undefined;
  return {
    rule: 'kustomization-invalid',
    problem: 'the kustomization is empty',
    help: 'list at least one resource, or remove the file',
    at: kustomization.origin,
  };
}

function checkObject(
  object: Tracked<Mapping>,
  known: Fields,
  where: string,
  forgive?: Forgive,
): Tracked<Mapping> | Problem {
  // An empty table stands for fields that nobody reads, because what they configure is never run.
  if (Object.keys(known).length === 0) return object;
  let current = object;
  const problems: Problem[] = [];
  const spelled = new Map<string, string>();
  for (const key of Object.keys(object.value)) {
    const part = getPart(object, key) as Tracked;
    const name = Object.hasOwn(known, key)
      ? key
      : Object.keys(known).find((other) => other.toLowerCase() === key.toLowerCase());
    if (name === undefined) {
      const unknown = unknownField(key, known, where, part);
      if (forgive === undefined) problems.push(unknown);
      else {
        forgive(inKustomization(unknown));
        current = removeKey(current, key);
      }
      continue;
    }
    const field = where === '' ? name : `${where}.${name}`;
    const other = spelled.get(name);
    if (other !== undefined) problems.push(spelledTwice(field, other, key, part));
    spelled.set(name, key);
    const checked = checkShape(part, ownOf(known, name) as Shape, field, forgive);
    if (isProblem(checked)) problems.push(checked);
    else if (checked !== part || name !== key)
      current = setKey(name === key ? current : removeKey(current, key), name, checked);
  }
  return joinProblems(problems) ?? current;
}

// Go's decoder takes both for the field, one after the other in the order of their bytes, and merges what can be merged.
function spelledTwice(field: string, first: string, second: string, part: Tracked): Problem {
  return {
    problem: `${first} and ${second} are both read as the field ${field}`,
    help: `write ${field} once`,
    at: part.origin,
  };
}

function unknownField(key: string, known: Fields, where: string, part: Tracked): Problem {
  const close = Object.keys(known).find((name) => isClose(name.toLowerCase(), key.toLowerCase()));
  return {
    problem: `kustomize has no field ${where === '' ? key : `${where}.${key}`}`,
    help: close === undefined ? 'remove it, or correct its indentation' : `did you mean ${close}?`,
    at: part.origin,
  };
}

// One letter more, less, other or two swapped; or one name the start of the other.
function isClose(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.min(a.length, b.length) > 3 && (a.startsWith(b) || b.startsWith(a))) return true;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - start && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  return a.length - start - tail <= 2 && b.length - start - tail <= 2;
}

function checkShape(part: Tracked, shape: Shape, where: string, forgive?: Forgive): Tracked | Problem {
  const { value } = part;
  if (value === null || shape === 'any') return part;
  if (typeof shape === 'object') {
    if ('object' in shape) {
      return isMapping(value)
        ? checkObject(part as Tracked<Mapping>, shape.object, where, forgive)
        : wrongType(part, where, 'a mapping');
    }
    return checkList(part, where, (item, place) =>
      item.value === null
        ? item
        : isMapping(item.value)
          ? checkObject(item as Tracked<Mapping>, shape.list, place, forgive)
          : wrongType(item, place, 'a mapping'),
    );
  }
  switch (shape) {
    case 'string':
      return checkText(part, where, forgive);
    case 'text':
      return checkText(part, where);
    case 'scalar':
      return typeof value === 'object'
        ? wrongType(part, where, 'a string')
        : { ...part, value: scalarText(value) };
    case 'boolean':
      return typeof value === 'boolean' ? part : wrongType(part, where, 'true or false');
    case 'integer':
      return isInt64(value)
        ? part
        : wrongType(part, where, isWhole(value) ? 'a 64-bit integer' : 'an integer');
    case 'strings':
      return checkTexts(part, where, forgive);
    case 'texts':
      return checkTexts(part, where);
    case 'anyMap':
      return isMapping(value) ? part : wrongType(part, where, 'a mapping');
    case 'stringMap':
      return checkStringMap(part, where, forgive);
    case 'textMap':
      return checkStringMap(part, where);
  }
}

function checkTexts(part: Tracked, where: string, forgive?: Forgive): Tracked | Problem {
  return checkList(part, where, (item, place) =>
    item.value === null ? { value: '', origin: item.origin } : checkText(item, place, forgive),
  );
}

function checkList(
  part: Tracked,
  where: string,
  check: (item: Tracked, place: string) => Tracked | Problem,
): Tracked | Problem {
  if (!isSequence(part.value)) return wrongType(part, where, 'a list');
  const items = itemsOf(part);
  const problems: Problem[] = [];
  let changed = false;
  for (const [index, item] of items.entries()) {
    const checked = check(item, `${where}[${index}]`);
    if (isProblem(checked)) {
      problems.push(checked);
      continue;
    }
    if (checked !== item) changed = true;
    items[index] = checked;
  }
  return joinProblems(problems) ?? (changed ? setItems(part, items) : part);
}

function checkStringMap(part: Tracked, where: string, forgive?: Forgive): Tracked | Problem {
  if (!isMapping(part.value)) return wrongType(part, where, 'a mapping of strings');
  let current = part as Tracked<Mapping>;
  for (const key of Object.keys(part.value)) {
    const value = getPart(part, key) as Tracked;
    const checked = checkText(value, `${where}.${key}`, forgive);
    if (isProblem(checked)) return checked;
    if (checked !== value) current = setKey(current, key, checked);
  }
  return current;
}

function isWhole(value: Value): value is number | bigint {
  return typeof value === 'bigint' || Number.isInteger(value);
}

function isInt64(value: Value): boolean {
  return isWhole(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value);
}

/** Integers of 64 bits in full; a float has the digits that one of 32 bits needs (sigs.k8s.io/yaml 1.6, convertToJSONableObject). */
function scalarText(value: string | number | bigint | boolean): string {
  if (typeof value !== 'number') return typeof value === 'bigint' ? formatNumber(value) : String(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? formatNumber(value) : formatFloatKey(value);
}

function checkText(part: Tracked, where: string, forgive?: Forgive): Tracked | Problem {
  const { value } = part;
  if (typeof value === 'string' || value === null) return part;
  const problem = wrongType(part, where, 'a string');
  if (forgive === undefined || typeof value === 'object') return problem;
  const text = scalarText(value);
  forgive(inKustomization(problem), text);
  return { ...part, value: text };
}

function wrongType(part: Tracked, where: string, wanted: string): Problem {
  const { value } = part;
  const found =
    value === null
      ? 'nothing'
      : isSequence(value)
        ? 'a list'
        : isMapping(value)
          ? 'a mapping'
          : `the ${typeof value === 'bigint' ? 'number' : typeof value} ${String(value)}`;
  return {
    problem: `${where} must be ${wanted}, but is ${found}`,
    help: helpForType(where, wanted, value),
    at: part.origin,
  };
}

function helpForType(where: string, wanted: string, value: Value): string {
  if (wanted !== 'a string') return `write ${wanted} here`;
  if (typeof value !== 'object') return 'put the value in quotes';
  return where.endsWith('.patch')
    ? 'a patch must be a string: write `patch: |-`, and the patch indented below it'
    : 'write a string here';
}
