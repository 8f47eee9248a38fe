import type { Diagnostic, RelatedLocation } from '../diagnostic/diagnostic.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';

/** The problems of a file by itself. */
export type SyntaxRule =
  | 'yaml-syntax'
  | 'duplicate-key'
  | 'hidden-text'
  | 'unreadable-file'
  | 'too-large'
  | 'too-deep'
  | 'alias-bomb'
  | 'not-utf8'
  | 'not-json';

/** A finding about a file's text; whatever stands in the file may then differ from what a cluster would read. */
export function syntaxFinding(
  rule: SyntaxRule,
  file: SourceFile,
  range: readonly [start: number, end: number],
  message: string,
  help: string,
  related: readonly RelatedLocation[] = [],
): Diagnostic {
  const end = Math.min(Math.max(range[0], range[1]), file.text.length);
  const span = { file, start: Math.min(range[0], end), end };
  return { rule, severity: 'error', message, help, span, related, unchecked: file.path };
}
