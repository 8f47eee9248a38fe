import type { FilePlace } from './feature.ts';
import { pathInside } from './file-url.ts';
import type { Finished } from './finished.ts';
import { noKnowledge } from './judging/knowledge.ts';
import type { Shown } from './judging/messages.ts';
import type { LanguageHost, OpenedRepository } from './language-host.ts';

/** Finds where files are; repositories are opened anew where nobody has asked for a while, since links may lead elsewhere then. */
export function openPlaces(
  host: LanguageHost,
  finished: Finished,
  shown: () => Shown,
): (uri: string) => FilePlace | undefined {
  const opened = new Map<
    string,
    { readonly repository: OpenedRepository | undefined; readonly at: number }
  >();
  const open = (folder: string): OpenedRepository | undefined => {
    const known = opened.get(folder);
    const now = performance.now();
    if (known !== undefined && now - known.at < fresh) return known.repository;
    const repository = host.open(folder);
    opened.set(folder, { repository, at: now });
    return repository;
  };
  return (uri) => {
    for (const folder of shown().folders) {
      const repository = open(folder);
      const path = repository && pathInside(repository.url, uri);
      if (repository === undefined || path === undefined) continue;
      const { url, fileSystem: files } = repository;
      const knowledge = finished.folder(folder)?.knowledge() ?? noKnowledge;
      return { folder, url, path, files, knowledge };
    }
    return undefined;
  };
}

/** Milliseconds. */
const fresh = 2_000;
