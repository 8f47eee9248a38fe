import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { findingAt } from '../../object/finding.ts';
import { getPart, itemsOf, mappingOf, setItems, setKey, type Tracked } from '../../object/provenance.ts';
import { type Resource, trackedObject } from '../../object/resource.ts';
import { emitDocument } from '../../source/emit/emit.ts';
import { naturalOrder } from '../../source/emit/emit-key-order.ts';
import { parseDocuments } from '../../source/parse.ts';
import {
  equalValues,
  isMapping,
  isSequence,
  type Mapping,
  type Path,
  type Sequence,
  type Value,
  valueAt,
} from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { eatenDollars } from './eaten-dollars.ts';
import { evaluateTemplate, suppliesDefault } from './evaluate-template.ts';
import { lookupIn, originOfFilled, variablesOf } from './fill-text.ts';
import { unreadableAgain } from './read-again.ts';
import { parseTemplate, type VariableNode } from './substitution-template.ts';
import { isSubstitutionDisabled, type Variables } from './variables.ts';
import { visitTexts } from './visit-texts.ts';

export interface Substitution {
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
  /** Variables whose values are not in the repository. */
  readonly unresolved: readonly string[];
  /** The names of all variables in the objects. */
  readonly used: ReadonlySet<string>;
}

interface Context {
  readonly variables: Variables;
  readonly isStrict: boolean;
  /** Whether somebody else may define more variables. */
  readonly isOpen: boolean;
  readonly entryPoint: string;
  /** The name of the Kustomization that substitutes. */
  readonly by: string;
  readonly diagnostics: Diagnostic[];
  readonly unresolved: Set<string>;
  readonly used: Set<string>;
}

/**
 * Substitutes variables as kustomize-controller 1.9 does: in the text of each object as kustomize prints it, which is then
 * read again, so that a value without quotes may change its type. A variable that has no value here stays as it is written.
 */
export function substituteVariables(
  resources: readonly Resource[],
  variables: Variables,
  options: Pick<Context, 'isStrict' | 'isOpen' | 'entryPoint' | 'by'>,
): Substitution {
  const context: Context = { ...options, variables, diagnostics: [], unresolved: new Set(), used: new Set() };
  const substituted = resources.map((resource) => substituteIn(resource, context));
  const { diagnostics, unresolved, used } = context;
  return { resources: substituted, diagnostics, unresolved: [...unresolved], used };
}

function substituteIn(resource: Resource, context: Context): Resource {
  const { object } = resource;
  if (isSubstitutionDisabled(object)) return resource;
  const refused = unreadableAgain(resource, (text) => filledText(text, context), context.entryPoint);
  if (refused !== undefined) context.diagnostics.push(refused);
  if (!hasDollar(object, 0)) return resource;
  judgeTexts(resource, context);
  context.diagnostics.push(...eatenDollars(resource, context.entryPoint));
  const template = parseTemplate(emitDocument(object));
  // What cannot be parsed was told at the value that holds it.
  if ('error' in template) return resource;
  const text = evaluateTemplate(template, lookupIn(context.variables));
  const value =
    text === undefined
      ? undefined
      : parseDocuments({ path: context.entryPoint, text }, 'api-server').documents[0]?.value;
  if (!isMapping(value)) {
    context.diagnostics.push(unreadable(resource, context.entryPoint));
    return resource;
  }
  const tracked = filledFrom(trackedObject(resource), value, [], { resource, context, depth: 0 });
  return { ...resource, object: tracked.value as Mapping, origin: tracked.origin };
}

function filledText(text: string, { variables }: Context): string {
  const template = parseTemplate(text);
  return 'error' in template ? text : (evaluateTemplate(template, lookupIn(variables)) ?? text);
}

const maximumDepth = 200;

function hasDollar(value: Value, depth: number): boolean {
  if (typeof value === 'string') return value.includes('$');
  if (depth > maximumDepth || typeof value !== 'object' || value === null) return false;
  if (isSequence(value)) return value.some((item) => hasDollar(item, depth + 1));
  const mapping = value as Mapping;
  return Object.keys(mapping).some((key) => key.includes('$') || hasDollar(mapping[key] ?? null, depth + 1));
}

