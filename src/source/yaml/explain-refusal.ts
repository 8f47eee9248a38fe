import { Composer, type Document, Lexer, Parser } from 'yaml';
import { correctIt, type Refusal } from './refusal.ts';

/** Why a text is refused, in words for its author. */
export interface Explanation {
  readonly range: readonly [start: number, end: number];
  readonly message: string;
  readonly help: string;
}

/**
 * The words of the `yaml` library for what go-yaml refuses: it knows better what an author meant. Where the library finds
 * nothing wrong, and where the refusal knows what to do about it, the words are the refusal's.
 */
export function explainRefusal(
  text: string,
  [start, end]: readonly [number, number],
  refusal: Refusal,
  maximumDepth: number,
): Explanation {
  const own = { range: [refusal.start, refusal.end], message: refusal.message, help: refusal.help } as const;
  if (refusal.help !== correctIt) return own;
  const error = firstError(text.slice(start, linesBehind(text, refusal.end, end)), start, maximumDepth);
  if (error === undefined) return own;
  return { range: error.pos, message: messageFor(error), help: helpFor(error.code) };
}

// What stands further down has no part in the first error, and the library would find more and more of them.
const furtherLines = 20;

function linesBehind(text: string, from: number, end: number): number {
  let at = from;
  for (let line = 0; line < furtherLines; line++) {
    const newline = text.indexOf('\n', at);
    if (newline < 0 || newline >= end) return end;
    at = newline + 1;
  }
  return at;
}

type LibraryError = Document.Parsed['errors'][number];

function firstError(text: string, offset: number, maximumDepth: number): LibraryError | undefined {
  // The library goes on behind the first error, and to note down where it stood costs more than all the rest.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    for (const { errors } of composeDocuments(text, offset, maximumDepth))
      if (errors[0] !== undefined) return errors[0];
  } catch {
    // A text that the library dies of has been refused already.
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  return undefined;
}

function* composeDocuments(text: string, offset: number, maximumDepth: number): Generator<Document.Parsed> {
  const composer = new Composer({
    schema: 'failsafe',
    resolveKnownTags: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const parser = new Parser();
  parser.offset = offset;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) yield* composer.next(token) as Generator<Document.Parsed>;
    // The library composes recursively and dies of deep input, with no exception that could be caught.
    if (parser.stack.length > maximumDepth + 2) return;
  }
  for (const token of parser.end()) yield* composer.next(token) as Generator<Document.Parsed>;
  yield* composer.end(false, offset + text.length) as Generator<Document.Parsed>;
}

/** The library's words, save where they speak of its own terms. */
function messageFor({ code, message }: LibraryError): string {
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'a second "key: value" is inside this value';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'this is not "key: value"';
    default:
      return message.charAt(0).toLowerCase() + message.slice(1);
  }
}

function helpFor(code: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'indent with spaces';
    case 'BAD_INDENT':
      return 'align this line with the lines that belong to the same map or list';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'correct the indentation of the line below, or put the value in quotes';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'check for a missing colon, a missing space after a colon, or wrong indentation';
    case 'BAD_ALIAS':
      return 'put a value that starts with `*` in quotes, or define its anchor before it';
    case 'BAD_SCALAR_START':
      return 'put the value in quotes';
    case 'MISSING_CHAR':
      return 'add the missing character';
    default:
      return correctIt;
  }
}
