import configurationSchema from '../../../schema/config.json' with { type: 'json' };
import { configurationNames } from '../../configuration/configuration-names.ts';
import { isKustomizationPath } from '../../object/kustomization-path.ts';
import { jsonNode } from '../../schema/json-node.ts';
import { leafNode, listWords, type SchemaNode } from '../../schema/schema-node.ts';
import type { FileSystem } from '../../source/file-system.ts';
import { lastPartOf } from '../../source/path.ts';
import type { Mapping } from '../../source/value.ts';
import type { Knowledge } from '../judging/knowledge.ts';
import type { KnownObject } from '../judging/known-object.ts';
import { type Cursor, marker } from '../yaml/cursor-shape.ts';
import { itemsOf, type OutlineNode, textAt } from '../yaml/outline-node.ts';
import { chartFileNode } from './chart-file-node.ts';
import { chartSettingAt, chartValuesNode, valuesNodeOf } from './chart-values.ts';
import { type Kinds, kindsIn } from './kinds.ts';
import { kustomizationNode } from './kustomization-node.ts';
import { type PatchEntry, type PatchTarget, patchFileIn, targetIn } from './patch-target.ts';
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
  /** Of an object that is merged into another one. */
  readonly isPatch?: true;
  readonly target?: PatchTarget;
}

/** Tells what the document at the cursor is; of one within a patch of a kustomization, what the patch changes. */
export function subjectOf(writing: Writing): Subject | undefined {
  const { cursor, path, files, knowledge } = writing;
  const kinds = kindsIn(files, knowledge);
  const { root } = cursor.outline;
  const patch = cursor.within === undefined ? undefined : patchAround(cursor.within, path);
  if (cursor.within !== undefined && patch === undefined) return valuesText(cursor.within, kinds, files);
  const entry = patch ?? (cursor.within === undefined ? patchFileIn(files, path) : undefined);
  const target = meantBy(entry?.target, knowledge);
  if (isOperations(root, patch !== undefined)) return operations(kinds, target, knowledge);
  const own = { apiVersion: textAt(root, 'apiVersion'), kind: textAt(root, 'kind') };
  const isOwnKind = /^(?:Kustomization|Component)?$/u.test(own.kind ?? '');
  const isFlux = own.apiVersion?.startsWith('kustomize.toolkit.fluxcd.io/') === true;
  if (cursor.within === undefined && isOwnKind && !isFlux && isKustomizationPath(path))
    return { is: 'kustomization', node: kustomizationNode, kinds };
  if (own.apiVersion?.startsWith('kustomize.config.k8s.io/') === true)
    return { is: 'kustomization', node: kustomizationNode, kinds };
  if ((configurationNames as readonly string[]).includes(lastPartOf(path)))
    return { is: 'configuration', node: jsonNode(configurationSchema as unknown as Mapping), kinds };
  if (lastPartOf(path) === 'Chart.yaml') return { is: 'values', node: chartFileNode, kinds };
  const values = valuesNodeOf(writing);
  if (values !== undefined) return { is: 'values', node: values, kinds };
  const object = objectOf(kinds, own, target, knowledge);
  return entry === undefined ? listItem(object, writing) : asPatch(object, target);
}

/** The values of a chart that an Application has as a string. */
function valuesText(within: Cursor, kinds: Kinds, files: FileSystem | undefined): Subject | undefined {
  const set = files && chartSettingAt(within.path, within.outline.root, files);
  if (files === undefined || set?.path.length !== within.path.length) return undefined;
  const node = chartValuesNode(files, set.chart);
  return node && { is: 'values', node, kinds };
}

/** A target by its name alone is the kind that the builds have of that name; of several kinds a workload. */
function meantBy(target: PatchTarget | undefined, { objects }: Knowledge): PatchTarget | undefined {
  if (target === undefined) return undefined;
  const kind = target.kind?.split('|')[0]?.replaceAll(/[()^$]/gu, '');
  const isNamed = ({ name }: KnownObject): boolean => name === target.name;
  const workload = objects.find((one) => isNamed(one) && one.containers !== undefined);
  const named = kind ?? (workload ?? objects.find(isNamed))?.kind;
  return { ...target, ...(named === undefined ? {} : { kind: named }) };
}

