import { textAt } from '../../object/object-field.ts';
import { getPart, itemsOf, type Tracked } from '../../object/provenance.ts';
import type { Sources } from '../../source/load.ts';
import { parseDocuments } from '../../source/parse.ts';
import {
  copyMapping,
  equalValues,
  isMapping,
  isSequence,
  type Mapping,
  type MutableMapping,
  newMapping,
  type Value,
} from '../../source/value.ts';
import { deepMerge } from '../../template/list-functions.ts';
import { printValue } from '../../template/print.ts';
import { clusterParameters, isFlatList } from './cluster-generator.ts';
import { fillTemplate, type TemplateDialect } from './fast-template.ts';
import { fillValue } from './fill-value.ts';
import { gitParameters } from './git-parameters.ts';
import type { KnownCluster } from './known-clusters.ts';
import { flattenParameters, floatParameters, takesParameters } from './parameter-selector.ts';

/** What a generator brings: a mapping of parameters for each Application. */
export interface Generated {
  readonly parameters: readonly Mapping[];
  /** What cannot be known here, e.g. the clusters that Argo CD manages. */
  readonly unknown: readonly string[];
  /** Why Argo CD refuses the generator. */
  readonly failures: readonly string[];
}

export interface GeneratorContext extends TemplateDialect {
  readonly sources: Sources;
  readonly isHere: (url: string) => boolean;
  /** The clusters that Argo CD knows; absent where nobody says. */
  readonly clusters?: readonly KnownCluster[];
}

const maximumParameters = 1_000;
const nothing: Generated = { parameters: [], unknown: [], failures: [] };
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
];

/** What one generator of an ApplicationSet brings, as applicationset/generators of Argo CD 3.6 does. */
export function generate(generator: Tracked, context: GeneratorContext, depth = 0): Generated {
  const bodies = kindsOf(generator, depth);
  if (depth > 0 && bodies.length === 0)
    return failed('a generator inside of another is of no kind that may stand there');
  if (depth > 0 && bodies.length > 1) return failed('a generator inside of another is of more than one kind');
  const found = together(bodies.map(([kind, body]) => generateKind(kind, body, context, depth)));
  if (found.parameters.length > maximumParameters) return unknown('more than 1,000 Applications');
  const selector = getPart(generator, 'selector')?.value;
  if (selector === undefined) return found;
  const isSelected = (one: Mapping): boolean => takesParameters(selector, flattenParameters(one));
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
  };
}

export function kindOfGenerator(generator: Tracked): string | undefined {
  return kinds.find((name) => getPart(generator, name) !== undefined);
}

function generateKind(kind: string, body: Tracked, context: GeneratorContext, depth: number): Generated {
  if (kind === 'matrix') return fromMatrix(body, context, depth);
  if (kind === 'merge') return fromMerge(body, context, depth);
  if (!isMapping(body.value)) return unknown(`what the ${kind} generator brings`);
  if (kind === 'list') return fromList(body.value, context);
  if (kind === 'git') {
    const url = textAt(body.value, 'repoURL') ?? '';
    if (!context.isHere(url)) return unknown(`the repository ${url}`);
    return withValues(gitParameters(context.sources, body.value, context.isGoTemplate), body.value, context);
  }
  if (kind !== 'clusters' || context.clusters === undefined)
    return unknown(`what the ${kind} generator brings`);
  const clusters = clusterParameters(body.value, context.clusters, context.isGoTemplate);
  const { parameters, ...rest } = withValues(clusters, body.value, context);
  if (!isFlatList(body.value)) return { parameters, ...rest };
  const flat = newMapping();
  flat['clusters'] = parameters;
  return { parameters: [flat], ...rest };
}

function unknown(reason: string): Generated {
  return { ...nothing, unknown: [reason] };
}

function failed(reason: string): Generated {
  return { ...nothing, failures: [reason] };
}

/** `values` are templates over the parameters beside them. */
function withValues(
  parameters: readonly MutableMapping[],
  { values }: Mapping,
  context: GeneratorContext,
): Generated {
  if (!isMapping(values)) return { ...nothing, parameters };
  for (const one of parameters) {
    const filled = newMapping();
    for (const key of Object.keys(values)) {
      const result = fillTemplate(String(values[key] ?? ''), one, context);
      if ('unsupported' in result) return unknown(`the template function ${result.unsupported}`);
      if ('refused' in result) return failed(`values.${key} cannot be filled in: ${result.refused}`);
      if ('missing' in result) return failed(`values.${key} uses ${result.missing}, which is not there`);
      filled[key] = result.text;
    }
    if (context.isGoTemplate) one['values'] = filled;
    else for (const key of Object.keys(filled)) one[`values.${key}`] = filled[key] ?? '';
  }
  return { ...nothing, parameters };
}

function fromList({ elements, elementsYaml }: Mapping, { isGoTemplate }: GeneratorContext): Generated {
  const written = isSequence(elements) ? elements : [];
  const more = typeof elementsYaml === 'string' && elementsYaml !== '' ? elementsIn(elementsYaml) : [];
  if (more === undefined) return failed('elementsYaml is no list of mappings');
  const parameters: Mapping[] = [];
  for (const element of written) {
    if (!isMapping(element)) continue;
    const flat = isGoTemplate ? floatParameters(element) : flatElement(element);
    if (typeof flat === 'string')
      return failed(`the element's ${flat} is no text, which a list generator without goTemplate wants`);
    parameters.push(flat);
  }
  return { ...nothing, parameters: [...parameters, ...more] };
}

