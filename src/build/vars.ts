import { countEdits } from '../object/edit-work.ts';
import { getPart, itemsOf, type Origin, replaceValue, setKey, type Tracked } from '../object/provenance.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import {
  type AccumulatedResource,
  allIds,
  isClusterScopedInKustomize,
  type ResourceId,
  sameId,
} from './accumulated-resource.ts';
import { updateFields, updateItems } from './field-spec.ts';
import { mappingOf, textOf } from './kustomization.ts';
import { isProblem, type Problem } from './problem.ts';
import type { Resources } from './transformer.ts';
import type { TransformerConfig } from './transformer-config.ts';

/** One of `vars`: `$(NAME)` stands for a field of an object. */
export interface Variable {
  readonly name: string;
  readonly fieldPath: string;
  readonly target: ResourceId;
  readonly origin: Origin;
}

export function readVariable(entry: Tracked<Mapping>): Variable {
  const reference = mappingOf(entry, 'objref') ?? entry;
  const apiVersion = textOf(reference, 'apiVersion');
  const slash = apiVersion.indexOf('/');
  const field = mappingOf(entry, 'fieldref');
  const fieldPath = field === undefined ? '' : textOf(field, 'fieldPath') || textOf(field, 'fieldpath');
  return {
    name: textOf(entry, 'name'),
    fieldPath: fieldPath || 'metadata.name',
    target: {
      group: apiVersion === '' ? textOf(reference, 'group') : apiVersion.slice(0, Math.max(slash, 0)),
      version: apiVersion === '' ? textOf(reference, 'version') : apiVersion.slice(slash + 1),
      kind: textOf(reference, 'kind'),
      name: textOf(reference, 'name'),
      namespace: textOf(reference, 'namespace'),
    },
    origin: entry.origin,
  };
}

/** Adds a kustomization's variables: each finds its object now, by any of its names, and keeps it through later renaming. */
export function addVariables(
  resources: Resources,
  known: readonly Variable[],
  added: readonly Variable[],
): { resources: Resources; variables: readonly Variable[] } | Problem {
  let current = resources;
  const variables = [...known];
  for (const variable of added) {
    countEdits(current.length * 20 + variables.length);
    const matches = current.filter((resource) =>
      allIds(resource).some((id) => isTarget(id, variable.target)),
    );
    if (matches.length > 1) {
      return {
        rule: 'variable-ambiguous',
        problem: `${matches.length} objects match the objref of the variable ${variable.name}`,
        help: 'add the namespace of the object',
        at: variable.origin,
      };
    }
    const match = matches[0];
    if (match !== undefined) {
      const bound: AccumulatedResource = { ...match, variables: [...match.variables, variable.name] };
      current = current.map((resource) => (resource === match ? bound : resource));
    }
    const conflict = mergeVariables(variables, [variable]);
    if (isProblem(conflict)) return conflict;
    variables.push(variable);
  }
  return { resources: current, variables };
}

/** The variables of two kustomizations together; a name may be defined once. */
export function mergeVariables(
  known: readonly Variable[],
  added: readonly Variable[],
): readonly Variable[] | Problem {
  const twice = added.find((variable) => known.some((other) => other.name === variable.name));
  if (twice === undefined) return [...known, ...added];
  return {
    rule: 'variable-defined-twice',
    problem: `the variable ${twice.name} is defined twice`,
    help: 'define it in one kustomization only, or give it another name',
    at: twice.origin,
  };
}

// Without a namespace any will do, except for kinds that have none.
function isTarget(id: ResourceId, target: ResourceId): boolean {
  if (target.namespace !== '' || isClusterScopedInKustomize(target)) return sameId(id, target);
  return (
    id.name === target.name &&
    id.kind === target.kind &&
    id.group === target.group &&
    id.version === target.version
  );
}

