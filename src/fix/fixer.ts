import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Fix } from '../diagnostic/fix.ts';
import type { Resource } from '../object/resource.ts';
import type { Sources } from '../source/load.ts';
import type { Mapping, Path } from '../source/value.ts';
import type { Sharing } from './sharing.ts';

/** What a fixer knows beyond the finding. */
export interface FixContext {
  readonly sources: Sources;
  readonly kubernetesVersion: string;
  /** Whether a binding anywhere gives rights to the default account of the object's namespace. */
  readonly isBound: (object: Mapping) => boolean;
  readonly sharing: Sharing;
}

/** A finding about a field of a rendered object. */
export interface FieldFinding {
  readonly finding: Diagnostic;
  readonly resource: Resource;
  readonly path: Path;
}

/** Repairs what is wrong with a field; undefined where there is no one right answer. */
export type FieldFixer = (found: FieldFinding, context: FixContext) => Fix | undefined;

/** Repairs what is wrong with a file. */
export type FileFixer = (finding: Diagnostic, context: FixContext) => Fix | undefined;
