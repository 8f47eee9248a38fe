import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';

// Shorter texts stand by chance in half of all sentences, and protect nothing.
const shortestSecret = 5;
const dots = '••••••';

/** Of a line or item that a rule about secrets points at, the part that may be one: what follows its key. */
export function valueSpan({ file, start, end }: Span): Span {
  // A key alone, with the value behind it elsewhere, is no secret.
  if (/^["']?\s*:\s/u.test(file.text.slice(end, end + 8))) return { file, start: end, end };
  const [before = ''] =
    /^\s*(?:-\s+)?["']?[\w./-]+["']?\s*(?::\s+|=)/u.exec(file.text.slice(start, end)) ?? [];
  return { file, start: start + before.length, end };
}

/** Takes the secret values out of the words of diagnostics; code frames mask the places themselves. */
export function redactor(secrets: readonly Span[]): (diagnostic: Diagnostic) => Diagnostic {
  const texts = [...new Set(secrets.flatMap(textsOf))]
    .filter((text) => text.length >= shortestSecret)
    .sort((a, b) => b.length - a.length);
  if (texts.length === 0) return (diagnostic) => diagnostic;
  const redact = (words: string): string => texts.reduce((rest, text) => rest.replaceAll(text, dots), words);
  return (diagnostic) => ({
    ...diagnostic,
    message: redact(diagnostic.message),
    ...(diagnostic.help === undefined ? {} : { help: redact(diagnostic.help) }),
    ...(diagnostic.unchecked === undefined ? {} : { unchecked: redact(diagnostic.unchecked) }),
    related: diagnostic.related.map(({ span, message }) => ({ span, message: redact(message) })),
  });
}

/** The value as it is written, without quotes, line by line, and what it stands for in base64. */
function textsOf({ file, start, end }: Span): string[] {
  const raw = file.text.slice(start, end).trim();
  const bare = /^(["']).*\1$/su.test(raw) ? raw.slice(1, -1) : raw;
  const lines = bare.split(/\r\n?|\n/u).map((line) => line.trim());
  return [raw, bare, ...lines, ...lines.flatMap(decoded)];
}

function decoded(text: string): string[] {
  if (text === '' || !/^[A-Za-z0-9+/]+={0,2}$/u.test(text)) return [];
  try {
    return [atob(text).trim()];
  } catch {
    return [];
  }
}