/** Writes the values of the variables wherever the field specs look for `$(NAME)` (api/filters/refvar). */
export function resolveVariables(
  resources: Resources,
  variables: readonly Variable[],
  config: TransformerConfig,
): Resources | Problem {
  if (variables.length === 0) return resources;
  const values = new Map<string, Tracked>();
  for (const variable of variables) {
    const value = findValue(resources, variable);
    if (isProblem(value)) return value;
    values.set(variable.name, value);
  }
  const result: AccumulatedResource[] = [];
  for (const resource of resources) {
    const tracked = updateFields(resource.tracked, config.varReference, (field) =>
      expandField(field, values),
    );
    if (isProblem(tracked)) return tracked;
    result.push(tracked === resource.tracked ? resource : { ...resource, tracked });
  }
  return result;
}

function findValue(resources: Resources, variable: Variable): Tracked | Problem {
  const source = resources.find((resource) => resource.variables.includes(variable.name));
  if (source === undefined) {
    return {
      rule: 'variable-without-object',
      problem: `no object of this build matches the objref of the variable ${variable.name}`,
      help: 'correct the objref, or remove the variable',
      at: variable.origin,
    };
  }
  const value = lookUp(source.tracked, variable.fieldPath);
  if (value !== undefined) return value;
  return {
    rule: 'variable-without-object',
    problem: `the object of the variable ${variable.name} has no field ${variable.fieldPath}`,
    help: 'correct the fieldref',
    at: variable.origin,
  };
}

/** A field path as kustomize's GetFieldValue reads it: dots, `[n]` or `.n` for items, backslash before a dot that is part of a key. */
function lookUp(object: Tracked, path: string): Tracked | undefined {
  const steps = path
    .replace(/\[(\d+)\]/g, '.$1')
    .split(/(?<!\\)\./)
    .map((step) => step.replaceAll('\\.', '.'));
  let current: Tracked | undefined = object;
  for (const step of steps) {
    if (current === undefined) return undefined;
    current =
      isSequence(current.value) && /^\d+$/.test(step)
        ? getPart(current, Number(step))
        : getPart(current, step);
  }
  return current;
}

function expandField(field: Tracked, values: ReadonlyMap<string, Tracked>): Tracked | Problem {
  const { value } = field;
  if (typeof value === 'string') return expand(field as Tracked<string>, values);
  if (isSequence(value)) {
    const wrong = itemsOf(field).find((item) => typeof item.value !== 'string');
    if (wrong !== undefined) {
      return {
        problem: 'a list in which variables are replaced can contain only strings',
        help: 'put the item in quotes, or remove the list from varReference',
        at: wrong.origin,
      };
    }
    return updateItems(field, (item) => expand(item as Tracked<string>, values));
  }
  if (!isMapping(value)) return field;
  let current = field as Tracked<Mapping>;
  for (const key of Object.keys(value)) {
    const part = getPart(field, key) as Tracked;
    if (typeof part.value !== 'string') continue;
    const next = expand(part as Tracked<string>, values);
    if (next !== part) current = setKey(current, key, next);
  }
  return current;
}

function expand(field: Tracked<string>, values: ReadonlyMap<string, Tracked>): Tracked {
  const text = field.value;
  if (!text.includes('$')) return field;
  const whole = /^\$\(([^)]*)\)$/.exec(text);
  const only = whole === null ? undefined : values.get(whole[1] ?? '');
  if (only !== undefined && isPrimitive(only.value)) return replaceValue(field, only.value, only.origin);
  let origin: Origin | undefined;
  const expanded = text.replace(/\$(\$|\(([^)]*)\))/g, (match, escaped: string, name: string | undefined) => {
    if (escaped === '$') return '$';
    const value = values.get(name ?? '');
    if (value === undefined || !isPrimitive(value.value)) return match;
    origin = value.origin;
    return valueText(value.value);
  });
  return expanded === text ? field : replaceValue(field, expanded, origin ?? field.origin);
}

function isPrimitive(value: Value): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