/** The object that the cursor is in, of those that a List holds. */
function listItem(subject: Subject, { cursor, files, knowledge }: Writing): Subject {
  const { root } = cursor.outline;
  const [list, place] = cursor.path;
  if (textAt(root, 'kind') !== 'List' || list !== 'items' || typeof place !== 'number') return subject;
  const own = {
    apiVersion: textAt(root, list, place, 'apiVersion'),
    kind: textAt(root, list, place, 'kind'),
  };
  const item = objectOf(kindsIn(files, knowledge), own, undefined, knowledge);
  const fields = new Map([
    ['items', { ...leafNode('objects'), is: 'list' as const, below: () => item.node }],
  ]);
  return { ...item, node: { ...leafNode('List'), is: 'object', fields: () => fields } };
}

/** A patch says what changes alone, and what to do with what it names. */
function asPatch(subject: Subject, target: PatchTarget | undefined): Subject {
  return {
    ...subject,
    node: patchNode(subject.node),
    isPatch: true,
    ...(target === undefined ? {} : { target }),
  };
}

const directive = leafNode('string', {
  values: ['delete', 'replace', 'merge'],
  words: () => 'What the patch does with this mapping, instead of merging it.',
});

function patchNode(node: SchemaNode): SchemaNode {
  const below = (): SchemaNode | undefined => {
    const own = node.below();
    return own && patchNode(own);
  };
  if (node.is !== 'object') return { ...node, below };
  return {
    ...node,
    below,
    required: () => node.required().filter((name) => name === 'name'),
    fields: () =>
      new Map([
        ...[...node.fields()].map(([name, one]) => [name, patchNode(one)] as const),
        ['$patch', directive],
      ]),
  };
}

/** An object by what it says of itself, else by what a patch is said to change. */
function objectOf(
  kinds: Kinds,
  own: { readonly apiVersion: string | undefined; readonly kind: string | undefined },
  target: PatchTarget | undefined,
  knowledge: Knowledge,
): Subject {
  const kind = own.kind ?? target?.kind;
  const apiVersion =
    own.apiVersion ?? versionOf(kinds, target ?? (kind === undefined ? {} : { kind }), knowledge);
  const node = kind === undefined || apiVersion === undefined ? undefined : nodeOf(kinds, apiVersion, kind);
  return { is: 'object', node: node ?? anyObject(kinds), kinds, ...(kind === undefined ? {} : { kind }) };
}

/** A kind by its name, and by its group where that is known; the first that is known of several. */
export function nodeOfKind(kinds: Kinds, kind: string, group: string | undefined): SchemaNode | undefined {
  const one = kinds.all().find((own) => own.kind === kind && (group === undefined || own.group === group));
  return one && nodeOf(kinds, one.apiVersion, kind);
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
  if (target?.kind === undefined) return undefined;
  const { kind, group, version } = target;
  const named = kinds.all().filter((one) => one.kind === kind);
  const common = named.filter(({ isOfProduct }) => isOfProduct !== true);
  const known = common.length > 0 && group === undefined ? common : named;
  const byGroup =
    group === undefined ? known : known.filter(({ apiVersion }) => apiVersion.startsWith(`${group}/`));
  const byVersion = byGroup.filter(({ apiVersion }) => version === undefined || apiVersion.endsWith(version));
  const rendered = objects.find((one) => one.kind === kind && one.name === target.name)?.group;
  return (byVersion.find(({ apiVersion }) => apiVersion.startsWith(`${rendered ?? ''}/`)) ?? byVersion.at(-1))
    ?.apiVersion;
}

/** A list of JSON 6902 operations, or one that is begun where a patch is expected. */
function isOperations(root: OutlineNode, isPatch: boolean): boolean {
  return itemsOf(root).some(
    ({ children }) =>
      children.some(({ key }) => ['op', 'path', 'from'].includes(key)) ||
      children.length === 0 ||
      (isPatch && children.every(({ key }) => key.startsWith(marker))),
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
    ...(target === undefined ? {} : { target }),
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
    target?.kind === undefined || apiVersion === undefined
      ? undefined
      : nodeOf(kinds, apiVersion, target.kind);
  return changed === undefined ? {} : { changed };
}

/** The patch that a block scalar is, with what it is said to change. */
function patchAround(within: Cursor, path: string): PatchEntry | undefined {
  const isPatch =
    within.path.at(-1) === 'patch' && ['patches', 'patchesJson6902'].includes(String(within.path.at(-3)));
  const isMerge = within.path.at(-2) === 'patchesStrategicMerge' && isKustomizationPath(path);
  if (!isPatch) return isMerge ? { target: undefined } : undefined;
  const entry = within.around.parent;
  return { target: entry && targetIn(entry) };
}
