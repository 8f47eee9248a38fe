import { jsonNode } from '../../schema/json-node.ts';
import { leafNode, listWords, type SchemaNode } from '../../schema/schema-node.ts';
import type { FileSystem } from '../../source/file-system.ts';
import { openSources } from '../../source/load.ts';
import { directoryOf, normalisePath } from '../../source/path.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { linesOf } from '../yaml/outline.ts';
import { type OutlineNode, textAt } from '../yaml/outline-node.ts';
import type { Writing } from './writing.ts';

/** The values of a chart, where the file holds some: beside a Chart.yaml, or in a folder below one. */
export function valuesNodeOf({
  path,
  files,
  cursor,
}: Pick<Writing, 'path' | 'files' | 'cursor'>): SchemaNode | undefined {
  if (files === undefined || textAt(cursor.outline.root, 'kind') !== undefined) return undefined;
  if (!/(?:^|\/)[\w.-]*values[\w.-]*\.ya?ml$/u.test(path)) return undefined;
  const folder = directoryOf(path);
  const chart = [folder, directoryOf(folder)].find((one) => files.kind(inside(one, 'Chart.yaml')) === 'file');
  return chart === undefined ? undefined : chartValuesNode(files, chart);
}

/** What a chart says of its values: its schema, and below that what its own values are. */
export function chartValuesNode(files: FileSystem, chart: string): SchemaNode | undefined {
  const sources = openSources(files);
  const schema = sources.load(inside(chart, 'values.schema.json'), 'json').documents[0]?.value;
  const values = sources.load(inside(chart, 'values.yaml'), 'kustomize').documents[0]?.value;
  const comments = commentsIn(sources.file(inside(chart, 'values.yaml'))?.text ?? '');
  const own = isMapping(values) ? valueNode(values, [], comments) : undefined;
  const said = isMapping(schema) ? jsonNode(schema) : undefined;
  return said === undefined || own === undefined ? (said ?? own) : both(said, own);
}

/** Where values of a chart are set, and what names the chart. */
export interface ChartSetting {
  /** The way to the field with the values. */
  readonly path: readonly (string | number)[];
  /** The folder of the chart, where the repository has it. */
  readonly chart: string;
}

/** What sets values at a path, of a release, an Application or a template of some. */
export function chartSettingAt(
  path: readonly (string | number)[],
  root: OutlineNode,
  files: FileSystem,
): ChartSetting | undefined {
  const at = valuesPathOf(path);
  if (at === undefined) return undefined;
  const named =
    at.length === 2
      ? textAt(root, 'spec', 'chart', 'spec', 'chart')
      : textAt(root, ...at.slice(0, -2), 'path');
  const folder = named === undefined ? undefined : normalisePath(named.replace(/^\.\//u, ''));
  if (folder === undefined || files.kind(inside(folder, 'Chart.yaml')) !== 'file') return undefined;
  return { path: at, chart: folder };
}

/** `spec.values`, and below a source `helm` with the values as an object, as a string or as parameters. */
function valuesPathOf(path: readonly (string | number)[]): readonly (string | number)[] | undefined {
  if (path[0] === 'spec' && path[1] === 'values') return path.slice(0, 2);
  const helm = path.indexOf('helm');
  const isSource = /^spec(?:\.template\.spec)?\.source(?:s\.\d+)?$/u.test(
    path.slice(0, Math.max(helm, 0)).join('.'),
  );
  const isValues = ['valuesObject', 'values', 'parameters'].includes(String(path[helm + 1]));
  return isSource && isValues ? path.slice(0, helm + 2) : undefined;
}

function inside(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function both(said: SchemaNode, own: SchemaNode): SchemaNode {
  return {
    ...said,
    is: said.is === 'any' ? own.is : said.is,
    words: () => said.words() ?? own.words(),
    below: () => said.below() ?? own.below(),
    fields: () => {
      const fields = new Map(own.fields());
      for (const [name, node] of said.fields()) {
        const other = fields.get(name);
        fields.set(name, other === undefined ? node : both(node, other));
      }
      return fields;
    },
  };
}

/** A value that a chart has already, as an example of what may be there. */
function valueNode(value: Value, path: readonly string[], comments: ReadonlyMap<string, string>): SchemaNode {
  const words = (): string | undefined => comments.get(path.join('.'));
  if (isMapping(value)) return mappingNode(value, path, comments);
  if (isSequence(value)) {
    const [first] = value;
    const below = first === undefined ? leafNode('anything') : valueNode(first, path, new Map());
    return { ...leafNode(listWords(below.type)), is: 'list', words, below: () => below };
  }
  const type = value === null ? 'anything' : typeof value === 'bigint' ? 'number' : typeof value;
  return leafNode(type, {
    words,
    ...(value === null || value === '' ? {} : { fallback: valueText(value) }),
    ...(type === 'boolean' ? { values: ['true', 'false'] } : {}),
  });
}

function mappingNode(
  value: Mapping,
  path: readonly string[],
  comments: ReadonlyMap<string, string>,
): SchemaNode {
  return {
    ...leafNode('object', { words: () => comments.get(path.join('.')) }),
    is: 'object',
    fields: () =>
      new Map(Object.entries(value).map(([key, one]) => [key, valueNode(one, [...path, key], comments)])),
  };
}

/** The comments right above keys, which is where charts say what their values are; helm-docs marks them with `--`. */
function commentsIn(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const path: { readonly key: string; readonly indent: number }[] = [];
  let comment: string[] = [];
  for (const { text: line } of linesOf(text)) {
    const [, indent = '', key] = /^( *)([\w.-]+):(?:\s|$)/u.exec(line) ?? [];
    const [, words] = /^ *# ?(?:-- )?(.*)$/u.exec(line) ?? [];
    if (words !== undefined) comment.push(words);
    if (key === undefined) {
      if (words === undefined) comment = [];
      continue;
    }
    while ((path.at(-1)?.indent ?? -1) >= indent.length) path.pop();
    path.push({ key, indent: indent.length });
    if (comment.length > 0) found.set(path.map((one) => one.key).join('.'), comment.join(' ').trim());
    comment = [];
  }
  return found;
}
