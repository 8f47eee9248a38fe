import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { EntryEffect } from '../object/build.ts';
import type { Resource } from '../object/resource.ts';
import type { Inquiry } from '../source/inquiry.ts';
import type { Sources } from '../source/load.ts';
import type { BuildWork } from './build-work.ts';
import type { ChartCopies } from './chart-copies.ts';
import type { MergeSchemas } from './merge-schema.ts';
import type { Problem } from './problem.ts';
import type { Resources } from './transformer.ts';
import { emptyConfig, type TransformerConfig } from './transformer-config.ts';
import type { Variable } from './vars.ts';

/** What a kustomization has gathered and done so far; names are not final yet. */
export interface Accumulator {
  readonly resources: Resources;
  readonly config: TransformerConfig;
  readonly variables: readonly Variable[];
}

export const emptyAccumulator: Accumulator = { resources: [], config: emptyConfig, variables: [] };

/** What one build shares with the bases below it. */
export interface BuildContext {
  readonly sources: Sources;
  readonly loadRestrictor: 'none' | 'root-only';
  readonly provenance: boolean;
  readonly remotes: ReadonlyMap<string, string>;
  readonly charts: ChartCopies;
  /** The root's `buildMetadata`, which counts for every base below it. */
  readonly buildMetadata: readonly string[];
  /** kustomize keeps its schema in one global place: an `openapi` anywhere counts for all that follows. */
  readonly schemas: { current: MergeSchemas; isSet: boolean; builtin: BuiltinUse };
  readonly cache: Map<string, CachedBase>;
  readonly log: BuildLog;
  /** Of the whole run. */
  readonly work: BuildWork;
}

/** What happened while a directory was built. */
export interface BuildLog {
  readonly inputs: Set<string>;
  /** Those of them whose documents are objects, patches, or what says what to do. */
  readonly applied: Set<string>;
  readonly directories: Set<string>;
  readonly effects: EntryEffect[];
  readonly diagnostics: Diagnostic[];
  /** What patches took out again. */
  readonly dropped: Resource[];
  /** What is not here and would only add objects: the build goes on without it, and is not complete. */
  readonly absent: Problem[];
  /** Files that it reads. */
  readonly unrendered: Set<string>;
  /** The names of what nobody knows before charts are installed. */
  readonly unknown: Set<string>;
  /** What the directory by itself asked of the built-in schema. */
  builtin: BuiltinUse;
}

/** What was asked of the built-in schema before another was set: nothing, the scope of a kind unknown to it, or how to merge. */
export type BuiltinUse = 'none' | 'scope' | 'merge';

/** Notes down such a question. */
export function noteBuiltinUse({ schemas, log }: BuildContext, use: BuiltinUse): void {
  schemas.builtin = moreUse(schemas.builtin, use);
  log.builtin = moreUse(log.builtin, use);
}

function moreUse(a: BuiltinUse, b: BuiltinUse): BuiltinUse {
  return a === 'merge' || b === 'none' ? a : b;
}

/** A base as it was built, and what files told meanwhile. */
export interface CachedBase {
  readonly result: Accumulator | Problem;
  readonly log: BuildLog;
  readonly inquiry: Inquiry;
}

export function newLog(): BuildLog {
  return {
    inputs: new Set(),
    applied: new Set(),
    directories: new Set(),
    effects: [],
    diagnostics: [],
    dropped: [],
    absent: [],
    unrendered: new Set(),
    unknown: new Set(),
    builtin: 'none',
  };
}

/** Where a target stands in the build: the directories it is built for, and its path for origin annotations. */
export interface Place {
  readonly ancestors: readonly string[];
  readonly originPath: string;
}

/** Takes what happened in a base into the log of whoever builds it. */
export function mergeLog(log: BuildLog, more: BuildLog): void {
  for (const path of more.inputs) log.inputs.add(path);
  for (const path of more.applied) log.applied.add(path);
  for (const directory of more.directories) log.directories.add(directory);
  for (const path of more.unrendered) log.unrendered.add(path);
  for (const name of more.unknown) log.unknown.add(name);
  for (const effect of more.effects) log.effects.push(effect);
  log.builtin = moreUse(log.builtin, more.builtin);
  for (const resource of more.dropped) log.dropped.push(resource);
  for (const problem of more.absent) if (!log.absent.includes(problem)) log.absent.push(problem);
  for (const diagnostic of more.diagnostics)
    if (!log.diagnostics.includes(diagnostic)) log.diagnostics.push(diagnostic);
}
