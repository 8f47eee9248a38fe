import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { untracked } from '../object/provenance.ts';
import { parseDocuments } from '../source/parse.ts';
import { isProblem } from './problem.ts';
import { readObjects } from './resource-file.ts';

const blanks = '(?:[ \\t]*(?:#[^\\n]*)?\\n)*';
const isEmptyFirst = new RegExp(
  `^${blanks}(?:---[ \\t]*(?:#[^\\n]*)?\\n${blanks}(?:(?:~|null)[ \\t]*\\n)?|(?:~|null)[ \\t]*\\n)---`,
  'u',
);

/**
 * Whether a patch is taken for JSON 6902 operations, of which there are none: its first document is empty, and what follows cannot be read
 * as a merge patch (PatchTransformer of kustomize 5.8.2, which then does nothing).
 */
export function isPatchOfNothing(text: string): boolean {
  if (!isEmptyFirst.test(text)) return false;
  const { documents, diagnostics } = parseDocuments({ path: '', text }, 'patch');
  if (!isRead(diagnostics)) return true;
  return isProblem(readObjects(documents.map(({ value }) => ({ value, origin: untracked }))));
}

const emptyList = /^(?:\s|#[^\n]*\n)*\[(?:\s|#[^\n]*\n)*\]/;

/** Whether a patch is a merge patch that begins with an empty list, which says nothing; what cannot be read as one is taken for operations. */
export function isEmptyListAsPatch(text: string): boolean {
  return emptyList.test(text) && isRead(parseDocuments({ path: '', text }, 'patch').diagnostics);
}

function isRead(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.every(({ unchecked }) => unchecked === undefined);
}
