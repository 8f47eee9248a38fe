import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadInternals, timeCall } from './load-internals.mjs';
import { alternate } from './measure.mjs';
import { printComparison, target } from './table.mjs';
import { writeTree } from './tree.mjs';

const limit = 1.5;

/** What it costs to know where each value comes from: the same builds with and without. */
export async function compareProvenance() {
  const { openBuilder, openSources, diskFileSystem, emitDocuments } = await loadInternals();
  const directory = mkdtempSync(join(tmpdir(), 'cdb-lint-bench-'));
  try {
    for (const count of [10, 100, 1000]) {
      const root = join(directory, String(count));
      const overlays = await writeTree(root, count);
      const render = (provenance) => {
        const builder = openBuilder(openSources(diskFileSystem(root)));
        for (const overlay of overlays) {
          const { resources, complete } = builder.build(overlay, { provenance });
          if (!complete) throw new Error(`${overlay} does not build`);
          emitDocuments(resources.map(({ object }) => object));
        }
      };
      // Both sides once before, so that neither pays for the other's warming up.
      render(true);
      render(false);
      const sides = alternate(
        {
          'without provenance': () => timeCall(() => render(false)),
          'with provenance': () => timeCall(() => render(true)),
        },
        count > 100 ? 7 : 15,
      );
      const ratio = sides['with provenance'].cpu / sides['without provenance'].cpu;
      printComparison(`provenance: reading, building and emitting ${count} overlays in one process`, sides, [
        target(`within ${limit} times`, ratio <= limit),
      ]);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}
