import type { Fix } from '../../diagnostic/fix.ts';
import type { Span } from '../../diagnostic/span.ts';
import type { Finding } from '../report.ts';

/** What a format says of a finding that has a fix. */
export function fixableWords({ risk }: Fix): string {
  return risk === undefined ? 'fixable with --fix' : 'fixable with --fix --unsafe';
}

/** The fix of a finding as far as a report may hold it: none that writes again what is secret in the file. */
export function shownFix({ fix }: Finding, secrets: readonly Span[]): Fix | undefined {
  if (fix === undefined) return undefined;
  const isSecret = fix.edits.some(({ span, text }) =>
    secrets.some(({ file, start, end }) => {
      if (text === '' || file.path !== span.file.path) return false;
      const lines = file.text.slice(start, end).split('\n');
      return lines.some((line) => line.trim() !== '' && text.includes(line.trim()));
    }),
  );
  return isSecret ? undefined : fix;
}
