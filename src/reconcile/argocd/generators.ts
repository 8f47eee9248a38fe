import { filledText, untrackedParts } from '../../object/made-value.ts';
import { textAt } from '../../object/object-field.ts';
import {
  getPart,
  itemsOf,
  mappingOf,
  namedOrigin,
  setItems,
  setKey,
  type Tracked,
} from '../../object/provenance.ts';
import type { Sources } from '../../source/load.ts';
import { parseDocuments } from '../../source/parse.ts';
import {
  equalValues,
  isMapping,
  isSequence,
  type Mapping,
  newMapping,
  type Path,
} from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { printPlain } from '../../template/print-plain.ts';
import { clusterParameters, isFlatList } from './cluster-generator.ts';
import { fillTemplate, type TemplateDialect } from './fast-template.ts';
import { fillValue } from './fill-value.ts';
import { gitParameters } from './git-parameters.ts';
import type { KnownCluster } from './known-clusters.ts';
import { clashOfMaps, mergeParameters, rememberTexts, withParameters } from './merge-parameters.ts';
import { flattenParameters, floatParameters, takesParameters } from './parameter-selector.ts';
import { selectorFailure } from './selector-failure.ts';

/** What a generator brings: a mapping of parameters for each Application. */
export interface Generated {
  readonly parameters: readonly Tracked<Mapping>[];
  /** What cannot be known here, e.g. the clusters that Argo CD manages. */
  readonly unknown: readonly string[];
  /** Why Argo CD refuses the generator. */
  readonly failures: readonly string[];
  /** What is more than a limit. */
  readonly limits: readonly string[];
}

export interface GeneratorContext extends TemplateDialect {
  readonly sources: Sources;
  readonly isHere: (url: string) => boolean;
  /** The clusters that Argo CD knows; absent where nobody says. */
  readonly clusters?: readonly KnownCluster[];
  /** Whether the controller is told to match files as directories are matched. */
  readonly hasNewGlobbing?: boolean;
}

const maximumParameters = 1_000;
const nothing: Generated = { parameters: [], unknown: [], failures: [], limits: [] };
const kinds = [
  'list',
  'git',
  'matrix',
  'merge',
  'clusters',
  'clusterDecisionResource',
  'scmProvider',
  'pullRequest',
  'plugin',
  'oci',
];
/** The kinds with `values`, which are filled in again with what the generator itself brings. */
const kindsWithValues = kinds.filter((kind) => !['list', 'matrix', 'merge'].includes(kind));

/** What one generator of an ApplicationSet brings, as applicationset/generators of Argo CD 3.6 does. */
export function generate(generator: Tracked, context: GeneratorContext, depth = 0): Generated {
  const bodies = kindsOf(generator, depth);
  if (depth > 0 && bodies.length === 0) return failed('a nested generator has no kind that is allowed there');
  if (depth > 0 && bodies.length > 1) return failed('a nested generator has more than one kind');
  const found = together(bodies.map(([kind, body]) => generateKind(kind, body, context, depth)));
  if (found.parameters.length > maximumParameters)
    return tooMuch(`${found.parameters.length} Applications of one generator`);
  const selector = getPart(generator, 'selector')?.value ?? null;
  if (selector === null) return found;
  const refused = selectorFailure(selector);
  if (refused !== undefined) return failed(`its selector is refused: ${refused}`);
  const isSelected = (one: Tracked<Mapping>): boolean =>
    takesParameters(selector, flattenParameters(one, true).value);
  return { ...found, parameters: found.parameters.filter(isSelected) };
}

/** The kinds of a generator, which all count; one that is nested twice holds no others. */
function kindsOf(generator: Tracked, depth: number): [kind: string, body: Tracked][] {
  return kinds.flatMap((kind) => {
    const body = getPart(generator, kind);
    const isTooDeep = depth > 1 && (kind === 'matrix' || kind === 'merge');
    return body === undefined || body.value === null || isTooDeep ? [] : [[kind, body]];
  });
}

function together(all: readonly Generated[]): Generated {
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  return {
    parameters: all.flatMap(({ parameters }) => parameters),
    unknown: all.flatMap((one) => one.unknown),
    failures: all.flatMap(({ failures }) => failures),
    limits: all.flatMap(({ limits }) => limits),
  };
}

export function kindOfGenerator(generator: Tracked): string | undefined {
  return kinds.find((name) => getPart(generator, name) !== undefined);
}