/** Says of each text what the controller would refuse. */
function judgeTexts(resource: Resource, context: Context): void {
  const told = new Set<string>();
  const more: { readonly place: TextPlace; readonly node: VariableNode }[] = [];
  visitTexts(resource.object, [], '${', (text, path, part) => {
    const template = parseTemplate(text);
    const place = { resource, path, part, text };
    if ('error' in template) {
      context.diagnostics.push(invalidExpression(place, template, context.entryPoint));
      return;
    }
    for (const node of variablesOf(template)) {
      context.used.add(node.name);
      const variable = context.variables.byName.get(node.name);
      if (variable?.value !== undefined || (variable === undefined && suppliesDefault(node))) continue;
      const isElsewhere =
        variable !== undefined || context.isOpen || context.variables.missingSources.length > 0;
      // What fails for it keeps its variables as they are written, and nothing else is wrong with these values.
      if (isElsewhere || context.isStrict) context.unresolved.add(node.name);
      if (!isElsewhere && !told.has(node.name)) {
        told.add(node.name);
        if (told.size <= mostTold) context.diagnostics.push(undefinedVariable(place, node, context));
        else more.push({ place, node });
      }
    }
  });
  const [first] = more;
  if (first === undefined) return;
  const finding = undefinedVariable(first.place, first.node, context);
  const others = more.length === 1 ? '' : ` (and ${more.length - 1} more variables of this object)`;
  context.diagnostics.push({ ...finding, message: `${finding.message}${others}` });
}

// Each is told by itself, but for those of a text that was never meant for Flux.
const mostTold = 50;

interface Filling {
  readonly resource: Resource;
  readonly context: Context;
  readonly depth: number;
}

/**
 * The value as it was read again, with the origins of the one before, and of the variables where they changed something. No value of a
 * variable has a line break, so that what is printed keeps its items and keys, in their order.
 */
function filledFrom(before: Tracked, value: Value, path: Path, filling: Filling): Tracked {
  if (equalValues(before.value, value) || filling.depth > maximumDepth) return before;
  const deeper = { ...filling, depth: filling.depth + 1 };
  if (isMapping(before.value) && isMapping(value)) {
    const filled = filledMapping(before as Tracked<Mapping>, value, path, deeper);
    if (filled !== undefined) return filled;
  }
  if (isSequence(before.value) && isSequence(value) && before.value.length === value.length) {
    const items = itemsOf(before).map((item, index) =>
      filledFrom(item, (value as Sequence)[index] ?? null, [...path, index], deeper),
    );
    return setItems(before, items);
  }
  const { variables } = filling.context;
  const isText =
    typeof before.value === 'string' &&
    typeof value !== 'string' &&
    isTextField(filling.resource.object, path);
  if (!isText) return { value, origin: originOfFilled(before, value, variables) };
  filling.context.diagnostics.push(changedType(filling, path, before.value, value));
  return { value: valueText(value), origin: originOfFilled(before, valueText(value), variables) };
}

/** Undefined where keys came or went. */
function filledMapping(
  before: Tracked<Mapping>,
  value: Mapping,
  path: Path,
  filling: Filling,
): Tracked | undefined {
  const keys = Object.keys(before.value);
  const added = Object.keys(value).filter((key) => !Object.hasOwn(before.value, key));
  const gone = naturalOrder(keys.filter((key) => !Object.hasOwn(value, key)));
  if (added.length !== gone.length) return undefined;
  const fill = (from: string, key: string): Tracked =>
    filledFrom(getPart(before, from) as Tracked, value[key] ?? null, [...path, key], filling);
  if (added.length > 0) {
    const renamed = new Map(added.map((key, index) => [key, gone[index] ?? key]));
    return mappingOf(
      Object.keys(value).map((key) => [key, fill(renamed.get(key) ?? key, key)]),
      before.origin,
    );
  }
  let current = before;
  for (const key of keys) {
    const changed = fill(key, key);
    if (changed.value !== before.value[key]) current = setKey(current, key, changed);
  }
  return current;
}

const textMaps = new Set(['labels', 'annotations', 'matchLabels', 'nodeSelector', 'stringData']);

