import { overwrite, type Tracked } from '../object/provenance.ts';
import type { Mapping } from '../source/value.ts';
import { type MergeContext, type Merged, mergeList } from './merge-list.ts';
import {
  fieldOf,
  fieldsOf,
  isBlankNull,
  isNull,
  isTouched,
  kindOf,
  type MergeNode,
  rootNode,
  scalarNode,
  scalarText,
  setField,
  settle,
} from './merge-node.ts';
import type { MergeSchema, MergeSchemas } from './merge-schema.ts';
import { takeDirective } from './patch-directive.ts';
import { isProblem, type Problem } from './problem.ts';
import { inStyleOf } from './scalar-style.ts';
import { mayHoldSchemas, schemaInComment } from './schema-comment.ts';

/**
 * Merges a strategic merge patch into an object as kustomize 5.8 does (kyaml/yaml/merge2 with new items first);
 * undefined where the patch deletes it. What the patch does not touch stays the very same value.
 */
export function mergeStrategic(
  target: Tracked<Mapping>,
  patch: Tracked<Mapping>,
  schemas: MergeSchemas,
): Tracked<Mapping> | undefined | Problem {
  // kustomize goes on with the old object where the root is to be replaced (ApplyFilter of api/resource v0.21).
  if (patch.value['$patch'] === 'replace') return target;
  const root = rootNode(target);
  const readsComments = mayHoldSchemas(target.origin) || mayHoldSchemas(patch.origin);
  const context = {
    schemas,
    walk,
    held: ['apiVersion', 'kind'],
    path: [],
    readsComments,
    isUnpatched: false,
  };
  const merged = walk(context, root, rootNode(patch), undefined);
  if (merged === undefined || isProblem(merged)) return merged;
  const result = settle(merged) as Tracked<Mapping>;
  if (merged === root) return result;
  return { value: result.value, origin: overwrite(target.origin, result.origin) };
}

/**
 * Merges `patch` into `target`, of which one may be missing. As upstream, the walk also goes where there is no patch: it
 * drops repeated items of merged lists there.
 */
function walk(
  context: MergeContext,
  target: MergeNode | undefined,
  patch: MergeNode | undefined,
  known: MergeSchema | undefined,
): Merged {
  if (patch !== undefined || target === undefined || context.isUnpatched) {
    return walkNode(context, target, patch, known);
  }
  if (isQuiet(context, target, known)) return target;
  const merged = walkNode({ ...context, isUnpatched: true }, target, patch, known);
  if (merged === target) rememberQuiet(context, target, known);
  return merged;
}

// Most of an object is walked by each patch in vain: what a walk without a patch left alone once, it leaves alone again.
const quiet = new WeakMap<object, MergeSchema>();

function isQuiet(context: MergeContext, node: MergeNode, schema: MergeSchema | undefined): boolean {
  const { value } = node;
  if (schema === undefined || context.readsComments || typeof value !== 'object' || value === null)
    return false;
  return quiet.get(value) === schema && !isTouched(node);
}

function rememberQuiet(context: MergeContext, node: MergeNode, schema: MergeSchema | undefined): void {
  const { value } = node;
  if (schema === undefined || context.readsComments || typeof value !== 'object' || value === null) return;
  if (!isTouched(node)) quiet.set(value, schema);
}

function walkNode(
  context: MergeContext,
  target: MergeNode | undefined,
  patch: MergeNode | undefined,
  known: MergeSchema | undefined,
): Merged {
  const leading = target === undefined || isNull(target) ? patch : target;
  const kind = leading === undefined ? 'null' : kindOf(leading);
  if (kind !== 'null' && patch !== undefined && !isNull(patch) && kindOf(patch) !== kind) {
    return mismatch(context, patch, kind);
  }
  const schema = known ?? schemaByKind(context, target) ?? schemaByKind(context, patch);
  if (kind === 'mapping' || kind === 'null') return walkMapping(context, target, patch, schema);
  if (kind === 'scalar' || !schema?.mergesList) return patch ?? target;
  return mergeList(context, target, patch, schema);
}

function mismatch(context: MergeContext, patch: MergeNode, kind: string): Problem {
  const field = context.path.join('.') || 'the object';
  return {
    problem: `${field} is a ${kind} in the target and a ${kindOf(patch)} in the patch`,
    help: 'give the patch the same type, or set the field to null first',
    at: patch.origin(),
  };
}

