import { CompletionItemKind } from 'vscode-languageserver';
import { ownOf } from '../../source/own.ts';
import { normalisePath } from '../../source/path.ts';
import type { Knowledge } from '../judging/knowledge.ts';
import { variablesIn } from '../judging/unfilled-variables.ts';
import { textAt } from '../yaml/outline-node.ts';
import { filesBelow } from './files-below.ts';
import type { LineParts } from './line-parts.ts';
import { type Proposal, proposeKeys } from './proposal.ts';
import type { Writing } from './writing.ts';

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
export function proposeSubstitutions({ cursor, files, knowledge: { unfilled } }: Writing): Proposal[] {
  const { path, role, outline } = cursor;
  if (role === 'value' || path.join('.') !== 'spec.postBuild.substitute') return [];
  const root = normalisePath((textAt(outline.root, 'spec', 'path') ?? '').replace(/^\.?\//u, '')) ?? '';
  const built = ownOf(unfilled, root);
  const names = built ?? (files === undefined ? [] : variablesIn(filesBelow(files, root), files));
  return proposeKeys(names, cursor, {
    kind: CompletionItemKind.Variable,
    detail: `variable in ${root === '' ? '.' : root}`,
    rank: 0,
  });
}
