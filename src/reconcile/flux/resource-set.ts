import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { findingAt } from '../../object/finding.ts';
import { readMadeText } from '../../object/made-document.ts';
import { filledText } from '../../object/made-value.ts';
import { mappingsAt, textAt } from '../../object/object-field.ts';
import {
  getAt,
  getPart,
  itemsOf,
  mappingOf,
  namedOrigin,
  setItems,
  type TextSource,
  type Tracked,
} from '../../object/provenance.ts';
import { type Renderer, renderedAs } from '../../object/renderer.ts';
import { nameOf, namespaceOf, type Resource, trackedObject } from '../../object/resource.ts';
import { type MadeText, madeText } from '../../source/made-text.ts';
import { isMapping, isSequence, type Mapping, type Path, type Value } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { fillTemplate } from '../../template/fill.ts';
import type { Syntax } from '../../template/syntax/token.ts';
import { inventoryKey } from '../cluster.ts';
import type { ReconcileContext } from '../reconcile-context.ts';
import { emptyBuild } from '../reconciliation.ts';
import { tooMuch } from '../too-much.ts';
import { inputsOf } from './resource-set-inputs.ts';
import type { FindObject } from './variables.ts';

const maximumFilled = 2_000;
const maximumLength = 8_000_000;

/**
 * What a ResourceSet makes: each of its resources once for each set of inputs, of which the first with a name counts (flux-operator
 * 0.58, internal/builder/resourceset.go).
 */
export const renderResourceSet: Renderer<Resource, Pick<ReconcileContext, 'find' | 'budget'>> = (
  declaration,
  { find, budget },
) => {
  const inputs = inputsOf(declaration, find);
  const templates = templatesOf(declaration);
  const unknown = new Set(inputs.unknown);
  const missing = new Map<string, Diagnostic>();
  const limits = new Set(inputs.tooMuch === undefined ? [] : [inputs.tooMuch]);
  const resources = new Map<string, Resource>();
  const pairs = firstPairs(templates, inputs.sets);
  const asked = templates.length * inputs.sets.length;
  let length = 0;
  let isRefused = false;
  for (const { one, template } of pairs) {
    const problems: { name: string; path: Path }[] = [];
    const parameters = mappingOf([['inputs', one]], one.origin);
    const fill: FillText = (text, path) => {
      const result = fillTemplate(text, parameters, { isStrict: true, syntax, budget });
      if ('unsupported' in result) unknown.add(`the template function ${result.unsupported}`);
      if ('tooMuch' in result) limits.add(result.tooMuch);
      else if ('refused' in result) {
        isRefused = true;
        unknown.add(`a template that cannot be evaluated (${result.refused})`);
      } else if ('missing' in result) problems.push({ name: result.missing, path });
      if (!('made' in result)) return undefined;
      length += result.made.text.length;
      return length > maximumLength ? undefined : result.made;
    };
    const objects = objectsIn(template.part, fill);
    for (const { name, path } of problems)
      missing.set(name, missingInput(declaration, name, [...template.path, ...path]));
    if (problems.length > 0) continue;
    if (length > maximumLength) break;
    for (const resource of objects) {
      const key = inventoryKey(resource);
      if (!isExcluded(resource) && !resources.has(key)) resources.set(key, withCopy(resource, find));
    }
  }
  if (asked > maximumFilled) limits.add(`templates that are filled in ${asked} times`);
  if (length > maximumLength) limits.add('a string of this length');
  const name = `${namespaceOf(declaration.object)}/${nameOf(declaration.object)}`;
  const build = {
    ...emptyBuild('', true),
    resources: [...resources.values()],
    diagnostics: [...missing.values(), ...[...limits].map((what) => tooMuch(declaration, what, ['spec']))],
  };
  const reasons = [...unknown].map((one) => `ResourceSet ${name}: ${one} cannot be known here`);
  // Over one template the operator gives up all of them (resourceset_controller.go: BuildFailed).
  const refused = isRefused || missing.size > 0 ? { isRefused: true } : {};
  return { ...renderedAs(build, ...reasons), ...refused };
};

/** Each template with each set of inputs, as far as they are filled in: all of them may be millions. */
function firstPairs<One>(
  templates: readonly Template[],
  sets: readonly One[],
): { readonly one: One; readonly template: Template }[] {
  const pairs: { readonly one: One; readonly template: Template }[] = [];
  for (const template of templates)
    for (const one of sets) {
      if (pairs.length === maximumFilled) return pairs;
      pairs.push({ one, template });
    }
  return pairs;
}

interface Template {
  readonly part: Tracked;
  readonly path: Path;
}

/** The templates of the ResourceSet itself, or of its steps. */
function templatesOf(declaration: Resource): Template[] {
  const steps = mappingsAt(declaration, 'spec', 'steps').map(({ index }) => ['spec', 'steps', index]);
  return [['spec'], ...steps].flatMap((path) => templatesAt(declaration, path));
}

function templatesAt(declaration: Resource, path: Path): Template[] {
  const tracked = trackedObject(declaration);
  const list = getAt(tracked, [...path, 'resources']);
  const whole = getAt(tracked, [...path, 'resourcesTemplate']);
  const items = list === undefined ? [] : itemsOf(list);
  return [
    ...items.map((part, index) => ({ part, path: [...path, 'resources', index] })),
    ...(whole === undefined ? [] : [{ part: whole, path: [...path, 'resourcesTemplate'] }]),
  ];
}

