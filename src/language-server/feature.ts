import {
  type CancellationToken,
  ErrorCodes,
  type InitializeParams,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileSystem } from '../source/file-system.ts';
import type { Finished } from './finished.ts';
import type { Knowledge } from './judging/knowledge.ts';
import type { Shown } from './judging/messages.ts';
import type { JudgingThread } from './judging-thread.ts';
import type { LanguageHost } from './language-host.ts';
import type { Connection } from './protocol.ts';

/** A file, in the repository of one of the editor's folders. */
export interface FilePlace {
  readonly folder: string;
  /** The root of the repository, as a URL. */
  readonly url: string;
  /** Relative to that. */
  readonly path: string;
  /** As they are on disk. */
  readonly files: FileSystem;
  readonly knowledge: Knowledge;
}

/** What answers are made of: what is shown now, what was judged last, and who judges. */
export interface Answering {
  readonly host: LanguageHost;
  readonly documents: TextDocuments<TextDocument>;
  readonly finished: Finished;
  readonly thread: JudgingThread;
  shown(): Shown;
  /** Where a file of the editor is, whether it was judged yet or not. */
  placeOf(uri: string): FilePlace | undefined;
  /** What the editor said of itself. */
  client(): InitializeParams;
  /** Resolves when all that was typed is judged. */
  settled(): Promise<void>;
}

/** Something that an editor can ask for. */
export interface Feature {
  readonly capabilities: ServerCapabilities;
  register(connection: Connection, answering: Answering): void;
}

/** What an editor asks of a place in a document. */
interface AskedOfDocument {
  readonly textDocument: { readonly uri: string };
}

/** What a request has to name next to its document. */
export type Needed = 'position' | 'range';

/** An answer to what was asked of a document; an editor that has none, or no place in it, and says null instead, gets null. */
export function ofDocument<Params extends AskedOfDocument, Answer>(
  answer: (params: Params) => Answer,
  needed?: Needed,
): (
  params: Params,
  token: CancellationToken,
) => Answer | Promise<ResponseError<void>> | ResponseError<void> | null {
  return (params, token) =>
    saysNull(params) ? null : (whatLacks(params, needed) ?? untilCancelled(answer(params), token));
}

/** An answer that is waited for no longer than the editor wants it. */
function untilCancelled<Answer>(
  answer: Answer,
  token: CancellationToken,
): Answer | Promise<ResponseError<void>> {
  if (!(answer instanceof Promise)) return answer;
  const cancelled = new Promise<ResponseError<void>>((resolve) => {
    const words = 'the editor has cancelled the request';
    const cancel = (): void => resolve(new ResponseError(LSPErrorCodes.RequestCancelled, words));
    // The token of what was cancelled before it was begun tells nobody.
    if (token.isCancellationRequested) cancel();
    else token.onCancellationRequested(cancel);
  });
  return Promise.race([answer, cancelled]) as Answer | Promise<ResponseError<void>>;
}

function saysNull(params: unknown): boolean {
  const { textDocument, position, range } = fieldsOf(params);
  return [textDocument, fieldsOf(textDocument)['uri'], position, range].includes(null);
}

/** The answer to a request without what the protocol asks for; what arrives is what the editor says. */
export function whatLacks(params: unknown, needed?: Needed): ResponseError<void> | undefined {
  const { textDocument, position, range } = fieldsOf(params);
  if (typeof fieldsOf(textDocument)['uri'] !== 'string') return lacking('a textDocument with a uri');
  if (needed === 'position' && !isPosition(position)) return lacking('a position');
  const { start, end } = fieldsOf(range);
  return needed === 'range' && !(isPosition(start) && isPosition(end)) ? lacking('a range') : undefined;
}

export function lacking(what: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, `this request needs ${what}`);
}

function isPosition(value: unknown): boolean {
  const { line, character } = fieldsOf(value);
  return Number.isSafeInteger(line) && Number.isSafeInteger(character);
}

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
