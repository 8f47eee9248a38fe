import type { Build } from './build.ts';
import type { Tracked } from './provenance.ts';

/** What is made of a source of manifests, and what of it is not known here. */
export interface Rendered {
  /** After everything that whoever applies it does to it. */
  readonly build: Build;
  /** Why nothing or not everything of it is rendered here. */
  readonly notRendered: readonly string[];
  /** Variables whose values are not in the repository. */
  readonly unresolved: readonly string[];
  /** True where whatever renders it gives up over an error, and leaves in the cluster what is there. */
  readonly isRefused?: boolean;
  /** Values that were given to a chart and that none of its templates reads. */
  readonly unread?: readonly UnreadValue[];
}

/** A value that does nothing: what it is called, where it is set, what was probably meant, and what is taken in its place. */
export interface UnreadValue {
  readonly name: string;
  readonly at: Tracked;
  readonly near?: string;
  readonly shadow?: string;
}

/**
 * The one way to render: a source in, a build out. Kustomizations, plain directories, substitution over one of these, ResourceSets and
 * ApplicationSets are such functions; charts are another one.
 */
export type Renderer<Source, Context> = (source: Source, context: Context) => Rendered;

/** A build of which all is known, unless something is said. */
export function renderedAs(build: Build, ...notRendered: readonly string[]): Rendered {
  return { build, notRendered, unresolved: build.unknown ?? [] };
}

/** Several sources that are applied together; of one alone its build. */
export function joinRendered(parts: readonly Rendered[], root: string): Rendered {
  const builds = parts.map(({ build }) => build).filter((one) => !isNothing(one));
  const [only] = builds;
  const unrendered = parts.flatMap(({ build }) => build.unrendered ?? []);
  const build = only !== undefined && builds.length === 1 ? only : joinBuilds(builds, root);
  return {
    build: unrendered.length === 0 ? build : { ...build, unrendered },
    notRendered: parts.flatMap(({ notRendered }) => notRendered),
    unresolved: parts.flatMap(({ unresolved }) => unresolved),
    ...unreadIn(parts),
  };
}

function unreadIn(parts: readonly Rendered[]): Pick<Rendered, 'unread'> {
  const unread = parts.flatMap((one) => one.unread ?? []);
  return unread.length === 0 ? {} : { unread };
}

/** Whether nobody looked for anything, as for a source that is not here. */
export function isNothing({ complete, resources, inputs, diagnostics }: Build): boolean {
  return complete && resources.length + inputs.length + diagnostics.length === 0;
}

function joinBuilds(builds: readonly Build[], root: string): Build {
  const dropped = builds.flatMap((one) => one.dropped ?? []);
  const data = builds.flatMap((one) => one.data ?? []);
  return {
    root,
    resources: builds.flatMap(({ resources }) => resources),
    diagnostics: builds.flatMap(({ diagnostics }) => diagnostics),
    inputs: builds.flatMap(({ inputs }) => inputs),
    effects: builds.flatMap(({ effects }) => effects),
    ...(dropped.length === 0 ? {} : { dropped }),
    ...(data.length === 0 ? {} : { data }),
    complete: builds.every(({ complete }) => complete),
  };
}
