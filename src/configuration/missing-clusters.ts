import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { FileSystem } from '../source/file-system.ts';
import type { Configuration } from './configuration.ts';

/** A file of clusters that is not there, without which cluster generators bring nothing. */
export function missingClusters({ argoClusters }: Configuration, fileSystem: FileSystem): Diagnostic[] {
  if (argoClusters === undefined || fileSystem.kind(argoClusters.path) === 'file') return [];
  return [
    {
      rule: 'file-missing',
      severity: 'error',
      message: `${argoClusters.path} is not a file, so the clusters are unknown`,
      help: 'correct the path, or remove it',
      span: argoClusters.span,
      related: [],
      unchecked: 'the output of cluster generators of Argo CD',
    },
  ];
}
