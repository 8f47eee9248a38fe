import type { OpenedRepository } from '../language-server/language-host.ts';
import type { Io } from './io.ts';

/** The repository that a folder belongs to, opened anew each time: what is a link today may be a folder tomorrow. */
export function openRepository(
  { files }: Pick<Io, 'files'>,
  folder: string,
  root: string | undefined,
): OpenedRepository | undefined {
  const path = files.pathOf(folder);
  if (path === undefined || files.kind(path) !== 'directory') return undefined;
  const repository = files.repository(path, root);
  const { url, fileSystem, inside } = repository;
  return { url, fileSystem, path: inside(path), repository };
}
