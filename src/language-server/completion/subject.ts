import configurationSchema from '../../../schema/config.json' with { type: 'json' };
import { configurationNames } from '../../configuration/configuration-names.ts';
import { isKustomizationPath } from '../../object/kustomization-path.ts';
import { jsonNode } from '../../schema/json-node.ts';
import { leafNode, listWords, type SchemaNode } from '../../schema/schema-node.ts';
import { lastPartOf } from '../../source/path.ts';
import type { Mapping } from '../../source/value.ts';
import type { Knowledge } from '../judging/knowledge.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { childAt, itemsOf, type OutlineNode, textAt } from '../yaml/outline-node.ts';
import { valuesNodeOf } from './chart-values.ts';
import { type Kinds, kindsIn } from './kinds.ts';
import { kustomizationNode } from './kustomization-node.ts';
import { type PatchTarget, targetIn, targetOfFile } from './patch-target.ts';
import type { Writing } from './writing.ts';

/** What a document is, and so what may stand in it. */
export interface Subject {
  readonly is: 'kustomization' | 'configuration' | 'object' | 'operations' | 'values';
  readonly node: SchemaNode;
  /** Of an object, or of what operations change. */
  readonly kind?: string;
  readonly kinds: Kinds;
  /** What operations change. */
  readonly changed?: SchemaNode;
}

/** Tells what the document at the cursor is; of one within a patch of a kustomization, what the patch changes. */
export function subjectOf(writing: Writing): Subject | undefined {
  const { cursor, path, files, knowledge } = writing;
  const kinds = kindsIn(files, knowledge);
  const { root } = cursor.outline;
  const patch = cursor.within === undefined ? undefined : patchAround(cursor.within, path);
  if (cursor.within !== undefined && patch === undefined) return undefined;
  const target = patch?.target ?? (cursor.within === undefined ? targetOfFile(files, path) : undefined);
  if (isOperations(root)) return operations(kinds, target, knowledge);
  const own = { apiVersion: textAt(root, 'apiVersion'), kind: textAt(root, 'kind') };
  if (cursor.within === undefined && own.kind === undefined && isKustomizationPath(path))
    return { is: 'kustomization', node: kustomizationNode, kinds };
  if (own.apiVersion?.startsWith('kustomize.config.k8s.io/') === true)
    return { is: 'kustomization', node: kustomizationNode, kinds };
  if ((configurationNames as readonly string[]).includes(lastPartOf(path)))
    return { is: 'configuration', node: jsonNode(configurationSchema as unknown as Mapping), kinds };
  const values = valuesNodeOf(writing);
  if (values !== undefined) return { is: 'values', node: values, kinds };
  return objectOf(kinds, own, target, knowledge);
}

/** An object by what it says of itself, else by what a patch is said to change. */
function objectOf(
  kinds: Kinds,
  own: { readonly apiVersion: string | undefined; readonly kind: string | undefined },
  target: PatchTarget | undefined,
  knowledge: Knowledge,
): Subject {
  const kind = own.kind ?? target?.kind;
  const apiVersion = own.apiVersion ?? versionOf(kinds, target, knowledge);
  const node = kind === undefined || apiVersion === undefined ? undefined : nodeOf(kinds, apiVersion, kind);
  return { is: 'object', node: node ?? anyObject(kinds), kinds, ...(kind === undefined ? {} : { kind }) };
}

export function nodeOf(kinds: Kinds, apiVersion: string, kind: string): SchemaNode | undefined {
  const slash = apiVersion.indexOf('/');
  return kinds.node(apiVersion.slice(0, Math.max(slash, 0)), apiVersion.slice(slash + 1), kind);
}

/** What is known of an object of which nobody knows the kind. */
function anyObject({ metadata }: Kinds): SchemaNode {
  const fields = new Map([
    ['apiVersion', leafNode('string')],
    ['kind', leafNode('string')],
    ['metadata', metadata],
  ]);
  return {
    ...leafNode('object'),
    is: 'object',
    fields: () => fields,
    required: () => ['apiVersion', 'kind', 'metadata'],
  };
}

function versionOf(
  kinds: Kinds,
  target: PatchTarget | undefined,
  { objects }: Knowledge,
): string | undefined {
  if (target === undefined) return undefined;
  const { kind, group, version } = target;
  const known = kinds.all().filter((one) => one.kind === kind);
  const byGroup =
    group === undefined ? known : known.filter(({ apiVersion }) => apiVersion.startsWith(`${group}/`));
  const byVersion = byGroup.filter(({ apiVersion }) => version === undefined || apiVersion.endsWith(version));
  const rendered = objects.find((one) => one.kind === kind && one.name === target.name)?.group;
  return (byVersion.find(({ apiVersion }) => apiVersion.startsWith(`${rendered ?? ''}/`)) ?? byVersion.at(-1))
    ?.apiVersion;
}

/** A list of JSON 6902 operations. */
function isOperations(root: OutlineNode): boolean {
  const items = itemsOf(root);
  return (
    items.length > 0 &&
    items.some(
      (item) =>
        ['op', 'path', 'from'].some((key) => childAt(item, key) !== undefined) || item.children.length === 0,
    )
  );
}

function operations(kinds: Kinds, target: PatchTarget | undefined, knowledge: Knowledge): Subject {
  const fields = new Map<string, SchemaNode>([
    [
      'op',
      leafNode('string', {
        values: ['add', 'remove', 'replace', 'move', 'copy', 'test'],
        words: () => 'The operation at the path.',
      }),
    ],
    [
      'path',
      leafNode('string', {
        words: () => 'The field, with slashes between names; `-` is the end of a list, `~1` a slash.',
      }),
    ],
    ['value', { ...leafNode('anything'), is: 'any', words: () => 'The new value.' }],
    ['from', leafNode('string', { words: () => 'The source of the value, for `move` and `copy`.' })],
  ]);
  const operation: SchemaNode = {
    ...leafNode('operation'),
    is: 'object',
    fields: () => fields,
    required: () => ['op', 'path'],
  };
  const { kind } = target ?? {};
  return {
    is: 'operations',
    node: { ...leafNode(listWords('operations')), is: 'list', below: () => operation },
    kinds,
    ...(kind === undefined ? {} : { kind }),
    ...targetNode(kinds, target, knowledge),
  };
}

function targetNode(
  kinds: Kinds,
  target: PatchTarget | undefined,
  knowledge: Knowledge,
): { changed?: SchemaNode } {
  const apiVersion = versionOf(kinds, target, knowledge);
  const changed =
    target === undefined || apiVersion === undefined ? undefined : nodeOf(kinds, apiVersion, target.kind);
  return changed === undefined ? {} : { changed };
}

/** The patch that a block scalar is, with what it is said to change. */
function patchAround(within: Cursor, path: string): { readonly target: PatchTarget | undefined } | undefined {
  const isPatch =
    within.path.at(-1) === 'patch' && ['patches', 'patchesJson6902'].includes(String(within.path.at(-3)));
  const isMerge = within.path.at(-2) === 'patchesStrategicMerge' && isKustomizationPath(path);
  if (!isPatch) return isMerge ? { target: undefined } : undefined;
  const entry = within.around.parent;
  return { target: entry && targetIn(entry) };
}
