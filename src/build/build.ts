import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { startOf } from '../diagnostic/span.ts';
import type { Sources } from '../source/load.ts';
import { normalisePath } from '../source/path.ts';
import type { Mapping } from '../source/value.ts';
import { accumulateTarget, loaderOf, openTarget } from './accumulate.ts';
import { type BuildContext, emptyAccumulator, newLog } from './build-context.ts';
import { checkAnnotationKeys, checkNames, dropLocalConfig, finishResource } from './finish.ts';
import { hashNames } from './hash-names.ts';
import { checkKustomization, mappingOf, stringsOf, textOf } from './kustomization.ts';
import { builtinMergeSchemas } from './merge-schema.ts';
import { fixNameReferences } from './name-reference.ts';
import { type SortOptions, sortResources } from './order.ts';
import { everyProblem, isProblem, type Problem, spanOfProblem } from './problem.ts';
import { getPart, type Tracked } from './provenance.ts';
import type { Resource } from './resource.ts';
import type { Target } from './target.ts';
import type { EntryEffect } from './transformer.ts';
import { resolveVariables } from './vars.ts';

/** One `kustomize build`. */
export interface Build {
  /** The directory that was built, relative to the repository's root. */
  readonly root: string;
  /** What it renders, in output order; empty where the build failed. */
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
  /** Every file it read. */
  readonly inputs: readonly string[];
  /** What each entry that selects something selected and changed. */
  readonly effects: readonly EntryEffect[];
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
  /** What a controller writes into the root's kustomization before it builds, or in the place of one that is not there. */
  readonly edit?: KustomizationEdit;
}

/** Changes a kustomization as it was read; undefined where the directory has none. */
export type KustomizationEdit = (kustomization: Tracked<Mapping> | undefined) => Tracked<Mapping> | Problem;

/** Builds over one set of sources; bases that several roots share are built once. */
export interface Builder {
  build(root: string, options?: BuildOptions): Build;
}

/** Opens a builder over sources. */
export function openBuilder(sources: Sources): Builder {
  const caches = new Map<string, BuildContext['cache']>();
  return {
    build(root, options = {}) {
      // A base is the same for everyone only as far as these go.
      const { loadRestrictor = 'root-only', provenance = true, remotes = {} } = options;
      const key = JSON.stringify([loadRestrictor, provenance, remotes]);
      const cache = caches.get(key) ?? new Map();
      caches.set(key, cache);
      const context: BuildContext = {
        sources,
        loadRestrictor,
        provenance,
        remotes: new Map(Object.entries(remotes)),
        buildMetadata: [],
        schemas: { current: builtinMergeSchemas, isSet: false },
        cache,
        log: newLog(),
      };
      return buildRoot(context, root, options);
    },
  };
}

function buildRoot(context: BuildContext, path: string, options: BuildOptions): Build {
  const inside = normalisePath(path);
  const root = inside === undefined ? undefined : (context.sources.fileSystem.realPath(inside) ?? inside);
  const resources = root === undefined ? outside(path) : buildResources(context, root, options);
  const { log } = context;
  const build = { root: root ?? path, inputs: [...log.inputs].sort(), effects: log.effects };
  if (!isProblem(resources)) return { ...build, resources, diagnostics: log.diagnostics, complete: true };
  const told = everyProblem(resources).filter(({ reported }) => reported !== true);
  const diagnostics = [...log.diagnostics, ...told.map((problem) => diagnose(problem, build.root))];
  return { ...build, resources: [], diagnostics, complete: false };
}

