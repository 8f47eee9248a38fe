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
    { sources, charts: new Map(), fetched: { find: () => ({ kind: 'absent' }) } },
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

/** All fields of which values are said to have set them last, but for those that nobody knows before the deployment, such as of a password drawn by chance. */
export function claimsOf(resources: readonly Resource[]): Claim[] {
  return resources.flatMap((resource, index) =>
    leaves(resource.object).flatMap((path) => {
      const span = locateField(trackedObject(resource), path).steps.at(-1)?.span;
      const value = valueAt(resource.object, path);
      const isKnown = typeof value !== 'string' || !/\$\{\w+\}/u.test(value);
      const isClaim =
        isKnown && span !== undefined && /(?:^|\/)(?:values|release)\.yaml$/u.test(span.file.path);
      return isClaim
        ? [{ name: `${String(resource.object['kind'])} ${formatPath(path)}`, index, path, span }]
        : [];
    }),
  );
}

/** The text of a value and where it begins, without the key in front of it. */
function valueIn(text: string, span: Span): { readonly start: number; readonly value: string } {
  const whole = text.slice(span.start, span.end).trimEnd();
  const key = /^[^\n]*?:\s+(?=\S)/u.exec(whole)?.[0].length ?? 0;
  return { start: span.start + key, value: whole.slice(key) };
}

function nextLetter(old = ''): string {
  return /\d/u.test(old) ? String((Number(old) + 1) % 10) : old === 'z' ? 'y' : 'z';
}

/** Other values for one: a letter changed at its end or in each of its lines, or added at either end, and values of other types. */
function otherValues(value: string): string[] {
  if (value.includes('\n')) return [value.replaceAll(/\w(?=\W*$)/gmu, nextLetter)];
  if (/^(?:\{\s*\}|\[\s*\])$/u.test(value)) return [`${value[0]} z: z ${value.at(-1)}`];
  const [, open = '', inner = '', close = ''] = /^(["'[{]*)(.*?)(["'\]}]*)$/u.exec(value) ?? [];
  const last = inner.at(-1) ?? '';
  const others = [inner.slice(0, -1) + nextLetter(last), inner + nextLetter(last), `z${inner}`];
  // Half of 2 is half of 3, the folder of a file says nothing of its name, and some ask only for a number or for "true".
  return [...others.map((one) => open + one + close), '17', '"true"'];
}

function objectOf(
  resources: readonly Resource[],
  wanted: Resource['object'],
): Resource['object'] | undefined {
  const same = resources.filter(
    ({ object }) =>
      object['kind'] === wanted['kind'] &&
      equalValues(valueAt(object, ['metadata', 'name']), valueAt(wanted, ['metadata', 'name'])),
  );
  return same.length === 1 ? same[0]?.object : undefined;
}

/** Whether another value at the place changes the field, or what is made at all; a chart that refuses it proves it as well. */
export function isProven(
  tree: ChartTree,
  resources: readonly Resource[],
  { index, path, span }: Claim,
): boolean {
  const text = tree[span.file.path] ?? '';
  const { start, value } = valueIn(text, span);
  const before = resources[index]?.object ?? {};
  return otherValues(value).some((other) => {
    const changed = text.slice(0, start) + other + text.slice(start + value.length);
    const after = renderTree({ ...tree, [span.file.path]: changed });
    if (after === undefined || after.length !== resources.length) return true;
    const now = objectOf(after, before) ?? after[index]?.object;
    return !equalValues(valueAt(before, path), valueAt(now, path));
  });
}
