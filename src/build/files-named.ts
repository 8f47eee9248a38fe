import type { FileSystem } from '../source/file-system.ts';
import { normalisePath } from '../source/path.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';
import { joinPath } from './loader.ts';

/** The files that a configuration names anywhere, relative to a directory: `values.yaml`, or `NAME=values.yaml`. */
export function filesNamed(config: Value, directory: string, fileSystem: FileSystem): string[] {
  const found = new Set<string>();
  const open: Value[] = [config];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (isSequence(value)) open.push(...value);
    else if (isMapping(value)) open.push(...Object.values(value));
    else if (typeof value === 'string') {
      const path = normalisePath(joinPath(directory, value.slice(value.lastIndexOf('=') + 1)));
      if (path !== undefined && fileSystem.kind(path) === 'file') found.add(path);
    }
  }
  return [...found];
}
