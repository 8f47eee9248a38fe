import type { CompletionItemKind } from 'vscode-languageserver';
import type { Cursor } from '../yaml/cursor-shape.ts';

/** Something that may stand at the cursor. */
export interface Proposal {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** What is written; the label where absent. `$1` and the like are places to go on at, if `isSnippet`. */
  readonly text?: string;
  readonly isSnippet?: true;
  /** A few words beside the label. */
  readonly detail?: string;
  /** In Markdown. */
  readonly words?: string;
  /** What comes first has the lowest. */
  readonly rank?: number;
}

/** Keys that the mapping at the cursor does not have yet, each with its colon where none stands behind the cursor. */
export function proposeKeys(
  labels: readonly string[],
  { siblings, hasColon }: Pick<Cursor, 'siblings' | 'hasColon'>,
  more: Omit<Proposal, 'label' | 'text'>,
): Proposal[] {
  return labels
    .filter((label) => !siblings.includes(label))
    .map((label) => ({ label, text: hasColon ? label : `${label}: `, ...more }));
}