/** Whether Kubernetes takes nothing but text here. */
function isTextField(object: Mapping, path: Path): boolean {
  const last = path.at(-1);
  const parent = path.at(-2);
  if (typeof parent === 'string' && textMaps.has(parent)) return true;
  if (parent === 'data' && path.length === 2)
    return object['kind'] === 'ConfigMap' || object['kind'] === 'Secret';
  if (parent === 'args' || parent === 'command') return true;
  if (parent === 'metadata' && (last === 'name' || last === 'namespace')) return true;
  return last === 'value' && path.at(-3) === 'env';
}

/** Whether a text is a script or a configuration file, whose own `${…}` are not meant for Flux. */
export function isProgramText(object: Mapping, path: Path, text: string): boolean {
  if (text.includes('\n')) return true;
  if (path.some((step) => step === 'args' || step === 'command')) return true;
  return (object['kind'] === 'ConfigMap' || object['kind'] === 'Secret') && path[0] !== 'metadata';
}

/** A text of an object, a value or a key. */
interface TextPlace {
  readonly resource: Resource;
  readonly path: Path;
  readonly part: 'value' | 'key';
  readonly text: string;
}

function undefinedVariable(
  { resource, path, part, text }: TextPlace,
  node: VariableNode,
  context: Context,
): Diagnostic {
  const { isStrict, entryPoint } = context;
  return findingAt(
    resource,
    {
      rule: 'variable-undefined',
      severity: isStrict ? 'error' : 'warning',
      message: isStrict
        ? `${node.source} has no value, so Flux applies nothing of this Kustomization`
        : `${node.source} has no value, so Flux replaces it with an empty string`,
      help: undefinedHelp(resource, path, node, context),
      path,
      part,
      within: { start: node.offset, end: node.offset + node.source.length, text },
    },
    entryPoint,
  );
}

function undefinedHelp({ object }: Resource, path: Path, node: VariableNode, { by }: Context): string {
  const own = valueAt(object, ['spec', 'postBuild']);
  const isKustomization = valueText(object['apiVersion']).startsWith('kustomize.toolkit.fluxcd.io/');
  if (isKustomization && isMapping(own)) {
    const name = valueText(valueAt(object, ['metadata', 'name']));
    return `Kustomization ${by} substitutes this when it applies ${name}: write $\${${node.name}} to let ${name} substitute it`;
  }
  if (isProgramText(object, path, String(node.source)))
    return `write $\${${node.name}} if the program must see it, annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled, or define ${node.name} under spec.postBuild.substitute`;
  return `define ${node.name} under spec.postBuild.substitute, or add a default: \${${node.name}:=value}`;
}

function invalidExpression(
  { resource, path, part, text }: TextPlace,
  { error, offset }: { readonly error: string; readonly offset: number },
  entryPoint: string,
): Diagnostic {
  const shown = text.slice(offset, offset + 30).split('\n')[0] ?? '';
  return findingAt(
    resource,
    {
      rule: 'substitution-invalid',
      severity: 'error',
      message: `Flux cannot read "${shown}" as a variable (${error}), and applies nothing of this Kustomization`,
      help: 'write $$ before the brace, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled',
      path,
      part,
      within: { start: offset, end: offset + shown.length, text },
    },
    entryPoint,
  );
}

function changedType({ resource, context }: Filling, path: Path, before: string, value: Value): Diagnostic {
  const type =
    value === null
      ? 'null'
      : Array.isArray(value)
        ? 'a list'
        : `a ${typeof value}`.replace('a object', 'a mapping').replace('bigint', 'number');
  return findingAt(
    resource,
    {
      rule: 'variable-changes-type',
      // What a chart does with its values, such as to put them in quotes, is known only where it is rendered.
      severity: resource.object['kind'] === 'HelmRelease' && path[1] === 'values' ? 'warning' : 'error',
      message: `"${before}" is ${type} after substitution, but must be a string`,
      help: 'the build drops the quotes around the variable; put them in the value: \'"true"\'',
      path,
    },
    context.entryPoint,
  );
}

function unreadable(resource: Resource, entryPoint: string): Diagnostic {
  return findingAt(
    resource,
    {
      rule: 'substitution-invalid',
      severity: 'error',
      message: 'this object cannot be read after substitution',
      help: 'quote the values of the variables that it uses, and keep them short',
      path: ['metadata', 'name'],
      unchecked: 'the object after substitution',
    },
    entryPoint,
  );
}
