import { CompletionItemKind } from 'vscode-languageserver';
import type { Knowledge } from '../judging/knowledge.ts';
import type { Cursor } from '../yaml/cursor.ts';
import type { Proposal } from './proposal.ts';

/** What stands in the place of a part of the line. */
export interface PartProposals {
  readonly proposals: readonly Proposal[];
  readonly from: number;
  readonly to: number;
}

/** Behind `${` the variables that Flux puts in (`postBuild`); undefined anywhere else. */
export function proposeVariables(
  line: string,
  { to }: Cursor,
  { variables }: Knowledge,
): PartProposals | undefined {
  const [, typed] = /\$\{(\w*)$/u.exec(line) ?? [];
  if (typed === undefined || variables.length === 0) return undefined;
  const column = line.length;
  const proposals = variables.map((label) => ({
    label,
    kind: CompletionItemKind.Variable,
    text: `${label}}`,
    detail: 'postBuild',
  }));
  return { proposals, from: column - typed.length, to: Math.max(column, Math.min(to, column)) };
}
