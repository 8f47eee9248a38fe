import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBuilder } from '../../src/build/build.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Build } from '../../src/object/build.ts';
import { emitDocuments } from '../../src/source/emit/emit.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { brokenTree } from '../support/broken-kustomization.ts';
import type { KustomizationTree } from '../support/random-kustomization.ts';

const numRuns = Number(process.env['BROKEN_RUNS'] ?? 300);
const absent = new Set(['remote-not-fetched', 'helm-chart-not-rendered', 'plugin-not-executed']);
const seed = process.env['BROKEN_SEED'];

describe('broken kustomizations', () => {
  it(
    'are built whole, or not at all and with the place of the fault',
    () => {
      const property = fc.property(brokenTree, (tree) => {
        const builder = openBuilder(openSources(memoryFileSystem(tree.files)));
        const build = builder.build(tree.root);
        checkBuild(build, tree);
        // What the first build left in the caches hides nothing from the second.
        expect(builder.build(tree.root).diagnostics.map(words)).toEqual(build.diagnostics.map(words));
      });
      fc.assert(property, { numRuns, ...(seed === undefined ? {} : { seed: Number(seed) }) });
    },
    numRuns * 500,
  );
});

function checkBuild({ complete, resources, diagnostics }: Build, { files }: KustomizationTree): void {
  const unchecked = diagnostics.filter((diagnostic) => diagnostic.unchecked !== undefined);
  if (complete) {
    expect(unchecked).toEqual([]);
    emitDocuments(resources.map(({ object }) => object));
    return;
  }
  // Without what is absent the rest is built.
  if (!diagnostics.some(({ rule }) => absent.has(rule))) expect(resources).toEqual([]);
  expect(unchecked).not.toEqual([]);
  for (const diagnostic of unchecked) {
    expect(diagnostic.message).not.toMatch(/undefined|\[object|NaN/);
    expect(diagnostic.help, diagnostic.message).toBeTruthy();
    expect(diagnostic).toSatisfy((each: Diagnostic) => standsIn(each, files), 'is in a file of the tree');
  }
}

function standsIn({ span }: Diagnostic, files: KustomizationTree['files']): boolean {
  const isInside = span.start >= 0 && span.start <= span.end && span.end <= span.file.text.length;
  return isInside && Object.hasOwn(files, span.file.path);
}

function words({ rule, message, span }: Diagnostic): string {
  return `${span.file.path}:${span.start} ${rule}: ${message}`;
}
