import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Judgement } from '../fix/judgement.ts';
import type { Fixable } from '../fix/prove.ts';
import type { RulePages } from '../report/explain.ts';
import type { FileSystem } from '../source/file-system.ts';
import { withFiles } from '../source/overlay.ts';
import { pathInside, urlOf } from './file-url.ts';

/** A repository as it is on disk now. */
export interface OpenedRepository {
  /** Its root as a `file:` URL. */
  readonly url: string;
  readonly fileSystem: FileSystem;
  /** What of it the editor shows. */
  readonly path: string;
}

/** What the server needs of the tool around it. */
export interface LanguageHost {
  /** The repository that a folder belongs to; undefined where there is no such folder. */
  open(folder: string): OpenedRepository | undefined;
  judge(opened: OpenedRepository): Judgement;
  /** Why a fix may not be made; undefined where it may. */
  refute(fileSystem: FileSystem, path: string, fixable: Fixable): string | undefined;
  rulePages(): RulePages;
}

/** What is known of a folder of the editor, its unsaved files included. */
export interface Workspace extends OpenedRepository {
  readonly judgement: Judgement;
}

/** Judges a folder with what the editor has not saved yet. */
export function judgeFolder(
  host: LanguageHost,
  folder: string,
  documents: readonly TextDocument[],
): Workspace | undefined {
  const repository = host.open(folder);
  if (repository === undefined) return undefined;
  const { url, path } = repository;
  const held = new Map<string, Uint8Array>();
  for (const document of documents) {
    const inside = pathInside(url, document.uri);
    if (inside !== undefined) held.set(inside, new TextEncoder().encode(document.getText()));
  }
  const opened = { url, path, fileSystem: withFiles(repository.fileSystem, held) };
  return { ...opened, judgement: host.judge(opened) };
}

/** Whether the file of a finding is one that an editor can open. */
export function isFile({ fileSystem }: Workspace, path: string): boolean {
  return fileSystem.kind(path) === 'file';
}

export function uriOf({ url }: Workspace, path: string): string {
  return urlOf(url, path);
}
