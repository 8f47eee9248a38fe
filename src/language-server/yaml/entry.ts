import { isKustomizationPath } from '../../object/kustomization-path.ts';
import { cursorAt } from './cursor.ts';
import { childAt } from './outline-node.ts';

/** A stretch of a text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The operation of a JSON 6902 patch, or the item of a list of a kustomization, around an offset: what changes objects as a whole. */
export function entryAround(text: string, path: string, offset: number): Stretch | undefined {
  const cursor = cursorAt(text, offset);
  if (cursor === undefined) return undefined;
  const { outline, path: at, within } = cursor;
  const [first, second] = at;
  const isItem = isKustomizationPath(path) && within === undefined && typeof second === 'number';
  const item = typeof first === 'number' ? [first] : isItem ? at.slice(0, 2) : undefined;
  const node = item && childAt(outline.root, ...item);
  const last = node && outline.lines[node.lastLine];
  return node && last && { start: node.start, end: last.start + last.text.length };
}
