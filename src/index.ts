export type { Diagnostic, ObjectReference, RelatedLocation } from './diagnostic/diagnostic.ts';
export type { Severity } from './diagnostic/severity.ts';
export type { SourceFile } from './diagnostic/source-file.ts';
export type { Span } from './diagnostic/span.ts';
