import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Span } from '../../diagnostic/span.ts';
import { dots } from './masked-text.ts';

// Shorter texts stand by chance in half of all sentences, and protect nothing.
const shortestSecret = 5;
const commonWords: ReadonlySet<string> = new Set(['false', 'default']);

/** Of a line or item that a rule about secrets points at, the part that may be one: what follows its key. */
export function valueSpan({ file, start, end }: Span): Span {
  // A key alone, with the value behind it elsewhere, is no secret.
  if (/^["']?\s*:\s/u.test(file.text.slice(end, end + 8))) return { file, start: end, end };
  const [before = ''] =
    /^\s*(?:-\s+)?["']?[\w./-]+["']?\s*(?::\s+|=)/u.exec(file.text.slice(start, end)) ?? [];
  return { file, start: start + before.length, end };
}

/**
 * Takes the secret values out of the words of diagnostics; code frames mask the places themselves. A value that is a word
 * of a path or name which the report shows anyway, such as the user `airflow` of Deployment airflow, stays readable.
 */
export function redactor(
  secrets: readonly Span[],
  shown: readonly Diagnostic[] = [],
): (diagnostic: Diagnostic) => Diagnostic {
  if (secrets.length === 0) return (diagnostic) => diagnostic;
  const texts = textsByStart(secrets, shownNames(shown));
  if (texts.size === 0) return (diagnostic) => diagnostic;
  const redact = (words: string): string => withoutTexts(words, texts);
  return (diagnostic) => ({
    ...diagnostic,
    message: redact(diagnostic.message),
    ...(diagnostic.help === undefined ? {} : { help: redact(diagnostic.help) }),
    ...(diagnostic.unchecked === undefined ? {} : { unchecked: redact(diagnostic.unchecked) }),
    related: diagnostic.related.map(({ span, message }) => ({ span, message: redact(message) })),
  });
}

function shownNames(diagnostics: readonly Diagnostic[]): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const { span, related, object, field } of diagnostics) {
    for (const one of [span, ...related.map((other) => other.span)]) texts.add(one.file.path);
    for (const text of [object?.apiVersion, object?.kind, object?.namespace, object?.name, field])
      if (text !== undefined) texts.add(text);
  }
  return new Set([...texts].flatMap((text) => [text, ...text.split('/'), ...text.split(/[^A-Za-z0-9]+/u)]));
}

type TextsByStart = ReadonlyMap<string, ReadonlySet<string>>;

/** The texts by their first characters: thousands of secrets in thousands of messages cost one look at each character. */
function textsByStart(secrets: readonly Span[], shown: ReadonlySet<string>): TextsByStart {
  const found = new Map<string, Set<string>>();
  for (const text of secrets.flatMap(textsOf)) {
    const bare = text.replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/gu, '');
    if (text.length < shortestSecret || commonWords.has(text) || shown.has(text) || shown.has(bare)) continue;
    const start = text.slice(0, shortestSecret);
    found.set(start, (found.get(start) ?? new Set()).add(text));
  }
  return found;
}

/** Words with dots for every stretch that a text covers; texts may overlap. */
function withoutTexts(words: string, texts: TextsByStart): string {
  let shown = '';
  let from = 0;
  let covered = 0;
  for (let index = 0; index + shortestSecret <= words.length; index++) {
    for (const text of texts.get(words.slice(index, index + shortestSecret)) ?? []) {
      if (!words.startsWith(text, index) || isPartOfWord(words, index, text)) continue;
      if (index >= covered) shown += `${words.slice(from, index)}${dots}`;
      covered = Math.max(covered, index + text.length);
      from = covered;
    }
  }
  return shown + words.slice(from);
}

/** Whether a text of letters alone stands inside of a longer word, as the user `postgres` does in `postgresql`. */
function isPartOfWord(words: string, index: number, text: string): boolean {
  const around = (words[index - 1] ?? '') + (words[index + text.length] ?? '');
  return /\w/u.test(around) && /^[A-Za-z]+$/u.test(text);
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
