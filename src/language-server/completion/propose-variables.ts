import { CompletionItemKind } from 'vscode-languageserver';
import { ownOf } from '../../source/own.ts';
import { normalisePath } from '../../source/path.ts';
import type { Knowledge } from '../judging/knowledge.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { textAt } from '../yaml/outline-node.ts';
import type { LineParts } from './line-parts.ts';
import { type Proposal, proposeKeys } from './proposal.ts';

/** What stands in the place of a part of the line. */
export interface PartProposals {
  readonly proposals: readonly Proposal[];
  readonly from: number;
  readonly to: number;
}

/** Behind `${` the variables that Flux puts in (`postBuild`); undefined anywhere else. */
export function proposeVariables(
  { before, after }: LineParts,
  { variables }: Knowledge,
): PartProposals | undefined {
  const [, typed] = /\$\{(\w*)$/u.exec(before) ?? [];
  if (typed === undefined || variables.length === 0) return undefined;
  const column = before.length;
  const [rest = ''] = /^\w*\}?/u.exec(after) ?? [];
  const proposals = variables.map((label) => ({
    label,
    kind: CompletionItemKind.Variable,
    text: `${label}}`,
    detail: 'postBuild',
  }));
  return { proposals, from: column - typed.length, to: column + rest.length };
}

/** Below `postBuild.substitute` the variables that the path of the Flux Kustomization leaves open. */
export function proposeSubstitutions(cursor: Cursor, { unfilled }: Knowledge): Proposal[] {
  const { path, role, outline } = cursor;
  if (role === 'value' || path.join('.') !== 'spec.postBuild.substitute') return [];
  const root = normalisePath((textAt(outline.root, 'spec', 'path') ?? '').replace(/^\.?\//u, ''));
  return proposeKeys(ownOf(unfilled, root ?? '') ?? [], cursor, {
    kind: CompletionItemKind.Variable,
    detail: `variable in ${root === '' ? '.' : root}`,
    rank: 0,
  });
}
