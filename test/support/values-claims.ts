import { builtInVersions } from '../../src/chart/api-versions.ts';
import { renderChartSource } from '../../src/chart/chart-renderer.ts';
import { readMapping } from '../../src/chart/read-yaml.ts';
import type { Span } from '../../src/diagnostic/span.ts';
import { locateField, untracked } from '../../src/object/provenance.ts';
import { type Resource, trackedObject } from '../../src/object/resource.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { equalValues, formatPath, type Path, type Value, valueAt } from '../../src/source/value.ts';
import { newMap } from '../../src/template/value/datum.ts';

/** The files of a tree with a chart in `chart/`, and the values that it is released with in `release.yaml` where there is such a file. */
export type ChartTree = Readonly<Record<string, string>>;

/** A field and the place in values that is said to have set it last. */
export interface Claim {
  readonly name: string;
  readonly index: number;
  readonly path: Path;
  readonly span: Span;
}

const declaration: Resource = {
  object: { apiVersion: 'v1', kind: 'Release', metadata: { name: 'web' } },
  origin: untracked,
};

/** What the chart of a tree makes; undefined where it is refused. */
export function renderTree(tree: ChartTree): readonly Resource[] | undefined {
  const sources = openSources(memoryFileSystem(tree));
  const own = tree['release.yaml'];
  const file = { name: 'release.yaml', path: 'release.yaml', bytes: new TextEncoder().encode(own ?? '') };
  const { build } = renderChartSource(
    {
      path: 'chart',
      release: {
        name: 'web',
        namespace: 'ns',
        values: own === undefined ? newMap() : readMapping(file, 'values'),
        kubernetesVersion: 'v1.34.0',
        apiVersions: builtInVersions,
        isUpgrade: false,
        helm: 4,
      },
      declaration,
      field: ['spec'],
      includesCrds: false,
      isOwn: true,
    },
    { sources, charts: new Map() },
  );
  return build.complete && build.resources.length > 0 ? build.resources : undefined;
}

function leaves(value: Value, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Array.isArray(value)
    ? value.flatMap((item: Value, index) => leaves(item, [...path, index]))
    : Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
  return below.length === 0 ? [path] : below;
}

/** All fields of which values are said to have set them last. */
export function claimsOf(resources: readonly Resource[]): Claim[] {
  return resources.flatMap((resource, index) =>
    leaves(resource.object).flatMap((path) => {
      const span = locateField(trackedObject(resource), path).steps.at(-1)?.span;
      const isClaim = span !== undefined && /(?:^|\/)(?:values|release)\.yaml$/u.test(span.file.path);
      return isClaim
        ? [{ name: `${String(resource.object['kind'])} ${formatPath(path)}`, index, path, span }]
        : [];
    }),
  );
}

/** The tree with another value at a place: its last letter changed, so that its type stays, or one more. */
function mutations(tree: ChartTree, span: Span): ChartTree[] {
  const text = tree[span.file.path] ?? '';
  const whole = text.slice(span.start, span.end).trimEnd();
  const at = span.start + whole.length - (/["'}\]]$/u.test(whole) ? 2 : 1);
  const old = text[at] ?? '';
  const changed = /\d/u.test(old) ? String((Number(old) + 1) % 10) : old === 'z' ? 'y' : 'z';
  // Half of 2 is half of 3: what counts in steps needs a larger one.
  return [changed, `${old}${changed}`].map((letters) => ({
    ...tree,
    [span.file.path]: text.slice(0, at) + letters + text.slice(at + 1),
  }));
}

/** Whether another value at the place changes the field, or what is made at all; a chart that refuses it proves it as well. */
export function isProven(
  tree: ChartTree,
  resources: readonly Resource[],
  { index, path, span }: Claim,
): boolean {
  return mutations(tree, span).some((mutated) => {
    const after = renderTree(mutated);
    if (after === undefined || after.length !== resources.length) return true;
    const [before, now] = [resources[index]?.object, after[index]?.object];
    return !equalValues(valueAt(before, path), valueAt(now, path));
  });
}
