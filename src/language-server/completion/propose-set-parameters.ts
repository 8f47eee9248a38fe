import { CompletionItemKind } from 'vscode-languageserver';
import { ownOf } from '../../source/own.ts';
import { marker } from '../yaml/cursor-shape.ts';
import { childAt, itemsOf, type OutlineNode, textAt, visitNodes } from '../yaml/outline-node.ts';
import type { LineParts } from './line-parts.ts';
import type { PartProposals } from './propose-variables.ts';
import type { Writing } from './writing.ts';

const cluster = ['name', 'nameNormalized', 'server', 'project', 'metadata.labels', 'metadata.annotations'];

/** What generators bring that ask somebody else (applicationset/generators of Argo CD 3.6). */
const broughtBy: Readonly<Record<string, readonly string[]>> = {
  clusters: cluster,
  clusterDecisionResource: ['name', 'server', 'metadata.labels', 'metadata.annotations'],
  scmProvider: [
    ...['organization', 'repository', 'repository_id', 'url', 'branch', 'branchNormalized'],
    ...['sha', 'short_sha', 'short_sha_7', 'labels'],
  ],
  pullRequest: [
    ...['number', 'title', 'author', 'branch', 'branch_slug', 'target_branch', 'target_branch_slug'],
    ...['head_sha', 'head_short_sha', 'head_short_sha_7', 'labels'],
  ],
};

/** Within braces of an ApplicationSet the parameters of its generators, as they were checked and as they are written; undefined anywhere else. */
export function proposeSetParameters(
  { cursor, knowledge }: Writing,
  { before, after }: LineParts,
): PartProposals | undefined {
  const { outline } = cursor.within ?? cursor;
  const { root } = outline;
  const open = before.lastIndexOf('{{');
  if (open < before.lastIndexOf('}}') || open < 0 || textAt(root, 'kind') !== 'ApplicationSet')
    return undefined;
  const isGoTemplate = textAt(root, 'spec', 'goTemplate') === 'true';
  const [typed] = (isGoTemplate ? /(?<![\w$)])\.[\w.]*$/u : /[\w.-]*$/u).exec(before.slice(open + 2)) ?? [];
  if (typed === undefined) return undefined;
  const key = `${textAt(root, 'metadata', 'namespace') ?? ''}/${textAt(root, 'metadata', 'name') ?? ''}`;
  const names = [...(ownOf(knowledge.parameters, key) ?? []), ...writtenParameters(root)];
  const start = isGoTemplate ? typed.lastIndexOf('.') + 1 : 0;
  const holder = isGoTemplate ? typed.slice(1, Math.max(start, 1)) : '';
  const labels = names.flatMap((name) => {
    if (!isGoTemplate) return [name];
    return name.startsWith(holder) ? (name.slice(holder.length).split('.')[0] ?? []) : [];
  });
  const [rest = ''] = /^[\w-]*/u.exec(after) ?? [];
  return {
    proposals: [...new Set(labels)]
      .filter((label) => label !== '')
      .map((label) => ({ label, kind: CompletionItemKind.Variable, detail: 'parameter' })),
    from: before.length - typed.length + start,
    to: before.length + rest.length,
  };
}

/** The keys of elements and of `values`, and what is known of the other generators. */
function writtenParameters(root: OutlineNode): string[] {
  const generators = childAt(root, 'spec', 'generators');
  const names: string[] = [];
  if (generators === undefined) return names;
  visitNodes(generators, (node) => {
    names.push(...(node.is === 'key' ? (ownOf(broughtBy, node.key) ?? []) : []));
    const holder = node.key === 'elements' ? itemsOf(node) : [];
    for (const element of holder) names.push(...keysOf(element));
    if (node.key === 'values') names.push(...keysOf(node).map((key) => `values.${key}`));
  });
  return names;
}

function keysOf({ children }: OutlineNode): string[] {
  return children.flatMap(({ is, key }) => (is === 'key' && key !== marker ? [key] : []));
}
