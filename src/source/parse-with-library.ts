import { type Document as ComposedDocument, Composer, Lexer, Parser } from 'yaml';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import { type ConvertState, convertDocument } from './convert-nodes.ts';
import type { Document, LoadedFile, YamlReader } from './document.ts';
import type { Limits, Spent } from './limits.ts';
import { syntaxFinding } from './syntax-finding.ts';

/** Parses with the `yaml` library: all of YAML, every error message, and slow. */
export function parseWithLibrary(
  file: SourceFile,
  reader: YamlReader,
  limits: Limits,
  spent: Spent,
): LoadedFile {
  const parsed = parseWith(new Lexer(), file, reader, limits, spent);
  if (!parsed.diagnostics.some(({ message }) => wantsIndent.test(message))) return parsed;
  // A key of a flow mapping and its colon stand on one line, which the library would no longer see.
  if (colonFirst.test(file.text)) return parsed;
  const again = parseWith(lexerWithoutIndent(), file, reader, limits, spent);
  return again.diagnostics.length === 0 ? again : parsed;
}

const colonFirst = /\n[ \t]*:(?:\s|$)/u;
const wantsIndent = /^missing closing |must be sufficiently indented/u;

// go-yaml asks no indentation of the lines of a quoted scalar or a flow collection, the library does. What has no end shows where it
// starts only to the latter.
function lexerWithoutIndent(): Lexer {
  const lexer = new Lexer();
  const inner = lexer as unknown as Inside;
  const parse = inner.parseQuotedScalar.bind(lexer);
  inner.parseQuotedScalar = function* (): Generator<string> {
    const { indentNext } = inner;
    inner.indentNext = 0;
    const next = yield* parse();
    inner.indentNext = indentNext;
    return next;
  };
  const parseFlow = inner.parseFlowCollection.bind(lexer);
  inner.parseFlowCollection = function* (): Generator<string> {
    const { indentNext } = inner;
    inner.indentNext = 0;
    const next = yield* parseFlow();
    inner.indentNext = indentNext;
    return next;
  };
  return lexer;
}

/** What of the library's lexer is not in its types. */
interface Inside {
  indentNext: number;
  parseQuotedScalar: () => Generator<string>;
  parseFlowCollection: () => Generator<string>;
}

function parseWith(
  lexer: Lexer,
  file: SourceFile,
  reader: YamlReader,
  limits: Limits,
  spent: Spent,
): LoadedFile {
  const documents: Document[] = [];
  const diagnostics: Diagnostic[] = [];
  const state: ConvertState = {
    file,
    reader: reader === 'patch' ? 'kustomize' : reader,
    takesAnyKey: reader === 'patch',
    limits,
    diagnostics,
    fileSpent: { aliasNodes: 0 },
    spent,
  };
  try {
    for (const composed of composeDocuments(lexer, file, limits, diagnostics)) {
      if (documents.length === limits.documents) {
        diagnostics.push(tooMany(file, composed.range[0], limits));
        break;
      }
      const document = readComposed(composed, documents.length, state);
      if (document !== undefined) documents.push(document);
    }
  } catch (error) {
    diagnostics.push(unexpected(file, error));
  }
  return { file, documents, diagnostics };
}

function readComposed(
  composed: ComposedDocument.Parsed,
  index: number,
  state: ConvertState,
): Document | undefined {
  const [error] = composed.errors;
  if (error !== undefined) {
    const help = helpFor(error.code);
    const message = messageFor(error);
    state.diagnostics.push(syntaxFinding('yaml-syntax', state.file, error.pos, message, help));
    return undefined;
  }
  const converted = convertDocument(composed, state);
  return converted && { index, ...converted };
}

/** One document after the other, so that a million of them need no more memory than one. */
function* composeDocuments(
  lexer: Lexer,
  file: SourceFile,
  limits: Limits,
  diagnostics: Diagnostic[],
): Generator<ComposedDocument.Parsed> {
  const composer = new Composer({
    schema: 'failsafe',
    resolveKnownTags: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const parser = new Parser();
  for (const lexeme of lexer.lex(file.text)) {
    for (const token of parser.next(lexeme)) yield* composer.next(token);
    // The library composes recursively and dies of deep input, with no exception that could be caught. Its stack holds
    // the document, each open collection and the scalar at hand.
    if (parser.stack.length > limits.depth + 2) {
      diagnostics.push(tooDeep(file, parser.offset, limits));
      return;
    }
  }
  for (const token of parser.end()) yield* composer.next(token);
  yield* composer.end(false, file.text.length);
}

/** The library's words, save where they speak of its own terms. */
function messageFor({ code, message }: { readonly code: string; readonly message: string }): string {
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'a second "key: value" stands inside of this value';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'this is no "key: value"';
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
      return 'check for a missing colon, a missing space behind a colon, or a wrong indentation';
    case 'BAD_ALIAS':
      return 'put a value with `*` at its start in quotes, or define its anchor before it';
    case 'BAD_SCALAR_START':
      return 'put the value in quotes';
    case 'MISSING_CHAR':
      return 'add the missing character';
    default:
      return 'correct the YAML here; nothing of this document was judged';
  }
}

function tooDeep(file: SourceFile, offset: number, limits: Limits): Diagnostic {
  const message = `nested more than ${limits.depth} levels deep`;
  return syntaxFinding(
    'too-deep',
    file,
    [offset, offset],
    message,
    'flatten the document, or correct a runaway bracket',
  );
}

function tooMany(file: SourceFile, offset: number, limits: Limits): Diagnostic {
  const message = `more than ${limits.documents} documents`;
  return syntaxFinding('too-large', file, [offset, offset], message, 'split the file');
}

function unexpected(file: SourceFile, error: unknown): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  const help = 'simplify the file; if it is ordinary YAML, this is a bug in cdb-lint';
  return syntaxFinding('yaml-syntax', file, [0, 0], `cannot be parsed: ${reason}`, help);
}
