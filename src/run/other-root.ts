import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { FileSystem } from '../source/file-system.ts';
import { directoriesAbove } from '../source/path.ts';

const ofPaths: ReadonlySet<string> = new Set(['application-path-missing', 'flux-path-missing']);

/** The directory that an entry point lacks, if that is what is wrong. */
export function missingPathOf({ rule, message }: Diagnostic): string | undefined {
  return ofPaths.has(rule) ? /^(\S+) is not a directory of this repository/u.exec(message)?.[1] : undefined;
}

/** Whether the path of an entry point is there below a directory that it stands in: that one is to be the root of a repository of its own. */
export function isOfOtherRoot(one: Diagnostic, fileSystem: FileSystem): boolean {
  const path = missingPathOf(one);
  return (
    path !== undefined &&
    directoriesAbove(one.span.file.path).some(
      (root) => root !== '' && fileSystem.kind(`${root}/${path}`) === 'directory',
    )
  );
}
