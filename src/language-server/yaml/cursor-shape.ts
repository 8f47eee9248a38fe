import type { Outline } from './outline.ts';
import type { OutlineNode } from './outline-node.ts';

/** What somebody is writing at a place of a text, whatever state the text is in. */
export interface Cursor {
  /** A key, the value of a key, or an item of a list, which may become either. */
  readonly role: 'key' | 'value' | 'item';
  /** Where: of a key the mapping around it, of a value its key, of an item the list and its place. */
  readonly path: readonly (string | number)[];
  /** What is there of it before the cursor. */
  readonly typed: string;
  /** What a completion stands in the place of: columns of the cursor's line. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
  /** The mapping or list around it. */
  readonly around: OutlineNode;
  /** The keys that stand in the mapping already. */
  readonly siblings: readonly string[];
  /** Of the document that the cursor is in. */
  readonly outline: Outline;
  /** Whether it is in braces or brackets, where no line may begin. */
  readonly isFlow: boolean;
  /** Whether a colon stands behind a key already. */
  readonly hasColon: boolean;
  /** The quote that it is written in, which has to end it. */
  readonly quote?: string;
  /** The column that the text was moved to the left by, of a document within a block scalar. */
  readonly shift: number;
  /** The block scalar that it is in, of the document around it. */
  readonly within?: Cursor;
}

/** What the outline of a cursor has where something is being written. */
export const marker = '\u{e000}';

/** A column of a line, in the document between two lines. */
export interface CursorPlace {
  readonly line: number;
  readonly column: number;
  readonly first: number;
  readonly last: number;
}
