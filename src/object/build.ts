import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Origin } from './provenance.ts';
import type { Resource } from './resource.ts';

/** One `kustomize build`. */
export interface Build {
  /** The directory that was built, relative to the repository's root. */
  readonly root: string;
  /** What it renders, in output order, without what is absent; empty where the build failed. */
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
  /** Every file it read. */
  readonly inputs: readonly string[];
  /** Those of them that it read as data alone: for a generator, or for a schema. */
  readonly data?: readonly string[];
  /** Those of them that stand in a chart and are neither templates nor definitions: it sends nothing of them. */
  readonly besideTemplates?: readonly string[];
  /** Files and directories that something reads which is not rendered: a chart that was not fetched, a plugin, a program. */
  readonly unrendered?: readonly string[];
  /** What each entry that selects something selected and changed. */
  readonly effects: readonly EntryEffect[];
  /** Objects that a patch or an annotation took out again. */
  readonly dropped?: readonly Resource[];
  /** The names of the variables in it, where Flux puts values in their place. */
  readonly variables?: ReadonlySet<string>;
  /** What nobody knows before charts are installed; `${NAME}` is in the place of each. */
  readonly unknown?: readonly string[];
  /** False where kustomize would have failed, or something was not fetched or executed: nothing of it may be judged as if it were whole. */
  readonly complete: boolean;
}

/** What one entry of a kustomization did: evidence for the rules about entries that do nothing. */
export interface EntryEffect {
  /** The field of kustomization.yaml, e.g. `patches`. */
  readonly by: string;
  readonly origin: Origin;
  /** How many resources it selected, and how many of those it changed. */
  readonly selected: number;
  readonly changed: number;
  /** What it looked for, in words. */
  readonly target: string;
  /** Whether it takes away what it selects. */
  readonly deletes?: boolean;
}
