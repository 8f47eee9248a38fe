import { newResource } from '../../src/build/accumulated-resource.ts';
import { openBuilder } from '../../src/build/build.ts';
import { findEmptiedBlock, isItemOfJson } from '../../src/build/emptied-block.ts';
import { checkAnnotationKeys, finishResource } from '../../src/build/finish.ts';
import { isProblem } from '../../src/build/problem.ts';
import { readObjects } from '../../src/build/resource-file.ts';
import { checkBetweenSteps } from '../../src/build/written-key.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { sentOf } from '../../src/object/list-items.ts';
import { foreignTemplates, isManifest, readPlainManifests } from '../../src/object/plain-manifests.ts';
import { originOfDocument, untracked } from '../../src/object/provenance.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { isMapping, type Value } from '../../src/source/value.ts';

/** What one reader sees: its objects, and what it was told is wrong. `isWhole` is false where something was not read. */
export interface Reading {
  readonly objects: readonly Value[];
  readonly problems: readonly string[];
  readonly isWhole: boolean;
}

/** What cdb-lint sees in a file that a kustomization names under resources. */
export function readForKustomize(text: string): Reading {
  const { documents, diagnostics } = openText(text).load('a.yaml', 'kustomize');
  const objects = readObjects(
    documents.map(({ value, positions }) => ({ value, origin: originOfDocument('resources', positions) })),
  );
  const problems = diagnostics.map(describe);
  if (isProblem(objects)) return { objects: [], problems: [...problems, objects.problem], isWhole: false };
  const misread = checkBetweenSteps(objects.map(newResource));
  if (misread !== undefined) return { objects: [], problems: [...problems, misread.problem], isWhole: false };
  const unwritable = objects.map(findEmptiedBlock).find((one) => one !== undefined);
  if (unwritable !== undefined)
    return { objects: [], problems: [...problems, unwritable.problem], isWhole: false };
  const finished = objects.map((object) => {
    const isOfJson = isItemOfJson(object) ? ({ isWithoutComments: true } as const) : {};
    return finishResource({ ...newResource(object), ...isOfJson }, [], undefined);
  });
  const unreadable = checkAnnotationKeys(finished);
  if (unreadable !== undefined)
    return { objects: [], problems: [...problems, unreadable.problem], isWhole: false };
  return { objects: finished.map(({ object }) => object), problems, isWhole: isWhole(diagnostics) };
}

/** What reaches a cluster of what kustomize prints. */
export function sentByFlux(objects: readonly Value[]): Reading {
  const sent = objects.filter(isMapping).map((object) => sentOf({ object, origin: untracked }));
  const diagnostics = sent.flatMap((one) => one.diagnostics);
  return {
    objects: sent.flatMap(({ resources }) => resources).map(({ object }) => object),
    problems: diagnostics.map(describe),
    isWhole: true,
  };
}

/** What cdb-lint sees in a file that reaches the API server as it is. */
export function readForCluster(text: string): Reading {
  const sources = openText(text);
  const { resources, diagnostics } = readPlainManifests(sources, ['a.yaml']);
  // A run names and counts what another tool has to fill in.
  const leftOut = foreignTemplates(sources, ['a.yaml']).map(() => 'left out: a template of another tool');
  const problems = [...diagnostics.map(describe), ...leftOut];
  return {
    objects: resources.map(({ object }) => object).filter(isManifest),
    problems,
    isWhole: isWhole(diagnostics),
  };
}

function openText(text: string) {
  return openSources(memoryFileSystem({ 'a.yaml': text }));
}

function describe({ rule, message }: Diagnostic): string {
  return `${rule}: ${message}`;
}

function isWhole(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.every(({ unchecked }) => unchecked === undefined);
}

/** What cdb-lint builds of the kustomization at the root. */
export function readTree(files: Readonly<Record<string, string>>): Reading {
  const { resources, diagnostics, complete } = openBuilder(openSources(memoryFileSystem(files))).build('');
  return {
    objects: resources.map(({ object }) => object),
    problems: diagnostics.filter(({ severity }) => severity === 'error').map(describe),
    isWhole: complete,
  };
}