function buildResources(
  context: BuildContext,
  root: string,
  options: BuildOptions,
): readonly Resource[] | Problem {
  const target = openRoot(context, root, options.edit);
  if (isProblem(target)) return target;
  const { kustomization } = target;
  const metadata = stringsOf(kustomization, 'buildMetadata').map((item) => item.value);
  const place = { ancestors: [], originPath: '' };
  const accumulator = accumulateTarget(
    { ...context, buildMetadata: metadata },
    target,
    place,
    emptyAccumulator,
  );
  if (isProblem(accumulator)) return accumulator;
  const named = fixNameReferences(hashNames(accumulator.resources), accumulator.config);
  if (isProblem(named)) return named;
  const resolved = resolveVariables(named, accumulator.variables, accumulator.config);
  if (isProblem(resolved)) return resolved;
  const nameless = checkNames(resolved);
  if (nameless !== undefined) return nameless;
  const kept = dropLocalConfig(resolved);
  const managedBy = managedByLabel(kustomization, metadata, options);
  const finished = kept.map((resource) => finishResource(resource, metadata, managedBy));
  const unreadable = checkAnnotationKeys(finished);
  if (unreadable !== undefined) return unreadable;
  const order = sortOrder(kustomization, options);
  return isProblem(order) ? order : sortResources(finished, order);
}

function openRoot(
  context: BuildContext,
  root: string,
  edit: KustomizationEdit | undefined,
): Target | Problem {
  const target = openTarget(context, root, undefined);
  if (edit === undefined) return target;
  const isMissing = isProblem(target) && target.rule === 'kustomization-missing';
  if (isProblem(target) && !isMissing) return target;
  const edited = edit(isProblem(target) ? undefined : target.kustomization);
  if (isProblem(edited)) return edited;
  const kustomization = checkKustomization(edited);
  if (isProblem(kustomization)) return kustomization;
  if (!isProblem(target)) return { ...target, kustomization };
  return {
    directory: root,
    fileName: 'kustomization.yaml',
    loader: loaderOf(context, root),
    kustomization,
  };
}

/** `sortOptions` of the root, else the flag, else kustomize's legacy order. */
function sortOrder(kustomization: Tracked<Mapping>, options: BuildOptions): SortOptions | Problem {
  const chosen = mappingOf(kustomization, 'sortOptions');
  if (chosen === undefined) return { order: options.reorder === 'none' ? 'fifo' : 'legacy' };
  const order = textOf(chosen, 'order');
  if (order !== 'legacy' && order !== 'fifo') {
    return {
      rule: 'kustomization-invalid',
      problem: `sortOptions.order is ${order || 'missing'}, but may be legacy or fifo`,
      help: 'write order: legacy or order: fifo',
      at: (getPart(chosen, 'order') ?? chosen).origin,
    };
  }
  const lists = mappingOf(chosen, 'legacySortOptions');
  if (lists === undefined) return { order };
  if (order === 'fifo') {
    return {
      rule: 'kustomization-invalid',
      problem: 'legacySortOptions goes with order: legacy only',
      help: 'remove legacySortOptions, or write order: legacy',
      at: lists.origin,
    };
  }
  const texts = (field: string): string[] => stringsOf(lists, field).map((item) => item.value);
  return { order, legacySortOptions: { orderFirst: texts('orderFirst'), orderLast: texts('orderLast') } };
}

function managedByLabel(
  kustomization: Tracked<Mapping>,
  metadata: readonly string[],
  options: BuildOptions,
): Tracked | undefined {
  if (options.managedByLabel !== true && !metadata.includes('managedByLabel')) return undefined;
  return {
    value: 'kustomize-v5.8.2',
    origin: (getPart(kustomization, 'buildMetadata') ?? kustomization).origin,
  };
}

function outside(path: string): Problem {
  return {
    rule: 'path-outside-repository',
    problem: `${path} leads out of the repository`,
    help: 'name a directory inside the repository',
  };
}

/** A problem in words, at its place. */
export function diagnose(problem: Problem, root: string): Diagnostic {
  const fallback = startOf({ path: root === '' ? '.' : root, text: '' });
  return {
    rule: problem.rule ?? 'build-failed',
    severity: 'error',
    message: problem.problem,
    ...(problem.help === undefined ? {} : { help: problem.help }),
    span: spanOfProblem(problem, fallback),
    related: [],
    entryPoint: root,
    unchecked: problem.unchecked ?? `the build of ${root || '.'}`,
  };
}
