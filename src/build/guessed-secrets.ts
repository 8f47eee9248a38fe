import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Span } from '../diagnostic/span.ts';
import type { SecretTarget } from './secret-files.ts';

// A kind with an escape may be any; a comment has none, and other kinds that begin so hold no values.
const speaksOfSecrets =
  /^(?!\s*#).*(?:kind["']?\s*:\s*["']?(?:Secret(?:List)?(?!\w)|[^"'\n]*\\)|secretGenerator|stringData)/mu;
const harmlessLine =
  /^\s*(?:-\s*)?["']?(?:apiVersion|kind|metadata|name|namespace|type)["']?\s*:\s*(?:["']?[\w./-]*["']?,?|\{[\w\s:,./-]*\})\s*$/u;
const valuesBegin = /^(\s*)(?:-\s+)?["']?(?:data|stringData)["']?\s*:/u;

/** Where a file does not parse, every value of one that speaks of secrets may be one. */
export function guessedSpans(file: SourceFile, target: SecretTarget | undefined): Span[] {
  const spans: Span[] = [];
  if (target === undefined && !speaksOfSecrets.test(file.text)) return spans;
  let start = 0;
  // Among the values of a Secret are keys of any name.
  let valuesAt: number | undefined;
  for (const line of file.text.split('\n')) {
    const indent = line.length - line.trimStart().length;
    if (valuesAt !== undefined && indent <= valuesAt && line.trim() !== '') valuesAt = undefined;
    const begun = valuesBegin.exec(line);
    if (begun !== null) valuesAt ??= begun[1]?.length ?? 0;
    const end = start + line.length;
    if (valuesAt !== undefined || !harmlessLine.test(line))
      spans.push({ file, start: start + keyEnd(line), end });
    start = end + 1;
  }
  return spans;
}

/** Of a line the key at its beginning may stay. */
function keyEnd(line: string): number {
  return /^\s*(?:-\s+)?["']?[\w./-]+["']?\s*[:=]/u.exec(line)?.[0].length ?? 0;
}
