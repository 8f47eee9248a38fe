import { describe, expect, it } from 'vitest';
import { openBuilder } from '../../src/build/build.ts';
import { diskFileSystem } from '../../src/source/disk.ts';
import { emitDocuments } from '../../src/source/emit/emit.ts';
import { openSources } from '../../src/source/load.ts';
import { conformanceCases } from '../support/conformance-case.ts';
import { skippedCases } from '../support/kustomize-skips.ts';

const cases = conformanceCases();

describe.skipIf(cases.length === 0)('kustomize, case by case (skipped where ../shared is absent)', () => {
  for (const each of cases) {
    const reason = skippedCases[each.id];
    it.skipIf(reason !== undefined)(each.name, () => {
      const builder = openBuilder(openSources(diskFileSystem(each.directory)));
      for (const { options, expected } of each.builds) {
        const build = builder.build(each.root, options);
        if (expected === undefined) {
          expect(build.complete).toBe(false);
          expect(
            build.diagnostics.filter((diagnostic) => diagnostic.unchecked !== undefined),
          ).not.toHaveLength(0);
          continue;
        }
        // A key that is set twice in kustomization.yaml is a finding, but kustomize builds it.
        expect(build.diagnostics.filter((diagnostic) => diagnostic.rule !== 'duplicate-key')).toEqual([]);
        expect(emitDocuments(build.resources.map((resource) => resource.object))).toBe(expected);
      }
    });
  }
});
