import { withFiles } from '../../source/overlay.ts';
import { pathInside, urlOf } from '../file-url.ts';
import type { HostJudgement, LookingHost, OpenedRepository } from '../language-host.ts';
import type { OpenText } from './messages.ts';

/** What is known of a folder of the editor, its unsaved files included. */
export interface JudgedFolder extends OpenedRepository {
  readonly judgement: HostJudgement;
}

/** A folder as the editor names it, judged. */
export interface Judged extends JudgedFolder {
  readonly folder: string;
}

/** A folder with what the editor has not saved yet; undefined where there is no such folder. */
export function openFolder(
  host: Pick<LookingHost, 'open'>,
  folder: string,
  documents: readonly OpenText[],
): OpenedRepository | undefined {
  const repository = host.open(folder);
  if (repository === undefined) return undefined;
  const { url, fileSystem } = repository;
  const held = new Map<string, Uint8Array>();
  for (const { uri, text } of documents) {
    const inside = pathInside(url, uri);
    if (inside !== undefined) held.set(inside, new TextEncoder().encode(text));
  }
  return { ...repository, fileSystem: withFiles(fileSystem, held) };
}

/** Whether the file of a finding is one that an editor can open. */
export function isFile({ fileSystem }: OpenedRepository, path: string): boolean {
  return fileSystem.kind(path) === 'file';
}

/** A file as the editor shows it, or as it is on disk; empty where there is none. */
export function textOf({ fileSystem }: OpenedRepository, path: string): string {
  const bytes = fileSystem.read(path);
  return typeof bytes === 'string' ? '' : new TextDecoder().decode(bytes);
}

export function uriOf({ url }: OpenedRepository, path: string): string {
  return urlOf(url, path);
}