/** The operator's delimiters are `<<` and `>>`, and `inputs` is a function there, inside of `range` and `with` as well. */
const syntax: Syntax = { delimiters: ['<<', '>>'], root: 'inputs' };

/** Fills one text in; undefined where it cannot be. */
type FillText = (text: Tracked<string>, path: Path) => MadeText<TextSource> | undefined;

/** What a template becomes: an object, or the documents of a text. */
function objectsIn(template: Tracked, fill: FillText): Resource[] {
  const { value, origin } = template;
  const documents =
    typeof value === 'string'
      ? documentsIn({ value, origin: namedOrigin('resourcesTemplate', origin) }, fill)
      : [filledValue(template, [], fill)];
  return documents.flatMap((one) =>
    isMapping(one.value) && isObject(one.value) ? [{ object: one.value, origin: one.origin }] : [],
  );
}

function documentsIn(text: Tracked<string>, fill: FillText): readonly Tracked[] {
  const own = { template: text.origin, text: text.value, values: [] };
  const made = isTemplate(text.value) ? fill(text, []) : undefined;
  return readMadeText(made ?? madeText(text.value, own, 0), 'resourcesTemplate', 'api-server').documents;
}

function isTemplate(text: string): boolean {
  const open = text.indexOf('<<');
  return open >= 0 && text.indexOf('>>', open + 2) >= 0;
}

function filledValue(part: Tracked, path: Path, fill: FillText): Tracked {
  const { value, origin } = part;
  if (typeof value === 'string') return filledScalar({ value, origin }, path, fill);
  if (path.length > 100) return part;
  if (isSequence(value)) {
    const items = itemsOf(part).map((item, index) => filledValue(item, [...path, index], fill));
    return items.every((item, index) => item.value === value[index]) ? part : setItems(part, items);
  }
  if (!isMapping(value)) return part;
  const parts = Object.keys(value).map((key): [string, Tracked] => {
    const name = isTemplate(key) ? (fill({ value: key, origin }, [...path, key])?.text ?? key) : key;
    return [name, filledValue(getPart(part, key) ?? part, [...path, key], fill)];
  });
  const isSame = parts.every(([key, one]) => Object.hasOwn(value, key) && one.value === value[key]);
  return isSame ? part : mappingOf(parts, origin);
}

function filledScalar(text: Tracked<string>, path: Path, fill: FillText): Tracked {
  const made = isTemplate(text.value) ? fill(text, path) : undefined;
  if (made === undefined) return text;
  const filled = filledText(text, made);
  if (text.value.includes('\n')) return filled;
  return structureIn(text.value, made) ?? { value: scalarOf(filled.value), origin: filled.origin };
}

/**
 * The mapping or list that the operator reads where the whole value is a template such as `<< inputs.x | toYaml | nindent 4 >>`: written
 * as YAML, such a value stands without quotes, unless it looks like a key or a comment.
 */
function structureIn(template: string, made: MadeText<TextSource>): Tracked | undefined {
  if (!template.startsWith('<<') || /: | #/u.test(template) || !/^(?:\s*\n|[[{])/u.test(made.text))
    return undefined;
  const [document, ...others] = readMadeText(made, 'resources', 'api-server').documents;
  const isStructure = isMapping(document?.value) || isSequence(document?.value);
  return isStructure && others.length === 0 ? document : undefined;
}

// The operator fills in text and reads it as YAML afterwards, so that a number or a boolean is one.
function scalarOf(text: string): Value {
  if (/^(?:true|false|null|-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?|"(?:[^"\\]|\\.)*")$/u.test(text))
    return JSON.parse(text) as Value;
  return text;
}

/** The data that the operator copies from another object; where that is not here, somebody else fills it in. */
function withCopy(resource: Resource, find: FindObject): Resource {
  const { object } = resource;
  const from = textAt(object, 'metadata', 'annotations', 'fluxcd.controlplane.io/copyFrom');
  if (from === undefined) return resource;
  const [namespace = '', name = ''] = from.split('/');
  const source = find(valueText(object['kind']), namespace, name);
  const tracked = trackedObject(resource);
  const parts = Object.keys(object).flatMap((key): [string, Tracked][] => {
    const part = getPart(tracked, key);
    // The API server asks for the keys that a type of Secret has, which are not known then.
    return part === undefined || (key === 'type' && source === undefined) ? [] : [[key, part]];
  });
  const copied = ['data', 'stringData'].flatMap((field): [string, Tracked][] => {
    const part = source === undefined ? undefined : getAt(trackedObject(source), [field]);
    return part === undefined ? [] : [[field, part]];
  });
  const filled = mappingOf([...parts, ...copied], tracked.origin);
  return { object: filled.value, origin: filled.origin };
}

function isObject(value: Mapping): boolean {
  return typeof value['kind'] === 'string' && typeof value['apiVersion'] === 'string' && nameOf(value) !== '';
}

function isExcluded({ object }: Resource): boolean {
  return textAt(object, 'metadata', 'annotations', 'fluxcd.controlplane.io/reconcile') === 'disabled';
}

function missingInput(declaration: Resource, name: string, path: Path): Diagnostic {
  return findingAt(declaration, {
    rule: 'resource-set-input-missing',
    severity: 'error',
    message: `the template uses ${name.replace(/^\$?\./u, '')}, which some sets of inputs do not have`,
    help: 'add the value to each set of inputs, or correct the name',
    path,
  });
}
