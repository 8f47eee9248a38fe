import type { ServerCapabilities, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finished } from './finished.ts';
import type { Shown } from './judging/messages.ts';
import type { JudgingThread } from './judging-thread.ts';
import type { LanguageHost } from './language-host.ts';
import type { Connection } from './protocol.ts';

/** What answers are made of: what is shown now, what was judged last, and who judges. */
export interface Answering {
  readonly host: LanguageHost;
  readonly documents: TextDocuments<TextDocument>;
  readonly finished: Finished;
  readonly thread: JudgingThread;
  shown(): Shown;
  /** Resolves when all that was typed is judged. */
  settled(): Promise<void>;
}

/** Something that an editor can ask for. */
export interface Feature {
  readonly capabilities: ServerCapabilities;
  register(connection: Connection, answering: Answering): void;
}
