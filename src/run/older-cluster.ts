import type { Diagnostic } from '../diagnostic/diagnostic.ts';

/**
 * Whether an API version is told as removed in a file whose name, or folder, holds that version, or `legacy`, as a word: one of two sets of manifests,
 * for clusters that still serve it.
 */
export function isForOlderCluster({ rule, field, object, span }: Diagnostic): boolean {
  if (rule !== 'unsupported-value' || field !== 'apiVersion') return false;
  const version = object?.apiVersion?.split('/').at(-1) ?? '';
  if (!/^v\d+(?:alpha|beta)\d+$/u.test(version)) return false;
  const words = span.file.path.split(/[^A-Za-z0-9]+/u);
  return words.includes(version) || words.includes('legacy');
}