function generateKind(kind: string, body: Tracked, context: GeneratorContext, depth: number): Generated {
  if (kind === 'matrix') return fromMatrix(body, context, depth);
  if (kind === 'merge') return fromMerge(body, context, depth);
  if (!isMapping(body.value)) return unknown(`the output of the ${kind} generator`);
  const own = body as Tracked<Mapping>;
  if (kind === 'list') return fromList(own, context);
  if (kind === 'git') {
    const url = textAt(body.value, 'repoURL') ?? '';
    if (!context.isHere(url)) return unknown(`the repository ${url}`);
    const { parameters, limits, unknown: unmatched, failures } = gitParameters(context.sources, own, context);
    if (failures.length > 0) return { ...nothing, failures };
    const filled = withValues(parameters, own, context);
    return { ...filled, unknown: [...unmatched, ...filled.unknown], limits: [...limits, ...filled.limits] };
  }
  if (kind !== 'clusters' || context.clusters === undefined)
    return unknown(`the output of the ${kind} generator`);
  const { selector = null } = own.value;
  const refused = selector === null ? undefined : selectorFailure(selector, true);
  if (refused !== undefined) return failed(`its selector is refused: ${refused}`);
  const clusters = clusterParameters(own.value, context.clusters, context.isGoTemplate).map((one) =>
    untrackedParts(one, own.origin),
  );
  const { parameters, ...rest } = withValues(clusters, own, context);
  if (!isFlatList(own.value)) return { parameters, ...rest };
  const flat = mappingOf([['clusters', setItems(own, parameters)]], own.origin);
  return { parameters: [flat], ...rest };
}

function unknown(reason: string): Generated {
  return { ...nothing, unknown: [reason] };
}

function tooMuch(what: string): Generated {
  return { ...nothing, limits: [what] };
}

function failed(reason: string): Generated {
  return { ...nothing, failures: [reason] };
}

/** `values` are templates over the parameters beside them. */
function withValues(
  parameters: readonly Tracked<Mapping>[],
  generator: Tracked<Mapping>,
  context: GeneratorContext,
): Generated {
  const values = getPart(generator, 'values');
  if (values === undefined || !isMapping(values.value)) return { ...nothing, parameters };
  const filled: Tracked<Mapping>[] = [];
  for (const one of parameters) {
    const parts: [string, Tracked][] = [];
    for (const key of Object.keys(values.value)) {
      const part = getPart(values, key);
      const template = { value: valueText(part?.value ?? ''), origin: part?.origin ?? values.origin };
      const result = fillTemplate(template, one, { ...context, printsNothing: true });
      if ('tooMuch' in result) return tooMuch(result.tooMuch);
      if ('unsupported' in result) return unknown(`the template function ${result.unsupported}`);
      if ('refused' in result) return failed(`values.${key} cannot be filled in: ${result.refused}`);
      // Without goTemplate a name that is not there stays as it is written.
      const made = 'missing' in result ? result.left : result.made;
      if (made === undefined)
        return failed(
          `values.${key} uses ${'missing' in result ? result.missing : ''}, which is not defined`,
        );
      parts.push([context.isGoTemplate ? key : `values.${key}`, filledText(template, made)]);
    }
    const own = mappingOf(parts, values.origin);
    rememberTexts(own.value);
    filled.push(context.isGoTemplate ? setKey(one, 'values', own) : withParameters(one, own));
  }
  return { ...nothing, parameters: filled };
}

function fromList(list: Tracked<Mapping>, { isGoTemplate }: GeneratorContext): Generated {
  const written = getPart(list, 'elements');
  const yaml = getPart(list, 'elementsYaml');
  const more = typeof yaml?.value === 'string' && yaml.value !== '' ? elementsIn(yaml) : [];
  if (more === undefined) return failed('elementsYaml is not a list of mappings');
  const parameters: Tracked<Mapping>[] = [];
  for (const { value: given, origin } of written === undefined ? [] : itemsOf(written)) {
    const value = given ?? newMapping();
    if (!isMapping(value)) return failed(`the element ${valueText(value)} is not a mapping`);
    const element = { value, origin: namedOrigin('generators', origin) };
    const flat = isGoTemplate ? { ...element, value: floatParameters(value) } : flatElement(element);
    if (typeof flat === 'string')
      return failed(`the element's ${flat} is not a string, which a list generator without goTemplate needs`);
    parameters.push(flat);
  }
  return { ...nothing, parameters: [...parameters, ...more] };
}

/** Texts, and `values` with texts; the name of what is none. */
function flatElement(element: Tracked<Mapping>): Tracked<Mapping> | string {
  const flat: [string, Tracked][] = [];
  for (const key of Object.keys(element.value)) {
    const part = getPart(element, key) as Tracked;
    const { value } = part;
    const parts: [string, Tracked][] =
      key === 'values' && isMapping(value)
        ? Object.keys(value).map((name) => [`values.${name}`, getPart(part, name) as Tracked])
        : [[key, part]];
    const wrong = parts.find(([, one]) => typeof one.value !== 'string');
    if (wrong !== undefined) return wrong[0];
    flat.push(...parts);
  }
  return mappingOf(flat, element.origin);
}

function elementsIn({ value: text, origin }: Tracked): Tracked<Mapping>[] | undefined {
  const { documents, diagnostics } = parseDocuments({ path: '', text: valueText(text) }, 'api-server');
  const { value = null } = documents[0] ?? {};
  const isRead = diagnostics.every(({ rule }) => rule === 'duplicate-key');
  if (value === null && isRead) return [];
  if (!isSequence(value)) return undefined;
  const elements = value.map((one) => one ?? newMapping()).filter((one) => isMapping(one));
  return elements.length === value.length
    ? elements.map((one) => ({ value: floatParameters(one), origin }))
    : undefined;
}