/** Texts, and `values` with texts; the name of what is none. */
function flatElement(element: Mapping): Mapping | string {
  const flat = newMapping();
  for (const key of Object.keys(element)) {
    const value = element[key] ?? null;
    const parts: [string, Value][] =
      key === 'values' && isMapping(value)
        ? Object.keys(value).map((name) => [`values.${name}`, value[name] ?? null])
        : [[key, value]];
    for (const [name, part] of parts) {
      if (typeof part !== 'string') return name;
      flat[name] = part;
    }
  }
  return flat;
}

function elementsIn(text: string): Mapping[] | undefined {
  const { documents, diagnostics } = parseDocuments({ path: '', text }, 'api-server');
  const { value = null } = documents[0] ?? {};
  if (value === null && diagnostics.length === 0) return [];
  const isList = isSequence(value) && value.every((one) => isMapping(one));
  return isList ? (value as Mapping[]).map(floatParameters) : undefined;
}

function childrenOf(body: Tracked): Tracked[] {
  const generators = getPart(body, 'generators');
  return generators === undefined ? [] : itemsOf(generators);
}

function fromMatrix(matrix: Tracked, context: GeneratorContext, depth: number): Generated {
  const [first, second, ...more] = childrenOf(matrix);
  if (first === undefined || second === undefined || more.length > 0)
    return failed('a matrix wants two generators');
  const outer = generate(first, context, depth + 1);
  const parameters: Mapping[] = [];
  const reasons = new Set(outer.unknown);
  const failures = new Set(outer.failures);
  for (const given of outer.parameters) {
    const filled = interpolated(second.value, given, context);
    const inner =
      filled.failure === undefined
        ? generate({ ...second, value: filled.value }, context, depth + 1)
        : failed(filled.failure);
    for (const one of inner.unknown) reasons.add(one);
    for (const one of inner.failures) failures.add(one);
    for (const one of inner.parameters) {
      const both = combined(given, one, context.isGoTemplate);
      if (typeof both === 'string')
        failures.add(`both generators of a matrix bring ${both}, with different values`);
      else parameters.push(both);
    }
    // A product grows faster than anybody means it to.
    if (parameters.length > maximumParameters) return unknown('a matrix of more than 1,000 Applications');
  }
  return { parameters, unknown: [...reasons], failures: [...failures] };
}

/**
 * The second generator, all of it, is filled in with what the first one brings, before it brings anything itself: strict
 * templates that ask for more than that fail (RenderGeneratorParams of 3.6).
 */
function interpolated(
  generator: Value,
  given: Mapping,
  context: GeneratorContext,
): { readonly value: Value; readonly failure?: string } {
  if (Object.keys(given).length === 0) return { value: generator };
  const { value, unfilled } = fillValue(generator, given, context);
  for (const { result } of unfilled) {
    if ('refused' in result)
      return { value, failure: `its second generator cannot be filled in: ${result.refused}` };
    if ('missing' in result && context.isGoTemplate && context.isStrict)
      return {
        value,
        failure: `its second generator uses ${result.missing}, which the first one does not bring`,
      };
  }
  return { value };
}

/** What both bring, the first one's counting; the name of what differs where only one may bring it. */
function combined(first: Mapping, second: Mapping, isGoTemplate: boolean): Mapping | string {
  if (isGoTemplate) return deepMerge(second, first);
  const both = copyMapping(first);
  for (const key of Object.keys(second)) {
    const value = second[key] ?? null;
    const known = both[key];
    if (known !== undefined && printValue(known) !== printValue(value)) return key;
    both[key] = value;
  }
  return both;
}

function fromMerge(merge: Tracked, context: GeneratorContext, depth: number): Generated {
  const children = childrenOf(merge);
  const all = children.map((one) => generate(one, context, depth + 1));
  const [base, ...others] = all;
  const list = getPart(merge, 'mergeKeys')?.value;
  const keys = isSequence(list) ? list.map(String) : [];
  if (base === undefined || others.length === 0) return failed('a merge wants two generators or more');
  if (keys.length === 0) return failed('a merge wants mergeKeys');
  const same = (a: Mapping, b: Mapping): boolean =>
    keys.every((key) => equalValues(a[key] ?? null, b[key] ?? null));
  const twice = all.find(({ parameters }) =>
    parameters.some((one, index) => parameters.findIndex((other) => same(one, other)) !== index),
  );
  if (twice !== undefined) return failed(`several elements have the same ${keys.join(' and ')}`);
  const parameters = base.parameters.map((one) =>
    others.reduce<Mapping>((merged, { parameters: more }) => {
      const over = more.find((other) => same(one, other));
      if (over === undefined) return merged;
      return context.isGoTemplate ? deepMerge(merged, over) : shallowMerge(merged, over);
    }, one),
  );
  return {
    parameters,
    unknown: all.flatMap((one) => one.unknown),
    failures: all.flatMap((one) => one.failures),
  };
}

function shallowMerge(base: Mapping, over: Mapping): Mapping {
  const merged = copyMapping(base);
  for (const key of Object.keys(over)) merged[key] = over[key] ?? null;
  return merged;
}
