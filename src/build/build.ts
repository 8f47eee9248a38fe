import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Resource } from './resource.ts';

/** One `kustomize build`. */
export interface Build {
  /** The directory that was built, relative to the repository's root. */
  readonly root: string;
  /** What it renders, in output order; empty where the build failed. */
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
  /** Every file it read. */
  readonly inputs: readonly string[];
  /** False where kustomize would have failed, or something was not fetched or executed: nothing of it may be judged as if it were whole. */
  readonly complete: boolean;
}

/** The flags of `kustomize build`, with its defaults. */
export interface BuildOptions {
  readonly reorder?: 'none' | 'legacy';
  readonly loadRestrictor?: 'none' | 'root-only';
  readonly managedByLabel?: boolean;
  /** False builds without remembering where values come from; for measuring what that costs. */
  readonly provenance?: boolean;
  /** Vendored copies of remote bases: URL to directory. */
  readonly remotes?: Readonly<Record<string, string>>;
}

/** Builds over one set of sources; bases that several roots share are built once. */
export interface Builder {
  build(root: string, options?: BuildOptions): Build;
}