function childrenOf(body: Tracked): Tracked[] {
  const generators = getPart(body, 'generators');
  return generators === undefined ? [] : itemsOf(generators);
}

function fromMatrix(matrix: Tracked, context: GeneratorContext, depth: number): Generated {
  const [first, second, ...more] = childrenOf(matrix);
  if (first === undefined || second === undefined || more.length > 0)
    return failed('a matrix requires two generators');
  const outer = generate(first, context, depth + 1);
  const parameters: Tracked<Mapping>[] = [];
  const reasons = new Set(outer.unknown);
  const failures = new Set(outer.failures);
  const limits = new Set(outer.limits);
  for (const given of outer.parameters) {
    const filled = interpolated(second, given, context);
    const inner = typeof filled === 'string' ? failed(filled) : generate(filled, context, depth + 1);
    for (const one of inner.unknown) reasons.add(one);
    for (const one of inner.failures) failures.add(one);
    for (const one of inner.limits) limits.add(one);
    for (const one of inner.parameters) {
      const both = combined(given, one, context.isGoTemplate);
      if (typeof both === 'string') failures.add(both);
      else parameters.push(both);
    }
    // A product grows faster than anybody means it to.
    if (parameters.length > maximumParameters) return tooMuch('a matrix of more than 1,000 Applications');
  }
  return { parameters, unknown: [...reasons], failures: [...failures], limits: [...limits] };
}

/**
 * The second generator, all of it, is filled in with what the first one brings, before it brings anything itself: strict
 * templates that ask for more than that fail, save in `values`, which wait for it (RenderGeneratorParams of 3.6). A text says why.
 */
function interpolated(
  generator: Tracked,
  given: Tracked<Mapping>,
  context: GeneratorContext,
): Tracked | string {
  if (Object.keys(given.value).length === 0) return generator;
  const isKept = ([kind, field, key]: Path): boolean =>
    !context.isGoTemplate ||
    (key !== undefined && field === 'values' && kindsWithValues.includes(String(kind)));
  const { filled, unfilled } = fillValue(generator, given, { ...context, printsNothing: true }, isKept);
  for (const { result } of unfilled) {
    if ('refused' in result) return `its second generator cannot be filled in: ${result.refused}`;
    if ('missing' in result && context.isGoTemplate)
      return `its second generator uses ${result.missing}, which the first one does not provide`;
  }
  return filled;
}

/** What both bring, the first one's counting; a text says why Argo CD cannot put them together. */
function combined(
  first: Tracked<Mapping>,
  second: Tracked<Mapping>,
  isGoTemplate: boolean,
): Tracked<Mapping> | string {
  if (isGoTemplate) {
    const panic = clashOfMaps(second.value, first.value);
    return panic === undefined ? mergeParameters(second, first) : panicOver(panic);
  }
  const clash = Object.keys(second.value).find((key) => {
    const known = first.value[key];
    return known !== undefined && printPlain(known) !== printPlain(second.value[key]);
  });
  return clash === undefined
    ? withParameters(first, second)
    : `both generators of a matrix provide ${clash}, with different values`;
}

function panicOver(key: string): string {
  return `${key} comes both from a generator's values or a cluster's labels and from an element or a file: the controller panics when it merges the two`;
}

function fromMerge(merge: Tracked, context: GeneratorContext, depth: number): Generated {
  const children = childrenOf(merge);
  const all = children.map((one) => generate(one, context, depth + 1));
  const [base, ...others] = all;
  const list = getPart(merge, 'mergeKeys')?.value;
  const keys = isSequence(list) ? list.map(valueText) : [];
  if (base === undefined || others.length === 0) return failed('a merge requires two generators or more');
  if (keys.length === 0) return failed('a merge requires mergeKeys');
  const same = ({ value: a }: Tracked<Mapping>, { value: b }: Tracked<Mapping>): boolean =>
    keys.every((key) => equalValues(a[key] ?? null, b[key] ?? null));
  const twice = all.find(({ parameters }) =>
    parameters.some((one, index) => parameters.findIndex((other) => same(one, other)) !== index),
  );
  if (twice !== undefined) return failed(`several elements have the same ${keys.join(' and ')}`);
  const failures = new Set(all.flatMap((one) => one.failures));
  const parameters = base.parameters.map((one) =>
    others.reduce<Tracked<Mapping>>((merged, { parameters: more }) => {
      const over = more.find((other) => same(one, other));
      if (over === undefined) return merged;
      if (!context.isGoTemplate) return withParameters(merged, over);
      const panic = clashOfMaps(merged.value, over.value);
      if (panic !== undefined) failures.add(panicOver(panic));
      return mergeParameters(merged, over);
    }, one),
  );
  return {
    parameters: failures.size > 0 ? [] : parameters,
    unknown: all.flatMap((one) => one.unknown),
    failures: [...failures],
    limits: all.flatMap(({ limits }) => limits),
  };
}
