import { type InitializeParams, MessageType, type TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finished } from './finished.ts';
import type { Shown, Told } from './judging/messages.ts';
import { type JudgingSchedule, newJudgingSchedule } from './judging-schedule.ts';
import { type JudgingThread, openJudgingThread } from './judging-thread.ts';
import type { LanguageHost } from './language-host.ts';
import { newProgress, type Progress } from './progress.ts';
import { type Connection, ignoreGone } from './protocol.ts';

/** The folders of the editor, as they are judged again and again. */
export interface Judged extends JudgingSchedule {
  readonly thread: JudgingThread;
  begin(params: InitializeParams): void;
  show(added: readonly string[], removed: readonly string[]): void;
  shown(): Shown;
}

interface Around {
  readonly host: LanguageHost;
  readonly documents: TextDocuments<TextDocument>;
  readonly finished: Finished;
}

/** Judges beside the server's own thread, and shows what is found. */
export function openJudged(connection: Connection, { host, documents, finished }: Around): Judged {
  let folders: readonly string[] = [];
  let progress: Progress | undefined;
  let refreshed: readonly string[] = [];
  let hasTold = false;
  const shown = (): Shown => ({
    folders,
    documents: documents.all().map((one) => ({ uri: one.uri, text: one.getText() })),
  });

  function hear(told: Exclude<Told, { is: 'answer' | 'fault' }>): void {
    if (told.is === 'doing') progress?.doing(told);
    else if (told.is === 'problem') show(MessageType.Error, told.words);
    else for (const uri of finished.take(told)) publish(uri);
    // Told last of what an editor draws into its texts, for which it does not ask again by itself.
    if (told.is === 'readings') refresh();
  }

  function refresh(): void {
    for (const method of refreshed) ignoreGone(() => connection.sendRequest(method));
  }

  /** A notification: nobody has to answer. */
  function show(type: MessageType, words: string): void {
    const message = `cdb-lint: ${words}`;
    ignoreGone(() => connection.sendNotification('window/showMessage', { type, message }));
  }

  function publish(uri: string): void {
    const diagnostics = finished.found(uri).map(({ diagnostic }) => diagnostic);
    ignoreGone(() => connection.sendDiagnostics({ uri, diagnostics }));
  }

  function onGone(why: string): void {
    progress?.busy(false);
    const words = `the checking process ended (${why}) and was restarted`;
    ignoreGone(() => connection.console.error(`cdb-lint: ${words}`));
    if (!hasTold) show(MessageType.Warning, words);
    hasTold = true;
  }

  const thread = openJudgingThread(() => host.startJudging(), { hear, onGone });
  const schedule = newJudgingSchedule({
    thread,
    question: () => ({ ask: 'judge', ...shown() }),
    asked: (id, { documents: texts }) =>
      finished.asked(id, new Map(texts.map(({ uri, text }) => [uri, text]))),
    isBusy: (now) => progress?.busy(now),
    complain: (words) => ignoreGone(() => connection.console.error(words)),
  });
  return {
    ...schedule,
    thread,
    shown,
    begin(params) {
      folders = foldersOf(params);
      refreshed = refreshesOf(params);
      progress = newProgress(connection, params);
    },
    show(added, removed) {
      folders = [...folders.filter((one) => !removed.includes(one)), ...added];
      schedule.soon();
    },
  };
}

/** By what the editor can be asked to draw anew. */
function refreshesOf({ capabilities: { workspace } }: InitializeParams): string[] {
  return [
    ...(workspace?.codeLens?.refreshSupport === true ? ['workspace/codeLens/refresh'] : []),
    ...(workspace?.inlayHint?.refreshSupport === true ? ['workspace/inlayHint/refresh'] : []),
  ];
}

/** The folders that the editor shows, as `file:` URLs. */
function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  if (workspaceFolders !== null && workspaceFolders !== undefined && workspaceFolders.length > 0)
    return workspaceFolders.map(({ uri }) => uri);
  return rootUri === null || rootUri === undefined ? [] : [rootUri];
}
