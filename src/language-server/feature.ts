import type { InitializeParams, ServerCapabilities, TextDocuments } from 'vscode-languageserver';
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

/** An answer to what was asked of a document; an editor that has none, or no place in it, and says null instead, gets null. */
export function ofDocument<Params extends AskedOfDocument, Answer>(
  answer: (params: Params) => Answer,
): (params: Params) => Answer | null {
  return (params) => (hasNull(params) ? null : answer(params));
}

function hasNull(params: AskedOfDocument): boolean {
  const { textDocument, position, range }: Nullable = params;
  return [textDocument, textDocument?.uri, position, range].includes(null);
}

/** What arrives is what the editor says, whatever the protocol asks for. */
interface Nullable {
  readonly textDocument: { readonly uri: string | null } | null;
  readonly position?: object | null;
  readonly range?: object | null;
}
