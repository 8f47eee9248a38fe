import type { Diagnostic, RelatedLocation } from '../diagnostic/diagnostic.ts';
import { startOf } from '../diagnostic/span.ts';
import type { Build } from '../object/build.ts';
import { withinWork } from '../object/edit-work.ts';
import { getPart, locateField, type Tracked } from '../object/provenance.ts';
import type { Resource } from '../object/resource.ts';
import { openInquiry } from '../source/inquiry.ts';
import type { Sources } from '../source/load.ts';
import { ownOf } from '../source/own.ts';
import { normalisePath } from '../source/path.ts';
import type { Mapping } from '../source/value.ts';
import { accumulateTarget, loaderOf, openTarget } from './accumulate.ts';
import { resourceOf } from './accumulated-resource.ts';
import { type BuildContext, type BuildLog, emptyAccumulator, newLog } from './build-context.ts';
import { type BuildMemory, newBuildMemory } from './build-memory.ts';
import { newBuildWork, tooManyEdits } from './build-work.ts';
import { type ChartCopy, chartKey } from './chart-copies.ts';
import {
  checkAnnotationKeys,
  checkEarlierNames,
  checkMade,
  checkNames,
  checkWriting,
  dropLocalConfig,
  finishResource,
} from './finish.ts';
import { hashNames } from './hash-names.ts';
import { checkKustomization, type Forgive, mappingOf, stringsOf, textOf } from './kustomization.ts';
import { builtinMergeSchemas } from './merge-schema.ts';
import { fixNameReferences } from './name-reference.ts';
import { type SortOptions, sortResources } from './order.ts';
import { everyProblem, isProblem, type Problem, spanOfProblem } from './problem.ts';
import type { Target } from './target.ts';
import { resolveVariables } from './vars.ts';
import { checkWrittenKeys } from './written-key.ts';

/** The flags of `kustomize build`, with its defaults. */
export interface BuildOptions {
  readonly reorder?: 'none' | 'legacy';
  readonly loadRestrictor?: 'none' | 'root-only';
  readonly managedByLabel?: boolean;
  /** False builds without remembering where values come from; for measuring what that costs. */
  readonly provenance?: boolean;
  /** Vendored copies of remote bases: URL to directory. */
  readonly remotes?: Readonly<Record<string, string>>;
  /** Charts of `helmCharts` that come from elsewhere, by `chartKey`. */
  readonly charts?: Readonly<Record<string, ChartCopy>>;
  /** What a controller writes into the root's kustomization before it builds, or in the place of one that is not there. */
  readonly edit?: KustomizationEdit;
  /** Who reads the root's kustomization with a forgiving decoder, and hands on what kustomize itself refuses. */
  readonly forgivenBy?: string;
}

/** Changes a kustomization as it was read; undefined where the directory has none. */
export type KustomizationEdit = (kustomization: Tracked<Mapping> | undefined) => Tracked<Mapping> | Problem;

/** Builds over one set of sources; bases that several roots share are built once. */
export interface Builder {
  build(root: string, options?: BuildOptions): Build;
}

/** Opens a builder over sources, which builds again only what `memory` has not built of the same; `isPart` where it will not be asked for all. */
export function openBuilder(
  sources: Sources,
  memory: BuildMemory = newBuildMemory(),
  isPart = false,
): Builder {
  const run = memory.open(isPart);
  const work = newBuildWork(() => sources.counts.bytes, sources.limits.shards);
  return {
    build(path, { edit, ...options } = {}) {
      const inside = normalisePath(path);
      if (inside === undefined) return failed(path, newLog(), outside(path));
      // A base is the same for everyone only as far as these go.
      const { loadRestrictor = 'root-only', provenance = true, remotes = {}, charts = {} } = options;
      const inquiry = openInquiry(sources);
      const context: BuildContext = {
        sources: inquiry.sources,
        loadRestrictor,
        provenance,
        remotes: new Map(Object.entries(remotes)),
        charts: (...named) => ownOf(charts, chartKey(...named)) ?? {},
        buildMetadata: [],
        schemas: { current: builtinMergeSchemas, isSet: false, builtin: 'none' },
        cache: run.bases(JSON.stringify([loadRestrictor, provenance, remotes, charts])),
        log: newLog(),
        work,
      };
      const root = inquiry.sources.fileSystem.realPath(inside) ?? inside;
      const target = openRoot(context, root, edit, options.forgivenBy);
      if (isProblem(target)) return failed(root, context.log, target);
      const { kustomization } = target;
      const key = JSON.stringify([root, options]);
      const known = run.recall(key, kustomization, sources);
      if (known !== undefined) return known;
      const build = withinWork(work.edits, () => buildTarget(context, target, options));
      if (build === undefined) return failed(root, context.log, tooManyEdits(work, kustomization.origin));
      // What was beyond a limit of this run may not be beyond it in another one.
      if (!build.diagnostics.some(({ isOfRun }) => isOfRun === true))
        run.remember(key, { kustomization, inquiry, build });
      return build;
    },
  };
}

