import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { findingAt } from '../../object/finding.ts';
import { mappingsAt, textAt } from '../../object/object-field.ts';
import { getAt, getPart, itemsOf, mappingOf, namedOrigin, type Tracked } from '../../object/provenance.ts';
import { nameOf, namespaceOf, type Resource, trackedObject } from '../../object/resource.ts';
import { parseDocuments } from '../../source/parse.ts';
import {
  isMapping,
  isSequence,
  type Mapping,
  newMapping,
  type Path,
  type Value,
} from '../../source/value.ts';
import { evaluateTemplate } from '../../template/evaluate.ts';
import { inventoryKey } from '../cluster.ts';
import { inputsOf } from './resource-set-inputs.ts';
import type { FindObject } from './variables.ts';

/** What a ResourceSet of the Flux Operator makes. */
export interface ResourceSetExpansion {
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
  /** What keeps some or all of it from being known. */
  readonly unknown: readonly string[];
}

const maximumFilled = 2_000;
const maximumLength = 8_000_000;
/** Longer ones are not followed. */
const maximumAction = 2_000;

/**
 * Expands a ResourceSet: each of its resources once for each set of inputs, of which the first with a name counts (flux-operator
 * 0.58, internal/builder/resourceset.go).
 */
export function expandResourceSet(declaration: Resource, find: FindObject): ResourceSetExpansion {
  const inputs = inputsOf(declaration, find);
  const templates = templatesOf(declaration);
  const unknown = new Set(inputs.unknown);
  const missing = new Map<string, Diagnostic>();
  const resources = new Map<string, Resource>();
  const pairs = templates.flatMap((template) => inputs.sets.map((one) => ({ one, template })));
  let length = 0;
  for (const { one, template } of pairs.slice(0, maximumFilled)) {
    const problems: { name: string; path: Path }[] = [];
    const value = fill(template.part.value, [], (text, path) => {
      const result = evaluateTemplate(asGoTemplate(text), { inputs: one }, true);
      if ('unsupported' in result) unknown.add(`the template function ${result.unsupported}`);
      else if ('refused' in result) unknown.add(`a template that cannot be evaluated (${result.refused})`);
      else if ('missing' in result) problems.push({ name: result.missing, path });
      if (!('text' in result)) return undefined;
      length += result.text.length;
      return length > maximumLength ? undefined : result.text;
    });
    for (const { name, path } of problems)
      missing.set(name, missingInput(declaration, name, [...template.path, ...path]));
    if (problems.length > 0) continue;
    if (length > maximumLength) break;
    for (const resource of objectsIn(value, template.part)) {
      const key = inventoryKey(resource);
      if (!isExcluded(resource) && !resources.has(key)) resources.set(key, withCopy(resource, find));
    }
  }
  if (pairs.length > maximumFilled || length > maximumLength) unknown.add('an expansion of this size');
  const name = `${namespaceOf(declaration.object)}/${nameOf(declaration.object)}`;
  return {
    resources: [...resources.values()],
    diagnostics: [...missing.values()],
    unknown: [...unknown].map((reason) => `ResourceSet ${name}: ${reason} cannot be known here`),
  };
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

/** The operator's delimiters are `<<` and `>>`, and `inputs` is a function there. */
function asGoTemplate(text: string): string {
  const parts: string[] = [];
  let position = 0;
  for (let open = text.indexOf('<<'); open >= 0; open = text.indexOf('<<', position)) {
    const close = text.indexOf('>>', open);
    if (close < 0) break;
    parts.push(escaped(text.slice(position, open)), `{{${withDots(text.slice(open + 2, close))}}}`);
    position = close + 2;
  }
  return [...parts, escaped(text.slice(position))].join('');
}

function escaped(text: string): string {
  return text.replaceAll('{{', '{{"{{"}}');
}

function withDots(action: string): string {
  if (action.length > maximumAction) return action;
  return action.replaceAll(/"(?:[^"\\]|\\.)*"|`[^`]*`|(?<![.\w$])inputs\b/gu, (found) =>
    // Inside of `range` and `with` the dot is another.
    found === 'inputs' ? '$.inputs' : found,
  );
}

function fill(value: Value, path: Path, render: (text: string, path: Path) => string | undefined): Value {
  if (typeof value === 'string') {
    if (!value.includes('<<')) return value;
    const text = render(value, path) ?? value;
    return value.includes('\n') ? text : scalarOf(text);
  }
  if (path.length > 100 || typeof value !== 'object' || value === null) return value;
  if (isSequence(value)) return value.map((item, index) => fill(item, [...path, index], render));
  const filled = newMapping();
  for (const key of Object.keys(value)) {
    const name = key.includes('<<') ? (render(key, [...path, key]) ?? key) : key;
    filled[name] = fill((value as Mapping)[key] ?? null, [...path, key], render);
  }
  return filled;
}

// The operator fills in text and reads it as YAML afterwards, so that a number or a boolean is one.
function scalarOf(text: string): Value {
  if (/^(?:true|false|null|-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?|"(?:[^"\\]|\\.)*")$/u.test(text))
    return JSON.parse(text) as Value;
  return text;
}

/** Each object stands at the lines of the template that it was made of. */
function objectsIn(value: Value, { origin }: Tracked): Resource[] {
  if (isMapping(value)) return isObject(value) ? [{ object: value, origin }] : [];
  if (typeof value !== 'string') return [];
  const at = namedOrigin('resourcesTemplate', origin);
  return parseDocuments({ path: 'resourcesTemplate', text: value }, 'api-server').documents.flatMap(
    (document) =>
      isMapping(document.value) && isObject(document.value) ? [{ object: document.value, origin: at }] : [],
  );
}

/** The data that the operator copies from another object; where that is not here, somebody else fills it in. */
function withCopy(resource: Resource, find: FindObject): Resource {
  const { object } = resource;
  const from = textAt(object, 'metadata', 'annotations', 'fluxcd.controlplane.io/copyFrom');
  if (from === undefined) return resource;
  const [namespace = '', name = ''] = from.split('/');
  const source = find(String(object['kind']), namespace, name);
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
    message: `the template uses ${name.replace(/^\$?\./u, '')}, which not every set of inputs has`,
    help: 'give each set of inputs the value, or correct the name',
    path,
  });
}
