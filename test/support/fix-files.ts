import { fix } from '../../src/run/judge.ts';
import type { LintOptions } from '../../src/run/request.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

export interface FixedFiles {
  /** Every file afterwards. */
  readonly files: Readonly<Record<string, string>>;
  readonly applied: readonly string[];
  readonly refused: readonly string[];
  /** The rules of what is still found. */
  readonly left: readonly string[];
}

/** Makes the fixes of files given as path and text. */
export function fixFiles(
  files: Readonly<Record<string, string>>,
  { unsafe = true, ...options }: Partial<LintOptions> & { readonly unsafe?: boolean } = {},
): FixedFiles {
  const outcome = fix({ fileSystem: memoryFileSystem(files), paths: [''], ...options }, { unsafe });
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    files: {
      ...files,
      ...Object.fromEntries(outcome.files.map(({ path, after }) => [path, decoder.decode(after)])),
    },
    applied: outcome.applied.map(({ finding, fix: { description } }) => `${finding.rule}: ${description}`),
    refused: outcome.refused.map(({ finding, why }) => `${finding.rule}: ${why}`),
    left: outcome.report.findings.map(({ rule }) => rule),
  };
}