function buildTarget(context: BuildContext, target: Target, options: BuildOptions): Build {
  const resources = buildResources(context, target, options);
  const { directory: root } = target;
  const { log } = context;
  if (isProblem(resources)) return failed(root, log, resources);
  return {
    root,
    resources,
    diagnostics: [...log.diagnostics, ...absentFrom(root, log)],
    inputs: inputsOf(log),
    ...dataOf(log),
    ...unrenderedOf(log),
    effects: log.effects,
    ...(log.dropped.length === 0 ? {} : { dropped: log.dropped }),
    ...(log.unknown.size === 0 ? {} : { unknown: [...log.unknown] }),
    complete: log.absent.length === 0,
  };
}

function failed(root: string, log: BuildLog, problem: Problem): Build {
  const told = everyProblem(problem).filter(({ reported }) => reported !== true);
  const diagnostics = [
    ...log.diagnostics,
    ...absentFrom(root, log),
    ...told.map((one) => {
      const diagnostic = diagnose(one, root);
      return log.absent.length > 0 && lackingRules.has(diagnostic.rule) ? perhaps(diagnostic) : diagnostic;
    }),
  ];
  const known = { inputs: inputsOf(log), ...unrenderedOf(log), effects: log.effects };
  return { root, resources: [], diagnostics, ...known, complete: false };
}

function unrenderedOf({ unrendered }: BuildLog): Pick<Build, 'unrendered'> {
  return unrendered.size === 0 ? {} : { unrendered: [...unrendered].sort() };
}

function absentFrom(root: string, { absent }: BuildLog): Diagnostic[] {
  return absent.map((problem) => diagnose(problem, root));
}

function inputsOf({ inputs }: BuildLog): string[] {
  return [...inputs].sort();
}

function dataOf({ inputs, applied }: BuildLog): Pick<Build, 'data'> {
  const data = [...inputs].filter((path) => !applied.has(path));
  return data.length === 0 ? {} : { data };
}

/** Rules that say that a build lacks an object, or a field of one. */
const lackingRules = new Set(['replacement-invalid', 'variable-without-object']);

/** What may be wrong only because something is absent. */
function perhaps(diagnostic: Diagnostic): Diagnostic {
  return {
    ...diagnostic,
    severity: 'note',
    message: `the build cannot continue without what is missing: ${diagnostic.message}`,
    help: 'vendor what is missing, and list the copy under remotes in cdb-lint.yaml',
  };
}

function buildResources(
  context: BuildContext,
  target: Target,
  options: BuildOptions,
): readonly Resource[] | Problem {
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
  if (kept.length < resolved.length) {
    const left = new Set(kept);
    for (const one of resolved) if (!left.has(one)) context.log.dropped.push(resourceOf(one));
  }
  const managedBy = managedByLabel(kustomization, metadata, options);
  const finished = kept.map((resource) => finishResource(resource, metadata, managedBy));
  const unreadable =
    checkAnnotationKeys(finished) ??
    checkEarlierNames(kept) ??
    checkMade(kept) ??
    checkWriting(kept, finished) ??
    checkWrittenKeys(finished, context.log.diagnostics);
  if (unreadable !== undefined) return unreadable;
  const order = sortOrder(kustomization, options);
  return isProblem(order) ? order : sortResources(finished, order);
}

function openRoot(
  context: BuildContext,
  root: string,
  edit: KustomizationEdit | undefined,
  forgivenBy: string | undefined,
): Target | Problem {
  const forgive = forgivenBy === undefined ? undefined : forgiving(context.log, root, forgivenBy);
  const target = openTarget(context, root, undefined, forgive);
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

/** Notes down what a forgiving decoder hands on; nothing is unchecked because of it. */
function forgiving({ diagnostics }: BuildLog, root: string, by: string): Forgive {
  return (problem, text) => {
    const { unchecked, ...known } = diagnose(problem, root);
    diagnostics.push(
      text === undefined
        ? { ...known, message: `${known.message}, and ${by} leaves it out` }
        : { ...known, severity: 'warning', message: `${known.message}, and ${by} writes "${text}"` },
    );
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
      problem: `sortOptions.order is ${order || 'missing'}, but must be legacy or fifo`,
      help: 'write order: legacy or order: fifo',
      at: (getPart(chosen, 'order') ?? chosen).origin,
    };
  }
  const lists = mappingOf(chosen, 'legacySortOptions');
  if (lists === undefined) return { order };
  if (order === 'fifo') {
    return {
      rule: 'kustomization-invalid',
      problem: 'legacySortOptions is allowed only with order: legacy',
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
    problem: `${path} is outside the repository`,
    help: 'name a directory inside the repository',
  };
}

function sourceOf({ from }: Problem): RelatedLocation[] {
  const span = from && locateField({ value: null, origin: from }, []).span;
  return span === undefined ? [] : [{ span, message: 'the value is set here' }];
}

/** A problem in words, at its place. */
export function diagnose(problem: Problem, root: string): Diagnostic {
  const fallback = startOf({ path: root === '' ? '.' : root, text: '' });
  return {
    rule: problem.rule ?? 'build-failed',
    severity: problem.isElsewhere === true ? 'warning' : 'error',
    message: problem.problem,
    ...(problem.help === undefined ? {} : { help: problem.help }),
    ...(problem.cause === undefined ? {} : { cause: problem.cause }),
    span: spanOfProblem(problem, fallback),
    related: sourceOf(problem),
    entryPoint: root,
    unchecked: problem.unchecked ?? `the build of ${root || '.'}`,
    ...(problem.isOfRun === undefined ? {} : { isOfRun: true }),
  };
}
