import type { Report } from '../../src/report/report.ts';
import { lint } from '../../src/run/judge.ts';
import type { LintOptions } from '../../src/run/request.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

/** Lints files given as path and text. */
export function lintFiles(
  files: Readonly<Record<string, string>>,
  options: Partial<LintOptions> = {},
): Report {
  return lint({ fileSystem: memoryFileSystem(files), paths: [''], ...options });
}
