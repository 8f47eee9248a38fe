import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBuilder } from '../../src/build/build.ts';
import { emitDocuments } from '../../src/source/emit/emit.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { hasKubectl } from '../support/kubectl-kustomize.ts';
import { type KustomizationTree, kustomizationTree } from '../support/random-kustomization.ts';
import { structuredTextTree } from '../support/random-structured-text.ts';

/** DIFFERENTIAL_KUSTOMIZE=kustomize compares with that command instead of the kustomize inside kubectl, DIFFERENTIAL_RUNS more trees. */
const command = process.env['DIFFERENTIAL_KUSTOMIZE'];
const numRuns = Number(process.env['DIFFERENTIAL_RUNS'] ?? 15);

describe.skipIf(command === undefined && !hasKubectl)('random kustomizations', () => {
  it(
    'render, or fail, as kustomize does (skipped where there is no kubectl)',
    () => {
      const property = fc.property(kustomizationTree, (tree) => {
        fc.pre(command !== undefined || !isLabelledOtherwise(tree));
        expect(build(tree)).toEqual(kustomize(tree));
      });
      fc.assert(property, { numRuns });
    },
    numRuns * 2_000,
  );
});

describe.skipIf(command === undefined)('random replacements into text', () => {
  it(
    'come out byte for byte as those of kustomize 5.8, older ones have none',
    () => {
      const property = fc.property(structuredTextTree, (tree) => {
        expect(build(tree)).toEqual(kustomize(tree));
      });
      fc.assert(property, { numRuns });
    },
    numRuns * 2_000,
  );
});

/** The kustomize of kubectl 1.32 (5.5) labels volume claim templates with `includeTemplates`, later ones do not. */
function isLabelledOtherwise({ files }: KustomizationTree): boolean {
  const text = Object.values(files).join('\n');
  return text.includes('includeTemplates') && text.includes('volumeClaimTemplates');
}

/** What is rendered; a failure is undefined on both sides, since every tool has its own words for it. */
function build({ files, root }: KustomizationTree): string | undefined {
  const { complete, resources, diagnostics } = openBuilder(openSources(memoryFileSystem(files))).build(root);
  if (complete) return emitDocuments(resources.map(({ object }) => object));
  expect(diagnostics.filter(({ unchecked }) => unchecked !== undefined)).not.toEqual([]);
  return undefined;
}

function kustomize({ files, root }: KustomizationTree): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'cdb-lint-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const [name, verb] = command === undefined ? ['kubectl', 'kustomize'] : [command, 'build'];
    const { status, stdout } = spawnSync(name, [verb, join(directory, root)], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    return status === 0 ? stdout : undefined;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
