import { inTextOrder, standingAt } from '../../credential/standing-at.ts';
import type { Fix } from '../../diagnostic/fix.ts';
import type { Span } from '../../diagnostic/span.ts';
import type { Finding } from '../report.ts';

/** What a format says of a finding that has a fix; only building the tree with it shows whether it holds. */
export function fixableWords({ risk }: Fix): string {
  return risk === undefined ? 'may be fixed with --fix' : 'may be fixed with --fix --unsafe';
}

/** The fix of a finding as far as a report may hold it: none that writes again what is secret in the file. */
export function shownFix({ fix }: Finding, secrets: readonly Span[]): Fix | undefined {
  if (fix === undefined) return undefined;
  const lines = linesByFile(secrets);
  const isSecret = fix.edits.some(({ span, text }) => {
    const sorted = lines.get(span.file.path);
    if (sorted === undefined) return false;
    for (let at = 0; at < text.length; at++) if (standingAt(sorted, text, at).length > 0) return true;
    return false;
  });
  return isSecret ? undefined : fix;
}

const known = new WeakMap<readonly Span[], ReadonlyMap<string, readonly string[]>>();

/** The lines of the secrets in each file, in the order of texts. */
function linesByFile(secrets: readonly Span[]): ReadonlyMap<string, readonly string[]> {
  let found = known.get(secrets);
  if (found === undefined) {
    const lines = new Map<string, Set<string>>();
    for (const { file, start, end } of secrets) {
      const own = lines.get(file.path) ?? new Set();
      lines.set(file.path, own);
      for (const line of file.text.slice(start, end).split('\n'))
        if (line.trim() !== '') own.add(line.trim());
    }
    found = new Map([...lines].map(([path, own]) => [path, inTextOrder(own)]));
    known.set(secrets, found);
  }
  return found;
}
