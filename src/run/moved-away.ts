import type { Weakening } from '../accept/weakened-settings.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import { startOf } from '../diagnostic/span.ts';
import { grouped } from '../object/grouped.ts';
import { nameOf } from '../object/resource.ts';
import type { FileSystem } from '../source/file-system.ts';
import { parseDocuments } from '../source/parse.ts';
import { pathBelow } from '../source/path.ts';
import { equalBytes } from '../source/remembered-files.ts';
import { isMapping } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import type { RunJudgement } from './judge.ts';

interface Moving {
  readonly base: RunJudgement;
  readonly head: RunJudgement;
  /** Files that the head checks. */
  readonly seen: ReadonlySet<string>;
}

/** Files of the base that the head has where nothing checks them: as they were, or edited on the way under either the same name or another one. */
export function movedAway(missing: readonly string[], { base, head, seen }: Moving): Weakening[] {
  const sameAs = (path: string): string | undefined => {
    const now = head.sources.fileSystem.read(path);
    if (typeof now === 'string') return undefined;
    return missing.find((one) => {
      const before = base.sources.bytes(one);
      return typeof before !== 'string' && equalBytes(before, now);
    });
  };
  const names = new Set(missing.map(lastPart));
  // A kustomization has the name of all others, and says little of its own.
  const telling = missing.filter((one) => !/(?:^|\/)kustomization(?:\.ya?ml)?$/iu.test(one));
  const byName = grouped(telling, lastPart);
  const renamed = renamedFrom(telling, base);
  const textAt = (path: string): string | undefined => head.sources.file(path)?.text;
  return filesBelow(head.sources.fileSystem).flatMap((path) => {
    if (seen.has(path)) return [];
    const isNew = base.sources.fileSystem.kind(path) === undefined;
    if (!isNew && !names.has(lastPart(path)) && !/\.(?:ya?ml|json)/u.test(path)) return [];
    const from =
      sameAs(path) ??
      byName.get(lastPart(path))?.find((one) => isMostly(base.sources.file(one)?.text, textAt(path))) ??
      (isNew ? renamed(head.sources.file(path)) : undefined);
    return from === undefined
      ? []
      : [{ what: `${from} is at ${path} now, which is not checked`, span: startOf({ path, text: '' }) }];
  });
}

/** Finds the file of the base that a new file of another name comes from: it has an object of it, and half of its lines. */
function renamedFrom(
  missing: readonly string[],
  { sources }: RunJudgement,
): (file: SourceFile | undefined) => string | undefined {
  const held = missing.flatMap((path) => objectsIn(sources.file(path)).map((key) => ({ key, path })));
  const byObject = grouped(held, ({ key }) => key);
  return (file) => {
    const candidates = new Set(
      objectsIn(file).flatMap((key) => (byObject.get(key) ?? []).map(({ path }) => path)),
    );
    return [...candidates].find((one) => sharedLines(sources.file(one)?.text, file?.text) >= halfOfIt);
  };
}

function objectsIn(file: SourceFile | undefined): string[] {
  if (file === undefined || !file.text.includes('kind')) return [];
  return parseDocuments(file, 'kustomize').documents.flatMap(({ value }) =>
    isMapping(value) && nameOf(value) !== '' ? [`${valueText(value['kind'])} ${nameOf(value)}`] : [],
  );
}

/** Whether most of a file stands in another one: it moved, and was edited on the way. */
function isMostly(before: string | undefined, after: string | undefined): boolean {
  return linesOf(before).length >= fewestLines && sharedLines(before, after) >= mostOfIt;
}

/** Which part of the lines of a text stands in another one. */
function sharedLines(before: string | undefined, after: string | undefined): number {
  const lines = linesOf(before);
  const now = new Set((after ?? '').split('\n'));
  return lines.filter((line) => now.has(line)).length / Math.max(lines.length, 1);
}

function linesOf(text = ''): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

const fewestLines = 4;
const mostOfIt = 0.7;
const halfOfIt = 0.5;
const mostLooked = 50_000;

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function filesBelow(fileSystem: FileSystem): string[] {
  const files: string[] = [];
  const folders = [''];
  for (const folder of folders) {
    for (const { name, kind } of fileSystem.list(folder) ?? []) {
      const path = pathBelow(folder, name);
      if (kind === 'file') files.push(path);
      else if (kind === 'directory' && name !== '.git' && name !== 'node_modules') folders.push(path);
    }
    if (files.length + folders.length > mostLooked) break;
  }
  return files;
}
