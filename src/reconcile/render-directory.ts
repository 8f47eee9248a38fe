import { readPlainManifests } from '../object/plain-manifests.ts';
import { type Renderer, renderedAs } from '../object/renderer.ts';
import type { Sources } from '../source/load.ts';
import { emptyBuild } from './reconciliation.ts';

/** Manifests that are applied as they stand. */
export interface DirectorySource {
  readonly root: string;
  readonly files: readonly string[];
  /** Whether some may be templates of another tool, which whoever applies the others fills in first. */
  readonly hasTemplates?: boolean;
}

/** Renders plain manifests: their objects as they stand. */
export const renderDirectory: Renderer<DirectorySource, { readonly sources: Sources }> = (
  { root, files, hasTemplates = false },
  { sources },
) => {
  const { resources, diagnostics } = readPlainManifests(sources, files, !hasTemplates);
  return renderedAs({ ...emptyBuild(root, true), resources, diagnostics, inputs: files });
};
