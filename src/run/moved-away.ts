import type { Weakening } from '../accept/weakened-settings.ts';
import { grouped } from '../diagnostic/grouped.ts';
import { listSome } from '../diagnostic/list-some.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import { startOf } from '../diagnostic/span.ts';
import { isKustomizationPath } from '../object/kustomization-path.ts';
import { nameOf } from '../object/resource.ts';
import { filesBelow } from '../source/files-below.ts';
import { parseDocuments } from '../source/parse.ts';
import { directoryOf, lastPartOf } from '../source/path.ts';
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

/**
 * Files of the base that the head has where nothing checks them: as they were, or edited on the way under either the same name or another
 * one. A copy that the base had there as well did not move.
 */
export function movedAway(missing: readonly string[], { base, head, seen }: Moving): Weakening[] {
  const sameAs = (path: string): string | undefined => {
    const now = head.sources.fileSystem.read(path);
    if (typeof now === 'string' || isBlank(now)) return undefined;
    return missing.find((one) => isSame(base.sources.bytes(one), now));
  };
  const names = new Set(missing.map(lastPartOf));
  const sameName = sameNameIn(missing, { base, head });
  const renamed = renamedFrom(
    missing.filter((one) => !isKustomizationPath(one)),
    base,
  );
  const { files, isWhole } = filesBelow(head.sources.fileSystem, '', mostLooked);
  const moved = files.flatMap((path) => {
    if (seen.has(path)) return [];
    if (isSame(base.sources.bytes(path), head.sources.fileSystem.read(path))) return [];
    const isNew = base.sources.fileSystem.kind(path) === undefined;
    if (!isNew && !names.has(lastPartOf(path)) && !/\.(?:ya?ml|json)/u.test(path)) return [];
    const from = sameAs(path) ?? sameName(path) ?? (isNew ? renamed(head.sources.file(path)) : undefined);
    return from === undefined ? [] : [{ from, to: path }];
  });
  const told = [...grouped(moved, keyOfDirectories).values()].map(weakeningOf);
  return isWhole ? told : [...told, { what: tooMany }];
}

interface Move {
  readonly from: string;
  readonly to: string;
}

/** Equal for files that move from one directory to another and keep their paths below it. */
function keyOfDirectories(move: Move): string {
  return JSON.stringify(directoriesOf(move));
}

/** The directories that differ, above what is equal at the end of both paths. */
function directoriesOf({ from, to }: Move): readonly [from: string, to: string] {
  const [before, after] = [from.split('/'), to.split('/')];
  // Paths that are equal would be no move, and the loop would not end.
  while (before.at(-1) === after.at(-1)) {
    before.pop();
    after.pop();
  }
  return [before.join('/'), after.join('/')];
}

function weakeningOf(moves: readonly Move[]): Weakening {
  const [{ from, to }] = moves as readonly [Move, ...Move[]];
  const span = startOf({ path: to, text: '' });
  if (moves.length === 1) return { what: `${from} is now at ${to}, which is not checked`, span };
  const [before, after] = directoriesOf({ from, to });
  const names = moves.map((one) => one.from.slice(before === '' ? 0 : before.length + 1));
  return {
    what: `${moves.length} files of ${before || '.'} are now in ${after || '.'}, where they are not checked: ${listSome(names)}`,
    span,
  };
}

function isSame(before: Uint8Array | string, now: Uint8Array | string): boolean {
  return typeof before !== 'string' && typeof now !== 'string' && equalBytes(before, now);
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte <= space);
}

const space = 0x20;

/** Finds the file of the base of which most stands in a file of the same name; a kustomization has the name of all others, and that of its directory counts as well. */
function sameNameIn(
  missing: readonly string[],
  { base, head }: Pick<Moving, 'base' | 'head'>,
): (path: string) => string | undefined {
  const nameOf = (path: string): string =>
    isKustomizationPath(path) ? `${lastPartOf(directoryOf(path))}/${lastPartOf(path)}` : lastPartOf(path);
  const byName = grouped(missing, nameOf);
  return (path) => {
    const least = isKustomizationPath(path) ? 1 : fewestLines;
    return byName
      .get(nameOf(path))
      ?.find((one) => isMostly(base.sources.file(one)?.text, head.sources.file(path)?.text, least));
  };
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

/** Whether most of a file of so many lines stands in another one: it moved, and was edited on the way. */
function isMostly(before: string | undefined, after: string | undefined, least: number): boolean {
  return linesOf(before).length >= least && sharedLines(before, after) >= mostOfIt;
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
const mostLooked = 100_000;
const tooMany = `there are more than ${mostLooked.toLocaleString('en')} files and directories, so not all of them were searched for moved files`;
