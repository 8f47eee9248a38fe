import { openBuilder } from '../../src/build/build.ts';
import { diskFileSystem } from '../../src/source/disk.ts';
import { emitDocuments } from '../../src/source/emit/emit.ts';
import { openSources } from '../../src/source/load.ts';
import type { ConformanceCase } from './conformance-case.ts';

/** The conformance table of docs/kustomize.md: for each feature, how many of its recorded cases give the same result. */
export function conformanceTable(cases: readonly ConformanceCase[]): string {
  const features = new Map<string, { cases: number; same: number }>();
  let same = 0;
  for (const each of cases) {
    const isSame = givesSameResult(each);
    if (isSame) same += 1;
    for (const tag of each.tags) {
      const feature = features.get(tag) ?? { cases: 0, same: 0 };
      features.set(tag, { cases: feature.cases + 1, same: feature.same + (isSame ? 1 : 0) });
    }
  }
  const rows = [...features].sort(([a, left], [b, right]) => right.cases - left.cases || (a < b ? -1 : 1));
  return [
    '| feature | cases | same result |',
    '|---|---:|---:|',
    `| **all** | ${cases.length} | ${same} |`,
    ...rows.map(([tag, feature]) => `| ${tag} | ${feature.cases} | ${feature.same} |`),
  ].join('\n');
}

function givesSameResult({ directory, root, builds }: ConformanceCase): boolean {
  const builder = openBuilder(openSources(diskFileSystem(directory)));
  return builds.every(({ options, expected }) => {
    const { complete, resources } = builder.build(root, options);
    if (expected === undefined) return !complete;
    return complete && emitDocuments(resources.map(({ object }) => object)) === expected;
  });
}
