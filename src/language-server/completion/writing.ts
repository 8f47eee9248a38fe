import type { FileSystem } from '../../source/file-system.ts';
import type { Knowledge } from '../judging/knowledge.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';

/** Where somebody writes. */
export interface Writing {
  readonly cursor: Cursor;
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly files: FileSystem | undefined;
  readonly knowledge: Knowledge;
  /** The names of rules that a configuration may mention. */
  readonly rules?: readonly string[];
}
