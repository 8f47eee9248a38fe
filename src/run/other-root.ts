import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { FileSystem } from '../source/file-system.ts';
import { directoriesAbove } from '../source/path.ts';

const ofPaths: ReadonlySet<string> = new Set(['application-path-missing', 'flux-path-missing']);

/** Whether the path of an entry point is there below a directory that it stands in: that one is to be the root of a repository of its own. */
export function isOfOtherRoot({ rule, message, span }: Diagnostic, fileSystem: FileSystem): boolean {
  if (!ofPaths.has(rule)) return false;
  const path = /^(\S+) is not a directory of this repository/u.exec(message)?.[1];
  return (
    path !== undefined &&
    directoriesAbove(span.file.path).some(
      (root) => root !== '' && fileSystem.kind(`${root}/${path}`) === 'directory',
    )
  );
}