/** Any mapping with apiVersion and kind is taken for an object of that kind where the schema around it says nothing. */
function schemaByKind(context: MergeContext, node: MergeNode | undefined): MergeSchema | undefined {
  if (node === undefined || kindOf(node) !== 'mapping') return undefined;
  const apiVersion = scalarText(fieldOf(node, 'apiVersion'));
  const kind = scalarText(fieldOf(node, 'kind'));
  return apiVersion === '' || kind === '' ? undefined : context.schemas.schemaOf(apiVersion, kind);
}

function walkMapping(
  context: MergeContext,
  target: MergeNode | undefined,
  patch: MergeNode | undefined,
  schema: MergeSchema | undefined,
): Merged {
  const merged = visitMapping(target, patch);
  if (merged === undefined || isProblem(merged) || kindOf(merged) !== 'mapping') return merged;
  const other = patch === undefined || isNull(patch) ? undefined : patch;
  if (other !== undefined && merged === target) merged.mergedWith = other;
  const names = new Set([...fieldsOf(merged).keys(), ...(other === undefined ? [] : fieldsOf(other).keys())]);
  if (names.has('')) return namelessKey(other === undefined || !fieldsOf(other).has('') ? merged : other);
  for (const name of names) {
    const before = fieldOf(merged, name);
    const inner = { ...context, held: heldBelow(context, name), path: [...context.path, name] };
    const change = other && fieldOf(other, name);
    const fieldSchema = commentSchema(context, before, change) ?? schema?.field(name);
    const value = walk(inner, before, change, fieldSchema);
    if (isProblem(value)) return value;
    setField(merged, name, placed(before, value, context.held.includes(name)));
  }
  return merged;
}

/** FieldSetter of kyaml 0.21 takes the mapping itself for the field without a name, and that is no scalar. */
function namelessKey(mapping: MergeNode): Problem {
  return {
    problem: 'kustomize cannot merge a mapping with the key ""',
    help: 'use a key that is not empty, or patch with JSON 6902 operations',
    at: fieldOf(mapping, '')?.origin() ?? mapping.origin(),
  };
}

/** A schema in a comment counts for more than the one of the kind, the target's for more than the patch's. */
function commentSchema(
  context: MergeContext,
  target: MergeNode | undefined,
  patch: MergeNode | undefined,
): MergeSchema | undefined {
  if (!context.readsComments) return undefined;
  return schemaInComment(target, context.schemas) ?? schemaInComment(patch, context.schemas);
}

function heldBelow(context: MergeContext, name: string): readonly string[] {
  return context.path.length === 0 && name === 'metadata' ? ['name', 'namespace'] : [];
}

/** The node to put in the place of `before`, a scalar in the style of what was there. */
function placed(
  before: MergeNode | undefined,
  value: MergeNode | undefined,
  isHeld: boolean,
): MergeNode | undefined {
  if (before === undefined || value === undefined || before === value) return value;
  if (isHeld && before.value === value.value) return before;
  if (kindOf(before) !== 'scalar' || kindOf(value) !== 'scalar') return value;
  const style = before.styleOf ?? before;
  value.styleOf = style;
  if (typeof style.value !== 'string' || typeof value.value === 'string') return value;
  const styled = inStyleOf(style.origin(), style.value, value.value, value.origin());
  if (styled === value.value) return value;
  const node = scalarNode(styled, value.origin);
  node.styleOf = style;
  return node;
}

/** Decides which of the two mappings to go on with; the fields are then merged into it. */
function visitMapping(target: MergeNode | undefined, patch: MergeNode | undefined): Merged {
  if (target === undefined || isNull(target)) {
    // A mapping that is new is merged with itself, which drops its nulls; an unknown directive passes here.
    const directive = patch === undefined ? 'merge' : takeDirective(patch);
    if (directive === 'delete') return undefined;
    if (patch === undefined && target !== undefined) return persistentNull(target);
    return patch;
  }
  if (patch !== undefined && isNull(patch)) return undefined;
  const directive = patch === undefined ? 'merge' : takeDirective(patch);
  if (isProblem(directive)) return directive;
  if (directive === 'delete') return undefined;
  return directive === 'replace' ? patch : target;
}

/** A null that is written out survives a patch elsewhere in the object, `key:` without a value does not (kyaml merge2). */
function persistentNull(target: MergeNode): MergeNode | undefined {
  if (isBlankNull(target)) return undefined;
  target.keepsNull = true;
  return target;
}
