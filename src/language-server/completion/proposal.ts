import type { CompletionItemKind } from 'vscode-languageserver';

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
